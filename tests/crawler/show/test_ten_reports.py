"""A portal whose truth is known, crawled for real, and ten reports that lie about it in ten ways.

What the findings must be is calculated from what the portal published, never from what the archive counts.
"""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.replica import serving, source_toml
from crawler.replica.portal import Replica, replica_in
from crawler.replica.server import Answer
from crawler.replica.world import Truth, composed
from tests.crawler.crawling import duizhang

AMOUNTS = (
    *(("zbgg", 2013, 31), ("zhbgg", 2013, 23), ("hydt", 2013, 14), ("tpxw", 2013, 3), ("ggtz", 2013, 5)),
    *(("jscj", 2013, 2), ("fjms", 2013, 2)),
    *(("zbgg", 2014, 86), ("zhbgg", 2014, 47), ("hydt", 2014, 26), ("tpxw", 2014, 6), ("ggtz", 2014, 13)),
    *(("jscj", 2014, 4), ("fjms", 2014, 5)),
    *(("zbgg", 2015, 6), ("zhbgg", 2015, 5)),
)
REPEATS = (6, 5, 4)  # reposts in the column, reposts in the other one, pages that both columns link
YEAR = 2014
ACCUSING = {"overclaimed", "underclaimed"}
HEAD = "高原住房和城乡建设厅2014年政府信息公开工作年度报告\n一、主动公开政府信息情况\n"
UNREAD = {"/zbggzbgg/index_2.jhtml", "/fjms/index.jhtml"}  # twenty rows, and nobody knows how many
NEWSPAPERS = 24


@dataclass(frozen=True)
class Known:
    """What the portal published, by what its truth says."""

    truth: Truth
    void: int  # of 招标公告 in 2014

    def of(self, *channels: str, year: int = YEAR) -> int:
        return sum(one.channel in channels and one.published.year == year for one in self.truth.postings)

    @property
    def total(self) -> int:
        return sum(one.published.year == YEAR for one in self.truth.postings)

    def documents(self, *channels: str) -> int:
        """Contents whose first posting stands in these channels in 2014."""
        first: dict[int, Any] = {}
        for one in sorted(self.truth.postings, key=lambda one: (one.published.date(), one.path)):
            first.setdefault(one.document, one)
        return sum(one.channel in channels and one.published.year == YEAR for one in first.values())


@pytest.fixture(scope="module")
def replica() -> Replica:
    return replica_in(composed(AMOUNTS, REPEATS))


@pytest.fixture(scope="module")
def known(replica: Replica) -> Known:
    void = sum(
        one.channel == "zbgg" and one.published.year == YEAR and one.title.startswith("【作废】")
        for one in replica.world.truth.postings
    )
    return Known(replica.world.truth, void)


def holey(replica: Replica) -> Any:
    """The same portal, of which one listing page of one section and the whole list of another cannot be had."""
    return lambda request: Answer(b"", 500) if request.path in UNREAD else replica(request)


def crawled(folder: Path, answer: Any, portal: str) -> Path:
    """The archive of a whole crawl."""
    with serving(answer) as url:
        file = folder / f"{portal}.toml"
        file.write_text(source_toml(url).replace("[manners]\n", "[manners]\nretries = 0\n"), encoding="utf-8")
        said = duizhang(folder / portal, "crawl", str(file))
    assert said.exit_code in {0, 10}, said.err
    return folder / portal


@pytest.fixture(scope="module")
def whole(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawled(tmp_path_factory.mktemp("whole"), replica, "portal")


@pytest.fixture(scope="module")
def hole(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawled(tmp_path_factory.mktemp("hole"), holey(replica), "portal")


def reports(known: Known) -> dict[str, str]:
    """The ten reports, each with one sentence or list that lies in its own way."""
    zb, zh, news = known.of("zbgg"), known.of("zhbgg"), known.of("hydt")
    pictures = known.of("tpxw", "jscj", "fjms")
    before = known.of("zbgg", year=2013)
    site = "2014年，我厅通过门户网站"
    parts = f"其中：招标公告中标公示{zb + zh}条，行业动态{news}条，图片新闻等图文信息"
    return {
        "too many": f"{site}发布招标公告{2 * zb}条。",
        "too few": f"{site}发布招标公告{zb // 2}条。",
        "parts": f"{site}公开信息{zb + zh + news + pictures}条，{parts}{pictures + 40}条。",
        "last year": f"{site}发布招标公告{before}条。",
        "cumulative": f"{site}发布招标公告{zb + before}条。",
        "void": f"{site}发布招标公告{zb}条。",
        "reposts": f"{site}发布招标公告、中标公示等信息{zb + zh}条。",
        "channel left out": f"{site}公开信息{known.total - zh}条。",
        "right, in a hole": f"{site}发布招标公告{zb}条，行业动态{news}条。",
        "right": f"{site}公开信息{zb + zh + news + pictures}条，{parts}{pictures}条。",
    }


@pytest.fixture(scope="module")
def found(whole: Path, known: Known) -> dict[str, dict[str, Any]]:
    """What the whole archive says of each report."""
    return verified(whole, reports(known))


def verified(archive: Path, texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    files = []
    for name, text in texts.items():
        file = archive.parent / f"{name}.txt"
        file.write_text(HEAD + text + "\n", encoding="utf-8")
        files.append(str(file))
    said = duizhang(archive, "verify", *files, "--format", "json")
    return {Path(row["name"]).stem: row for row in said.json["rows"]}


def claim(report: dict[str, Any], count: int) -> dict[str, Any]:
    """The claim of that number: its headline finding."""
    (one,) = [one for one in report["claims"] if one["count"] == count]
    return one["findings"][0]


def observed(finding: dict[str, Any]) -> str:
    return " ".join(finding["observed"])


def test_overclaimed(found: dict[str, Any], known: Known) -> None:
    """Twice as many as there are."""
    head = claim(found["too many"], 2 * known.of("zbgg"))
    assert (head["verdict"], head["count"]) == ("overclaimed", known.of("zbgg"))


def test_underclaimed(found: dict[str, Any], known: Known) -> None:
    """Half as many as there are."""
    head = claim(found["too few"], known.of("zbgg") // 2)
    assert (head["verdict"], head["count"]) == ("underclaimed", known.of("zbgg"))


def test_parts_that_do_not_add_up(found: dict[str, Any], known: Known) -> None:
    """The sum differs by what was added to one part; the total and the other parts are right, that part is not."""
    report = found["parts"]
    sums = [one for item in report["claims"] for one in item["findings"] if one["verdict"].startswith("sum")]
    pictures = known.of("tpxw", "jscj", "fjms")
    assert [one["verdict"] for one in sums] == ["sum_differs"]
    assert "+40" in sums[0]["reason"]
    assert claim(report, pictures + 40)["verdict"] == "overclaimed"
    right = [item["findings"][0] for item in report["claims"] if item["count"] != pictures + 40]
    assert {one["verdict"] for one in right} == {"consistent"}


def test_last_years_number(found: dict[str, Any], known: Known) -> None:
    """Underclaimed, with the observation that it equals the year before."""
    head = claim(found["last year"], known.of("zbgg", year=2013))
    assert head["verdict"] == "underclaimed"
    assert "that of the same months of 2013" in observed(head)


def test_cumulative_as_annual(found: dict[str, Any], known: Known) -> None:
    """Overclaimed, with the observation that it equals all years up to 2014, not the year."""
    head = claim(found["cumulative"], known.of("zbgg") + known.of("zbgg", year=2013))
    assert head["verdict"] == "overclaimed"
    assert "the cumulative one of all years up to 2014" in observed(head)


def test_void_counted(found: dict[str, Any], known: Known) -> None:
    """No rule forbids counting what is void: consistent, and it is said how many of the number are."""
    head = claim(found["void"], known.of("zbgg"))
    assert head["verdict"] == "consistent"
    assert f"includes {known.void} marked as void" in observed(head)


def test_reposts_counted(found: dict[str, Any], known: Known) -> None:
    """Counting postings is a definition: consistent, and it is said how many repeat another."""
    postings, contents = known.of("zbgg", "zhbgg"), known.documents("zbgg", "zhbgg")
    assert postings - contents == sum(REPEATS)
    head = claim(found["reposts"], postings)
    assert head["verdict"] == "consistent"
    assert f"includes {postings - contents} reposts; counting the same content once it is {contents}" in observed(head)


def test_a_channel_left_out(found: dict[str, Any], known: Known) -> None:
    """Underclaimed, with the observation which section the number leaves out."""
    head = claim(found["channel left out"], known.total - known.of("zhbgg"))
    assert head["verdict"] == "underclaimed"
    assert f"without the section 中标公示 (zhbgg: {known.of('zhbgg')})" in observed(head)


def test_right(found: dict[str, Any]) -> None:
    """Every number of the right report is consistent and nothing accuses."""
    report = found["right"]
    assert not report["accuses"]
    assert {one["verdict"] for item in report["claims"] for one in item["findings"][:1]} == {"consistent"}
    assert {one["verdict"] for item in report["claims"] for one in item["findings"]} & {"sum_adds_up"}


def test_right_where_our_crawl_has_a_hole(hole: Path, known: Known) -> None:
    """Twenty rows that we did not read accuse nobody; the true number lies in the interval, the hole is named."""
    report = verified(hole, {"right, in a hole": reports(known)["right, in a hole"]})["right, in a hole"]
    assert not report["accuses"]
    head = claim(report, known.of("zbgg"))
    assert head["count"] == known.of("zbgg") - 20
    assert head["low"] <= known.of("zbgg") <= (head["high"] or known.total)
    assert "page 2" in head["reason"]
    assert claim(report, known.of("hydt"))["verdict"] == "consistent"


def test_one_report_under_two_coverages(whole: Path, hole: Path, known: Known) -> None:
    """Twice the portal's total: overclaimed where everything was read, no accusation where a section never was."""
    number = 2 * known.total
    text = {"two coverages": f"2014年，我厅通过门户网站公开信息{number}条。"}
    closed, open_ = (claim(verified(place, text)["two coverages"], number) for place in (whole, hole))
    assert closed["verdict"] == "overclaimed"
    assert (open_["verdict"], open_["high"]) == ("unverifiable", None)
    assert "fjms" in open_["reason"]


@pytest.fixture(scope="module")
def registered(whole: Path, replica: Replica) -> None:
    """A list of newspaper items, the last of which the portal published as well, and one of the radio."""
    news = (one for one in replica.world.truth.postings if one.channel == "hydt" and one.published.year == YEAR)
    also = next(one for one in news if one.published.month in range(2, 12))
    file = whole.parent / "newspapers.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("日期", "媒体", "标题", "扫描件"))
        for n in range(NEWSPAPERS - 2):
            writer.writerow((f"2014-0{1 + n % 9}-1{n % 9}", "某日报", f"住房城乡建设工作综述之{n}", "page.jpg"))
        writer.writerow((f"{also.published:%Y-%m-%d}", "某日报", also.title, ""))
        writer.writerow(("2014-07-01", "某广播电台", "工程质量安全月启动仪式", ""))
    (whole.parent / "page.jpg").write_bytes(b"\xff\xd8\xff a page")
    said = duizhang(whole, "register", str(file))
    assert said.exit_code == 0, said.err
    assert "1 条门户上也有" in said.out


@pytest.mark.usefixtures("registered")
def test_newspapers_are_set_against_the_register(whole: Path, known: Known) -> None:
    """Part and total are exactly right; one too few, or as many on WeChat, where no list was brought, is not."""
    portal = known.of("zbgg", "zhbgg", "hydt", "tpxw", "jscj", "fjms")
    total, papers = portal + NEWSPAPERS, "通过报刊、广播公开信息"
    listed = f"2014年，我厅主动公开政府信息共{{}}条，包括：通过高原建设网公开信息{portal}条；{papers}{{}}条。"
    texts = {
        "papers right": listed.format(total, NEWSPAPERS),
        "papers wrong": f"2014年，我厅{papers}{NEWSPAPERS - 5}条。",
        "papers once": listed.format(portal + NEWSPAPERS - 1 - sum(REPEATS), NEWSPAPERS),
        "wechat": f"2014年，我厅通过微信公众号发布信息{NEWSPAPERS}条。",
    }
    said = verified(whole, texts)
    assert claim(said["papers right"], NEWSPAPERS)["verdict"] == "consistent"
    assert claim(said["papers right"], total)["verdict"] == "consistent"
    assert not said["papers right"]["accuses"]
    assert claim(said["papers wrong"], NEWSPAPERS - 5)["verdict"] == "underclaimed"
    once = claim(said["papers once"], total - 1 - sum(REPEATS))
    assert once["verdict"] == "consistent"
    assert "the same content once" in once["exact"]
    assert claim(said["wechat"], NEWSPAPERS)["verdict"] == "unverifiable"


def test_the_numbers_are_far_enough_apart(known: Known) -> None:
    """No lie is another one's truth by chance, and something of each kind is there to lie about."""
    zb, before = known.of("zbgg"), known.of("zbgg", year=2013)
    told = [2 * zb, zb // 2, before, zb + before, zb, known.of("zbgg", "zhbgg"), known.total - known.of("zhbgg")]
    assert len(set(told)) == len(told)
    assert known.void > 0
    assert len({json.dumps(text, ensure_ascii=False) for text in reports(known).values()}) == 10
    assert all(re.search(r"[0-9]+条", text) for text in reports(known).values())
