"""What is known already: baseline files, fingerprints, and what git knows of a file."""
