"""What has happened to the entries of a list between two versions of it."""
