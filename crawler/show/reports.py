"""Verified reports in the form and language asked for, on the terminal or in a file."""

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from crawler.config import Language
from crawler.show.papers import FORMS, PaperLanguage, program, write_paper, write_text
from crawler.show.reports_json import reports_json
from crawler.show.reports_paper import ROWS, Printing, Verified, report_paper
from crawler.show.reports_table import show_reports
from crawler.show.sheets import Format, Speech, json_text
from pipeline.model import Source
from storage.queries.behind import behind_of, kept_of
from storage.queries.reports import ReportRow


class ReportFormat(StrEnum):
    """What a verified report can be shown as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    MARKDOWN = "markdown"

    @property
    def is_paper(self) -> bool:
        """True for what people print or send on."""
        return self.value in FORMS


@dataclass(frozen=True, slots=True)
class Showing:
    """How reports are shown: the form, the language of papers and of tables, the file (None: the terminal)."""

    form: ReportFormat
    paper: PaperLanguage = PaperLanguage.CHINESE
    tables: Language = Language.BOTH
    out: Path | None = None
    force: bool = False


def write_reports(
    connection: Connection, reports: tuple[ReportRow, ...], sources: Mapping[str, Source], showing: Showing
) -> None:
    """The reports, written. Raises WrongUse when the file cannot be."""
    if showing.form.is_paper:
        found = tuple(_verified(connection, report, sources[report.source]) for report in reports)
        paper = report_paper(found, Printing(program(), datetime.now(UTC), showing.paper.value))
        write_paper(paper, showing.form.value, showing.out, force=showing.force)
    elif showing.form is ReportFormat.JSON:
        kept = tuple(kept_of(connection, report) for report in reports)
        write_text(json_text(reports_json(reports, kept, program())), showing.out, force=showing.force)
    elif showing.out is None:
        show_reports(reports, Speech(sys.stdout, Format(showing.form.value), showing.tables))
    else:
        lines = io.StringIO()
        show_reports(reports, Speech(lines, Format(showing.form.value), showing.tables))
        write_text(lines.getvalue(), showing.out, force=showing.force)


def _verified(connection: Connection, report: ReportRow, source: Source) -> Verified:
    names = {channel.key: channel.name for channel in source.channels}
    behind = behind_of(connection, source, report, ROWS)
    return Verified(report, source.name, source.zone, names, behind, kept_of(connection, report))
