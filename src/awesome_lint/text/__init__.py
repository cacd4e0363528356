"""What a string says by itself: URLs, patterns, spelling, order, likeness."""
