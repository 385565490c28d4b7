"""Reports composed here, labelled before they were read: every claim with all its fields, and nothing else."""

from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.report import claims_in
from tests.pipeline.report.composed_labels import Labelled, labelled

FOLDER = Path(__file__).with_name("composed_reports")
REPORTS = [report for file in sorted(FOLDER.glob("*.txt")) for report in labelled(file.read_text(encoding="utf-8"))]
FIELDS = ("count", "unit", "channel", "approximate", "lower_bound", "year", "parent", "kind")


def fields(claim: Claim) -> dict[str, object]:
    return {field: getattr(claim, field) for field in FIELDS}


def test_there_are_reports_to_read():
    """The folder holds some sixty reports."""
    assert len(REPORTS) > 60


@pytest.mark.parametrize("report", REPORTS, ids=[report.name for report in REPORTS])
def test_a_composed_report_is_read_as_labelled(report: Labelled):
    """Count, unit, medium, vagueness, year, place in the tree: as the composer marked them, in reading order."""
    found = claims_in(report.text)
    assert [fields(claim) for claim in found.claims] == [
        {field: wanted[field] for field in FIELDS} for wanted in report.claims
    ]
    assert (found.year, found.issuer) == (report.year, report.issuer)


@pytest.mark.parametrize("report", REPORTS, ids=[report.name for report in REPORTS])
def test_quotes_overlap_what_was_marked(report: Labelled):
    """Each quote is an exact span of the report that ends with the marked number's unit."""
    for claim, wanted in zip(claims_in(report.text).claims, report.claims, strict=True):
        assert report.text[claim.start : claim.end] == claim.text
        assert max(claim.start, wanted["start"]) < min(claim.end, wanted["end"])
