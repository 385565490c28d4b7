"""OCDS files of an archive: packages that validate, ids that stay, a way back to the bytes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT4
from sqlalchemy import Connection, create_engine, insert

from storage.export import ocds as exports
from storage.export.ocds import OcdsFiles, export_ocds
from storage.export.postings import ExportRefused
from storage.export.procedures import Publisher
from storage.queries.postings import Filters
from storage.tables import core as t
from tests.storage.rows import capture, posting, store

SCHEMAS = {
    schema["id"]: schema
    for schema in (
        json.loads((files("storage") / "ocds_schema" / f"{name}-schema.json").read_text(encoding="utf-8"))
        for name in ("release", "release-package", "record-package")
    )
}
REGISTRY: Registry[Any] = Registry().with_resources(
    [(id_, DRAFT4.create_resource(one)) for id_, one in SCHEMAS.items()]
)
PUBLISHERS = {"alpha": Publisher("甲市建设网", ZoneInfo("Asia/Shanghai"), "ocds-abc123")}
FIRST, AGAIN = "1" * 16, "2" * 16


def validator(name: str) -> Draft4Validator:
    """Of the standard's schema 1.1.5 of that name."""
    (schema,) = (one for id_, one in SCHEMAS.items() if id_.endswith(f"/{name}-schema.json"))
    return Draft4Validator(schema, registry=REGISTRY, format_checker=FormatChecker())


def member(id_: str, number: int, **values: Any) -> dict[str, Any]:
    """A posting's place in the one chain."""
    row = {"posting": id_, "chain": "c" * 16, "number": number, "lot": "", "round": 1, "process": FIRST, "after": ""}
    return row | {"linked_to": "", "why": "", "supersedes": ""} | values


def fact(id_: str, number: int, name: str, value: str, kind: str = "", grp: int = 0) -> dict[str, Any]:
    """A fact's row."""
    row = {"posting": id_, "number": number, "name": name, "value": value, "kind": kind, "grp": grp}
    return row | {"place": "text", "start": 0, "end": 1, "rule": "label"}


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A failed round of tendering, published twice, and a second round with candidates and a result."""
    engine = create_engine("sqlite://")
    t.DERIVED.create_all(engine)
    kinds = {
        "01": ("tender_notice", "甲县乙路工程招标公告", "2014-06-03"),
        "02": ("correction", "甲县乙路工程更正公告", "2014-06-05"),
        "03": ("termination", "甲县乙路工程流标公告", "2014-06-20"),
        "04": ("tender_notice", "甲县乙路工程二次招标公告", "2014-07-01"),
        "05": ("award_candidates", "甲县乙路工程中标候选人公示", "2014-07-25"),
        "06": ("award_result", "甲县乙路工程中标结果公告", "2014-07-30"),
    }
    rows = [posting(id_, title, day, notice_type=kind) for id_, (kind, title, day) in kinds.items()]
    rows.append(posting("01b", "甲县乙路工程招标公告", "2014-06-04", document="d01", channel="jsgc"))
    with engine.begin() as connection:
        store(connection, *rows)
        connection.execute(insert(t.captures), [capture(f"c{row['id']}") for row in rows])
        second = {"round": 2, "process": AGAIN, "after": FIRST}
        members = [member("01", 1), member("01b", 2), member("02", 3, supersedes="01 01b"), member("03", 4)]
        members += [member("04", 5, **second), member("05", 6, **second), member("06", 7, **second, supersedes="05")]
        connection.execute(insert(t.tables_chains.chain_members), members)
        facts = [
            fact("01", 1, "project_name", "甲县乙路工程"),
            fact("01", 2, "budget", "1234567.89", "控制价"),
            fact("02", 1, "bid_deadline", "2014-06-25T09:30"),
            fact("05", 1, "candidate", "丁公司", "1", 1),
            fact("05", 2, "price", "1200000", grp=1),
            fact("05", 3, "candidate", "戊公司", "2", 2),
            fact("06", 1, "winner", "丁公司"),
            fact("06", 2, "award", "1200000"),
        ]
        connection.execute(insert(t.tables_facts.facts), facts)
        connection.execute(
            insert(t.attachments),
            [
                {
                    "posting": "04",
                    "number": 1,
                    "url": "http://portal.test/a.pdf",
                    "key": "/a.pdf",
                    "name": "招标文件.pdf",
                }
            ],
        )
        yield connection


def written(connection: Connection, folder: Path, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The release package and the record package, both valid."""
    out, records = folder / "releases.json", folder / "records.json"
    export_ocds(connection, OcdsFiles(out, records, **more), Filters(), PUBLISHERS)
    packages = json.loads(out.read_text(encoding="utf-8")), json.loads(records.read_text(encoding="utf-8"))
    validator("release-package").validate(packages[0])
    validator("record-package").validate(packages[1])
    return packages


def test_releases_and_records_validate(connection: Connection, tmp_path: Path) -> None:
    """A release for each document, a record for each round, both in valid packages; a repost is told once."""
    releases, records = written(connection, tmp_path)
    assert [one["id"] for one in releases["releases"]] == ["01", "02", "03", "04", "05", "06"]
    assert [one["tag"][0] for one in releases["releases"]] == [
        *("tender", "tenderAmendment", "tenderUpdate", "tender", "award", "awardUpdate")
    ]
    assert [one["ocid"] for one in records["records"]] == [f"ocds-abc123-{FIRST}", f"ocds-abc123-{AGAIN}"]
    (repost,) = releases["releases"][0]["x_duizhang"]["alsoPublishedAs"]
    assert (repost["posting"], repost["channel"]) == ("01b", "jsgc")


def test_the_record_says_how_it_came_out(connection: Connection, tmp_path: Path) -> None:
    """The compiled release has the last word: failed with the moved deadline; awarded, the other candidate not."""
    _, records = written(connection, tmp_path)
    failed, done = (one["compiledRelease"] for one in records["records"])
    assert (failed["tag"], failed["tender"]["status"]) == (["compiled"], "unsuccessful")
    assert failed["tender"]["tenderPeriod"]["endDate"] == "2014-06-25T09:30:00+08:00"
    assert failed["tender"]["value"] == {"amount": 1234567.89, "currency": "CNY"}
    assert failed["tender"]["amendments"][0]["amendsReleaseID"] == "01"
    assert {award["suppliers"][0]["name"]: award["status"] for award in done["awards"]} == {
        "丁公司": "active",
        "戊公司": "unsuccessful",
    }
    (related,) = done["relatedProcesses"]
    assert (related["relationship"], related["identifier"]) == (["unsuccessfulProcess"], f"ocds-abc123-{FIRST}")
    assert [document["title"] for document in done["tender"]["documents"]][1] == "招标文件.pdf"


def test_the_same_archive_gives_the_same_bytes(connection: Connection, tmp_path: Path) -> None:
    """Nothing of the clock or of chance is in a package."""
    written(connection, tmp_path)
    before = [(tmp_path / name).read_bytes() for name in ("releases.json", "records.json")]
    written(connection, tmp_path, force=True)
    assert [(tmp_path / name).read_bytes() for name in ("releases.json", "records.json")] == before


def test_lines_are_releases_and_records_without_a_package(connection: Connection, tmp_path: Path) -> None:
    """For large archives: one object a line."""
    out, records = tmp_path / "r.jsonl", tmp_path / "c.jsonl"
    export_ocds(connection, OcdsFiles(out, records, lines=True), Filters(), PUBLISHERS)
    lines = out.read_text(encoding="utf-8").splitlines()
    for line in lines:
        validator("release").validate(json.loads(line))
    assert (len(lines), len(records.read_text(encoding="utf-8").splitlines())) == (6, 2)


def test_a_filter_takes_whole_chains(connection: Connection, tmp_path: Path) -> None:
    """A procedure is told whole when one of its notices passes; none that pass is refused and leaves no file."""
    done = export_ocds(connection, OcdsFiles(tmp_path / "a.json"), Filters(notice_type="award_result"), PUBLISHERS)
    assert (done.procedures, done.releases) == (2, 6)
    with pytest.raises(ExportRefused, match="no posting"):
        export_ocds(connection, OcdsFiles(tmp_path / "b.json"), Filters(year=1999), PUBLISHERS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json"]


def test_what_cannot_be_written_is_refused(connection: Connection, tmp_path: Path) -> None:
    """No prefix, a file that exists, one file for two things: a sentence, and nothing is left behind."""
    out = tmp_path / "a.json"
    bare = {"alpha": Publisher("甲市建设网", ZoneInfo("Asia/Shanghai"), "")}
    with pytest.raises(ExportRefused, match="--prefix"):
        export_ocds(connection, OcdsFiles(out), Filters(), bare)
    with pytest.raises(ExportRefused, match="one file"):
        export_ocds(connection, OcdsFiles(out, out), Filters(), PUBLISHERS)
    assert list(tmp_path.iterdir()) == []
    out.write_text("mine")
    with pytest.raises(ExportRefused, match="exists already"):
        export_ocds(connection, OcdsFiles(out), Filters(), PUBLISHERS)
    assert out.read_text() == "mine"


def test_half_a_character_is_written_as_json_can(tmp_path: Path) -> None:
    """A text with a lone surrogate does not end an export: JSON has a way to write it."""
    with exports._listed(tmp_path / "a.json", {"version": "1.1"}, "releases") as file:
        file.add([{"title": "乙路\ud83c"}])
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["releases"] == [{"title": "乙路\ud83c"}]


def test_a_notice_without_a_date_is_dated_by_our_first_sight(connection: Connection, tmp_path: Path) -> None:
    """The standard asks for a date: the day on which we saw it, marked as that."""
    seen = datetime(2014, 8, 1, 4, 0, tzinfo=UTC)
    store(connection, posting("07", "甲县乙路工程合同公告", None, notice_type="contract", first_seen=seen))
    connection.execute(insert(t.captures), [capture("c07")])
    connection.execute(insert(t.tables_chains.chain_members), [member("07", 8, round=2, process=AGAIN, after=FIRST)])
    releases, _ = written(connection, tmp_path)
    last = releases["releases"][-1]
    assert (last["id"], last["date"]) == ("07", "2014-08-01T12:00:00+08:00")
    assert last["x_duizhang"]["dateIs"] == "first_seen"
    assert "datePublished" not in last["contracts"][0]["documents"][0]
