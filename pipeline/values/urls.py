"""Addresses: what a link leads to, whether it is the same page as another, whether it is on the portal."""

import re
from hashlib import sha256
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

from pipeline.model import Kind, Source, Visit

LONGEST = 4096  # characters; portals' own addresses stay below 1,000, a longer one is an attack or a data URI

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WITH_HOST = re.compile(r"https?:[/\\]{2}[^/\\?#]", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_HOST = re.compile(r"[^\s/\\@<>\"'%|^`{}\[\]]+")

_PLAIN = re.compile(r"/?[A-Za-z0-9_-][\w-]*(?:/[\w-]+)*(?:\.\w+)?(?:\?[\w=&.-]*)?")
_PLAIN_BASE = re.compile(r"https?://[\w.-]+(?::\d{2,4})?(?:/[\w.!-]*)+(?:\?[\w=&.]*)?$")

_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/?#;]*", re.IGNORECASE)
_SESSIONS = {"jsessionid", "phpsessid", "sessionid", "aspsessionid", "session_id", "spm", "from_source"}
_BUSTERS = {"t", "_", "ts", "time", "timestamp", "_t", "r", "rnd", "rand", "random", "nocache", "_dc"}
_BUSTING = re.compile(r"1\d{9}(?:\d{3})?|0\.\d{6,}")  # an epoch in seconds or milliseconds, or Math.random()
_TOKEN = re.compile(r"(?=.*\d)(?=.*[a-z])[\w-]{20,}", re.IGNORECASE)
_FOLDER_PAGE = re.compile(r"/(?:index|default)\.(?:html?|shtml|jhtml|jsp|php|aspx?|do|action)$", re.IGNORECASE)
_ESCAPE = re.compile("%[0-9A-F]{2}")
_PATH = re.compile(r"[^?#]*")
_SAFE = "!$'()*,-./:;@_~"


def absolute(base: str, href: str) -> str | None:
    """The http address that a link leads to; None for scripts, mail, anchors and what no browser could fetch."""
    href = _unbroken(href)
    if not href or len(href) > LONGEST or (href[0] == "#" and not _is_route(href[1:])):
        return None
    scheme = _SCHEME.match(href)
    if scheme and not _WITH_HOST.match(href):
        return None
    if plain := _below(base, href):
        return plain
    path, mark, rest = href.partition("?")
    try:
        joined = urljoin(base, path.replace("\\", "/") + mark + rest)
        parts = urlsplit(joined)
        usable = parts.scheme in _DEFAULT_PORTS and _HOST.fullmatch(parts.hostname or "") and _port(parts) > 0
    except ValueError:
        return None
    return joined.replace(" ", "%20") if usable and not _UNUSABLE.search(joined) else None


def _below(base: str, href: str) -> str:
    """The address for the two commonest kinds of link (/a/1.html, 1.html) a tenth of the time; "" for all others."""
    if not _PLAIN.fullmatch(href) or not _PLAIN_BASE.match(base):
        return ""
    if href[0] == "/":
        return base[: base.index("/", 8)] + href
    folder = base.partition("?")[0]
    return folder[: folder.rindex("/") + 1] + href


def host_of(url: str) -> str:
    """The host in lower case, "" when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def same_site(url: str, source: Source) -> bool:
    """True when the address is on the home's host, with or without www., or on one that the source lists."""
    place = _place(url)
    if not place[0]:
        return False
    return place == _place(source.home) or any(place == _place(f"http://{host}") for host in source.hosts)


def key_of(url: str) -> str:
    """Equal for the same page however it is linked: no scheme, session, cache buster or name of a folder's own page."""
    try:
        parts = urlsplit(_unbroken(url))
        port = _port(parts)
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").removeprefix("www.")
    if port != _DEFAULT_PORTS.get(parts.scheme, port):
        host += f":{port}"
    key = host + _path_key(parts.path)
    if query := _query_key(parts.query):
        key += "?" + query
    if _is_route(parts.fragment):
        key += "#" + parts.fragment.rstrip("/")
    return key


def earlier_key(key: str) -> str:
    """The key that the page had when paths in another case were one: postings of older archives are named after it."""
    return _PATH.sub(lambda path: path[0].lower(), key, count=1)


def visit_key(visit: Visit) -> str:
    """The key of what a visit fetches: one address answers every POST in another way."""
    if visit.form is None and not visit.json:
        return key_of(visit.url)
    posted = repr(visit.form) + visit.json
    if visit.kind is Kind.PART and visit.lead is not None:
        posted += key_of(visit.lead.url)  # one answer may hold the bodies of several notices
    return f"{key_of(visit.url)}#post-{sha256(posted.encode('utf-8', 'replace')).hexdigest()[:16]}"


def page_key(visit: Visit) -> str:
    """The key of the notice that a visit opens: that of the page listed, where an interface answers in its place."""
    if visit.lead is None:
        return visit_key(visit)
    listed = key_of(visit.lead.url)
    return listed if visit.json or visit.form is not None or "#" in listed else visit_key(visit)


def _unbroken(url: str) -> str:
    """Without line breaks and the indentation around them; other spaces belong to file names."""
    url = url.strip()
    if url.isprintable():
        return url
    return _BLANKS.sub(lambda blank: blank[0] if blank[0].isprintable() else "", url)


def _is_route(fragment: str) -> bool:
    return fragment.startswith(("/", "!/")) and len(fragment) > 2


def _port(parts: SplitResult) -> int:
    return parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def _place(url: str) -> tuple[str, int]:
    """Host without www. and port; the default ports of http and https are one."""
    try:
        parts = urlsplit(url)
        port = _port(parts)
    except ValueError:
        return "", 0
    default = port == _DEFAULT_PORTS.get(parts.scheme)
    return (parts.hostname or "").removeprefix("www."), 0 if default else port


def _path_key(path: str) -> str:
    path = _ESCAPE.sub(lambda escape: escape[0].lower(), _normal(_SESSION_PATH.sub("", path).replace("+", "%2B")))
    if "/." in path or "//" in path:
        path = urljoin("http://x/", "/" + re.sub("/{2,}", "/", path).lstrip("/"))[len("http://x") :]
    return _FOLDER_PAGE.sub("", path).rstrip("/")


def _query_key(query: str) -> str:
    pairs = [part.partition("=") for part in query.split("&") if part]
    kept = [
        f"{_normal(name)}{mark}{_normal(value)}"
        for name, mark, value in pairs
        if not _is_passing(name.lower(), value, alone=len(pairs) == 1)
    ]
    return "&".join(sorted(kept))


def _is_passing(name: str, value: str, *, alone: bool) -> bool:
    """True for a parameter that says nothing about the page: session, campaign, cache buster."""
    if name in _SESSIONS or name.startswith("utm_"):
        return True
    if name == "sid":
        # A portal's own number when it stands alone (csgpolicy.service?sid=40766), a session beside one.
        return not alone and _TOKEN.fullmatch(value) is not None
    return name in _BUSTERS and _BUSTING.fullmatch(value) is not None


def _normal(text: str) -> str:
    """One spelling of each percent-encoding, whatever charset the bytes are in."""
    if text.isascii() and "%" not in text and "+" not in text and " " not in text:
        return text
    return quote(unquote_to_bytes(text.replace("+", " ").encode("utf-8", "replace")), safe=_SAFE)
