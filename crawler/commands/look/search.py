"""`search`: postings by words in title and text."""

from typing import Annotated

import typer

from crawler.commands.look.postings import postings_sheet
from crawler.commands.options import (
    ArchiveOption,
    BucketOption,
    FormatOption,
    LimitOption,
    SourceOption,
    YearOption,
    opened,
)
from crawler.show.sheets import Format, show
from storage.search.index import Order, Wish
from storage.search.index import search as found_by
from storage.search.terms import Facts

QueryArgument = Annotated[list[str], typer.Argument(help="词语，全部都要出现 words, all of which must occur")]
OrderOption = Annotated[Order, typer.Option("--order", help="排序 newest first, or by relevance")]


def search(
    query: QueryArgument,
    source: SourceOption = None,
    year: YearOption = None,
    bucket: BucketOption = None,
    limit: LimitOption = 20,
    order: OrderOption = Order.NEWEST,
    form: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """按标题和正文查找信息 Find postings by words of any length in title and text."""
    wish = Wish(limit=limit, order=order, facts=Facts(source, year, bucket))
    with opened(archive, form) as here:
        hits = found_by(here.connection, " ".join(query), wish)
        show(postings_sheet(hits.rows, hits.total), here.speech)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("search")(search)
