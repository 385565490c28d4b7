"""Captures at hand: those of the batch in memory, older ones from the archive, each read once where that suffices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.article import read_notice
from pipeline.model import Capture, Lead, Notice, NoticeType, Source, Unreadable
from pipeline.reading import Reading
from pipeline.tender import tender_of
from pipeline.tender.facts import Tender
from storage.archive import Archive


@dataclass(frozen=True)
class Shelf:
    """A batch's readings by capture id, and the archive behind them."""

    archive: Archive
    readings: Mapping[str, Reading]

    @classmethod
    def of(cls, archive: Archive, readings: Iterable[Reading]) -> "Shelf":
        return cls(archive, {reading.capture.id: reading for reading in readings})

    def capture(self, row: Mapping[str, Any]) -> Capture:
        """The capture of a row of the captures table."""
        if reading := self.readings.get(row["id"]):
            return reading.capture
        return self.archive.read(row["warc"], row["position"], row["length"])

    def read(
        self,
        source: Source,
        row: Mapping[str, Any],
        lead: Lead | None,
        channel: str,
        parts: Sequence[Mapping[str, Any]],
    ) -> Notice:
        """The notice as it stands in a channel. Raises Unreadable."""
        reading = self.readings.get(row["id"])
        if reading and not parts and _is_told(reading, lead, channel):
            return _notice(reading)
        capture = self.capture(row)
        visit = replace(capture.visit, channel=channel, lead=lead or capture.visit.lead)
        return read_notice(replace(capture, visit=visit), source, [self.capture(part) for part in parts])

    def tender(self, capture: str, notice: Notice, notice_type: NoticeType) -> Tender:
        """What the notice states; as read with its capture where the notice is still the same."""
        reading = self.readings.get(capture)
        if reading is None or reading.notice is None or reading.tender is None:
            return tender_of(notice, notice_type)
        read = (reading.tender.notice_type, reading.notice.title, reading.notice.text)
        return (
            reading.tender.tender
            if read == (notice_type, notice.title, notice.text)
            else tender_of(notice, notice_type)
        )


def _is_told(reading: Reading, lead: Lead | None, channel: str) -> bool:
    visit = reading.capture.visit
    return visit.channel == channel and (lead is None or lead == visit.lead)


def _notice(reading: Reading) -> Notice:
    if reading.notice is None:
        raise Unreadable("; ".join(problem.reason for problem in reading.problems) or "the page leads elsewhere")
    return reading.notice
