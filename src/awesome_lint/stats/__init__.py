"""A list in numbers: what `awesome-lint stats` prints."""
