"""A portal whose notices are shells: one question answers with all notices of a project (as ggzy.xizang.gov.cn)."""

import json
from pathlib import Path

from crawler.replica.server import Answer, Request, serving
from tests.crawler.crawling import duizhang, rows_of

NOTICES = {
    7: ("甲县桥梁工程施工招标公告", "2024-06-03 09:00:00"),
    8: ("甲县桥梁工程施工中标候选人公示", "2024-07-01 10:30:00"),
}
SOURCE = """
name = "测试交易网"
home = "{base}/"
dialect = "jeecms"

[manners]
delay_seconds = 0
allow_private_addresses = true

[[channels]]
key = "gg"
name = "交易公告"
path = "/jyxxgc.jhtml"
bucket = "tender_and_award"
[channels.params]
article = "/personalitySearch/initDetailbyProjectCode"
article_body = '{{"projectCode": "{{pc|招标编号}}", "path": "jyxxgcgg", "sId": 22}}'
"""


def portal(request: Request) -> Answer:
    """Onclick rows, shells with the project's code, and one answer for both notices."""
    if request.target == "/jyxxgc.jhtml":
        rows = "".join(
            f"<li><p onclick=\"window.open('/jyxxgcgg/{n}.jhtml')\"><span>[甲县]</span><span>{title}</span></p>"
            f"<p>{time[:10]}</p></li>"
            for n, (title, time) in reversed(NOTICES.items())
        )
        return Answer(f"<html><body><ul>{rows}</ul><div class='page'>共2条 1/1页</div></body></html>".encode())
    if request.method == "POST" and request.target == "/personalitySearch/initDetailbyProjectCode":
        assert json.loads(request.body) == {"projectCode": "E540001", "path": "jyxxgcgg", "sId": 22}
        found = [
            {"title": title, "publishTime": time, "txt": f"<p>{title}的正文。有关事项见招标文件。</p>"}
            for title, time in NOTICES.values()
        ]
        return Answer(json.dumps({"data": {"listData": found}}).encode(), content_type="application/json")
    if request.target.startswith("/jyxxgcgg/"):
        title, _ = NOTICES[int(request.target.split("/")[2].partition(".")[0])]
        code = "<p class='title-code'>招标编号：E540001</p>"
        return Answer(f"<html><body><h2>{title}</h2>{code}<div id='txt'></div></body></html>".encode())
    return Answer(b"", 404)


def test_each_notice_of_a_project_has_its_own_text(tmp_path: Path) -> None:
    """Both shells ask in the same words, and each posting has the text and the time of its own entry alone."""
    with serving(portal) as base:
        file = tmp_path / "jy.toml"
        file.write_text(SOURCE.format(base=base), encoding="utf-8")
        said = duizhang(tmp_path / "a", "crawl", str(file))
        again = duizhang(tmp_path / "a", "crawl", str(file), "--format", "json")
    assert said.exit_code == 0, said.out + said.err
    postings = rows_of(tmp_path / "a", "postings")
    assert sorted(row["title"] for row in postings) == sorted(title for title, _ in NOTICES.values())
    for row in postings:
        shown = duizhang(tmp_path / "a", "show", row["id"]).out
        assert [f"{title}的正文" in shown for title, _ in NOTICES.values()] == [
            row["title"] == title for title, _ in NOTICES.values()
        ]
    assert again.json["numbers"].get("part", 0) == 0
