"""A linter and fixer for curated-list READMEs."""

__version__ = "0.1.0"
