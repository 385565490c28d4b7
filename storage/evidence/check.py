"""Checks an evidence pack of Duizhang 核对证据包: python check.py PACK.wacz (or the folder that it was unpacked to).

Python 3.8 or newer, nothing else. Exit code 0: all fits together; 1: something does not, and it is said what; 2: wrong
use. evidence/README.txt says what this proves and what it does not.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import json
import re
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Iterable, Iterator  # noqa: UP035  # as Python 3.8 has it

# ruff: noqa: B905  # Python 3.8 has no zip(strict=)
COLUMNS = (
    *("id", "page", "document", "title", "day", "channel", "bucket", "type", "area", "void", "state", "first_seen"),
    *("url", "counts_as", "page_by", "document_by", "slices", "capture", "fetched_at", "digest", "warc", "offset"),
    *("length", "archive_warc", "archive_offset", "stands_in_capture"),
)
OF_CAPTURE = ("title", "day", "stands_in_capture", "digest", "warc", "offset", "length")
REGISTER = (
    *("id", "medium", "kind", "title", "day", "evidence", "on_portal", "publication", "content", "slices"),
    *("capture", "sheet", "row"),
)
AWARDS = {"award_candidates", "award_result", "award_notice_unspecified"}
OPEN = "award_notice_unspecified"  # 中标公示 alone: candidates or a result
SUMS = ("sum_adds_up", "sum_differs")
LARGEST = 1 << 28  # bytes of one record
BROKEN = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RecursionError,
    NotImplementedError,
)


class Pack:
    """The files of a pack, in a ZIP or in a folder."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.zip = None if self.path.is_dir() else zipfile.ZipFile(path)

    def names(self) -> list[str]:
        if self.zip:
            return self.zip.namelist()
        return [one.relative_to(self.path).as_posix() for one in self.path.rglob("*") if not one.is_dir()]

    def open(self, name: str) -> Any:
        return self.zip.open(name) if self.zip else (self.path / name).open("rb")

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return bytes(file.read())

    def lines(self, name: str) -> Iterator[str]:
        with self.open(name) as file:
            yield from (line.rstrip("\n") for line in io.TextIOWrapper(file, "utf-8", newline="\n"))

    def rows(self, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
        csv.field_size_limit(1 << 24)
        with self.open(name) as file:
            lines = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""), strict=True)
            for n, line in enumerate(lines):
                if len(line) != len(columns) or (n == 0 and tuple(line) != columns):
                    raise ValueError(f"{name} has other columns in line {n + 1}")
                if n:
                    yield dict(zip(columns, line))


# --- the files -------------------------------------------------------------------------------------------------------


def zip_entry(name: str, size: int, created: str) -> zipfile.ZipInfo:
    """An entry as packs have it: uncompressed, at the pack's time."""
    when: Any = max(tuple(map(int, re.findall("[0-9]+", created)[:6])), (1980, 1, 1, 0, 0, 0))
    entry = zipfile.ZipInfo(name, when)
    entry.file_size, entry.create_system, entry.external_attr = size, 3, 0o644 << 16
    return entry


def digest_text(datapackage: bytes) -> bytes:
    """The whole of datapackage-digest.json; its hash is the pack's seal 封印."""
    said = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(datapackage).hexdigest()}
    return (json.dumps(said, indent=1) + "\n").encode()


class Same:
    """A file to write to that compares what is written with the file that is there."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.at, self.bad = file, 0, set()  # type: ignore[var-annotated]

    def write(self, data: bytes) -> int:
        self.file.seek(self.at)
        (self.bad.discard if self.file.read(len(data)) == data else self.bad.add)(self.at)  # a header is written twice
        self.at += len(data)
        return len(data)

    def seek(self, at: int) -> None:
        self.at = at

    def tell(self) -> int:
        return self.at

    def flush(self) -> None:
        """Nothing is kept back."""


def pieces(pack: Pack, name: str) -> Iterator[bytes]:
    """What a file holds, a megabyte at a time."""
    with pack.open(name) as file:
        yield from iter(lambda: file.read(1 << 20), b"")


def measured(pack: Pack, name: str) -> tuple[int, str]:
    """Size and digest of a file."""
    running, size = hashlib.sha256(), 0
    for piece in pieces(pack, name):
        running.update(piece)
        size += len(piece)
    return size, "sha256:" + running.hexdigest()


def container(pack: Pack, entries: list[zipfile.ZipInfo], created: str) -> Iterator[str]:
    """The ZIP file is, byte for byte, what its entries make: nothing was changed or hidden around them."""
    with pack.path.open("rb") as file:
        same: Any = Same(file)
        with zipfile.ZipFile(same, "w") as again:
            for one in entries:
                with again.open(zip_entry(one.filename, one.file_size, created), "w") as copy:
                    for piece in pieces(pack, one.filename):
                        copy.write(piece)
        if same.bad or same.at != pack.path.stat().st_size:
            yield f"the ZIP file was changed around its files, at byte {min(same.bad, default=same.at)}"


def files(pack: Pack) -> Iterator[str]:
    """Every file is listed with its right size and SHA-256, and no other file is there."""
    entries = pack.zip.infolist() if pack.zip else []
    if any(one.compress_type for one in entries):
        raise ValueError("a file in the ZIP is compressed; packs hold them as they are")
    about = pack.read("datapackage.json")
    if pack.read("datapackage-digest.json") != digest_text(about):
        yield "datapackage-digest.json does not have the SHA-256 of datapackage.json"
    said = json.loads(about)
    names = Counter(pack.names())
    listed = Counter([*(one["path"] for one in said["resources"]), "datapackage.json", "datapackage-digest.json"])
    if names != listed:
        yield f"files are missing, added or twice: {sorted((names - listed) + (listed - names))}"
    for one in said["resources"]:
        if one["path"] in names and measured(pack, one["path"]) != (one["bytes"], one["hash"]):
            yield f"{one['path']} does not have the SHA-256 and size that datapackage.json states"
    if pack.zip:
        yield from container(pack, entries, said["created"])


# --- the captures ----------------------------------------------------------------------------------------------------


def members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Offset, length and content of each gzip member."""
    offset, ahead = 0, file.read(1 << 16)
    while ahead:
        stream, parts, used, size = zlib.decompressobj(31), [], 0, 0
        while not stream.eof:
            ahead = ahead or file.read(1 << 16)
            if not ahead or size > LARGEST:
                raise ValueError(f"the record at {offset} has no end, or is too large")
            parts.append(stream.decompress(ahead, LARGEST))
            rest = stream.unconsumed_tail or stream.unused_data
            used, size, ahead = used + len(ahead) - len(rest), size + len(parts[-1]), rest
        yield offset, used, b"".join(parts)
        offset, ahead = offset + used, ahead or file.read(1 << 16)


def record(content: bytes) -> tuple[dict[str, str], bytes]:
    """Named fields and block of a WARC record whose digests are right. Raises ValueError."""
    head, _, block = content.partition(b"\r\n\r\n")
    lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    fields = {name.lower(): value.strip() for name, _, value in lines}
    if not head.startswith(b"WARC/1.") or fields["content-length"] != str(len(block) - 4) or block[-4:] != b"\r\n\r\n":
        raise ValueError("no WARC record, or not of the length that it states")
    block = block[:-4]
    for name, data in (("warc-block-digest", block), ("warc-payload-digest", payload(fields, block))):
        if fields.get(name, name) not in (name, "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()):
            raise ValueError(f"{fields.get('warc-record-id')} does not have its {name}")
    return fields, block


def payload(fields: dict[str, str], block: bytes) -> bytes:
    """What the server sent, without the HTTP head."""
    return block.partition(b"\r\n\r\n")[2] if fields.get("warc-type") == "response" else block


def plain(text: str) -> str:
    """The text without tags and white space."""
    return "".join(html.unescape(re.sub(r"<[^<>]{1,2000}>", "", text)).split())


def narrow(text: str) -> str:
    """The text without differences of width: 2014年 for ２０１４年."""
    return unicodedata.normalize("NFKC", text)


def visit(fields: dict[str, str], before: bytes) -> dict[str, Any]:
    """Why a capture was made, as its record says, or the one before it where that is long."""
    said = json.loads(before)["duizhang-visit"] if before else fields.get("duizhang-visit", "{}")
    return dict(json.loads(said))


def texts(fields: dict[str, str], block: bytes, before: bytes) -> list[str]:
    """What a capture says: its page, and what the list said of it when it was visited."""
    body, head = payload(fields, block), block[:20000].partition(b"\r\n\r\n")[0].lower()
    for bits in (47, -15) if re.search(rb"content-encoding:\s{0,9}(gzip|deflate)", head) else ():
        try:
            body = zlib.decompressobj(bits).decompress(body, LARGEST)
            break
        except zlib.error:
            continue
    page = ""
    for charset in ("utf-8", "gb18030", "latin-1"):
        try:
            page = body.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    page = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), page)
    lead = visit(fields, before).get("lead") or {}
    return [plain(page), plain(lead.get("title", "") + " " + lead.get("published", ""))]


def stands(said: list[str], title: str, day: str) -> str:
    """Which of title and day stand word for word in what a capture says: "title day", "title", "day" or ""."""
    wanted, (year, month, number) = plain(title.lstrip("'")), (day or "0-0-0").split("-")
    form = rf"{year}(?:[-/.年]0?{int(month)}[-/.月]0?{int(number)}|{month}{number})(?![0-9])"
    found = {"title": any(wanted and wanted in one for one in said), "day": any(re.search(form, one) for one in said)}
    if not all(found.values()):
        wide = [narrow(one) for one in said]
        found["title"] |= any(wanted and narrow(wanted) in one for one in wide)
        found["day"] |= any(re.search(form, one) for one in wide)
    return " ".join(word for word, is_there in found.items() if is_there)


def captures(pack: Pack, rows: dict[str, dict[tuple[str, ...], None]]) -> Iterator[str]:
    """Every record is whole; every row's capture is where the row says, with its digest, title and day."""
    places: dict[tuple[str, int, int], str] = {}
    for path in sorted(path for path in pack.names() if path.startswith("archive/")):
        before, warc = b"", path[8:]
        with pack.open(path) as file:
            for offset, length, content in members(file):
                fields, block = record(content)
                if fields.get("warc-type") in ("response", "resource"):
                    id_, own = fields["warc-record-id"][10:-1].replace("-", ""), fields["warc-payload-digest"]
                    places[warc, offset, length] = own
                    said = texts(fields, block, before) if rows.get(id_) else []
                    for title, day, seen, *place in rows.pop(id_, ()):
                        if place != [base64.b32decode(own[7:]).hex(), warc, str(offset), str(length)]:
                            yield f"the capture {id_} of {title!r} has another digest or place than its row says"
                        if seen != stands(said, title, day):
                            yield f"the capture {id_} does not say what its row says: {title!r} {day}"
                before = block if "duizhang-visit-of" in fields else b""
    yield from (f"the capture {id_} is in no WARC file: {sorted(found)[:1]}" for id_, found in sorted(rows.items()))
    yield from index(pack, places)


def index(pack: Pack, places: dict[tuple[str, int, int], str]) -> Iterator[str]:
    """The index has every capture once, in order; the list of pages only has pages of the index."""
    before, moments = "", set()
    for line in pack.lines("indexes/index.cdx"):
        said = json.loads(line.split(" ", 2)[2])
        moments.add(hash((said["url"], line.split(" ", 2)[1])))
        if places.pop((said["filename"], int(said["offset"]), int(said["length"])), None) != said["digest"]:
            yield f"the index has a wrong place or digest, or one twice: {line[:200]}"
        if line < before:
            yield f"the index is not in order: {line[:200]}"
        before = line
    if places:
        yield f"the index lacks captures: {sorted(places)[:3]}"
    pages = pack.lines("pages/pages.jsonl")
    next(pages)
    for page in map(json.loads, pages):
        if hash((page["url"], re.sub("[^0-9]", "", page["ts"]))) not in moments:
            yield f"the list of pages has one that is not in the index: {page['url']}"


# --- the counts ------------------------------------------------------------------------------------------------------


class Slice:
    """A part of the archive, and what rows of a claim add up to in it."""

    def __init__(self, said: dict[str, Any]) -> None:
        since, until = said["since"], said["until"]
        near = timedelta(2 if not since or until - since >= 11 else 0)
        first = date(since // 100, since % 100, 1) if since else date.min
        last = date(until // 100 + until % 100 // 12, until % 100 % 12 + 1, 1) - timedelta(1)
        self.is_register = said["scope"] in ("register", "beside")
        self.said, self.first, self.last, self.near = said, str(first), str(last), str(last - near)
        self.begun = str(first + near) if since else ""
        chosen = {"channel": "channels", "bucket": "buckets", "type": "types", "area": "areas", "kind": "media"}
        self.chosen = {name: set(said[names]) for name, names in chosen.items() if said[names]}
        types = self.chosen.get("type", set())
        self.is_open = OPEN in types and not types >= AWARDS
        self.counts, self.less, self.seen = Counter(), Counter(), set()  # type: ignore[var-annotated]

    def has(self, row: dict[str, str]) -> bool:
        if self.said["scope"] == "beside" and row["on_portal"] == "yes":
            return False
        within = self.first <= row["day"] <= self.last
        return within and all(row[name] in values for name, values in self.chosen.items())

    def add(self, row: dict[str, str], pairs: dict[str, Counter[str]]) -> None:
        for word in row["counts_as"].split():
            self.counts[word, True] += 1
            self.counts[word, False] += row["void"] == "no"
        self.less["years_end"] += (row["day"] <= self.begun) + (row["day"] >= self.near)
        late = self.said["late_after"].get(row["channel"], "~")
        self.less["late"] += row["first_seen"] > late and row["day"] < self.near
        self.less["withdrawn"] += row["state"] in ("gone", "unlisted")
        self.less["category"] += self.is_open and row["type"] == OPEN
        for side, found in pairs.items():
            self.less[side] += found[row["id"]]

    def add_registered(self, row: dict[str, str], _: object) -> None:
        for word, name in (("postings", "publication"), ("pages", "publication"), ("documents", "content")):
            if (word, row[name]) not in self.seen:
                self.seen.add((word, row[name]))
                self.counts.update([(word, True), (word, False)])

    def doubts(self, definition: str) -> dict[str, int]:
        """By how many fewer there could be, and why; only what is not zero."""
        merges = max(self.less["a"], self.less["b"]) if definition == "documents" else 0
        found = {**self.less, "a": 0, "b": 0, "merges": merges}
        return {kind: less for kind, less in found.items() if less}


def counted(pack: Pack, claim: dict[str, Any], slices: list[Slice], pairs: dict[str, Counter[str]]) -> Iterator[Any]:
    """Fills the claim's slices with its rows; gives each row of the portal, and what is wrong with rows as text."""
    ids = set()
    for name, columns in ((claim["rows"], COLUMNS), (claim["register"], REGISTER)):
        lists = columns is REGISTER
        mine = [(str(n), one) for n, one in enumerate(slices, 1) if lists == one.is_register]
        for row in pack.rows(name, columns) if name else ():
            inside = [(n, one) for n, one in mine if one.has(row)]
            for _, one in inside:
                (one.add_registered if lists else one.add)(row, pairs)
            wanted = [" ".join(n for n, _ in inside)]
            if not lists:
                by = (("postings", "id"), ("pages", "page_by"), ("documents", "document_by"))
                wanted += [" ".join(word for word, key in by if row[key] == row["id"])]
                yield row
            if row["id"] in ids or not inside or [row["slices"], row.get("counts_as")][: len(wanted)] != wanted:
                yield f"{name}: {row['id']} stands twice, or is not counted as it says"
            ids.add(row["id"])


def within(right: dict[str, Any], low: int, high: int | None) -> str:
    """What is proved of a claim that is right for some numbers when the true one is between two others."""
    if right["high"] is not None and low > right["high"]:
        return "underclaimed"
    return "unverifiable" if high is None else "overclaimed" if high < right["low"] else "consistent"


def recount(one: dict[str, Any], slices: list[Slice], right: dict[str, Any]) -> tuple[Any, ...]:
    """Count, interval and verdict of one way of counting, from the rows, the doubts and the holes."""
    seen = [term for term in one["terms"] if term["observed"]]
    used = [(term, slices[term["slice"] - 1]) for term in (one["terms"] if len(one["terms"]) == 1 else seen)]
    counts = [part.counts[term["definition"], term["void"]] for term, part in used]
    if counts != [term["count"] for term, _ in used]:
        return ("other terms", *counts)
    count = sum(counts)
    doubts = [doubt for term, _ in used for doubt in term["doubts"]]
    for term, part in used:
        if {doubt["kind"]: doubt["less"] for doubt in term["doubts"] if doubt["less"]} != part.doubts(
            term["definition"]
        ):
            return ("other doubts", part.doubts(term["definition"]))
    holes = [hole["missing_at_most"] for term, _ in used for hole in term["holes"]]
    low = max(0, count - sum(doubt["less"] for doubt in doubts))
    high = None if one["open_ended"] or None in holes else count + sum(holes) + sum(doubt["more"] for doubt in doubts)
    return count, low, high, within(right, low, high) if seen else "unverifiable"


def hull(found: list[dict[str, Any]]) -> tuple[int, int | None]:
    """The interval around those of several ways of counting."""
    highs = [one["high"] for one in found]
    return min(one["low"] for one in found), None if None in highs else max(highs)


def observed(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """The claim's ways of counting of which anything was observed."""
    return [one for one in claim["findings"] if any(term["observed"] for term in one.get("terms", ()))]


def together(claim: dict[str, Any], said: dict[str, Any]) -> tuple[int, int | None, bool] | None:
    """What the parts that make up a total hold, from and to, and if all were looked up; None without such parts."""
    number, seen = claim["number"], observed(claim)
    wholes = [
        one for one in said["sums"] if one["total"] == number and one["exhaustive"] and number not in one["parts"]
    ]
    if not wholes or not seen:
        return None
    parts = [said["claims"][part] for part in wholes[0]["parts"]]
    found = [(part["findings"][0]["low"], part["findings"][0]["high"]) for part in parts if observed(part)]
    known = len(found) == len(parts)
    found += [] if known else [(0, hull(seen)[1])]
    highs = [high for _, high in found]
    return sum(low for low, _ in found), None if None in highs else sum(highs), known


def headline(
    claim: dict[str, Any], singles: list[dict[str, Any]], said: dict[str, Any], unsure: float
) -> tuple[Any, ...]:
    """Interval and verdict over all admissible ways of counting: an accusation must hold under every reading."""
    seen, parts = observed(claim), together(claim, said)
    readings = [[one for one in seen if one["reading"] == n] for n in {one["reading"] for one in seen}]
    verdicts = {within(claim["right"], *hull(found)) for found in readings}
    if parts is not None:
        verdict = within(claim["right"], *parts[:2])
        verdicts.add("unverifiable" if verdict == "consistent" and not parts[2] else verdict)
    verdict = "consistent" if "consistent" in verdicts else verdicts.pop() if len(verdicts) == 1 else "unverifiable"
    if verdict in ("overclaimed", "underclaimed") and claim["mapping"]["confidence"] < unsure:
        verdict = "unverifiable"
    union = [{"low": parts[0], "high": parts[1]}] if parts is not None and parts[2] else []
    return (*hull((seen or singles) + union), verdict)


def ways(claim: dict[str, Any], singles: list[dict[str, Any]], slices: list[Slice]) -> Iterator[str]:
    """Every way of counting that the mapping admits is there, of the slice that the mapping names."""
    mapping, there = claim["mapping"], {(one["definition"], one["reading"], one["void"]) for one in singles}
    readings = mapping["readings"] if mapping else []
    wanted = {
        (word, n, mapping["void"][0]) for word in (mapping or {}).get("definitions", ()) for n in range(len(readings))
    }
    for one in singles:
        terms = [(slices[term["slice"] - 1], term) for term in one["terms"]]
        if len(terms) == 1:
            part, reading = terms[0][0].said, readings[one["reading"]]
            if any(
                part[key] != reading[key]
                for key in ("since", "until", "channels", "buckets", "types", "areas", "media")
            ):
                yield "a way of counting is of another slice than the mapping says"
        voids = [sum(part.counts[term["definition"], void] for part, term in terms) for void in (True, False)]
        if voids[0] != voids[1] and len(mapping["void"]) > 1:
            wanted.update((one["definition"], one["reading"], void) for void in mapping["void"])
    if wanted - there:
        yield f"ways of counting are missing: {sorted(wanted - there)}"


def followed(claim: dict[str, Any], slices: list[Slice], said: dict[str, Any]) -> Iterator[str]:
    """The claim's findings are what its rows give."""
    first, *singles = [one for one in claim["findings"] if one["verdict"] not in SUMS]
    name, right = f"claim {claim['number'] + 1}", claim["right"]
    vague = claim["approximate"] or claim["lower_bound"]
    if not right["low"] <= claim["count"] <= (right["high"] or claim["count"]) or (
        not vague and right["low"] != right["high"]
    ):
        yield f"{name}: the claimed number and what it is right for are not the same"
    if [(claim["number"], n) for n in range(len(claim["findings"]))] != [
        (one["claim"], one["number"]) for one in claim["findings"]
    ]:
        yield f"{name}: findings are missing, or out of order"
    for one in singles:
        found = recount(one, slices, claim["right"])
        if (one["count"], one["low"], one["high"], one["verdict"]) != found:
            yield f"{name}, {one['definition']}: the finding says {one['count']}, the rows give {found}"
    yield from (f"{name}: {wrong}" for wrong in ways(claim, singles, slices))
    shown = ("definition", "reading", "void", "count")
    if singles and [first[key] for key in shown] not in [[one[key] for key in shown] for one in singles]:
        yield f"{name}: the headline's count is that of no way of counting"
    wanted = headline(claim, singles, said, said["unsure_below"]) if singles else (None, None, "unverifiable")
    if (first["low"], first["high"], first["verdict"]) != wanted or (first["count"] is not None and not singles):
        yield f"{name}: the headline does not follow from the ways of counting"


def sums(said: dict[str, Any]) -> Iterator[str]:
    """The parts add up to what is said, and the findings about totals follow from them."""
    claims = said["claims"]
    found = [(one["number"], *map(part.get, ("low", "high", "verdict"))) for one in claims for part in one["findings"]]
    wanted = []
    for one in said["sums"]:
        parts, total = [claims[part] for part in one["parts"]], claims[one["total"]]
        added = sum(part["count"] for part in parts)
        if (added, added - total["count"]) != (one["parts_sum"], one["difference"]):
            yield f"the sum of claim {one['total'] + 1} is {added}, not {one['parts_sum']}"
        low, highs = sum(part["right"]["low"] for part in parts), [part["right"]["high"] for part in parts]
        over = total["right"]["high"] is not None and low > total["right"]["high"]
        short = None not in highs and sum(highs) < total["right"]["low"]
        if one["exhaustive"] or over:
            wanted.append((one["total"], added, added, SUMS[bool(one["difference"] and (over or short))]))
    if sorted(wanted) != sorted(one for one in found if one[3] in SUMS):
        yield "the findings about sums do not follow from the claims"


def findings(pack: Pack, rows: dict[str, dict[tuple[str, ...], None]]) -> Iterator[str]:
    """Every quote stands in the report, every number follows from the rows; `rows` gets what they say of captures."""
    said = json.loads(pack.read("evidence/findings.json"))
    text = pack.read("evidence/report.txt").decode("utf-8", "surrogatepass")
    rows[said["report"]["id"]] = {}
    pairs: dict[str, Counter[str]] = {"a": Counter(), "b": Counter()}
    for pair in pack.rows("evidence/merges.csv", ("a", "b", "reason")):
        pairs["a"][pair["a"]] += 1
        pairs["b"][pair["b"]] += 1
    same: dict[str, int] = {}
    for claim in said["claims"]:
        if text[claim["start"] : claim["end"]] != claim["text"]:
            yield f"claim {claim['number'] + 1} is not in the report: {claim['text']!r}"
        slices = [Slice(one) for one in claim["slices"]]
        for row in counted(pack, claim, slices, pairs):
            if isinstance(row, str):
                yield row
                continue
            told = tuple(sys.intern(row[name]) for name in OF_CAPTURE)
            rows.setdefault(row["capture"], {})[told] = None
            whole = hash(tuple(row[name] for name in COLUMNS if name != "slices"))
            if same.setdefault(row["id"], whole) != whole:
                yield f"{claim['rows']}: {row['id']} differs from its row under another claim"
        yield from followed(claim, slices, said)
    yield from sums(said)


def problems(path: str) -> Iterator[str]:
    """Everything that does not fit, as sentences; nothing for a good pack."""
    rows: dict[str, dict[tuple[str, ...], None]] = {}
    try:
        pack = Pack(path)
        for check in (files(pack), findings(pack, rows), captures(pack, rows)):
            yield from check
    except (*BROKEN, zlib.error, csv.Error, zipfile.BadZipFile) as error:
        yield f"the pack cannot be read to its end: {type(error).__name__}: {error}"


def main(arguments: Iterable[str]) -> int:
    """Says what was found; the exit code."""
    paths = list(arguments)
    if len(paths) != 1:
        sys.stderr.write(str(__doc__))
        return 2
    found = 0
    for problem in problems(paths[0]):
        found += 1
        sys.stdout.write("WRONG: " + problem.encode("unicode_escape").decode() + "\n")
    if not found:
        seal = hashlib.sha256(Pack(paths[0]).read("datapackage.json")).hexdigest()
        sys.stdout.write(f"OK, seal sha256:{seal}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
