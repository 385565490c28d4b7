"""The state of one crawl."""
