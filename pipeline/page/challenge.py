"""Challenge pages that only ask whether a visitor keeps a cookie which their own script writes out."""

import re

from pipeline.model import Capture, Unreadable
from pipeline.page.opened import decoded, text_of
from pipeline.page.redirects import seen_in

MOST = 10  # cookies of one page
_LARGEST = 20_000  # characters; such a page has some hundred
_BARE = 80  # visible characters: 正在跳转, 请稍候
_WRITTEN = re.compile(
    r"document\.cookie\s*=\s*[\"']\s*([A-Za-z0-9_.~-]{1,100})=([^\"';,\s\\]{0,1000})(?:;[^\"']{0,300})?[\"']\s*[;}\n<)]"
)
_RELOADS = re.compile(r"\blocation\.reload\s*\(|\blocation(?:\.href)?\s*=|\blocation\.(?:replace|assign)\s*\(")


def cookies_of(capture: Capture) -> tuple[tuple[str, str], ...]:
    """The cookies that a captured challenge writes out; none of any other capture."""
    try:
        content = decoded(capture.body, capture.header("content-encoding"))
    except Unreadable:
        return ()
    return cookies_in(text_of(content[:_LARGEST], capture.header("content-type"))) if content else ()


def cookies_in(text: str) -> tuple[tuple[str, str], ...]:
    """The cookies of literal value that a page's script sets before it loads the page again; none of a page to read.

    A value that a script computes stays the script's: such a challenge is not circumvented.
    """
    if not asks_for_cookie(text):
        return ()
    return tuple({found[1]: found[2] for found in _WRITTEN.finditer(text)}.items())[:MOST]


def asks_for_cookie(text: str) -> bool:
    """True for a page without content whose script sets a cookie and loads the page again, however it is computed."""
    if len(text) > _LARGEST or "document.cookie" not in text or not _RELOADS.search(text):
        return False
    return len(seen_in(text)) <= _BARE
