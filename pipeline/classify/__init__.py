"""What a notice is and is about."""
