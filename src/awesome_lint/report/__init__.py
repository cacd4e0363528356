"""Diagnostics as text that people or programs read: pure functions, one module a format."""
