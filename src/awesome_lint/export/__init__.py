"""The tables of a document for other programs: as JSON, CSV, Markdown and BibTeX, whole or in part."""
