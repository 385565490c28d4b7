"""A capture opened: `open_page` gives its tree and lines, `judge` what came at all."""

from pipeline.page.opened import open_page
from pipeline.page.quality import judge

__all__ = ["judge", "open_page"]
