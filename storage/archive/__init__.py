"""The WARC files: an `Archive` adds captures, gives them back and repairs itself."""

from storage.archive.folder import Archive

__all__ = ["Archive"]
