"""What an article page says."""
