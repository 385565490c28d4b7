"""A procedure as OCDS 1.1 releases, each valid by the standard's own schema."""

import json
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

from pipeline.model import NoticeType
from pipeline.ocds.parts import Announcement, Origin, number_of, party_id, value_of
from pipeline.ocds.releases import RELEASED, Procedure, releases_of
from pipeline.tender.facts import Fact, FactName, Tender

ZONE = ZoneInfo("Asia/Shanghai")
RELEASE = Draft4Validator(
    json.loads((files("storage") / "ocds_schema" / "release-schema.json").read_text(encoding="utf-8")),
    format_checker=FormatChecker(),
)
OCID = "ocds-abc123-0123456789abcdef"
Said = tuple[FactName, str] | tuple[FactName, str, str, int]


def notice(day: int, kind: NoticeType, title: str, *said: Said, **more: Any) -> Announcement:
    """A notice of that day of June 2014 that states these facts."""
    facts = tuple(
        Fact(one[0], one[1], 0, 1, kind=one[2], group=one[3]) if len(one) == 4 else Fact(one[0], one[1], 0, 1)
        for one in said
    )
    id_ = f"{day:02}{kind.value[:4]}"
    origin = Origin(id_, "portal", "zb", f"http://portal.test/{id_}.html", f"c{id_}", "a.warc.gz", 10, 20, "0" * 64)
    date = datetime(2014, 6, 1, tzinfo=ZONE) + timedelta(days=day - 1)
    return Announcement(origin, kind, title, date, Tender(facts), **more)


def released(*notices: Announcement, **more: str) -> list[dict[str, Any]]:
    """The releases, after every one was found valid."""
    told = list(releases_of(Procedure(OCID, notices, **more)))
    for release in told:
        RELEASE.validate(json.loads(json.dumps(release)))
        for name in ("awards", "contracts", "parties"):
            ids = [one["id"] for one in release.get(name, [])]
            assert len(set(ids)) == len(ids)
    assert len({release["id"] for release in told}) == len(told)
    return told


TENDER = notice(
    3,
    NoticeType.TENDER_NOTICE,
    "甲县乙路工程施工招标公告",
    (FactName.PROJECT_NAME, "甲县乙路工程"),
    (FactName.PROJECT_NO, "JX-2014-07"),
    (FactName.BUYER, "甲县住建局"),
    (FactName.AGENCY, "丙招标代理公司"),
    (FactName.BUDGET, "1234567.89"),
    (FactName.BID_DEADLINE, "2014-06-23T09:30"),
)
CANDIDATES = notice(
    24,
    NoticeType.AWARD_CANDIDATES,
    "甲县乙路工程中标候选人公示",
    (FactName.CANDIDATE, "丁公司", "2", 1),
    (FactName.PRICE, "1200000", "", 1),
    (FactName.CANDIDATE, "戊公司", "1", 2),
    (FactName.PRICE, "1190000.5", "", 2),
    (FactName.DURATION_DAYS, "120", "", 2),
    (FactName.CANDIDATE, "己公司", "3", 3),
    (FactName.PRICE_RATE, "95%", "", 3),
)
RESULT = notice(
    29,
    NoticeType.AWARD_RESULT,
    "甲县乙路工程中标结果公告",
    (FactName.WINNER, "戊公司"),
    (FactName.AWARD, "1190000.5"),
)


def test_a_tender_notice_is_a_tender_release() -> None:
    """Title, value in yuan, deadline with its zone, method, parties with their roles, the notice as a document."""
    (release,) = released(TENDER)
    assert (release["tag"], release["ocid"], release["language"]) == (["tender"], OCID, "zh")
    assert release["date"] == "2014-06-03T00:00:00+08:00"
    tender = release["tender"]
    assert (tender["title"], tender["status"], tender["procurementMethod"]) == ("甲县乙路工程", "active", "open")
    assert tender["value"] == {"amount": 1234567.89, "currency": "CNY"}
    assert tender["tenderPeriod"] == {"endDate": "2014-06-23T09:30:00+08:00"}
    assert tender["documents"][0]["documentType"] == "tenderNotice"
    assert tender["documents"][0]["url"] == "http://portal.test/03tend.html"
    assert {party["name"]: party["roles"] for party in release["parties"]} == {
        "甲县住建局": ["buyer"],
        "丙招标代理公司": ["procuringEntity"],
    }
    assert release["buyer"]["name"] == "甲县住建局"


def test_every_release_leads_back_to_the_bytes() -> None:
    """The posting, its capture, its WARC record and its address stand in our own field."""
    (release,) = released(TENDER)
    own = release["x_duizhang"]
    assert (own["posting"], own["capture"], own["warc"]) == ("03tend", "c03tend", "a.warc.gz")
    assert (own["position"], own["length"], own["url"]) == (10, 20, "http://portal.test/03tend.html")
    assert own["projectNumbers"] == ["JX-2014-07"]


def test_candidates_are_pending_awards_by_rank_and_the_result_decides() -> None:
    """One award for each candidate with its price; the winner's becomes active, the others' unsuccessful."""
    _, candidates, result = released(TENDER, CANDIDATES, RESULT)
    assert (candidates["tag"], result["tag"]) == (["award"], ["awardUpdate"])
    assert [award["suppliers"][0]["name"] for award in candidates["awards"]] == ["戊公司", "丁公司", "己公司"]
    assert {award["status"] for award in candidates["awards"]} == {"pending"}
    first, _, third = candidates["awards"]
    assert (first["value"]["amount"], first["x_duizhang"]["rank"]) == (1190000.5, 1)
    assert first["contractPeriod"] == {"durationInDays": 120}
    assert "value" not in third
    assert third["x_duizhang"] == {"priceRate": "95%", "rank": 3}
    assert {award["id"]: award["status"] for award in result["awards"]} == {
        f"award-{party_id('戊公司')}": "active",
        f"award-{party_id('丁公司')}": "unsuccessful",
        f"award-{party_id('己公司')}": "unsuccessful",
    }
    assert result["awards"][0]["value"] == {"amount": 1190000.5, "currency": "CNY"}
    assert result["tender"]["status"] == "complete"


def test_candidates_without_a_rank_stay_in_the_text_s_order() -> None:
    """排名不分先后: no rank is made up, and of a name that comes twice the first stands."""
    names = [(FactName.CANDIDATE, name, "", n) for n, name in enumerate(("丁公司", "戊公司", "丁公司", "己公司"), 1)]
    (release,) = released(notice(24, NoticeType.AWARD_CANDIDATES, "中标候选人公示", *names))
    assert [award["suppliers"][0]["name"] for award in release["awards"]] == ["丁公司", "戊公司", "己公司"]
    assert all("x_duizhang" not in award for award in release["awards"])


def test_a_result_without_candidates_before_it_is_an_award() -> None:
    """The tag says update only when there is something to update."""
    _, result = released(TENDER, RESULT)
    assert (result["tag"], result["awards"][0]["status"]) == (["award"], "active")


def test_an_award_notice_of_neither_kind_is_decided_by_what_it_names() -> None:
    """A winner makes a result of it, candidates a list, nothing a document."""
    kind, title = NoticeType.AWARD_NOTICE_UNSPECIFIED, "甲县乙路工程中标公示"
    assert released(notice(5, kind, title, (FactName.WINNER, "戊公司")))[0]["awards"][0]["status"] == "active"
    assert (
        released(notice(5, kind, title, (FactName.CANDIDATE, "戊公司", "1", 1)))[0]["awards"][0]["status"] == "pending"
    )
    (unread,) = released(notice(5, kind, title))
    assert "awards" not in unread
    assert unread["tender"]["documents"][0]["documentType"] == "awardNotice"


def test_a_correction_amends_what_it_supersedes() -> None:
    """The amendment names the release that it changes; the new deadline stands in the tender."""
    changed = notice(
        9,
        NoticeType.CORRECTION,
        "甲县乙路工程更正公告",
        (FactName.BID_DEADLINE, "2014-06-30"),
        supersedes=("03tend",),
    )
    _, release = released(TENDER, changed)
    assert release["tag"] == ["tenderAmendment"]
    (amendment,) = release["tender"]["amendments"]
    assert (amendment["amendsReleaseID"], amendment["releaseID"]) == ("03tend", "09corr")
    assert release["tender"]["tenderPeriod"] == {"endDate": "2014-06-30T23:59:59+08:00"}


def test_a_correction_of_candidates_changes_the_awards() -> None:
    """A candidate who is not in the corrected list has lost; the awards carry the amendment."""
    changed = notice(
        25,
        NoticeType.CORRECTION,
        "甲县乙路工程中标候选人公示更正",
        (FactName.CANDIDATE, "丁公司", "1", 1),
        supersedes=("24awar",),
    )
    *_, release = released(TENDER, CANDIDATES, changed)
    assert release["tag"] == ["awardUpdate"]
    assert [award["status"] for award in release["awards"]] == ["pending", "unsuccessful", "unsuccessful"]
    assert release["awards"][0]["amendments"][0]["amendsReleaseID"] == "24awar"


@pytest.mark.parametrize(
    ("kind", "title", "tag", "status"),
    [
        (NoticeType.TERMINATION, "甲县乙路工程流标公告", "tenderUpdate", "unsuccessful"),
        (NoticeType.TERMINATION, "甲县乙路工程招标失败公告", "tenderUpdate", "unsuccessful"),
        (NoticeType.TERMINATION, "甲县乙路工程终止公告", "tenderCancellation", "cancelled"),
        (NoticeType.TERMINATION, "甲县乙路工程废标公告", "tenderCancellation", "cancelled"),
        (NoticeType.POSTPONEMENT, "甲县乙路工程延期公告", "tenderAmendment", None),
        (NoticeType.CLARIFICATION, "甲县乙路工程答疑", "tenderUpdate", None),
        (NoticeType.SUSPENSION, "甲县乙路工程暂停公告", "tenderUpdate", None),
        (NoticeType.BID_OPENING_RECORD, "甲县乙路工程开标记录", "tenderUpdate", None),
        (NoticeType.PREQUALIFICATION_RESULT, "甲县乙路工程资格预审结果", "tenderUpdate", None),
        (NoticeType.OBJECTION, "甲县乙路工程异议处理", "tenderUpdate", None),
        (NoticeType.ADDENDUM, "甲县乙路工程补遗", "tenderUpdate", None),
    ],
)
def test_the_tag_says_what_the_notice_is(kind: NoticeType, title: str, tag: str, status: str | None) -> None:
    """The mapping of domain.md section 4."""
    _, release = released(TENDER, notice(12, kind, title))
    assert (release["tag"], release["tender"].get("status")) == ([tag], status)


def test_what_the_standard_has_no_word_for_is_our_own() -> None:
    """A halt has no status in 1.1: amendment and our own field say it; a postponement gives its reason."""
    _, halt = released(TENDER, notice(12, NoticeType.SUSPENSION, "甲县乙路工程暂停公告"))
    assert halt["tender"]["x_duizhang"] == {"status": "suspended"}
    _, later = released(TENDER, notice(12, NoticeType.POSTPONEMENT, "甲县乙路工程延期公告"))
    assert later["tender"]["amendments"][0]["rationale"] == "甲县乙路工程延期公告"


def test_an_answer_that_moves_the_deadline_is_an_amendment() -> None:
    """A clarification alters the terms when it states another deadline than before."""
    moved = notice(12, NoticeType.CLARIFICATION, "甲县乙路工程答疑", (FactName.BID_DEADLINE, "2014-07-01"))
    assert released(TENDER, moved)[1]["tag"] == ["tenderAmendment"]
    same = notice(12, NoticeType.CLARIFICATION, "甲县乙路工程答疑", (FactName.BID_DEADLINE, "2014-06-23T09:30"))
    assert released(TENDER, same)[1]["tag"] == ["tenderUpdate"]


def test_plans_and_invitations_say_how() -> None:
    """A plan is planned, a prequalification selective, a single source direct, and 比选 says nothing of the method."""
    (plan,) = released(notice(1, NoticeType.PLAN, "甲县采购意向", (FactName.BUDGET, "500000")))
    assert (plan["tag"], plan["tender"]["status"]) == (["planning"], "planned")
    assert plan["planning"]["budget"]["amount"] == {"amount": 500000, "currency": "CNY"}
    (invited,) = released(notice(1, NoticeType.PREQUALIFICATION, "乙路资格预审公告"))
    assert (invited["tag"], invited["tender"]["procurementMethod"]) == (["tender"], "selective")
    (single,) = released(notice(1, NoticeType.SINGLE_SOURCE, "乙路单一来源公示"))
    assert single["tender"]["procurementMethod"] == "direct"
    (other,) = released(notice(1, NoticeType.TENDER_NOTICE, "乙路竞争性磋商公告"))
    assert "procurementMethod" not in other["tender"]
    assert other["tender"]["procurementMethodDetails"] == "竞争性磋商"


def test_an_award_that_is_taken_back_is_cancelled() -> None:
    """The active award is cancelled, the next one active when the notice names it."""
    back = notice(30, NoticeType.AWARD_CHANGE, "取消甲县乙路工程中标资格")
    *_, release = released(TENDER, CANDIDATES, RESULT, back)
    assert (release["tag"], [award["status"] for award in release["awards"]]) == (["awardCancellation"], ["cancelled"])
    other = notice(30, NoticeType.AWARD_CHANGE, "甲县乙路工程重新确定中标人", (FactName.WINNER, "丁公司"))
    *_, release = released(TENDER, CANDIDATES, RESULT, other)
    assert {award["suppliers"][0]["name"]: award["status"] for award in release["awards"]} == {
        "戊公司": "cancelled",
        "丁公司": "active",
    }


def test_contracts_belong_to_the_award() -> None:
    """The contract names the award of its supplier; what is performed of it is its implementation."""
    contract = notice(30, NoticeType.CONTRACT, "甲县乙路工程合同公告", (FactName.AWARD, "1190000.5"))
    done = notice(31, NoticeType.CONTRACT, "甲县乙路工程履约验收公告")
    *_, signed, performed = released(TENDER, RESULT, contract, done)
    assert (signed["tag"], performed["tag"]) == (["contract"], ["implementation"])
    assert signed["contracts"][0]["awardID"] == f"award-{party_id('戊公司')}"
    assert performed["contracts"][0]["id"] == signed["contracts"][0]["id"]
    (alone,) = released(notice(30, NoticeType.CONTRACT, "合同公告", (FactName.WINNER, "庚公司")))
    assert alone["contracts"][0]["awardID"] == alone["awards"][0]["id"]


def test_a_new_round_names_the_failed_procedure() -> None:
    """The first release alone relates to the failed process and to the project's whole."""
    first, second = released(TENDER, RESULT, failed="ocds-abc123-1", whole="ocds-abc123-2")
    assert [(one["relationship"], one["identifier"]) for one in first["relatedProcesses"]] == [
        (["unsuccessfulProcess"], "ocds-abc123-1"),
        (["parent"], "ocds-abc123-2"),
    ]
    assert "relatedProcesses" not in second


def test_notices_of_no_procedure_give_no_release() -> None:
    """News, pictures and what nobody could decide are no contracting."""
    assert released(notice(1, NoticeType.INDUSTRY_NEWS, "动态"), notice(2, NoticeType.UNDECIDABLE, "乙路")) == []


@pytest.mark.parametrize(
    ("yuan", "number"),
    [("1190000.5", 1190000.5), ("500000", 500000), ("0.1", 0.1), ("123456789012.34", 123456789012.34), ("3.00", 3)],
)
def test_amounts_keep_every_digit(yuan: str, number: float) -> None:
    """The number prints as the text's digits."""
    assert number_of(yuan) == number


@pytest.mark.parametrize("yuan", ["12345678901234567.89", "9007199254740993", "", "甲", "NaN", "1e400"])
def test_an_amount_that_no_number_holds_stays_text(yuan: str) -> None:
    """Better no amount than a wrong one."""
    assert number_of(yuan) is None
    assert "amount" not in value_of(yuan)


def test_one_name_is_one_party() -> None:
    """Widths and spaces make no other firm."""
    assert party_id("甲（集团）公司") == party_id("甲(集团) 公司") != party_id("乙公司")
    spaced = notice(29, NoticeType.AWARD_RESULT, "结果", (FactName.WINNER, "戊 公司"), (FactName.WINNER, "戊公司"))
    _, release = released(CANDIDATES, spaced)
    assert [award["status"] for award in release["awards"]] == ["active", "unsuccessful", "unsuccessful"]
    assert release["awards"][0]["suppliers"][0]["name"] == "戊公司"


VALUES = {
    FactName.BID_DEADLINE: ["2014-06-09", "2014-06-09T10:00"],
    FactName.DURATION_DAYS: ["90"],
    FactName.BUDGET: ["100", "0.01", "12345678901234567.89"],
    FactName.AWARD: ["100", "200"],
    FactName.PRICE: ["100", "200"],
}
said = st.sampled_from(sorted(FactName)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.sampled_from(VALUES.get(name, ["丁公司", "丁 公司", "戊公司", "95%"])),
        st.sampled_from(["", "1", "2"]),
        st.integers(0, 2),
    )
)


@given(
    st.lists(
        st.builds(
            notice, st.integers(1, 28), st.sampled_from(sorted(NoticeType)), st.text(max_size=20), said, said, said
        ),
        max_size=6,
        unique_by=lambda one: one.id,
    )
)
def test_any_notices_give_valid_releases(notices: list[Announcement]) -> None:
    """Whatever the notices say and in whatever order, every release is valid and only those of RELEASED are told."""
    told = released(*notices)
    assert len(told) == sum(one.notice_type in RELEASED for one in notices)
