"""What a list and a notice gave, field by field, and what looks wrong: for whoever sets up a source."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.article import read_notice
from pipeline.model import Kind, Lead, Listing, Notice, Quality, Source, Unreadable
from pipeline.reading import Reading
from pipeline.values.dates import read_date
from pipeline.values.text import no_space
from pipeline.values.urls import key_of, same_site

SHORTEST_TEXT = 40  # characters of a notice's body below which it may be a menu or nothing
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class CheckedField:
    """One field: what was found, and what looks wrong ("" when nothing does)."""

    field: str
    found: str
    wrong: str = ""


def facts_of_listing(reading: Reading, source: Source) -> list[CheckedField]:
    """What the first page of a list gave."""
    facts = [_fact_of_page(reading)]
    if reading.listing is None:
        why = "; ".join(problem.reason for problem in reading.problems)
        return [*facts, CheckedField("rows", "0", why or "没有列表 no list was read")]
    return [*facts, *_rows(reading.listing, source), *_size(reading.listing)]


def _fact_of_page(reading: Reading) -> CheckedField:
    bad = reading.quality is not Quality.GOOD
    size = f"{reading.capture.status}, {len(reading.capture.body)} bytes"
    return CheckedField("page", f"{reading.quality}, {size}", reading.reason if bad else "")


def _rows(listing: Listing, source: Source) -> Iterator[CheckedField]:
    leads = listing.leads
    n = len(leads)
    keys = {key_of(lead.url) for lead in leads}
    foreign = [lead.url for lead in leads if not same_site(lead.url, source)]
    if not leads:
        yield CheckedField("rows", "0, 列表自称为空 the list says that it is empty")
        return
    yield CheckedField("rows", str(n), f"{n - len(keys)} 行重复 rows repeat an address" if n > len(keys) else "")
    for name, lead in (("first row", leads[0]), ("last row", leads[-1])):
        yield CheckedField(name, f"{lead.title[:_SHOWN]} | {lead.published} | {lead.url}")
    yield CheckedField("titles", str(sum(bool(lead.title) for lead in leads)), _wrong_titles(leads))
    dated = sum(lead.published != "" and read_date(lead.published, source.zone) is not None for lead in leads)
    undated = f"{n - dated} 行没有日期 rows without a date that can be read" if dated < n else ""
    yield CheckedField("dates", f"{dated}/{n}", undated)
    if foreign:
        yield CheckedField(
            "other hosts", str(len(foreign)), f"不会抓取 never visited, unless in hosts: {foreign[0][:200]}"
        )


def _wrong_titles(leads: tuple[Lead, ...]) -> str:
    titles = [no_space(lead.title) for lead in leads]
    if empty := sum(not title for title in titles):
        return f"{empty} 行没有标题 rows without a title"
    if len(titles) > 1 and len(set(titles)) == 1:
        return "标题全部相同 all titles are the same"
    if short := sum(len(title) < 5 for title in titles):
        return f"{short} 个标题很短,是不是菜单 very short titles: a menu?"
    return ""


def _size(listing: Listing) -> Iterator[CheckedField]:
    n, stated = len(listing.leads), listing.stated
    said = [f"{stated.total} 条 rows"] * (stated.total is not None) + [f"{stated.pages} 页 pages"] * bool(stated.pages)
    silent = "" if said else "列表未称有几条几页,无法对数 the list does not state its size: nothing to count against"
    too_few = f"少于本页的 {n} 行 fewer than the rows of this page" if 0 <= (stated.total or n) < n else ""
    yield CheckedField("stated total", ", ".join(said), silent or too_few)
    is_more = (stated.total or 0) > n or (stated.pages or 1) > 1
    missing = "没有下一页,而列表不止一页 no next page, and the list has more" if is_more and not listing.next else ""
    yield CheckedField("next page", listing.next.url if listing.next else "", missing)


def facts_of_notice(reading: Reading, parts: list[Reading], source: Source) -> list[CheckedField]:
    """What one notice gave, with its further pages and frames."""
    facts = [_fact_of_page(reading)]
    if reading.quality is not Quality.GOOD:
        return facts
    good = [part.capture for part in parts if part.quality is Quality.GOOD and part.capture.visit.kind is Kind.PART]
    try:
        notice = read_notice(reading.capture, source, good)
    except Unreadable as problem:
        return [*facts, CheckedField("notice", "", str(problem))]
    bad = [f"{part.capture.visit.url[:200]}: {part.reason}" for part in parts if part.quality is not Quality.GOOD]
    parts_fact = [CheckedField("parts", str(len(parts)), "; ".join(bad))] if parts else []
    return [*facts, *_said(notice, reading.capture.visit.lead, source), *parts_fact]


def _said(notice: Notice, lead: Lead | None, source: Source) -> Iterator[CheckedField]:
    yield CheckedField("title", notice.title[:_SHOWN], _wrong_title(notice, lead, source))
    day = f"{notice.published.astimezone(source.zone):%Y-%m-%d %H:%M}" if notice.published else ""
    yield CheckedField("published", day, _wrong_day(notice, lead, source))
    n = len(no_space(notice.text))
    few = "正文很短 hardly any text" if n < SHORTEST_TEXT and not notice.attachments else ""
    yield CheckedField("text", f"{n} 字 characters: {notice.text[:40]}", few)
    yield CheckedField("attachments", str(len(notice.attachments)))
    yield CheckedField("issuer", notice.issuer)
    bad_number = "校验码不对 the check digit is wrong" if notice.index_valid is False else ""
    yield CheckedField("index number", notice.index_number, bad_number)


def _wrong_title(notice: Notice, lead: Lead | None, source: Source) -> str:
    title, listed = no_space(notice.title), no_space(lead.title if lead else "").rstrip(".…")
    if title == no_space(source.name):
        return "是门户的名称 this is the portal's name"
    if listed and listed[:8] not in title and title[:8] not in listed:
        return f"与列表不同 the list says: {listed[:_SHOWN]}"
    return ""


def _wrong_day(notice: Notice, lead: Lead | None, source: Source) -> str:
    if notice.published is None:
        return "没有发布日期 no date of publication"
    listed = read_date(lead.published, source.zone) if lead and lead.published else None
    if listed is None:
        return ""
    here, there = (moment.astimezone(source.zone).date() for moment in (notice.published, listed.moment))
    return f"列表上是 the list says: {there}" if here != there else ""
