"""Where a posting stands in the cube of counts and what it stands for: what a count of an earlier day is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model import Definition


@dataclass(frozen=True, slots=True)
class Standing:
    """A posting's place in the cube, and whether it represents its page and its document."""

    year: int  # 0: no date anywhere
    month: int
    bucket: str
    channel: str
    notice_type: str
    area: str
    region: str
    page: bool
    document: bool

    @property
    def place(self) -> tuple[int, int, str, str, str, str, str]:
        """The slice of the cube, whatever it represents."""
        return self.year, self.month, self.bucket, self.channel, self.notice_type, self.area, self.region

    def counts_as(self, definition: Definition) -> bool:
        """Whether it is one of those that a count under the definition adds up."""
        return {Definition.POSTINGS: True, Definition.PAGES: self.page, Definition.DOCUMENTS: self.document}[definition]


def standing_text(row: Mapping[str, Any], *, page: bool, document: bool) -> str:
    """A posting's standing as it is kept: "2014|6|tender_and_award|zbgg|tender_notice||540102|pd".

    Keys of channels and codes are letters, digits, "_" and "-", so that the bar tells them apart.
    """
    bits = ("p" if page else "") + ("d" if document else "")
    return (
        f"{row['year'] or 0}|{row['month'] or 0}|{row['bucket']}|{row['channel']}|{row['notice_type']}"
        f"|{row['area']}|{row['region']}|{bits}"
    )


def standing_of(text: str) -> Standing:
    """The standing that a text keeps. Raises ValueError for a text that keeps none."""
    year, month, bucket, channel, notice_type, area, region, bits = text.split("|")
    return Standing(int(year), int(month), bucket, channel, notice_type, area, region, "p" in bits, "d" in bits)
