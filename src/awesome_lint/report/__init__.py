"""Diagnostics as text that people or programs read: pure functions, one module per format."""
