"""What an article page says: `read_notice` from its capture, `read_page` from a page that is open."""

from pipeline.article.read import read_notice, read_page

__all__ = ["read_notice", "read_page"]
