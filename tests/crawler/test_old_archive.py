"""An archive made by an earlier program (60e9b84): thirty composed postings, twenty decisions of people."""

import tarfile
from pathlib import Path

from tests.crawler.crawling import duizhang

OLD = Path(__file__).parents[1] / "storage" / "old_archives" / "60e9b84.tar.xz"


def test_an_old_archive_gives_the_same_counts_and_keeps_every_decision(tmp_path: Path) -> None:
    """What the earlier program printed, it prints: 3 notices and 27 tenders, of which people reviewed 22 postings."""
    with tarfile.open(OLD) as packed:
        packed.extractall(tmp_path, filter="data")
    archive = tmp_path / "archive"
    assert duizhang(archive, "derive").exit_code == 0
    counts = duizhang(archive, "counts", "--by", "year,bucket", "--format", "json").json
    assert [(row["year"], row["bucket"], row["n"]) for row in counts["rows"]] == [
        (2014, "notice", 3),
        (2014, "tender_and_award", 27),
    ]
    assert counts["reviewed"] == 22
    decisions = duizhang(archive, "review", "--list", "--format", "json").json
    assert len(decisions["rows"]) == sum(row["in_force"] for row in decisions["rows"]) == 20
