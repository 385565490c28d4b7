"""`review`: what is doubtful, and what a person decides about it."""

import getpass
import os
from dataclasses import fields
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from crawler.bring.decisions import decide
from crawler.bring.open_archive import Books, books
from crawler.commands.options import (
    ArchiveOption,
    BucketOption,
    FormatOption,
    LimitOption,
    Opened,
    SourceOption,
    TypeOption,
    YearOption,
    given_or_none,
    opened,
)
from crawler.config import WrongUse, config_of
from crawler.show.sheets import Format, Sheet, sheet_of, show
from pipeline.classify.doubts import REASONS
from pipeline.classify.review import LONGEST, Review, ReviewKind, same_subject
from pipeline.model import Bucket, NoticeType
from storage.archive.declarations import declared
from storage.queries.brought import postings_by_id
from storage.queries.history import posting_of
from storage.queries.postings import Filters
from storage.queries.review import DecisionRow, DoubtGroup, DoubtRow, decisions, doubts

DOUBTS = tuple(field.name for field in fields(DoubtRow))
IN_TABLE = (
    "n",
    "year",
    "bucket",
    "id",
    "published_on",
    "title",
    "other",
    "other_published_on",
    "other_title",
    "reason",
)
DECISIONS = tuple(field.name for field in fields(DecisionRow))

IdsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ID…]", help="一条或两条信息的编号 one posting, or two that are compared")
]
SameOption = Annotated[bool, typer.Option("--same", help="两条是同一内容 the two say the same")]
DifferentOption = Annotated[bool, typer.Option("--different", help="两条不是同一内容 they do not")]
UndoOption = Annotated[bool, typer.Option("--undo", help="收回先前的决定 take the earlier decision back")]
ByOption = Annotated[str | None, typer.Option("--by", help="谁决定的 who decides (default: the login name)")]
NoteOption = Annotated[str, typer.Option("--note", help="理由 why")]
ListOption = Annotated[bool, typer.Option("--list", help="列出已作的决定 the decisions taken so far")]


def review(
    ids: IdsArgument = None,
    same: SameOption = False,
    different: DifferentOption = False,
    notice_type: TypeOption = None,
    bucket: BucketOption = None,
    undo: UndoOption = False,
    by: ByOption = None,
    note: NoteOption = "",
    list_: ListOption = False,
    year: YearOption = None,
    source: SourceOption = None,
    limit: LimitOption = 50,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """人工复核 List what is doubtful, the most consequential first; or decide it, for every rebuild to come."""
    wished = [word for word, is_set in (("same", same), ("different", different), ("", undo)) if is_set]
    if not ids and (wished or notice_type):
        raise WrongUse("name the posting, or the two postings, that are decided about")
    if not ids:
        filters = Filters(source=given_or_none(source), bucket=bucket, year=year)
        with opened(archive, form) as here:
            _show_decisions(here, limit) if list_ else _show_doubts(here, filters, limit)
        return
    if len(wished) + bool(notice_type or bucket) != 1:
        raise WrongUse("say one of --same, --different, --type (with or without --bucket), --bucket, --undo")
    who, why = _words(by if by is not None else _login(), "--by"), _words(note, "--note", may_be_empty=True)
    with books(config_of(os.environ, archive)) as here_to_write:
        decided = _decision(here_to_write, ids, (wished, notice_type, bucket), (who, why))
    typer.echo(
        f"已记录并生效 kept and applied: {' '.join(decided.subject)} {decided.value or '收回 taken back'} ({who})"
    )


def _decision(
    here: Books,
    ids: list[str],
    what: tuple[list[str], NoticeType | None, Bucket | None],
    told: tuple[str, str],
) -> Review:
    wished, notice_type, bucket = what
    with here.engine.connect() as connection:
        found = [_posting(connection, id_) for id_ in ids]
        known = declared(connection, here.archive)
        by_id = postings_by_id(connection, found)
        row = by_id[found[0]]
    value = wished[0] if wished else "/".join([notice_type or row["notice_type"], *([bucket] if bucket else [])])
    by, note = told
    kind, subject = _subject(found, value, wished)
    decided = Review(kind, subject, value, by, datetime.now(UTC), note, tuple(by_id[id_]["url"] for id_ in subject))
    decide(here, known[row["source"]], [decided])
    return decided


def _subject(ids: list[str], value: str, wished: list[str]) -> tuple[ReviewKind, tuple[str, ...]]:
    """A pair's likeness, or one posting's category. Raises WrongUse where the number of postings is wrong."""
    is_pair = value in {"same", "different"} or (wished == [""] and len(ids) == 2)
    if len(ids) != (2 if is_pair else 1) or len(set(ids)) != len(ids):
        raise WrongUse("--same and --different need two postings, --type and --bucket one")
    return (ReviewKind.SAME, same_subject(*ids)) if is_pair else (ReviewKind.CATEGORY, (ids[0],))


def _posting(connection: Connection, prefix: str) -> str:
    id_ = posting_of(connection, prefix)
    if id_ is None:
        raise WrongUse(f"{prefix!r} is not the id of one posting, nor the beginning of just one")
    return id_


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise WrongUse("there is no login name: say who decides, by --by") from None


def _words(text: str, option: str, *, may_be_empty: bool = False) -> str:
    text = text.strip()
    if not (text or may_be_empty) or not text.isprintable() or len(text) > LONGEST:
        raise WrongUse(f"{option} takes one line of at most {LONGEST} characters")
    return text


def _show_doubts(here: Opened, filters: Filters, limit: int) -> None:
    found = doubts(here.connection, filters, limit)
    sheet = sheet_of(DOUBTS, found.rows, found.total, _notes(found.groups, len(found.rows), found.total))
    groups = [
        {"doubt": one.doubt.value, "meaning": REASONS[one.doubt]}
        | {name: getattr(one, name) for name in ("source", "year", "bucket", "n", "claimed")}
        for one in found.groups
    ]
    show(_with(sheet, {"groups": groups}), here.speech)


def _notes(groups: tuple[DoubtGroup, ...], shown: int, total: int) -> tuple[str, ...]:
    lines = [
        f"{one.n} 条 {one.source} {one.year or '无日期 undated'} {one.bucket}: {REASONS[one.doubt]}"
        + (" (年报有申报 a report speaks of that year)" if one.claimed else "")
        for one in groups[:20]
    ]
    more = [f"另有 {len(groups) - 20} 组 more groups: --format json"] if len(groups) > 20 else []
    return (
        *lines,
        *more,
        f"共 {total} 处存疑 doubtful decisions, 列出 {shown} shown (--limit)",
        "决定 decide: duizhang review ID --type TYPE [--bucket BUCKET]",
        "          duizhang review ID ID --same|--different; 收回 take back: --undo",
    )


def _with(sheet: Sheet, extras: dict[str, object]) -> Sheet:
    return Sheet(sheet.columns, sheet.rows, sheet.total, notes=sheet.notes, extras=extras, in_table=IN_TABLE)


def _show_decisions(here: Opened, limit: int) -> None:
    found = decisions(here.connection, limit)
    show(sheet_of(DECISIONS, found, len(found), (f"共 {len(found)} 项决定 decisions",)), here.speech)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("review")(review)
