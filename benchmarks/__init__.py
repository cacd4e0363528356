"""What the project can do, measured."""
