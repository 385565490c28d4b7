"""A file that a list leads to instead of a page: the file is the notice, the row says what it is called."""

from pipeline.article.published import day_of
from pipeline.model import Attachment, Capture, Notice, Source, Unreadable
from pipeline.page.listed_file import name_of_file
from pipeline.values.text import squeeze


def notice_of_file(capture: Capture, source: Source) -> Notice:
    """The notice with the row's title and date and the file as its attachment; its content is not read."""
    lead, name = capture.visit.lead, name_of_file(capture)
    if lead is None or not name:
        raise Unreadable("a file that no list names")
    day = day_of(capture, source)
    return Notice(
        source=capture.visit.source,
        channel=capture.visit.channel,
        url=capture.visit.url,
        title=squeeze(lead.title),
        published=day.when.moment if day.when else None,
        published_precision=day.when.precision if day.when else "day",
        attachments=(Attachment(capture.visit.url, name),),
        doubts=day.doubts,
    )
