"""Which entries of a list have changed between two versions."""
