"""Saved pages that no saved list leads to: which of them are listing pages or notices of a channel."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from pipeline.model import Kind, Source, Visit
from pipeline.values.urls import LONGEST, key_of

_NUMBER = re.compile(r"\d+")
_FOLDER_PAGE = re.compile(r"(?:/(?:index|default|list))?\.[a-z]{2,6}$", re.IGNORECASE)

# What the address of a family's notice looks like (domain.md, section 2): the last part of its path.
_NOTICE = {
    "jeecms": re.compile(r"\d+\.jhtml"),
    "trs": re.compile(r"t\d{8}_\d+\.s?html?"),
    "hanweb": re.compile(r"art_\d+_\d+\.html"),
    "epoint": re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.html?", re.IGNORECASE),
}


def is_notice_like(url: str, source: Source) -> bool:
    """True when the address is one that the source's CMS family gives to a notice."""
    shape = _NOTICE.get(source.dialect)
    return shape is not None and shape.fullmatch(_path(url).rpartition("/")[2]) is not None


def has_notice_shape(url: str) -> bool:
    """True when some CMS family gives such an address to a notice."""
    last = _path(url).rpartition("/")[2]
    return any(shape.fullmatch(last) for shape in _NOTICE.values())


def channel_of(url: str, source: Source) -> str:
    """The key of the channel below whose list's address the page lies; "" when none or several claim it."""
    path = _path(url)
    folders = [(_folder(channel.url), channel.key) for channel in source.channels]
    fitting = [(folder, key) for folder, key in folders if len(folder) > 1 and path.startswith(folder)]
    if not fitting:
        return ""
    longest = max(len(folder) for folder, _ in fitting)
    keys = [key for folder, key in fitting if len(folder) == longest]
    return keys[0] if len(keys) == 1 else ""


def more_pages(walked: Iterable[Visit], saved: Mapping[str, str]) -> list[Visit]:
    """Listing pages among the saved ones (key: address) whose address differs from a walked page's by its number."""
    models: dict[tuple[str, str], tuple[Visit, int]] = {}
    for visit in walked:
        if visit.page > 1 and visit.form is None and not visit.json:
            # Families count pages from one or from zero (domain.md, section 2).
            paging = [one for one in _patterns(visit.url) if one[1] in {visit.page, visit.page - 1}]
            for pattern, number in paging[-1:]:
                models.setdefault(pattern, (visit, number))
    found: dict[str, Visit] = {}
    for key, url in saved.items():
        for pattern, number in _patterns(url):
            if pattern in models:
                model, at = models[pattern]
                if (page := model.page + number - at) >= 1:
                    found.setdefault(key, Visit(model.source, model.channel, Kind.LISTING, url, page=page))
    return list(found.values())


def _patterns(url: str) -> list[tuple[tuple[str, str], int]]:
    """The address with each of its last two numbers left open, and that number."""
    key = key_of(url)[:LONGEST]
    numbers = list(_NUMBER.finditer(key))[-2:]
    return [((key[: one.start()], key[one.end() :]), int(one[0])) for one in numbers if len(one[0]) <= 6]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _folder(url: str) -> str:
    """What the addresses of a channel's notices begin with: /zbgg/ for /zbgg/, /zbgg/index.jhtml and /zbgg.jhtml."""
    return _FOLDER_PAGE.sub("", _path(url)).rstrip("/") + "/"
