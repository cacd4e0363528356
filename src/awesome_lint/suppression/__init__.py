"""Comments in the list that hide findings: reading them, and writing them."""
