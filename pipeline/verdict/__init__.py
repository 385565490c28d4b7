"""A claim mapped and judged: `mappings_of` names the ways of counting it, `verify` sets it against what is held."""

from pipeline.verdict.judge import verify
from pipeline.verdict.mapping import mappings_of

__all__ = ["mappings_of", "verify"]
