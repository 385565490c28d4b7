"""`history`: how a posting changed, whether it is still there, and the capture behind each."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import pairwise
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from crawler.commands.look.record import both_times
from crawler.commands.options import ArchiveOption, FormatOption, Opened, opened
from crawler.config import WrongUse
from crawler.show.sheets import Format, Sheet, one_line, show, show_json
from pipeline.likeness.revisions import Line, TextChange, difference, is_same
from pipeline.model import Source, State, Unreadable
from pipeline.source.file import source_of
from storage.archive import Archive
from storage.archive.folder import Damaged
from storage.notices.captures_at_hand import Shelf
from storage.queries.history import AnswerRow, History, RevisionRow, history, posting_of, source_text_of

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="信息编号或其开头 a posting's id or its beginning")]

STATES = {
    State.PRESENT: "在网 present",
    State.UNLISTED: "已不在列表 no longer listed",
    State.MOVED: "已移址 moved",
    State.GONE: "已撤下 gone",
}
COLUMNS = ("at", "what", "detail", "capture")
_STYLES = {TextChange.SAME: "", TextChange.OUT: "red strike", TextChange.IN: "green"}
_SIGNS = {TextChange.SAME: "  ", TextChange.OUT: "- ", TextChange.IN: "+ "}
_BRACKETS = {TextChange.SAME: ("", ""), TextChange.OUT: ("[-", "-]"), TextChange.IN: ("{+", "+}")}


def history_command(id_: IdArgument, form: FormatOption = Format.TABLE, archive: ArchiveOption = None) -> None:
    """一条信息的变化 How a posting changed and what became of it, with the capture behind each step."""
    with opened(archive, form) as here:
        found = _history(here, id_)
        if form is Format.JSON:
            show_json(_as_json(found), here.speech.out)
            return
        events = tuple(sorted(_events(found), key=lambda event: event[0]))
        rows = tuple((both_times(at) if form is Format.TABLE else at, *rest) for at, *rest in events)
        title = f"{one_line(found.title)} ({found.posting}): {STATES[State(found.state)]}"
        show(Sheet(COLUMNS, rows, len(rows), name=title), here.speech)
        if form is Format.TABLE:
            _show_differences(here, found)


def _history(here: Opened, id_: str) -> History:
    posting = posting_of(here.connection, id_)
    if posting is None:
        raise WrongUse(f"no single posting has an id that begins with {id_!r}: `duizhang search` finds ids")

    def source(key: str) -> Source:
        return source_of(key, source_text_of(here.connection, key))

    try:
        return history(here.connection, posting, source, Shelf(Archive(here.config.archive), {}))
    except (Damaged, OSError, Unreadable) as problem:
        typer.echo(f"duizhang: a capture cannot be read from the archive: {one_line(problem)}", err=True)
        raise typer.Exit(1) from None


def _events(found: History) -> Iterable[tuple[Any, ...]]:
    revised = {revision.capture: revision for revision in found.revisions}
    for answer in found.answers:
        yield answer.fetched_at, _answered(answer, revised.get(answer.capture)), answer.url, answer.capture
    for state in found.states:
        detail = f"{state.reason}; since {both_times(state.since)}; run {state.run}"
        yield state.decided, STATES[State(state.state)], detail, state.capture


def _answered(answer: AnswerRow, revision: RevisionRow | None) -> str:
    if revision is not None:
        return "首次存档 first capture" if revision.number == 1 else f"修订 revision {revision.number}"
    return f"{answer.quality} ({answer.status})" + (f", {answer.origin}" if answer.origin else "")


def _show_differences(here: Opened, found: History) -> None:
    console = Console(file=here.speech.out, emoji=False, highlight=False, soft_wrap=True)
    for before, after in pairwise(found.revisions):
        console.print(Text(f"\n修订 revision {before.number} → {after.number}, {both_times(after.seen_at)}"))
        console.print(Text(f"捕获 captures {before.capture} → {after.capture}"))
        mark = _coloured if console.is_terminal else _bracketed
        lines = [*difference(before.title, after.title), *difference(before.text, after.text)]
        changed = [line for line in lines if not is_same(line)]
        for line in changed:
            console.print(mark(line))
        if not changed:
            console.print(
                Text("正文未变, 日期、附件或标点有变 the text is the same; a date, a file or punctuation changed")
            )


def _coloured(line: Line) -> Text:
    return _line(line, lambda text, mark: (one_line(text), _STYLES[mark]))


def _bracketed(line: Line) -> Text:
    """Without colours a change within a paragraph stands in brackets: [-out-]{+in+}."""
    if len(line) == 1:
        return _line(line, lambda text, _: (one_line(text), ""))
    return _line(line, lambda text, mark: (one_line(text).join(_BRACKETS[mark]), ""))


def _line(line: Line, styled: Callable[[str, TextChange], tuple[str, str]]) -> Text:
    sign = _SIGNS[line[0].mark] if len(line) == 1 else "~ "
    return Text.assemble(sign, *(styled(piece.text, piece.mark) for piece in line))


def _as_json(found: History) -> dict[str, Any]:
    changes = [
        {
            "from": before.number,
            "to": after.number,
            "lines": [
                [{"mark": piece.mark.value, "text": piece.text} for piece in line]
                for line in difference(before.text, after.text)
                if not is_same(line)
            ],
        }
        for before, after in pairwise(found.revisions)
    ]
    return {**asdict(found), "changes": changes}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("history")(history_command)
