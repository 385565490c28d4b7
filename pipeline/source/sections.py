"""Sections of a portal as its pages name them: links that look like one, and the line of the report that they feed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.coverage.orphans import has_notice_shape
from pipeline.follow import read_listing
from pipeline.model import Bucket, Capture, Source, Unreadable
from pipeline.page import open_page
from pipeline.page.links import target_of, words_of
from pipeline.page.opened import Page
from pipeline.values.text import squeeze
from pipeline.values.urls import key_of, same_site

LONGEST_NAME = 14  # characters; what is longer is a notice's title or a slogan
FEWEST_ROWS = 3  # of a page that is a list
MOST = 60  # sections of one portal: more are a menu of everything
_MOST_LINKS = 5000

# First fit, top to bottom; the names that portals use are those of domain.md, sections 1 and 5.
_BUCKETS = (
    (re.compile(r"图片|民生|专栏|专题|建设成就|风景名胜|风采"), Bucket.LIVELIHOOD_PICTURES),
    (
        re.compile(r"招标|投标|中标|成交|采购|评标|候选人|流标|废标|开标|答疑|澄清|控制价|最高限价|资格预审|交易|标讯"),
        Bucket.TENDER_AND_AWARD,
    ),
    (re.compile(r"动态|新闻|要闻|资讯|信息快递"), Bucket.INDUSTRY_NEWS),
    (re.compile(r"通知|公告|公示|通报|告示"), Bucket.NOTICE),
)
# What the words above also occur in and no list of publications is.
_NO_SECTION = re.compile(
    r"登录|登陆|注册|系统|平台|下载|指南|流程|查询|举报|咨询|投诉|信箱|邮箱|须知|年报|年度报告|办法|法规|更多|more",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A link that seems to lead to a list of publications."""

    name: str
    url: str
    bucket: Bucket


def bucket_named(name: str) -> Bucket | None:
    """The line of the report that a section of that name feeds; None for a name that is no such section's."""
    if not 2 <= len(name) <= LONGEST_NAME or _NO_SECTION.search(name):
        return None
    return next((bucket for words, bucket in _BUCKETS if words.search(name)), None)


def sections_in(page: Page, source: Source) -> list[Section]:
    """The sections that the page links on the source's own hosts, each address once, in the page's order."""
    found: dict[str, Section] = {}
    for link in _links(page):
        name = squeeze(words_of(link)).strip(">》»· ")
        bucket = bucket_named(name) or bucket_named(name := squeeze((link.get("title") or "")[:100]))
        url = target_of(link, page.base) if bucket else None
        if bucket is None or url is None or not same_site(url, source) or not _may_be_list(url, source):
            continue
        found.setdefault(key_of(url), Section(name, url, bucket))
        if len(found) >= MOST:
            break
    return list(found.values())


def section_itself(capture: Capture, source: Source) -> Section | None:
    """The page as a section, where it is a list of dated rows by the source's dialect; None where it is not."""
    url = capture.visit.url
    try:
        page = open_page(capture)
        leads = read_listing(capture, source).leads
    except Unreadable:
        return None
    dated = sum(bool(lead.published) for lead in leads)
    if len(leads) < FEWEST_ROWS or dated < len(leads) / 2 or key_of(url) == key_of(source.home):
        return None
    name = _own_name(page)
    return Section(name or "?", url, bucket_named(name) or Bucket.UNDECIDED)


def _own_name(page: Page) -> str:
    """What the page calls its section: its ColumnName, else the part of its title that is a section's name."""
    for meta in page.html.iter("meta"):
        if (meta.get("name") or "").lower() == "columnname" and (said := squeeze(meta.get("content") or "")):
            return said[:LONGEST_NAME]
    title = squeeze(words_of(next(page.html.iter("title"), page.html.makeelement("title"))))
    parts = [part for part in re.split(r"[-_|–—·>》｜ ]", title[:300]) if part]
    return next((part for part in parts if bucket_named(part)), parts[0][:LONGEST_NAME] if parts else "")


def _links(page: Page) -> Iterator[etree._Element]:
    try:
        links = page.html.iter("a")
    except Unreadable:
        return
    for number, link in enumerate(links):
        if number >= _MOST_LINKS:
            return
        yield link


def _may_be_list(url: str, source: Source) -> bool:
    return key_of(url) != key_of(source.home) and not has_notice_shape(url)
