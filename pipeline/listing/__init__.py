"""What a list page says, and walking it."""
