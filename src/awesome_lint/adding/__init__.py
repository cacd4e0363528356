"""Adding an entry to a list: one row or bullet, written as its neighbours are, at its place among them."""
