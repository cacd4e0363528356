"""The list as data: titles, values, columns, entries, legends and the table of contents of a document."""
