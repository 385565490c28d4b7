"""Where a page sends its visitor on: by its status, by a refresh, by a script on an otherwise empty page."""

import re
from html import unescape
from urllib.parse import urldefrag

from pipeline.model import Capture
from pipeline.values.urls import absolute

REDIRECTS = frozenset((301, 302, 303, 307, 308))

_LARGEST = 20_000  # characters; a page that only sends on has 200 to 2,000
_LONGEST_WAIT = 10  # seconds; pages that refresh themselves wait for minutes
_BARE = 80  # visible characters of a page that only sends on: 正在跳转, 如果没有自动跳转请点击这里

_HINTS = ("refresh", "Refresh", "REFRESH", "location")  # a case-insensitive search takes a third of a millisecond
_COMMENT = re.compile("<!--")
_HEAD_ONLY = re.compile("<!--|<noscript", re.IGNORECASE)
_UNSEEN = re.compile("<!--|<script|<style|<noscript|<title", re.IGNORECASE)
_CLOSINGS = {"<!--": re.compile("-->")} | {
    f"<{tag}": re.compile(f"</{tag}[^>]{{0,100}}>", re.IGNORECASE) for tag in ("script", "style", "noscript", "title")
}
_TAG = re.compile(r"<[^<>]{0,2000}>")

_META = re.compile(r"<meta\b[^>]{0,300}refresh[^>]{0,2000}>", re.IGNORECASE)
_CONTENT = re.compile(
    r"content\s*=\s*[\"']?\s*(\d{1,3})(?:\.\d+)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"<>\s]+)", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"'<>\s]{1,2000})[\"'](?!\s{0,9}\+)"
    r"|\blocation\.(?:replace|assign)\s*\(\s*[\"']([^\"'<>\s]{1,2000})[\"'](?!\s{0,9}\+)"
)
# What waits for a click or a choice sends nobody on: onchange="location.href='index_2.html'".
_WAITING = re.compile(r"\bon(?!load)[a-z]{3,20}\s{0,5}=\s{0,5}(?:\"[^\"]{0,2000}\"|'[^']{0,2000}')", re.IGNORECASE)
_MOBILE = re.compile(r"/(?:m|wap|mobile)/|//(?:m|wap)\.", re.IGNORECASE)


def location_of(capture: Capture) -> str | None:
    """The address that a redirecting status names, None without one."""
    return absolute(capture.visit.url, capture.header("location")) if capture.status in REDIRECTS else None


def sent_on(text: str, url: str) -> str | None:
    """The address that a nearly empty page sends its visitor to; None when it is a page to stay on."""
    if len(text) > _LARGEST or not any(hint in text for hint in _HINTS):
        return None
    for meta in _META.finditer(without(text, _HEAD_ONLY)):
        content = _CONTENT.search(meta[0])
        if content and int(content[1]) <= _LONGEST_WAIT and (target := _other(url, content[2])):
            return target
    targets = [found[1] or found[2] for found in _SCRIPT.finditer(_WAITING.sub("", without(text, _COMMENT)))]
    if not targets or len(seen_in(text)) > _BARE:
        return None
    others = (target for href in targets if (target := _other(url, href)))
    return next((target for target in others if not _MOBILE.search(target)), None)


def _other(url: str, href: str) -> str | None:
    target = absolute(url, unescape(href))
    return target if target is not None and urldefrag(target)[0] != urldefrag(url)[0] else None


def seen_in(text: str) -> str:
    """What a reader sees of a small page, without white space."""
    return "".join(unescape(_TAG.sub(" ", without(text, _UNSEEN))).split())


def without(text: str, opening: re.Pattern[str]) -> str:
    """The text without the elements or comments that a pattern opens, in one pass; an unclosed one takes the rest."""
    kept = []
    at = 0
    while found := opening.search(text, at):
        kept.append(text[at : found.start()])
        end = _CLOSINGS[found[0].lower()].search(text, found.end())
        if end is None:
            return "".join(kept)
        at = end.end()
    return "".join([*kept, text[at:]])
