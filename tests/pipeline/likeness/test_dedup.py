"""Reposts are one document; lots, rounds, corrections and other projects are not. Notices composed here."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.likeness import fingerprint
from pipeline.likeness.fingerprint import document_id, plain
from pipeline.model import Notice
from tests.pipeline.likeness.comparing import same_announcement

BODY = (
    "一、项目编号：JX2014-0603（2）\n二、招标内容：甲县乙路道路工程，全长1.25公里，投资4,658,773.00元。\n"
    "三、投标截止时间：2014年6月23日9:30，开标地点：甲县交易中心201室。\n四、联系人：张工，电话：13900000001。"
)
NOTICE = Notice(
    source="here",
    channel="zbgg",
    url="http://here.test/zbgg/1.html",
    title="甲县乙路道路工程（二标段）施工招标公告",
    published=datetime(2014, 6, 2, 16, tzinfo=UTC),
    text=BODY,
)
WIDE = str.maketrans("0123456789:().,", "０１２３４５６７８９：（）．，")


def elsewhere(**changes: object) -> Notice:
    return replace(NOTICE, source="there", url="http://there.test/a/9.html", **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"channel": "other", "published": NOTICE.published + timedelta(days=1)},
        {"title": NOTICE.title.translate(WIDE), "text": BODY.translate(WIDE)},
        {"text": BODY.replace("\n", "\n\u3000\u3000").replace("2014年6月23日", "20 14年6月 23\n日")},
        {"text": BODY.replace("。", ".").replace("：", " : ")},
        {"text": BODY.replace("4,658,773.00", "4658773.00")},
        {"title": "【某某交易网】" + NOTICE.title},
        {
            "text": f"当前位置：首页 > 招标公告\n{NOTICE.title}\n"
            + "发布时间：2014-06-04 来源：某网 浏览次数：17 【字体：大 中 小】\n"
            + BODY
            + "\n【打印】【关闭】\n上一篇：无\n下一篇：无"
        },
    ],
)
def test_a_repost_has_the_same_fingerprint(changes: dict[str, object]) -> None:
    """Address, widths, white space, punctuation and the portal's own lines do not count."""
    assert fingerprint(elsewhere(**changes)) == fingerprint(NOTICE)
    assert same_announcement(elsewhere(**changes), NOTICE)


DIFFERENT = [
    {"title": NOTICE.title.replace("二标段", "三标段")},
    {"title": NOTICE.title.replace("招标公告", "（第二次）招标公告")},
    {"title": NOTICE.title.replace("招标公告", "中标结果公告")},
    {"title": NOTICE.title.replace("施工", "监理")},
    {"title": NOTICE.title + "更正公告"},
    {"title": "【更正】" + NOTICE.title},
    {"title": NOTICE.title.replace("乙路", "丙路")},
    {"text": BODY.replace("1.25", "12.5")},
    {"text": BODY.replace("JX2014-0603", "JX2015-0603")},
    {"text": BODY.replace("6月23日", "6月28日")},
]


@pytest.mark.parametrize("changes", DIFFERENT)
def test_what_must_differ_tells_them_apart(changes: dict[str, object]) -> None:
    """Another lot, round, stage, service, project, number, date or amount is another announcement."""
    assert fingerprint(elsewhere(**changes)) != fingerprint(NOTICE)
    assert not same_announcement(elsewhere(**changes), NOTICE)


@pytest.mark.parametrize("text", ["", "详见附件", "来源：某网\n浏览次数：3"])
def test_a_notice_without_a_body_is_known_by_its_address(text: str) -> None:
    """Two lots are posted under one title on one day, so a title alone recognises nothing elsewhere."""
    silent = replace(NOTICE, text=text)
    assert fingerprint(silent) == fingerprint(replace(silent, channel="other"))
    assert fingerprint(silent) != fingerprint(replace(silent, url="http://here.test/zbgg/2.html"))


def test_a_body_without_any_figure_counts_with_its_day() -> None:
    """A set phrase without a date or a number is the same next year, the announcement is not."""
    phrase = "本项目的潜在投标人请登录交易平台免费获取招标文件，逾期不再受理，有关事宜另行通知，请予关注。"
    vague = replace(NOTICE, title="甲项目公开招标公告", text=phrase)
    later = replace(vague, published=datetime(2015, 6, 2, 16, tzinfo=UTC))
    assert fingerprint(vague) == fingerprint(replace(vague, source="there", url="http://there.test/1"))
    assert fingerprint(vague) != fingerprint(later)
    assert fingerprint(replace(vague, published=None)) != fingerprint(
        replace(vague, published=None, url="http://there.test/1")
    )


def test_a_reformatted_repost_is_the_same_announcement() -> None:
    """An editor's added words, another contact and an agency before the name do not make another announcement."""
    retold = elsewhere(
        title="某招标代理有限公司关于" + NOTICE.title,
        text="招标公告\n" + BODY.replace("13900000001", "13900000002"),
    )
    assert fingerprint(retold) != fingerprint(NOTICE)
    assert same_announcement(retold, NOTICE)
    assert same_announcement(NOTICE, retold)
    later = datetime(2014, 8, 1, tzinfo=UTC)
    assert same_announcement(replace(retold, published=later), NOTICE)  # its own days and numbers tell the round
    undated = replace(NOTICE, text=BODY.replace("2014年6月23日9:30", "另行通知").replace("JX2014-0603（2）", "无"))
    assert not same_announcement(replace(undated, title="某公司关于" + NOTICE.title, published=later), undated)


def test_excerpts_that_contradict_are_two_announcements() -> None:
    """What contradicts is another announcement, wherever it is posted."""
    first = replace(
        NOTICE, text="甲县乙路道路工程采购人需求：路灯，数量40套，详细参数另见清单，最高限价未公布，交货地点为甲县。"
    )
    other = first.text.replace("路灯，数量40", "座椅，数量25")
    second = replace(first, url="http://here.test/zbgg/2.html", text=other)
    assert not same_announcement(first, second)
    assert not same_announcement(first, replace(second, source="there"))


def test_numbers_are_not_glued_together() -> None:
    """White space and thousands separators vanish from numbers, marks that mean something stay."""
    assert plain("20 14年， 1,000 元") == plain("2014年1000元")
    assert len({plain(text) for text in ("1.5", "15", "1、5", "1-5", "1:5")}) == 5


def test_a_document_belongs_to_its_source() -> None:
    """The identifier is 16 hex digits of source and fingerprint."""
    one, other = document_id("here", "f" * 64), document_id("there", "f" * 64)
    assert one != other
    assert len(one) == 16
    assert int(one, 16) >= 0


@given(st.text(), st.text())
def test_white_space_never_counts(title: str, text: str) -> None:
    """Whatever a notice says, doubled white space does not change what it says."""
    told = replace(NOTICE, title=title, text=text)
    spaced = replace(told, title=f" {title} ", text=text.replace(" ", "  "))
    assert fingerprint(told) == fingerprint(spaced)
    assert same_announcement(told, spaced)
