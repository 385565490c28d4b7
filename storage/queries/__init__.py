"""What pages, REST, commands show."""
