"""What a capture is, before anything is read from it."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Capture, Kind, Quality, Visit
from pipeline.page import judge

HTML = ("Content-Type", "text/html; charset=utf-8")
NOTICE = (
    "<html><head><title>甲县建设网</title></head><body><div>当前位置：首页 &gt; 公告</div><h1>{0}</h1>"
    "<div>发布时间：2014-06-03 来源：甲县住建局</div><div class=content>{1}</div></body></html>"
)


def capture(body: bytes | str, status: int = 200, kind: Kind = Kind.NOTICE, **more: object) -> Capture:
    content = body.encode() if isinstance(body, str) else body
    headers = more.pop("headers", (HTML,))
    url = str(more.pop("url", "http://a.example/zbgg/1.jhtml"))
    visit = Visit("a", "zbgg", kind, url)
    return Capture(visit, datetime(2014, 6, 3, tzinfo=UTC), status, headers, content, **more)  # type: ignore[arg-type]


def small(words: str, title: str = "提示") -> str:
    return f"<html><head><title>{title}</title></head><body><div>{words}</div></body></html>"


CASES = (
    (capture("", 0, failure="DNS lookup failed"), Quality.FAILED),
    (capture("", 0, failure="oversize: 70000000 bytes"), Quality.OVERSIZE),
    (capture("", 0, failure="disallowed: robots.txt"), Quality.DISALLOWED),
    (capture("<html>", truncated=True), Quality.TRUNCATED),
    (capture("", 302, headers=(("Location", "/x.html"),)), Quality.REDIRECT),
    (capture("", 302, headers=(("Location", "/sso/login.do?from=x"),)), Quality.LOGIN),
    (capture("gone", 404), Quality.ABSENT),
    (capture("gone", 410), Quality.ABSENT),
    (capture("no", 403), Quality.BLOCKED),
    (capture("slow down", 429), Quality.BLOCKED),
    (capture("no", 503), Quality.BLOCKED),
    (capture(small("系统维护中，请稍后访问"), 503), Quality.MAINTENANCE),
    (capture("oops", 500), Quality.SERVER_ERROR),
    (capture("bad gateway", 502), Quality.SERVER_ERROR),
    (capture(" \n"), Quality.EMPTY),
    (capture("<html><head></head><body></body></html>"), Quality.EMPTY),
    (capture(small("您的访问过于频繁，请稍后再试")), Quality.BLOCKED),
    (capture(small("您的请求可能存在威胁，已被拦截！", "网站防火墙")), Quality.BLOCKED),
    (capture(small("请完成安全验证后继续")), Quality.BLOCKED),
    (capture("<script>document.cookie='__jsl_clearance=1'+x;location.href='/a';</script>"), Quality.BLOCKED),
    (capture(small("网站正在升级维护，给您带来不便敬请谅解", "系统升级")), Quality.MAINTENANCE),
    (capture(small("对不起，您访问的页面不存在或已被删除！")), Quality.ABSENT),
    (capture(small("返回首页", "404 Not Found")), Quality.ABSENT),
    (capture(small("找不到页面".join("栏目导航办事服务" * 60 for _ in range(2)), "页面不存在")), Quality.ABSENT),
    (
        capture(
            small("用户名<input name=u>密码<input type='password' name=p><input type=submit value=登录>", "用户登录")
        ),
        Quality.LOGIN,
    ),
    (
        capture("<html><head><meta http-equiv='refresh' content='0;url=/zbgg/index.jhtml'></head></html>"),
        Quality.REDIRECT,
    ),
    (capture("<script>window.location.href='/zbgg/index.jhtml';</script>"), Quality.REDIRECT),
    (capture(b"%PDF-1.4 ...", headers=(("Content-Type", "application/pdf"),)), Quality.WRONG_TYPE),
    (capture(b"\xd0\xcf\x11\xe0\xa1\xb1", headers=()), Quality.WRONG_TYPE),
    (capture(gzip.compress(b"<html>" * 99)[:-9], headers=(HTML, ("Content-Encoding", "gzip"))), Quality.TRUNCATED),
    (capture(b"\x1f\x8b\x08\x00garbage", headers=(HTML, ("Content-Encoding", "gzip"))), Quality.TRUNCATED),
    (capture(b"%PDF-1.4 ...", kind=Kind.ATTACHMENT, url="http://a.example/1.pdf"), Quality.GOOD),
    (capture(NOTICE.format("公告", "正文"), kind=Kind.ATTACHMENT, url="http://a.example/1.pdf"), Quality.WRONG_TYPE),
    (capture(small("文件不存在"), kind=Kind.ATTACHMENT, url="http://a.example/1.pdf"), Quality.ABSENT),
    (capture("User-agent: *", kind=Kind.ROBOTS), Quality.GOOD),
    (capture('{"msg": "系统维护中"}'), Quality.GOOD),
)


@pytest.mark.parametrize(("one", "quality"), CASES)
def test_quality(one: Capture, quality: Quality) -> None:
    """Each capture is what its status, its bytes and, for small pages, its words make it; the reason is in words."""
    found, reason = judge(one)
    assert (found, reason) != (quality, "")
    assert found == quality, reason


@pytest.mark.parametrize(
    "body",
    [
        NOTICE.format("关于门户网站系统升级维护的通知", "因系统升级，本网站将暂停访问，404页面属正常现象。"),
        NOTICE.format("关于公布404号文件的公告", "访问过于频繁者将被拦截，请输入验证码登录。"),
        "<html><body><p>"
        + "二○一四年本厅门户网站系统正在升级调试，访问受限，页面不存在的情况时有发生。" * 30
        + "</p></body></html>",
        "<html><body><ul>"
        + "<li><a href='/1.html'>关于网站维护的公告</a></li>" * 30
        + "</ul>共30条 1/2页</body></html>",
    ],
)
def test_words_of_a_genuine_notice_do_not_condemn_it(body: str) -> None:
    """A page with an article's marks, or with more than a few words, is read whatever it talks about."""
    assert judge(capture(body))[0] is Quality.GOOD


_REPORT = (
    "<h1>乙县住房和城乡建设局2013年政府信息公开工作年度报告</h1><p>2013年，我局认真落实有关规定，健全制度，明确责任。"
    "{}全年通过建设网主动公开信息320条，其中行业动态60条，招标公告中标公示240条，图片新闻20条。未收到公开申请。</p>"
)
_FRAMES = (
    "<html><body>{}</body></html>",
    "<html><head><title>正文</title></head><body><div>{}</div></body></html>",
    "{}",
)


@pytest.mark.parametrize("frame", _FRAMES)
@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.PART])
@pytest.mark.parametrize(
    "said",
    [
        "目前，建设网系统正在升级调试，完成后再补充内容。",
        "因县政府门户网站正在改版，部分栏目暂停访问，",
        "服务器迁移后，网站维护中的问题已经解决。",
    ],
)
def test_an_article_that_mentions_maintenance_is_an_article(said: str, kind: Kind, frame: str) -> None:
    """In a frame of its own, without any mark of an article, a text is still what most of it tells."""
    assert judge(capture(frame.format(_REPORT.format(said)), kind=kind))[0] is Quality.GOOD


@pytest.mark.parametrize("navigation", ["", "<ul>" + "<li>首页</li><li>政务公开</li><li>办事服务</li>" * 20 + "</ul>"])
@pytest.mark.parametrize("frame", _FRAMES)
@pytest.mark.parametrize(
    "words",
    [
        "系统升级调试中，暂停访问",
        "尊敬的用户：您好！为进一步提升服务质量，优化用户体验，本网站定于2024年5月1日22:00至5月2日8:00进行系统升级维护，"
        "届时网站将暂停访问，由此给您带来的不便，敬请谅解。如有疑问，请拨打咨询电话0000-5551234。感谢您的理解与支持！",
        "公告：因机房检修，本站服务器将于今晚22时起暂停服务，预计次日8时恢复，给您带来不便敬请谅解。",
        "网站改版中，新版网站即将上线，敬请期待。",
    ],
)
def test_a_page_that_says_of_itself_that_it_is_down_is_maintenance(words: str, frame: str, navigation: str) -> None:
    """Whatever courtesies and menus stand around it, a notice of maintenance is no article."""
    assert judge(capture(frame.format(f"{navigation}<p>{words}</p>")))[0] is Quality.MAINTENANCE


def test_gbk_and_deflated_pages_are_judged_by_their_words() -> None:
    """Charset and content encoding hide no firewall."""
    body = zlib.compress(small("您的访问被拦截").encode("gbk"))
    assert judge(capture(body, headers=(HTML, ("Content-Encoding", "deflate"))))[0] is Quality.BLOCKED


@given(
    st.binary(max_size=400),
    st.integers(0, 599),
    st.sampled_from(Kind),
    st.sampled_from(["", "gzip", "deflate", "br", "x"]),
)
def test_any_bytes_are_judged(body: bytes, status: int, kind: Kind, encoding: str) -> None:
    """Nothing that a portal sends makes the judge raise."""
    assert judge(capture(body, status, kind, headers=(HTML, ("Content-Encoding", encoding))))[1]
