"""`duizhang register` as it is typed: lists with their files, checked row by row, counted under their media."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from crawler.cli import application
from tests.storage.derive.test_findings import pages, walked

JPEG = b"\xff\xd8\xff\xe0 a page of a newspaper"


def ran(archive: Path, *arguments: str, code: int = 0):
    environment = {"DUIZHANG_DATABASE_URL": "", "DUIZHANG_LANGUAGE": "both"}
    result = CliRunner().invoke(application(), [*arguments, "--archive", str(archive)], env=environment)
    assert result.exit_code == code, result.output
    return result


def answer(archive: Path, *arguments: str, code: int = 0) -> dict:
    return json.loads(ran(archive, *arguments, "--format", "json", code=code).stdout)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Twenty tenders of 2014 on a portal."""
    place = tmp_path / "archive"
    place.mkdir()
    walked(place, pages())
    ran(place, "derive")
    return place


def listed(folder: Path, *lines: str, head: str = "日期,媒体,标题,版面,扫描件") -> str:
    folder.mkdir(exist_ok=True)
    file = folder / "list.csv"
    file.write_text("\n".join((head, *lines)), encoding="utf-8")
    return str(file)


def rows(archive: Path, *words: str) -> list[dict]:
    return answer(archive, "counts", "--registered", "--open", *words)["rows"]


def by_kind(archive: Path, *words: str) -> dict[str, int]:
    found = answer(archive, "counts", "--registered", "--by", "kind", *words)
    return {row["kind"]: row["n"] for row in found["rows"]}


def test_every_publication_counts_under_the_kind_of_its_medium(archive, tmp_path):
    """The name tells newspaper, radio, WeChat …; a column 类别 tells it where the name does not."""
    file = listed(
        tmp_path / "l",
        "2014-03-05,某日报,棚户区改造全面开工,第3版,报纸",
        "2014-03-06,某市广播电台,质量安全月启动仪式,,",
        "2014-03-07,某市发布,物业管理办法公开征求意见,,微信",
        "2014-03-08,“某市住建”微博,扬尘治理专项行动启动,,",
        "2014-03-09,局一楼大厅,资质审批结果公示第一批,,公示栏",
        head="日期,媒体,标题,版面,类别",
    )
    ran(archive, "register", file)
    expected = {"newspaper": 1, "radio": 1, "wechat": 1, "weibo": 1, "notice_board": 1}
    assert by_kind(archive) == expected
    assert by_kind(archive, "--year", "2015") == {}
    assert by_kind(archive, "--medium", "wechat") == {"wechat": 1}


def test_scans_are_kept_with_the_list(archive, tmp_path):
    """Files beside the list are archived byte for byte with their digest; several to a row, one for several rows."""
    folder = tmp_path / "l"
    (folder / "扫描").mkdir(parents=True)
    (folder / "扫描" / "一 版.jpg").write_bytes(JPEG)
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 x")
    file = listed(
        folder,
        "2014-03-05,某日报,棚户区改造全面开工,,扫描/一 版.jpg;b.pdf",
        "2014-03-06,某日报,质量安全月启动仪式,,b.pdf",
        "2014-03-07,某日报,物业管理办法公开征求意见,第2版,",
        "2014-03-08,某日报,扬尘治理专项行动启动,,",
    )
    said = ran(archive, "register", file).stdout
    assert "2 条有凭证文件" in said
    assert "1 条没有任何凭证" in said
    found = {row["published_on"]: row for row in rows(archive)}
    assert [found[f"2014-03-0{n}"]["proof"] for n in (5, 6, 7, 8)] == ["file", "file", "noted", "none"]
    first = found["2014-03-05"]["id"]
    shown = answer(archive, "show", first)["rows"][0]
    assert [one["name"] for one in shown["lists"]["files"]] == ["扫描/一 版.jpg", "b.pdf"]
    assert CliRunner().invoke(application(), ["show", first, "--bytes", "--archive", str(archive)]).stdout_bytes == JPEG
    ran(archive, "show", found["2014-03-08"]["id"], "--bytes", code=2)
    ran(archive, "derive", "--rebuild")
    assert {row["published_on"]: row for row in rows(archive)} == found


def test_no_file_outside_the_lists_folder_is_read(archive, tmp_path):
    """..", absolute names, links, folders, absent and huge files: a problem that names the row; the row counts."""
    folder = tmp_path / "l"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("not to be archived")
    (folder / "link.jpg").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    (folder / "dir").mkdir()
    os.mkfifo(folder / "pipe")
    with (folder / "huge.jpg").open("wb") as huge:
        huge.truncate(20_000_001)
    names = (
        *("../secret.txt", str(secret), "link.jpg", "linked/secret.txt", "dir", "pipe", "none.jpg", "huge.jpg"),
        *("C:\\secret.txt", "file:///etc/passwd", "dir/../../secret.txt", "..\\secret.txt"),
    )
    lines = [f"2014-03-05,某日报,扬尘治理专项行动第{n}期,,{name}" for n, name in enumerate(names)]
    said = ran(archive, "register", listed(folder, *lines), code=1)
    assert f"{len(names)} 条已登记" in said.stdout
    assert [n for n in range(len(names)) if f"row {n + 2}:" not in said.stderr] == []
    assert by_kind(archive) == {"newspaper": len(names)}
    assert {row["proof"] for row in rows(archive)} == {"none"}
    kept = answer(archive, "sql", "SELECT size FROM captures WHERE kind = 'scan'")["rows"]
    assert {row["size"] for row in kept} == {0}


def test_rows_that_cannot_be_are_named(archive, tmp_path):
    """A day to come, one before the regulation, no date, no title, a repeated row; footers and empty rows are none."""
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    file = listed(
        tmp_path / "l",
        f"{tomorrow},某日报,甲乙丙丁戊己庚,,",
        "2004-03-05,某日报,甲乙丙丁戊己庚,,",
        "3月5日,某日报,甲乙丙丁戊己庚,,",
        "2014-03-05,某日报,,,",
        "2014-03-05,某日报,甲乙丙丁戊己庚,,",
        "2014年3月5日,《某日报》,甲乙丙丁戊己庚。,,",
        "2014-03-15,某日报,甲乙丙丁戊己庚,,",
        "2014-03-05,某市发布,甲乙丙丁戊己庚,,",
        ",,,,",
        "合计,,共3条,,",
    )
    said = ran(archive, "register", file, code=1)
    for row in (2, 3, 4, 5, 7, 8, 9):
        assert f"row {row}" in said.stderr, row
    assert "row 6:" not in said.stderr
    assert "row 11" not in said.stderr
    assert by_kind(archive) == {"newspaper": 2, "unknown": 1}


def test_the_same_publication_in_two_lists_counts_once(archive, tmp_path):
    """However it is written; under documents the same title in two media counts once, too."""
    ran(archive, "register", listed(tmp_path / "a", "2014-03-05,某日报,棚户区改造全面开工,,"))
    other = listed(
        tmp_path / "b", "2014/3/5,《某日报》,“棚户区改造”全面开工,,", "2014-03-06,某晚报,棚户区改造全面开工,,"
    )
    said = ran(archive, "register", other).stdout
    assert "1 条在其他清单中也有" in said
    assert by_kind(archive) == {"newspaper": 2}
    assert by_kind(archive, "--definition", "documents") == {"newspaper": 1}


def stored(archive: Path) -> int:
    return answer(archive, "sql", "SELECT count(*) AS n FROM registered")["rows"][0]["n"]


def test_the_same_list_again_changes_nothing(archive, tmp_path):
    """The same content with the same files, wherever it lies, adds neither row nor record and says so."""
    lines = ("2014-03-05,某日报,棚户区改造全面开工,,a.jpg", "2014-03-06,某晚报,质量安全月启动仪式,第2版,")
    for folder in ("l", "copy"):
        file = listed(tmp_path / folder, *lines)
        (tmp_path / folder / "a.jpg").write_bytes(JPEG)
        said = ran(archive, "register", file).stdout
        assert ("the list and its files were registered before: nothing changes" in said) is (folder == "copy")
        assert "2 条已登记" in said
        assert "1 条有凭证文件" in said
        if folder == "l":
            before = rows(archive), sorted((archive / "warc").iterdir())
    assert (rows(archive), sorted((archive / "warc").iterdir())) == before
    assert stored(archive) == 2


def test_a_corrected_list_adds_only_what_is_new(archive, tmp_path):
    """Equal rows are one row, the one with more evidence; what only one list has stays; a rebuild gives the same."""
    first = listed(tmp_path / "a", "2014-03-05,某日报,棚户区改造全面开工,,", "2014-03-06,某晚报,质量安全月启动仪式,,")
    ran(archive, "register", first)
    lines = ("2014-03-05,某日报,棚户区改造全面开工,第3版,", "2014-03-07,某日报,物业管理办法公开征求意见,,")
    said = ran(archive, "register", listed(tmp_path / "b", *lines)).stdout
    assert "2 条已登记" in said
    found = rows(archive)
    assert [(row["published_on"], row["evidence"]) for row in found] == [
        ("2014-03-07", ""), ("2014-03-06", ""), ("2014-03-05", "第3版")]  # fmt: skip
    assert stored(archive) == 3
    ran(archive, "derive", "--rebuild")
    assert rows(archive) == found


def test_a_list_brought_again_with_its_missing_file(archive, tmp_path):
    """The file that a list named and did not have is kept when the list is brought again, and the row stands once."""
    file = listed(tmp_path / "l", "2014-03-05,某日报,棚户区改造全面开工,,a.jpg")
    assert "without its file" in ran(archive, "register", file, code=1).stderr
    (tmp_path / "l" / "a.jpg").write_bytes(JPEG)
    said = ran(archive, "register", file).stdout
    assert "nothing changes" not in said
    assert [row["proof"] for row in rows(archive)] == ["file"]
    assert stored(archive) == 1


def test_a_publication_that_the_portal_has_is_linked(archive, tmp_path):
    """The same title within seven days is also on the portal; eight days later, or a title of few words, is not."""
    posted = answer(archive, "counts", "--open")["rows"][0]
    day = datetime.fromisoformat(posted["published_on"]).date()
    lines = [
        f"{day + timedelta(days=7)},某日报,{posted['title']},,",
        f"{day + timedelta(days=8)},某晚报,{posted['title']},,",
    ]
    ran(archive, "register", listed(tmp_path / "l", *lines))
    found = {row["medium"]: row for row in rows(archive)}
    assert (found["某日报"]["on_portal"], found["某晚报"]["on_portal"]) == (1, 0)
    (linked,) = answer(archive, "show", found["某日报"]["id"])["rows"][0]["lists"]["on_the_portal"]
    assert (linked["id"], linked["days"]) == (posted["id"], -7)


def test_a_workbook_is_read_sheet_by_sheet_below_its_own_title(archive, tmp_path):
    """A title above the heading, one sheet for each medium, headings as offices write them, dates as cells."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "报刊"
    first.append(["某局2014年报刊公开信息登记表"])
    first.append(["序号", "刊登日期", "媒体名称", "稿件标题", "版次"])
    first.append([1, datetime(2014, 3, 5), "某日报", "棚户区改造全面开工", "3"])  # noqa: DTZ001
    first.append([2, None, None, None, None])
    second = book.create_sheet("微信")
    second.append(["发布时间", "公开渠道", "标题（必填）"])
    second.append(["2014-04-01 10:20", "微信公众号", "物业管理办法公开征求意见"])
    book.create_sheet("说明").append(["填表说明"])
    book.save(tmp_path / "list.xlsx")
    said = ran(archive, "register", str(tmp_path / "list.xlsx"), code=1)
    assert by_kind(archive) == {"newspaper": 1, "wechat": 1}
    assert "sheet 说明" in said.stderr
    assert {(row["sheet"], row["row"]) for row in rows(archive)} == {("报刊", 3), ("微信", 2)}


def test_a_list_brought_again_corrected_closes_its_holes(archive, tmp_path):
    """A row that could not be read may be a publication; once the corrected list is brought, it is no hole."""
    report = tmp_path / "r.txt"
    report.write_text("某局2014年政府信息公开工作年度报告\n2014年，通过报刊、广播公开信息2条。", encoding="utf-8")
    ran(
        archive,
        "register",
        listed(tmp_path / "l", "2014-03-05,某日报,棚户区改造全面开工,,", "5月,某日报,质量安全月启动仪式,,"),
        code=1,
    )

    def head() -> dict:
        return answer(archive, "verify", str(report))["rows"][0]["claims"][-1]["findings"][0]

    assert (head()["verdict"], head()["low"], head()["high"]) == ("consistent", 1, 2)
    ran(
        archive,
        "register",
        listed(tmp_path / "l", "2014-03-05,某日报,棚户区改造全面开工,,", "2014-05-06,某日报,质量安全月启动仪式,,"),
    )
    assert (head()["verdict"], head()["low"], head()["high"]) == ("consistent", 2, 2)


def test_filters_of_postings_do_not_fit_a_register(archive):
    """A register has no channel and no bucket; an axis that is none is wrong use."""
    ran(archive, "counts", "--registered", "--channel", "zb", code=2)
    ran(archive, "counts", "--registered", "--by", "bucket", code=2)
