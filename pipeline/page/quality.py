"""Is this capture a page, or a block, a maintenance notice, a login, an absence, a damaged or empty body?"""

import re

from pipeline.model import Capture, Kind, Quality, Unreadable, Visit
from pipeline.page.challenge import asks_for_cookie
from pipeline.page.listed_file import is_listed_file
from pipeline.page.opened import decoded, text_of
from pipeline.page.redirects import REDIRECTS, seen_in, sent_on
from pipeline.values.text import no_space

# Decoded bytes. Firewall, login and error pages measured 0.3 to 6 KB; in a portal's own frame up to 12 KB.
_SMALL = 12_000
_FEW = 500  # visible characters below which a page without an article's marks is judged by its words

_TELLING = 8  # characters of a title that no other page has by chance
_ROW = re.compile(r"<(a|p|span|td|div|li|h\d)\b[^<>]{0,300}(?:href|onclick)[^<>]{0,1000}>.{0,500}?</\1", re.DOTALL)

_PAGES = frozenset((Kind.LISTING, Kind.NOTICE, Kind.PART))
_BY_STATUS = {
    **dict.fromkeys((404, 410), (Quality.ABSENT, "the portal says that the page does not exist")),
    **dict.fromkeys((401, 407), (Quality.LOGIN, "the portal asks for a login")),
    **dict.fromkeys((403, 405, 412, 418, 429, 503, 521), (Quality.BLOCKED, "the portal refuses us")),
}
_FAILURES = (("oversize:", Quality.OVERSIZE), ("disallowed:", Quality.DISALLOWED))
_FILES = (
    *((b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP or Office"), (b"\xd0\xcf\x11\xe0", "old Office"), (b"Rar!", "RAR")),
    *((b"GIF8", "GIF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"7z\xbc\xaf", "7z"), (b"BM6", "bitmap")),
)
_FILE_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/msword")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)

# What marks an article or a list: a page with these is read, whatever words it uses.
_ARTICLE = re.compile(r"发布(?:时间|日期|机构)|来源[:：]|索引号|浏览次数|点击(?:数|次数)|当前位置|共\d+条|\d/\d+页")
_BLOCK = re.compile(
    r"访问(?:过于|太|过)频繁|操作(?:过于|太)频繁|请求(?:过于|太)频繁|访问(?:被|受到?)(?:拦截|阻断|限制|拒绝|禁止)|(?:请求|访问)?(?:已|可能)?被"
    r"(?:网站|系统|管理员|防火墙|云)?\S{0,8}?(?:拦截|阻断)|安全(?:验证|检查|检测中)|人机(?:验证|识别)|滑动验证|(?:输入|填写)\S{0,6}验证码|网站防火墙|应用防火墙"
    r"|创宇盾|加速乐|安全狗|云锁|护卫神|宝塔\S{0,6}防火墙|360网站卫士|非法(?:访问|请求)|不合法(?:参数|请求)|恶意(?:访问|请求)"
    r"|(?<![A-Za-z])WAF(?![A-Za-z])|AccessDenied|Forbidden|Justamoment|DDoS|RequestRejected"
)
_CHALLENGES = (
    *("__jsl_clearance", "acw_sc__v2", "_$_ts", "cf-browser-verification", "_cf_chl", "yunsuo_session"),
    *("HTTP_TRACE_ID", "wzws_cid", "wzws_reurl", "ROBOTCOOKIEID"),
)
_MAINTENANCE = re.compile(
    # Not who keeps the site: 网站维护：信息中心, 本站由市信息中心维护, 网站维护单位.
    r"(?:系统|网站|平台|服务器?|本站|栏目)(?!\S{0,2}由)\S{0,8}?(?:正在|进行|暂停|临时)?\S{0,6}?"
    r"(?:升级|维护(?![:：|及与和]|单位|部门|人员|电话|方|中心|管理|者)|割接|迁移|改版|检修)|暂停(?:访问|服务)|维护中|升级中|UnderMaintenance"
    r"|(?:服务器|系统)(?:繁忙|忙),?请?稍[后候]",
    re.IGNORECASE,
)
_CLAUSES = re.compile("[,;:。!?，；：！？]")
_CLAUSE = 40  # characters of a clause that count
_TOLD = 60  # characters of clauses about other things: a few lines; pages that are down have hardly one
_ADDRESSED = re.compile("[您请]|用户|访客|网友|不便|谅解|感谢|谢谢")
_ABSENCE = re.compile(
    r"(?:页面|网页|内容|信息|文章|文件|栏目|地址|链接|资源)\S{0,12}?(?:不存在|(?:未|没有?)找到|找不到|已(?:被|经)?(?:删除|移除|下线|失效)|被删除|丢失|已过期)"
    r"|(?:找不到|没有找到|未找到|无法找到)\S{0,10}?(?:页面?|网页|文件|内容|资源|信息)|(?<!\d)404(?!\d)|(?:Page|File)?NotFound",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"<input[^<>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN_WORDS = re.compile(r"登录|登陆|登入|请先登|用户名|login", re.IGNORECASE)
_LOGIN_ADDRESS = re.compile(r"/(?:\w*login\w*|sso|cas|passport|oauth2?|signin)(?:[./?;]|$)", re.IGNORECASE)
_ERROR_TITLE = re.compile(
    r"(?:\S{0,10}?[-_|])?(?:错误)?(?:404|(?:页面|网页|您访问的\S{0,4}|该页\S{0,2})(?:不存在|找不到了?|未找到|丢失了?)|notfound|找不到\S{0,4}页面?|404\D{0,20})"
    r"(?:[-_|]\S{0,20})?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]{0,100}>([^<]{0,60})</title", re.IGNORECASE)


def judge(capture: Capture) -> tuple[Quality, str]:
    """What the capture is, and the reason in words. Never raises."""
    if verdict := _by_failure(capture) or _by_status(capture):
        return verdict
    if not capture.body.strip():
        return Quality.EMPTY, f"status {capture.status} without content"
    try:
        content = decoded(capture.body, capture.header("content-encoding"))
    except Unreadable as problem:
        return _damaged(str(problem))
    if not content.strip():
        return Quality.EMPTY, f"status {capture.status} without content"
    kind = capture.visit.kind
    if is_listed_file(capture):
        return Quality.GOOD, "a file that the list links as a notice"
    if kind is Kind.ATTACHMENT:
        return _attachment(capture, content)
    if kind not in _PAGES:
        return Quality.GOOD, "a response with content"
    return _binary(capture, content) or _by_words(capture, content) or (Quality.GOOD, "a page")


def _by_failure(capture: Capture) -> tuple[Quality, str] | None:
    for start, quality in _FAILURES:
        if capture.failure.startswith(start):
            return quality, capture.failure.removeprefix(start).strip()
    if capture.truncated:
        return Quality.TRUNCATED, capture.failure or "the response ended before its body did"
    return (Quality.FAILED, capture.failure) if capture.failure else None


def _by_status(capture: Capture) -> tuple[Quality, str] | None:
    status = capture.status
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return _redirected(status, capture.header("location"))
    if status == 0:
        return Quality.FAILED, "no response"
    if status >= 500 and (verdict := _spoken(capture)):
        return verdict
    if status in _BY_STATUS:
        quality, reason = _BY_STATUS[status]
        return quality, f"status {status}: {reason}"
    if status >= 500:
        return Quality.SERVER_ERROR, f"status {status}"
    return Quality.FAILED, f"status {status}: the portal does not understand the request"


def _redirected(status: int, to: str) -> tuple[Quality, str]:
    if status == 304:
        return Quality.UNCHANGED, "status 304: not modified"
    if status in REDIRECTS and _LOGIN_ADDRESS.search(to[:2000]):
        return Quality.LOGIN, f"redirected to a login: {to[:200]}"
    return Quality.REDIRECT, f"status {status} to {to[:200]}"


def _spoken(capture: Capture) -> tuple[Quality, str] | None:
    """Maintenance and firewalls answer with 500s, too; their words say more than the status."""
    try:
        content = decoded(capture.body, capture.header("content-encoding"))
    except Unreadable:
        return None
    verdict = _by_words(capture, content) if content else None
    return verdict if verdict and verdict[0] in {Quality.MAINTENANCE, Quality.BLOCKED} else None


def _damaged(problem: str) -> tuple[Quality, str]:
    if "unpacks to more" in problem:
        return Quality.OVERSIZE, problem
    return Quality.WRONG_TYPE if "content encoding" in problem else Quality.TRUNCATED, problem


def _binary(capture: Capture, content: bytes) -> tuple[Quality, str] | None:
    for start, name in _FILES:
        if content.startswith(start):
            return Quality.WRONG_TYPE, f"a {name} file where a page is expected"
    declared = capture.header("content-type").lower()
    if declared.startswith(_FILE_TYPES) and not _HTML.search(content[:1000]):
        return Quality.WRONG_TYPE, f"{declared} where a page is expected"
    return None


def _attachment(capture: Capture, content: bytes) -> tuple[Quality, str]:
    if not _HTML.search(content[:1000]):
        return Quality.GOOD, "a file"
    return _by_words(capture, content) or (Quality.WRONG_TYPE, "a page where a file is expected")


def _by_words(capture: Capture, content: bytes) -> tuple[Quality, str] | None:
    """The verdict on a small page by what it says; None for pages to be read."""
    if len(content) > _SMALL or content.lstrip()[:1] in {b"{", b"["}:
        return None
    text = text_of(content, capture.header("content-type"))
    if found := next((mark for mark in _CHALLENGES if mark in text), ""):
        return Quality.BLOCKED, f"a challenge script: {found}"
    if asks_for_cookie(text):
        return Quality.BLOCKED, "a challenge script that sets a cookie"
    title = _TITLE.search(text)
    named = "".join(title[1].split()) if title else ""
    if _ERROR_TITLE.fullmatch(named):
        return Quality.ABSENT, f"the page is titled {named!r}"
    if target := sent_on(text, capture.visit.url):
        login = _LOGIN_ADDRESS.search(target)
        return Quality.LOGIN if login else Quality.REDIRECT, f"the page only leads on to {target[:200]}"
    seen = seen_in(text)
    if len(seen) > _FEW or _ARTICLE.search(seen) or _shows_its_notice(capture.visit, seen):
        return None
    if capture.visit.kind is Kind.LISTING:
        # A row may be about the maintenance of a website.
        seen = seen_in(_ROW.sub("", text))
    return _by_seen(text, named, seen)


def _shows_its_notice(visit: Visit, seen: str) -> bool:
    """True when the page says what the listing promised: no block or error page does."""
    title = no_space(visit.lead.title) if visit.lead else ""
    return len(title) >= _TELLING and title[:_TELLING] in seen


def _tells_more(named: str, seen: str) -> bool:
    """True when the title and many clauses are about other things; navigation, without punctuation, is one clause."""
    clauses = [clause[-_CLAUSE:] for clause in _CLAUSES.split(seen)[:-1]]
    other = [clause for clause in clauses if not _MAINTENANCE.search(clause) and not _ADDRESSED.search(clause)]
    return not _MAINTENANCE.search(named) and len("".join(other)) >= _TOLD


def _by_seen(text: str, named: str, seen: str) -> tuple[Quality, str] | None:
    said = f"{named} {seen}"
    if _LOGIN.search(text) and _LOGIN_WORDS.search(said):
        return Quality.LOGIN, "a login form and nothing else"
    for pattern, quality in (
        (_BLOCK, Quality.BLOCKED),
        (_MAINTENANCE, Quality.MAINTENANCE),
        (_ABSENCE, Quality.ABSENT),
    ):
        if (found := pattern.search(said)) and not (quality is Quality.MAINTENANCE and _tells_more(named, seen)):
            return quality, f"a small page that says {found[0][:60]!r}"
    if not seen and not re.search(r"<(?:img|iframe|frame|script|object|embed|table|div)\b", text, re.IGNORECASE):
        return Quality.EMPTY, "a page without words"
    return None
