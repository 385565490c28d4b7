"""Rot is named and stepped over, a torn end is set aside, nothing is lost and nothing is forged."""

import gzip
import io
import os
import random
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Capture
from storage.archive import Archive, warc
from storage.archive.folder import Damage, Entry, Repair, Stored
from storage.archive.records import meaning_of
from storage.archive.warc import Broken, Members, packed, record_in
from tests.storage.archive.test_archive import PAGE, RUN, START, VISIT, kept

NAME = f"{RUN}.warc.gz"
PAGES = [replace(PAGE, id=f"{number:032x}", body=random.Random(number).randbytes(50) * 3) for number in range(4)]


def captures(archive: Archive) -> list[Capture]:
    found = [entry.record for entry in archive.entries() if isinstance(entry, Entry)]
    return [record for record in found if isinstance(record, Capture)]


def damages(archive: Archive) -> list[Damage]:
    return [entry for entry in archive.entries() if isinstance(entry, Damage)]


def written(tmp_path: Path) -> tuple[Archive, list[Stored], bytes]:
    archive = Archive(tmp_path)
    stored = kept(archive, *PAGES)
    return archive, stored, (archive.folder / NAME).read_bytes()


def test_torn_anywhere(tmp_path: Path) -> None:
    """Wherever a writer was killed, repair keeps every whole record, sets the torn bytes aside and is then done."""
    archive, stored, whole = written(tmp_path)
    ends = [one.position + one.length for one in stored]
    for cut in [*range(ends[1], len(whole), 11), *ends[2:], len(whole) - 1]:
        (archive.folder / NAME).unlink(missing_ok=True)
        (archive.folder / f"{NAME}.open").write_bytes(whole[:cut])
        before = captures(archive)
        assert before == PAGES[: sum(end <= cut for end in ends)]
        assert damages(archive) == []
        (repair,) = archive.repair()
        assert captures(archive) == before
        assert damages(archive) == []
        torn = archive.folder / "torn" / f"{NAME}.{repair.position}"
        rest = torn.read_bytes() if repair.torn else b""
        assert (archive.folder / NAME).read_bytes() + rest == whole[:cut]
        assert archive.repair() == []


@pytest.mark.parametrize("cut", [0, 1, 200])
def test_nothing_whole(tmp_path: Path, cut: int) -> None:
    """A file without one whole record goes away; its bytes are kept aside."""
    archive, _, whole = written(tmp_path)
    (archive.folder / NAME).unlink()
    (archive.folder / f"{NAME}.open").write_bytes(whole[:cut])
    assert archive.repair() == [Repair(NAME, 0, cut)]
    assert archive.files() == []
    assert [path.read_bytes() for path in (archive.folder / "torn").glob("*")] == [whole[:cut]] * bool(cut)


def test_copy_cut_short(tmp_path: Path) -> None:
    """A finished file that ends inside a record is damaged, not merely short; repair by name sets its end aside."""
    archive, stored, whole = written(tmp_path)
    os.truncate(archive.folder / NAME, len(whole) - 9)
    (damage,) = damages(archive)
    assert (damage.warc, damage.position) == (NAME, stored[3].position)
    assert damage.position + damage.length == len(whole) - 9
    assert archive.repair() == []
    assert archive.repair(NAME) == [Repair(NAME, stored[3].position, stored[3].length - 9)]
    assert (damages(archive), captures(archive), archive.repair(NAME)) == ([], PAGES[:3], [])


def test_zeros_after_a_power_cut(tmp_path: Path) -> None:
    """Blocks that the disk never got are no records."""
    archive, stored, whole = written(tmp_path)
    (archive.folder / NAME).unlink()
    (archive.folder / f"{NAME}.open").write_bytes(whole[: stored[3].position] + bytes(5000))
    assert (captures(archive), damages(archive)) == (PAGES[:3], [])
    assert archive.repair() == [Repair(NAME, stored[3].position, 5000)]


def test_living_writer_is_left_alone(tmp_path: Path) -> None:
    """Repair touches no file whose writer lives."""
    archive = Archive(tmp_path)
    with archive.writer(START) as writer:
        writer.add(PAGE)
        assert archive.repair() == []
        assert archive.repair(NAME) == []
        writer.add(PAGE)
    assert len(captures(archive)) == 2


def test_rot_anywhere(tmp_path: Path) -> None:
    """One wrong byte costs one capture at most, and is reported where it is; no capture comes back changed."""
    archive, stored, whole = written(tmp_path)
    for place in range(0, len(whole), 7):
        rotten = bytearray(whole)
        rotten[place] ^= 0x55
        (archive.folder / NAME).write_bytes(rotten)
        found, damaged = captures(archive), damages(archive)
        assert [page for page in PAGES if page in found] == found
        assert len(found) >= len(PAGES) - 1
        assert len(damaged) == 1 or (damaged == [] and found == PAGES)  # gzip has bytes without meaning
        assert all(one.position <= place < one.position + one.length for one in damaged)
        if len(found) < len(PAGES):
            (lost,) = (one for one, page in zip(stored, PAGES, strict=True) if page not in found)
            assert damaged[0].position <= lost.position


def test_rot_while_writing(tmp_path: Path) -> None:
    """Rot before the end of a file that is being written is reported as well."""
    archive, stored, whole = written(tmp_path)
    (archive.folder / NAME).unlink()
    rotten = bytearray(whole)
    rotten[stored[1].position + 100] ^= 0x55
    (archive.folder / f"{NAME}.open").write_bytes(rotten)
    assert captures(archive) == [PAGES[0], *PAGES[2:]]
    assert [one.position for one in damages(archive)] == [stored[1].position]
    assert archive.repair() == [Repair(NAME, len(whole), 0)]


def test_changed_and_packed_again(tmp_path: Path) -> None:
    """Verified reading notices a body that was changed together with its gzip checksum."""
    archive, stored, whole = written(tmp_path)
    members = Members(io.BytesIO(whole), stored[1].position)
    record = record_in(members.next() or b"")
    fields = [(name, value) for name, value in record.fields.items() if name != "content-length"]
    forged = packed(fields, record.block[:-1] + b"!")
    end = stored[1].position + stored[1].length
    (archive.folder / NAME).write_bytes(whole[: stored[1].position] + forged + whole[end:])
    (damage,) = (entry for entry in archive.entries(verify=True) if isinstance(entry, Damage))
    assert (damage.position, damage.length) == (stored[1].position, len(forged))
    assert "digest" in damage.reason


def test_forged_attachment(tmp_path: Path) -> None:
    """Records inside a WARC file that a portal sent stay an attachment even when the record around them rots."""
    forged = Archive(tmp_path / "portal")
    kept(forged, replace(PAGE, id="f" * 32, visit=replace(VISIT, url="http://www.example.cn/forged")))
    noise = random.Random(1).randbytes(100_000)  # keeps deflate from packing what is between
    attachment = noise + (forged.folder / NAME).read_bytes() + noise[::-1]
    archive = Archive(tmp_path / "ours")
    stored = kept(archive, replace(PAGE, id="a" * 32, body=attachment), PAGES[1])
    path = archive.folder / NAME
    whole = bytearray(path.read_bytes())
    assert (forged.folder / NAME).read_bytes()[:300] in whole
    whole[stored[0].position + 700] ^= 0x55
    path.write_bytes(whole)
    assert captures(archive) == [PAGES[1]]
    assert [(one.position, one.length > 200_000) for one in damages(archive)] == [(stored[0].position, True)]
    end = stored[0].position + stored[0].length - 5
    path.unlink()
    path.with_name(f"{NAME}.open").write_bytes(whole[:end])
    archive.repair()
    assert captures(archive) == []


def test_foreign_records_are_skipped(tmp_path: Path) -> None:
    """A record that is none of ours is no entry and no damage."""
    archive, _, whole = written(tmp_path)
    foreign = packed([("WARC-Type", "conversion"), ("WARC-Target-URI", "http://www.example.cn/")], b"text")
    (archive.folder / NAME).write_bytes(foreign + whole + foreign)
    (archive.folder / "other.warc.gz").write_bytes(foreign)
    assert (captures(archive), damages(archive)) == (PAGES, [])


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI"])
        | st.sampled_from(["Duizhang-Visit", "Duizhang-Besides", "Duizhang-Visit-Of"]),
        st.sampled_from(["response", "metadata", "resource", "urn:duizhang:run:a:end", "urn:duizhang:run:a:start"])
        | st.sampled_from(['{"odd":[[0,"",""]]}', '{"odd":[1]}', '{"headers":[["",1]]}', "[" * 5000, "{}", "9" * 5000])
        | st.sampled_from(["2014-12-31", '{"source":"","channel":"","kind":"notice","url":""}', '{"lead":{"a":1}}']),
    ),
    st.binary(max_size=40) | st.sampled_from([b"[" * 5000, b'{"failure":1}', b"HTTP/1.1 200\r\n\r\n", b"{}"]),
)
def test_any_record(fields: dict[str, str], block: bytes) -> None:
    """Whatever a record says, it is a capture, a run's start or end, none of ours, or Broken."""
    try:
        record = record_in(Members(io.BytesIO(packed(fields.items(), block)), 0).next() or b"")
        meaning_of(record)
    except Broken:
        return


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """A file of any bytes is read to its end as damage, and repair keeps all of it."""
    archive = Archive(tmp_path_factory.mktemp("any"))
    archive.folder.mkdir()
    (archive.folder / "any.warc.gz").write_bytes(content)
    found = list(archive.entries())
    assert sum(entry.length for entry in found) == len(content)
    assert all(isinstance(entry, Damage) for entry in found)
    (archive.folder / "any.warc.gz").rename(archive.folder / "any.warc.gz.open")
    assert list(archive.entries()) == []
    archive.repair()
    assert b"".join(path.read_bytes() for path in archive.folder.rglob("any*")) == content


def test_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that unpacks to more than any page has is damage, and is never held in memory whole."""
    archive, _, whole = written(tmp_path)
    bomb = gzip.compress(bytes(30_000_000), 9)
    (archive.folder / NAME).write_bytes(whole + bomb + whole)
    monkeypatch.setattr(warc, "LARGEST", 1_000_000)
    tracemalloc.start()
    try:
        found = list(archive.entries())
        assert tracemalloc.get_traced_memory()[1] < 2 * 17_000_000
    finally:
        tracemalloc.stop()
    assert next((one.position, one.length) for one in found if isinstance(one, Damage)) == (len(whole), len(bomb))
    with archive.writer(replace(START, run="other")) as writer, pytest.raises(ValueError, match="larger"):
        writer.add(replace(PAGE, body=bytes(2_000_000)))


def test_visit_of_another_record(tmp_path: Path) -> None:
    """A long visit is never taken for that of another capture."""
    archive = Archive(tmp_path)
    visit = replace(VISIT, form=(("__VIEWSTATE", "d" * 10_000),))
    stored = kept(archive, replace(PAGES[0], visit=visit), PAGES[1], replace(PAGES[2], visit=visit))
    whole = (archive.folder / NAME).read_bytes()
    members = Members(io.BytesIO(whole), stored[0].position)
    members.next()
    cut = stored[0].position, members.position
    torn_off = whole[: cut[1]] + whole[stored[1].position :]
    (archive.folder / NAME).write_bytes(torn_off)
    assert captures(archive) == [replace(PAGES[2], visit=visit)]
    assert [one.position for one in damages(archive)] == [cut[0]]
    (archive.folder / NAME).write_bytes(whole[: cut[1]])
    assert [one.reason for one in damages(archive)] == ["the file ends between a visit and its capture"]
    (archive.folder / NAME).rename(archive.folder / f"{NAME}.open")
    assert damages(archive) == []
    assert archive.repair()[0].torn == cut[1] - cut[0]
