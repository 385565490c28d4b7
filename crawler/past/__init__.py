"""Web archives and other people's WARC."""
