"""PURE: from bytes to knowledge. Same arguments, same result; no file, socket, clock, environment, log or global."""
