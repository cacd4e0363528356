"""Running git, and the history of a file."""
