"""Under which lines of its report an office counts a posting, and the [[lines]] of a source file that say so."""

import pytest

from pipeline.model import Bucket, KeyArea, Line, NoticeType, Source
from pipeline.source.default_lines import HOUSING_LINES, report_lines
from pipeline.source.file import SourceError, source_of

FILE = """
name = "某建设网"
home = "http://portal.example/"
dialect = "jeecms"

[[channels]]
key = "zbgg"
name = "招标公告"
path = "/zbgg/index.jhtml"
bucket = "tender_and_award"

[[channels]]
key = "tzgg"
name = "公告通知"
path = "/tzgg/index.jhtml"
bucket = "notice"
"""


def declared(lines: str = "") -> Source:
    return source_of("here", FILE + lines)


def test_a_housing_departments_total_has_two_readings() -> None:
    """公告通知 names the portal's total, with or without the section of that name (domain.md section 5)."""
    source = declared()
    assert report_lines(source) == HOUSING_LINES
    with_it, without = (line for line in HOUSING_LINES if line.key.startswith("portal_total"))
    assert set(with_it.buckets) - set(without.buckets) == {Bucket.NOTICE}
    readings = [line for line in HOUSING_LINES if line.key.startswith("portal_total")]
    assert len({line.words for line in readings}) == 1


def test_an_office_declares_its_own_lines() -> None:
    """What a source file says of a line is what the source has, in its order."""
    source = declared("""
[[lines]]
key = "changes"
name = "变更公告"
types = ["correction", "addendum"]
[[lines]]
key = "housing"
name = "保障性住房"
words = ["保障房", "保障性住房"]
areas = ["affordable_housing"]
channels = ["zbgg"]
""")
    assert source.lines == (
        Line("changes", "变更公告", ("变更公告",), types=(NoticeType.CORRECTION, NoticeType.ADDENDUM)),
        Line(
            "housing", "保障性住房", ("保障房", "保障性住房"), channels=("zbgg",), areas=(KeyArea.AFFORDABLE_HOUSING,)
        ),
    )


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ('[[lines]]\nkey = "a"\nname = "甲"\ntypes = ["tender"]', "[[lines]] 1: types: 'tender'"),
        ('[[lines]]\nkey = "a"\nname = "甲"\nchannels = ["no"]', "[[lines]] 1: channels: 'no'"),
        ('[[lines]]\nkey = "a"\nname = "甲"', "[[lines]] 1: 缺少条件"),
        ('[[lines]]\nkey = "a"\nname = "甲"\ntype = ["plan"]', "did you mean types?"),
        ('[[lines]]\nname = "甲"\nbuckets = ["notice"]', "[[lines]] 1: key: 缺少"),
        ('[[lines]]\nkey = "a"\nname = "甲"\nbuckets = "notice"', "[[lines]] 1: buckets = 'notice'"),
        ('[[lines]]\nkey = "a"\nname = "甲"\nbuckets = ["notice"]\n' * 2, "[[lines]] 2: key = 'a': 重复"),
        ("lines = 3", "lines = 3: 不对"),
    ],
)
def test_a_wrong_line_is_named_with_what_would_be_right(lines: str, complaint: str) -> None:
    """A person who is no programmer learns which line is wrong and what may stand there."""
    with pytest.raises(SourceError) as refused:
        source_of("here", lines + FILE if "[[" not in lines else FILE + lines)
    assert complaint in str(refused.value)


def test_every_bucket_has_a_line() -> None:
    """What a channel's bucket says is counted under a line of its own and in the total."""
    total = next(line for line in HOUSING_LINES if line.key == "portal_total")
    assert set(total.buckets) == set(Bucket)
    own = {bucket for line in HOUSING_LINES if len(line.buckets) == 1 for bucket in line.buckets}
    assert own == set(Bucket) - {Bucket.UNDECIDED}
