"""Index numbers and document numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values.identifiers import (
    document_number_in,
    document_number_of,
    index_number_of,
    index_valid,
    organisation_check,
)


@pytest.mark.parametrize(
    ("body", "check"), [("K3984687", "7"), ("00001434", "9"), ("01410950", "9"), ("01441633", "0")]
)
def test_check_characters_of_gb_11714(body: str, check: str) -> None:
    """The four numbers of domain.md section 3, worked out there by hand."""
    assert organisation_check(body) == check


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("K3984687-7/2015-00053", True),
        ("000014349/2022-00288", True),
        ("000014348/2022-00288", False),
        ("K3984687-8/2015-00053", False),
        ("91350100M000100Y43/2021-00001", True),  # the example of GB 32100-2015's own annex
        ("91350100M000100Y44/2021-00001", False),
        ("dqxsb/2021-00011", None),
        ("2014-123", None),
        ("", None),
    ],
)
def test_index_validity(number: str, valid: bool | None) -> None:
    """Check characters are verified where the form has them; other forms are neither right nor wrong."""
    assert index_valid(number) is valid


@pytest.mark.parametrize("cell", ["", "无", "无文号", "None", "null", "-", "——", "〔〕号", " / "])
def test_an_empty_cell_is_no_number(cell: str) -> None:
    """What portals write when there is no number is not one."""
    assert (document_number_of(cell), index_number_of(cell)) == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        "藏建发〔2014〕12号",
        "国办函〔2018〕71号",
        "甲建[2014]3号",
        "甲建（2014）第3号",
        "国务院令第707号",
        "国令第706号",
    ],
)
def test_a_line_that_is_a_document_number(line: str) -> None:
    """The line under a document's heading is its number when it is nothing else."""
    assert document_number_in(line) == line


@pytest.mark.parametrize("line", ["根据甲建发〔2014〕12号文件的要求，现通知如下", "2014年6月3日", "第三号楼", "一号"])
def test_a_line_that_only_mentions_one(line: str) -> None:
    """A number inside a sentence is not the document's own."""
    assert document_number_in(line) == ""


@given(st.text(max_size=100))
def test_any_text_is_judged(text: str) -> None:
    """No text makes the readers of numbers raise."""
    index_valid(index_number_of(text))
    document_number_of(text)
    document_number_in(text)
