"""Same or not, one project or not: `fingerprint` of what is said, `compare` of two, `documents_of` a set."""

from pipeline.likeness.cluster import documents_of
from pipeline.likeness.compare import compare
from pipeline.likeness.fingerprint import fingerprint

__all__ = ["compare", "documents_of", "fingerprint"]
