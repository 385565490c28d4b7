"""A person's decisions on their way into the archive: a WARC record each, then the tables."""

from collections.abc import Iterable
from uuid import uuid4

from crawler.bring.deriving import brought_up_to_date
from crawler.bring.open_archive import Books, bring, new_run
from pipeline.classify.review import Review, review_text
from pipeline.model import Capture, Kind, RunStart, Source, Visit


def decide(here: Books, source: Source, decided: Iterable[Review]) -> None:
    """The decisions, which are of one time, archived as a run of that source, kept and applied."""
    reviews = list(decided)
    start = new_run(source, "review", reviews[0].at)
    bring(here.archive, start, [capture_of_review(review, start) for review in reviews])
    brought_up_to_date(here, reviews[0].at)


def capture_of_review(review: Review, start: RunStart) -> Capture:
    """The decision as a record of its own."""
    id_ = uuid4().hex
    visit = Visit(start.source, "", Kind.REVIEW, f"urn:duizhang:review:{id_}", run=start.run)
    headers = (("Content-Type", "application/json; charset=utf-8"),)
    return Capture(visit, review.at, 200, headers, review_text(review).encode(), id_)
