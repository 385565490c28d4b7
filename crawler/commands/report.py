"""`report draft`: the section of a year's report that the counts support, every number with its rows."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from crawler.commands.look.counts import DefinitionOption
from crawler.commands.options import ArchiveOption, Opened, SourceOption, opened
from crawler.config import WrongUse
from crawler.show.draft_json import draft_json
from crawler.show.papers import ForceOption, LanguageOption, OutOption, PaperLanguage, program, write_paper, write_text
from crawler.show.sheets import Format, json_text
from pipeline.draft.check import is_wrong
from pipeline.draft.paper import Occasion, draft_paper
from pipeline.model import Definition, Source
from storage.archive import Archive
from storage.archive.declarations import declared
from storage.queries.draft import AskedDraft, checked, draft_of


class DraftFormat(StrEnum):
    """What a draft can be written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"


YearArgument = Annotated[int, typer.Argument(min=1900, max=9999, help="年份 the report's year")]
DraftFormatOption = Annotated[DraftFormat, typer.Option("--format", help="输出格式 output format")]
OfficeOption = Annotated[str, typer.Option("--office", help="单位名称 the office's name, for title and sentences")]
RowsOption = Annotated[
    int, typer.Option("--limit", min=0, max=100_000, help="附录中每个数字最多列几条 rows of each number at most")
]


def draft(
    year: YearArgument,
    source: SourceOption = None,
    form: DraftFormatOption = DraftFormat.TEXT,
    lang: LanguageOption = PaperLanguage.CHINESE,
    out: OutOption = None,
    definition: DefinitionOption = Definition.POSTINGS,
    office: OfficeOption = "",
    limit: RowsOption = 200,
    force: ForceOption = False,
    archive: ArchiveOption = None,
) -> None:
    """起草年报一节 Draft a report's section that the counts support; exit code 1 when it fails its own check."""
    if not office.isprintable() or len(office) > 60:
        raise WrongUse("--office is a name of at most 60 characters on one line")
    with opened(archive, Format.TABLE) as here:
        meant = _meant(here, source)
        found = draft_of(here.connection, meant, AskedDraft(year, definition, office.strip(), limit))
        tested = checked(here.connection, meant, found)
    if form is DraftFormat.JSON:
        write_text(json_text(draft_json(found, tested, program())), out, force=force)
    else:
        has_rows = form in {DraftFormat.HTML, DraftFormat.DOCX}
        names = {channel.key: channel.name for channel in meant.channels}
        occasion = Occasion(program(), datetime.now(UTC), lang.value, meant.zone, names, rows=has_rows)
        write_paper(draft_paper(found, tested, occasion), form.value, out, force=force)
    raise typer.Exit(1 if is_wrong(found, tested) else 0)


def _meant(here: Opened, source: str | None) -> Source:
    """The source that is named, else the archive's only one. Raises WrongUse when that leaves a choice."""
    known = declared(here.connection, Archive(here.config.archive))
    if source in known:
        return known[source]
    if source is None and len(known) == 1:
        return next(iter(known.values()))
    raise WrongUse(
        f"name the portal whose counts are meant by --source: {', '.join(known) or 'none is in the archive'}"
    )


def register(app: typer.Typer) -> None:
    """Adds the command."""
    report = typer.Typer(help="起草年报 write what a report can say: draft", no_args_is_help=True)
    report.command("draft")(draft)
    app.add_typer(report, name="report")
