"""The form of tables: what form a table has, how a row is written in it, and where blank lines stand."""
