"""What is known already: baseline files, fingerprints, and which findings are new."""
