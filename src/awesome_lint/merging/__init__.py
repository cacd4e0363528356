"""Merging two versions of a list: rows and bullets as sets within their table or list, everything else by lines."""
