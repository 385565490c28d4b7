"""Portals that the readers' authors did not see: a source file by the README, one crawl, every posting."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler.crawling import duizhang, postings_in, rows_of
from tests.redteam import further_sites, jeecms_sites, oddest_sites, struts_sites, trading_site, trs_sites
from tests.redteam.site import Site, served

PORTALS: dict[str, Callable[[], Site]] = {
    "jeecms-default_v5": jeecms_sites.default_v5,
    "jeecms-tables_2008": jeecms_sites.tables_2008,
    "jeecms-cards_v9": jeecms_sites.cards_v9,
    "jeecms-trading_table": trading_site.trading_table,
    "jeecms-select_only": further_sites.select_only,
    "jeecms-buttons": further_sites.buttons,
    "trs-plain": trs_sites.plain,
    "trs-catalogue": trs_sites.catalogue,
    "trs-scripted": trs_sites.scripted,
    "trs-old_gb2312": trs_sites.old_gb2312,
    "trs-grouped": further_sites.grouped,
    "trs-written_rows": further_sites.written_rows,
    "struts-get_pages": struts_sites.get_pages,
    "struts-posting_form": struts_sites.posting_form,
    "struts-getting_form": struts_sites.getting_form,
    "struts-frames_2008": struts_sites.frames_2008,
    "struts-list_in_frame": further_sites.list_in_frame,
    "struts-clicked_rows": further_sites.clicked_rows,
    "jeecms-portal_front": oddest_sites.portal_front,
    "trs-notices_in_tables": oddest_sites.notices_in_tables,
    "struts-query_form": oddest_sites.query_form,
}

# A second crawl costs as much as a first one: of the portals, those whose lists are reached in ways of their own.
AGAIN = (
    *("jeecms-default_v5", "jeecms-trading_table", "trs-plain", "trs-old_gb2312"),
    *("struts-posting_form", "struts-getting_form", "struts-list_in_frame"),
)


def _crawled(site: Site, folder: Path, base: str) -> dict[str, object]:
    file = folder / "stranger.toml"
    file.write_text(site.toml(base), encoding="utf-8")
    said = duizhang(folder / "a", "crawl", str(file), "--format", "json")
    answer: dict[str, object] = said.json
    return answer


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", sorted(PORTALS))
def test_everything_that_a_stranger_s_portal_published_comes_out(name: str, tmp_path: Path) -> None:
    """Each posting once, with its title, its minute or day and its text; a second crawl asks for lists only."""
    site = PORTALS[name]()
    with served(site) as base:
        said = _crawled(site, tmp_path, base)
        first = len(site.hits)
        again = _crawled(site, tmp_path, base) if name in AGAIN else None
    expected = {one.truth for one in site.told}
    everything = postings_in(tmp_path / "a")
    found = {one for one in everything if one[:2] not in site.files}
    assert (expected - found, found - expected) == (set(), set()), said
    assert site.files <= {one[:2] for one in everything}
    listed = {(row["channel"], row["title"]) for row in rows_of(tmp_path / "a", "leads")}
    assert site.foreign <= listed
    texts = {(row["channel"], row["title"]): _bare(row["text"]) for row in rows_of(tmp_path / "a", "postings")}
    for one in site.told:
        text = texts[one.channel, one.title]
        assert _bare(one.paragraphs[0]) in text, one
        assert _bare(one.paragraphs[-1]) in text, one
    assert len(texts) == len(rows_of(tmp_path / "a", "postings"))
    assert said["outcome"] in ("complete", "complete_with_drift", "empty_expected"), said
    if again is not None:
        numbers = again["numbers"]
        assert isinstance(numbers, dict)
        assert numbers.get("notice", 0) == 0, (again, site.hits[first:])
