"""Dates, numbers: as portals write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values.dates import When, read_date
from pipeline.values.numbers import number_of

LHASA = ZoneInfo("Asia/Shanghai")


def local(text: str) -> str | None:
    """The moment in the portal's own time, as ISO text to its precision."""
    when = read_date(text, LHASA)
    if when is None:
        return None
    return when.moment.astimezone(LHASA).strftime(
        {"day": "%Y-%m-%d", "minute": "%Y-%m-%d %H:%M", "second": "%Y-%m-%d %H:%M:%S"}[when.precision]
    )


@pytest.mark.parametrize(
    "text",
    [
        "2014-06-03",
        "2014-6-3",
        "2014/6/3",
        "2014.06.03",
        "2014年6月3日",
        "2014 年 6 月 3 日",
        "2014年06-03",
        "[2014-06-03]",
        "（2014-06-03）",
        "２０１４年６月３日",
        "２０１４－０６－０３",
        "二〇一四年六月三日",
        "二○一四年六月三日",
        "二O一四年六月三日",
        "发布时间：2014-06-03 来源：甲",
        "20140603",
        "20140603000000",
        "2014-06-03 00:00:00",
        "1401724800000",
        "1401724800",
        "/Date(1401724800000+0800)/",
        "03 2014年06月",
        "032014年06月",
        "03 2014-06",
        "06-03 2014",
        "2014\u00a006\u300003",
        "Jun 3, 2014",
    ],
)
def test_a_day_in_every_form(text: str) -> None:
    """All these write the third of June 2014, without a time."""
    expected = None if text == "2014\u00a006\u300003" else "2014-06-03"
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-06-03T10:00:00+08:00", "2014-06-03 10:00:00"),
        ("2014-06-03T02:00:00Z", "2014-06-03 10:00:00"),
        ("2014-06-03T02:00:00.000+0000", "2014-06-03 10:00:00"),
        ("2014-06-03 10:21", "2014-06-03 10:21"),
        ("2014年6月3日上午9时30分", "2014-06-03 09:30"),
        ("2014年6月3日下午3:05", "2014-06-03 15:05"),
        ("2014年6月3日 中午12:30", "2014-06-03 12:30"),
        ("2014-06-03 3:05:09 PM", "2014-06-03 15:05:09"),
        ("2014-06-03 12:05:09 AM", "2014-06-03 00:05:09"),
        ("2014/6/3 星期二 15:05:07", "2014-06-03 15:05:07"),
        ("2014-06-0315:05:07", "2014-06-03 15:05:07"),
        ("二〇一四年十二月三十一日上午九时三十分", "2014-12-31 09:30"),
        ("20140603100500", "2014-06-03 10:05:00"),
        ("1401760805", "2014-06-03 10:00:05"),
        ("Tue Jun 03 10:00:00 CST 2014", "2014-06-03 10:00:00"),
        ("Jun 3, 2014 10:00:00 PM", "2014-06-03 22:00:00"),
    ],
)
def test_a_time_and_how_exactly_it_is_said(text: str, expected: str) -> None:
    """Minutes and seconds are read where they are written, in the portal's zone unless another is named."""
    assert local(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "06-03", "6月3日", "2014-02-30", "2014年13月1日", "2014年6月", "2014", "12014-06-03", "2014-06-0312", "无"],
)
def test_no_day_is_guessed(text: str) -> None:
    """Without a year, without a day, or for a day that does not exist there is no date."""
    assert local(text) is None


def test_an_impossible_time_leaves_the_day() -> None:
    """24:00 and 9:75 are no times, but the day before them stands."""
    assert [local("2014-06-03 24:00"), local("2014-06-03 9:75")] == ["2014-06-03", "2014-06-03"]


def test_the_moment_is_utc() -> None:
    """Midnight in Lhasa is 16:00 of the day before in UTC."""
    assert read_date("2014-06-03", LHASA) == When(datetime(2014, 6, 2, 16, tzinfo=UTC), "day")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """read_date raises nothing on any text and gives aware moments only."""
    when = read_date(text, LHASA)
    assert when is None or when.moment.tzinfo is UTC


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_day_survives_its_own_writing(day: date) -> None:
    """Each calendar day is read back from each common form."""
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d"):
        when = read_date(day.strftime(form), LHASA)
        assert when is not None
        assert when.moment.astimezone(LHASA).date() == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5,648", 5648),
        ("5，648", 5648),
        ("５６４８", 5648),
        ("5648", 5648),
        ("1.2万", 12000),
        ("3千", 3000),
        ("三百余", 300),
        ("约三百二十", 320),
        ("一千二百三十四", 1234),
        ("十五", 15),
        ("二十", 20),
        ("两万零五", 20005),
        ("一亿二千万", 120_000_000),
        ("一万二千亿", 1_200_000_000_000),
        ("二〇一四", 2014),
        ("零", 0),
        ("壹佰贰拾", 120),
    ],
)
def test_numbers_as_reports_write_them(text: str, number: int) -> None:
    """Arabic, Chinese and mixed numerals with separators, units and words of approximation."""
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "万", "若干", "1.5", "十二条", "三二百", "12-15", "第3"])
def test_what_is_no_whole_number(text: str) -> None:
    """Fractions, ranges and words are no count."""
    assert number_of(text) is None


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text: str) -> None:
    """number_of raises nothing."""
    assert number_of(text) is None or isinstance(number_of(text), int)
