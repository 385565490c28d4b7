"""DISK: what is kept. WARC files and the database; nothing here talks to the network or asks the time."""
