"""The listings of real portals: every row found, first and last as a person read them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.dialects import DIALECTS
from pipeline.follow import read_listing
from pipeline.model import Bucket, Capture, Channel, Kind, Source, Visit

# The three listings that are HTML: any family that has its rows in its pages reads them. Where the manifest knows no
# address, one of the shape that the page's links imply.
FILES = {
    "ggzy_gov_cn__deal_search_rendered.html": "https://www.ggzy.gov.cn/deal/dealList.html",
    "kmszbzx_gdtzb_com__v1.html": "http://kmszbzx.gdtzb.com/v1/",
    "dfa66_com__gsgg.html": "https://www.dfa66.com/dfaets/news/infodisclosure/announcement/index.html",
}
NEXT = {
    "kmszbzx_gdtzb_com__v1.html": "http://kmszbzx.gdtzb.com/v1/2/",
    "dfa66_com__gsgg.html": "https://www.dfa66.com/dfaets/news/infodisclosure/announcement/index2.html",
}


@pytest.mark.parametrize("dialect", ["jeecms", "trs", "struts", "aspnet", "epoint", "hanweb"])
@pytest.mark.parametrize("name", FILES)
def test_real_listing(gold: Path, name: str, dialect: str) -> None:
    """All rows are found, the first and last with address, title and date, and the totals that the page states."""
    lines = (gold / "captures" / "gold_listings.jsonl").read_text("utf-8").splitlines()
    expected = next(record for record in map(json.loads, lines) if record["file"].endswith(name))
    url = FILES[name]
    source = Source("x", "x", url, dialect, (Channel("x", "x", url, Bucket.TENDER_AND_AWARD),))
    body = (gold / "captures" / "pages" / name).read_bytes()
    visit = Visit("x", "x", Kind.LISTING, url)
    listing = read_listing(Capture(visit, datetime(2026, 6, 1, tzinfo=UTC), 200, (), body), source)
    assert len(listing.leads) == expected["n_entries"]
    for lead, row in ((listing.leads[0], expected["first"]), (listing.leads[-1], expected["last"])):
        assert (lead.url, lead.title, lead.published) == (row["href"], row["title"], row["date"])
    assert (listing.stated.total, listing.stated.pages) == (expected["total_entries"], expected["total_pages"])
    if name in NEXT:
        assert listing.next is not None
        assert listing.next.url == NEXT[name]


# The answers of JSON interfaces: which dialect, and what a source file would tell it where rows have no address of
# their own. Requests are as the manifest and the gold's `next` describe them.
ANSWERS = {
    "list_222_66_64_149__ShanghaiJson.json": ("json_api", {}, 10),
    "list_baowu_ouyeelbuy_com__BaoWuAnnouncementOther.json": ("json_api", {}, 20),
    "list_ggfw_zjprtc_com__ZhanjiangJson.json": (
        "json_api",
        {"link": "/jsgc_Message/getZhaoBiaoGongGaoByGuid.do?zhaoBiaoGongGaoGuid={zhaoBiaoGongGaoGUID}"},
        15,
    ),
    "list_ggzy_gov_cn__api_sample.json": ("json_api", {}, 20),
    "list_jsggzy_jszwfw_gov_cn__JsggzyBean.json": ("epoint", {"categorynum": "003001"}, 14),
    "list_ldggzy_hnloudi_gov_cn__LoudiJson.json": ("json_api", {}, 10),
    "list_lzggzyjy_lanzhou_gov_cn__LanzhouJson.json": ("json_api", {}, 15),
    "list_prec_sxzwfw_gov_cn__SxJson.json": (
        "json_api",
        {"link": "/moreInfoController.do?getProjectNodeInfo&url={URL}&id={ID}"},
        10,
    ),
    "list_spzx_lyg_gov_cn__LianyungangJson.json": ("json_api", {"link": "/lygweb{href}"}, 10),
    "list_www_dtggzy_gov_cn__DatongJson.json": ("json_api", {"link": "/zyjyPortal/portal/tradeEdit?id={id}"}, 10),
    "list_www_hebpr_cn__GGZYHeBeiAnnouncement.json": ("epoint", {"categorynum": "jsgc"}, 10),
    "list_www_hebpr_cn__GGZYHeBeiDirectoryParameter.json": ("epoint", {"categorynum": "003005002"}, 10),
    "list_www_hebpr_cn__HebeiJson.json": ("epoint", {"categorynum": "003005002001"}, 10),
    "list_www_hnsggzyfwpt_gov_cn__HnJson.json": ("json_api", {}, 22),
    "list_www_qhggzyjy_gov_cn__QinghaiJson.json": ("epoint", {"categorynum": "001001001"}, 10),
    "list_www_xzggzy_com_cn__XuzhouJson.json": ("json_api", {}, 12),
    "list_zjpubservice_zjzwfw_gov_cn__ZhejiangJson.json": ("epoint", {"categorynum": "002001001"}, 20),
}
# The answer states total 1428 and pages 143; the gold leaves both out.
STATED = {"list_baowu_ouyeelbuy_com__BaoWuAnnouncementOther.json": (1428, 143)}
HOSTS = {
    "list_baowu_ouyeelbuy_com__BaoWuAnnouncementOther.json": "http://baowu.ouyeelbuy.com/",
    "list_ggzy_gov_cn__api_sample.json": "https://www.ggzy.gov.cn/",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_real_list_answer(gold: Path, name: str) -> None:
    """All rows of a JSON list are found, the first and last with title, date and address, the totals, the next page."""
    lines = (gold / "captures" / "gold_listings.jsonl").read_text("utf-8").splitlines()
    expected = next(record for record in map(json.loads, lines) if record["file"].endswith(name))
    dialect, params, size = ANSWERS[name]
    home = HOSTS.get(name) or "/".join((expected["first"]["href"] or "http://portal.example/").split("/")[:3]) + "/"
    url = f"{home}list?page=1&size={size}" if dialect == "json_api" else home
    channel = Channel("x", "x", url, Bucket.TENDER_AND_AWARD, params=tuple(params.items()))
    source = Source("x", "x", home, dialect, (channel,))
    visit = DIALECTS[dialect].first(source, channel)
    body = (gold / "captures" / "pages" / name).read_bytes()
    listing = read_listing(Capture(visit, datetime(2026, 6, 1, tzinfo=UTC), 200, (), body), source)
    assert len(listing.leads) == expected["n_entries"]
    for lead, row in ((listing.leads[0], expected["first"]), (listing.leads[-1], expected["last"])):
        assert (lead.title, lead.published) == (row["title"], row["date"])
        assert lead.url == row["href"] if row["href"] else "#/detail?id=" in lead.url
    stated = STATED.get(name, (expected["total_entries"], expected["total_pages"]))
    assert (listing.stated.total, listing.stated.pages) == stated
    assert listing.next is not None
    if dialect == "json_api":
        assert listing.next.url == f"{home}list?page=2&size={size}"
    else:
        assert json.loads(listing.next.json)["pn"] == expected["n_entries"]
