"""What a person brings."""
