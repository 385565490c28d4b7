"""A source file drafted from one page of a portal: what the page says for sure, and questions for the rest."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from pipeline.dialects import DIALECTS
from pipeline.model import Bucket, Source, Unreadable
from pipeline.page.opened import Page
from pipeline.source.family import guess_dialect
from pipeline.source.file import SourceError, source_of
from pipeline.source.sections import Section
from pipeline.values.text import squeeze
from pipeline.values.urls import host_of

_LONGEST = 60  # characters of a portal's name
_NAME_END = re.compile(r"(?:网|网站|门户|局|厅|委|委员会|政府|中心|平台|办公室)$")
_CUT = re.compile(r"\s*[-_|–—·»>｜]+\s*|\s{2,}")
_HOST_OF = re.compile(r"(?:主办单位?|主办|版权所有)[:：\s©]{1,5}([\w（）()]{4,40})")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9]+")
_NO_NAMES = {"www", "gov", "com", "net", "org", "cn", "edu"}
_NO_FOLDER = re.compile(r"(?:index|list|default|more)[_-]?\d*|\d+", re.IGNORECASE)


# Tender notices are counted by their type as well, a portal's total with and without the section (verdict/parts.py).
NOTICES = "公告通知栏目写 `notice`，夹有招标公告的也是 / 公告通知 gets `notice`, with tender notices in it or not"


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source file's text, what of it is sure, and what a person must answer."""

    text: str
    sure: tuple[str, ...]
    questions: tuple[str, ...]
    complaints: tuple[str, ...]  # what the file still lacks to be usable


def key_of_host(url: str) -> str:
    """A key from the portal's host in the order region, site: xizang_zjt for zjt.xizang.gov.cn."""
    host = host_of(url)
    try:
        ip_address(host)
    except ValueError:
        labels = [label for label in host.split(".") if label not in _NO_NAMES]
        key = _NOT_IN_KEY.sub("_", "_".join(reversed(labels))).strip("_")[:64]
        return key or "portal"
    return "portal"


def draft(key: str, pages: Sequence[Page], sections: Sequence[Section], source: Source) -> SourceDraft:
    """The source file that the portal's pages and sections suggest; the first page is the one that was named."""
    first = pages[0]
    sure: list[str] = []
    questions: list[str] = []
    lines = [
        f"# {_plain(key)}.toml: drafted from {_plain(first.url)}. Lines that begin with # ? are questions for you."
    ]
    lines += _name_lines(first, sure, questions)
    lines += [f"home     = {_quoted(source.home)}", *_dialect_lines(pages, sure, questions)]
    lines += ['timezone = "Asia/Shanghai"']
    lines += ["# ? Are all sections that publish notices below? Then write true.", "whole    = false"]
    lines += ["", "[manners]", f"delay_seconds = {source.manners.delay_seconds}", "concurrency = 1"]
    if source.manners.allow_private_addresses:
        lines += ["allow_private_addresses = true"]
    lines += _channel_lines(sections, source, (sure, questions))
    text = "\n".join(lines) + "\n"
    return SourceDraft(text, tuple(sure), tuple(questions), _complaints(key, text))


def _complaints(key: str, text: str) -> tuple[str, ...]:
    try:
        source_of(key, text)
    except SourceError as error:
        return tuple(str(error).splitlines())
    return ()


def _name_lines(page: Page, sure: list[str], questions: list[str]) -> list[str]:
    name, where = portal_name(page)
    if where == "SiteName":
        sure.append(f"name {name} (the page's SiteName)")
        return [f"name     = {_quoted(name)}"]
    questions.append("name: 门户的全称 the portal's full name?")
    if not name:
        return ['# ? name = "…"', f"name     = {_quoted(host_of(page.url) or 'portal')}"]
    return [f"# ? From the page's {where}: is this the portal's name?", f"name     = {_quoted(name)}"]


def portal_name(page: Page) -> tuple[str, str]:
    """The portal's name and where on the page it stands: SiteName (GB/T 31506 meta tags), title or footer."""
    try:
        root = page.html
    except Unreadable:
        return "", ""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "sitename" and (said := _plain(meta.get("content") or "")):
            return said[:_LONGEST], "SiteName"
    title = _plain("".join(map(str, next(root.iter("title"), root.makeelement("title")).itertext()))[:300])
    parts = [part for part in _CUT.split(title) if part]
    if named := [part for part in parts if _NAME_END.search(part)]:
        return named[-1][:_LONGEST], "title"
    if found := _HOST_OF.search("".join(map(str, root.itertext()))[-20_000:]):
        return found[1], "footer"
    return (parts[-1][:_LONGEST], "title") if parts else ("", "")


def _dialect_lines(pages: Sequence[Page], sure: list[str], questions: list[str]) -> list[str]:
    found = [guess for page in pages for guess in guess_dialect(page)]
    known = [(name, _plain(sign)[:80]) for name, sign in found if name in DIALECTS]
    names = list(dict.fromkeys(name for name, _ in known))
    if not names:
        questions.append("dialect: 哪一种 CMS which CMS? docs/sources.md shows the signs of each")
        return [f"# ? dialect = one of: {', '.join(sorted(DIALECTS))}"]
    name, sign = known[0]
    if len(names) == 1:
        sure.append(f"dialect {name} ({sign})")
        return [f"dialect  = {_quoted(name)}  # {sign}"]
    questions.append(f"dialect: {name}, 或 or {', '.join(names[1:])}?")
    return [f"# ? Signs of {', '.join(names)} are on the page.", f"dialect  = {_quoted(name)}  # {sign}"]


def _channel_lines(sections: Sequence[Section], source: Source, told: tuple[list[str], list[str]]) -> list[str]:
    sure, questions = told
    lines: list[str] = []
    taken: set[str] = set()
    for section in sections:
        key = _channel_key(section.url, taken)
        taken.add(key)
        lines += ["", "[[channels]]", f"key = {_quoted(key)}", f"name = {_quoted(section.name)}"]
        lines += [_place_line(section.url, source)]
        lines += [f"# ? Guessed from the name: is {section.bucket.value} the line of the report that it feeds?"]
        lines += [f"# {NOTICES}"] if section.bucket is Bucket.NOTICE else []
        lines += [f"bucket = {_quoted(section.bucket.value)}", "verified = false"]
    if not sections:
        questions.append("channels: 列表从哪里开始 where do the lists begin? No link has a section's name")
        return [
            "",
            "# ? [[channels]]",
            '# ? key = "zbgg"',
            '# ? name = "招标公告"',
            '# ? path = "/…/"',
            '# ? bucket = "…"',
        ]
    sure.append(f"{len(sections)} 个栏目的网址 addresses of sections")
    questions.append("bucket: 各栏目归入年报的哪一项 which line of the report does each section feed?")
    return lines


def _place_line(url: str, source: Source) -> str:
    parts, home = urlsplit(url), urlsplit(source.home)
    if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
        return f"url = {_quoted(url)}"
    return f"path = {_quoted((parts.path or '/') + (f'?{parts.query}' if parts.query else ''))}"


def _channel_key(url: str, taken: set[str]) -> str:
    """The last telling part of the address, made unlike those taken."""
    parts = [
        part.partition(".")[0].partition("!")[2] or part.partition(".")[0] for part in urlsplit(url).path.split("/")
    ]
    names = [_NOT_IN_KEY.sub("_", part).strip("_") for part in parts if part and not _NO_FOLDER.fullmatch(part)]
    key = (names[-1] if names else "list")[:40].lower() or "list"
    number = 2
    unlike = key
    while unlike in taken:
        unlike, number = f"{key}_{number}", number + 1
    return unlike


def _plain(text: str) -> str:
    return "".join(letter for letter in squeeze(text) if letter.isprintable())


def _quoted(text: str) -> str:
    # JSON's escapes of a string are TOML's, as long as other letters are written as they are.
    return json.dumps(_plain(text), ensure_ascii=False)
