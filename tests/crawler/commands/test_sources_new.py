"""`sources new`: what a page says for sure stands in the file, the rest is asked; nothing is overwritten."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.replica.server import Answer, Request, serving
from pipeline.source.file import source_of
from pipeline.source.scaffold import NOTICES, key_of_host
from tests.crawler.crawling import Said, environment
from tests.egress import python_path
from tests.portals import portal, world_of

ROOT = Path(__file__).parents[3]

HOME = """<html><head><title>首页 - 测试县住房和城乡建设局</title>{meta}</head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/xwzx/tzgg/">通知公告</a></li>
<li><a href="./xwzx/hydt/index.html">行业动态</a></li><li><a href="/zbgg/">招标公告</a></li>
<li><a href="/zhbgg/" title="中标公示">中标公示</a></li><li><a href="/tpxw/">图片新闻</a></li>
<li><a href="/wsbs/">招投标系统登录</a></li><li><a href="http://other.example/zbgg/">招标公告</a></li></ul>
<ul><li><a href="/xwzx/tzgg/202406/t20240603_1024.html">关于开展检查的通知</a><span>2024-06-03</span></li></ul>
<div>主办单位：测试县住房和城乡建设局</div></body></html>"""


def sources(folder: Path, *words: str) -> Said:
    """`duizhang sources …` run in that folder."""
    command = [sys.executable, "-m", "crawler.cli", "sources", *words]
    env = {**environment(folder / "archive"), "PYTHONPATH": python_path(ROOT)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


@contextmanager
def serving_home(page: str, robots: str = ""):
    hits: list[str] = []

    def answer(request: Request) -> Answer:
        hits.append(request.target)
        if request.path == "/robots.txt":
            return Answer(robots.encode(), 200 if robots else 404, content_type="text/plain")
        return Answer(page.encode()) if request.path == "/" else Answer(b"<html>404</html>", 404)

    with serving(answer) as base:
        yield base, hits


def test_a_home_page(tmp_path):
    """The file is right as it stands: the name that the page states, its CMS, its sections with their lines."""
    page = HOME.format(meta='<meta name="SiteName" content="测试县住房和城乡建设局">')
    with serving_home(page) as (base, hits):
        said = sources(tmp_path, "new", f"{base}/", "--key", "test_zjj", "--allow-private")
    assert (said.exit_code, said.err) == (0, "")
    text = (tmp_path / "test_zjj.toml").read_text(encoding="utf-8")
    source = source_of("test_zjj", text)
    assert (source.name, source.dialect, source.home) == ("测试县住房和城乡建设局", "trs", f"{base}/")
    assert [(one.key, one.name, one.url.removeprefix(base), one.bucket.value) for one in source.channels] == [
        ("tzgg", "通知公告", "/xwzx/tzgg/", "notice"),
        ("hydt", "行业动态", "/xwzx/hydt/index.html", "industry_news"),
        ("zbgg", "招标公告", "/zbgg/", "tender_and_award"),
        ("zhbgg", "中标公示", "/zhbgg/", "tender_and_award"),
        ("tpxw", "图片新闻", "/tpxw/", "livelihood_pictures"),
    ]
    # Nobody has seen the lists, and nobody said that these are all.
    assert not any(channel.verified for channel in source.channels)
    assert not source.whole
    assert "确定 sure: dialect trs" in said.out
    assert "# ? " in text
    assert hits == ["/robots.txt", "/"]


def test_what_is_not_sure_is_asked(tmp_path):
    """A name from a title is a question; the file still says it, so that the rest can be tried."""
    with serving_home(HOME.format(meta="")) as (base, _):
        said = sources(tmp_path, "new", f"{base}/", "--key", "test_zjj", "--allow-private")
    assert "待定 to answer: name" in said.out
    lines = (tmp_path / "test_zjj.toml").read_text(encoding="utf-8").splitlines()
    assert lines.count(f"# {NOTICES}") == lines.count('bucket = "notice"') > 0
    name = lines.index('name     = "测试县住房和城乡建设局"')
    assert lines[name - 1].startswith("# ? ")


@pytest.mark.parametrize("look", ["jeecms-lines", "trs-list"])
def test_a_list_is_a_channel(tmp_path, look):
    """From the address of a list comes a source that can be crawled."""
    with portal(world_of(), look) as place:
        channel = place.scene.world.channels[0]
        said = sources(tmp_path, "new", place.base_url + place.scene.entry(channel), "--key=mine", "--allow-private")
        assert said.exit_code == 0, said.err
        source = source_of("mine", (tmp_path / "mine.toml").read_text(encoding="utf-8"))
        assert source.dialect == look.partition("-")[0]
        assert [(one.name, one.url) for one in source.channels] == [
            (channel.name, place.base_url + place.scene.entry(channel))
        ]


def test_nothing_is_overwritten(tmp_path):
    """A file that is there stays as it is, and the portal is not even asked."""
    (tmp_path / "mine.toml").write_text("mine")
    with serving_home(HOME) as (base, hits):
        said = sources(tmp_path, "new", f"{base}/", "--key", "mine", "--allow-private")
    assert (said.exit_code, hits) == (2, [])
    assert (tmp_path / "mine.toml").read_text() == "mine"


def test_guards(tmp_path):
    """Private addresses and what robots.txt forbids are not visited; what is no address is refused."""
    with serving_home(HOME, "User-agent: *\nDisallow: /\n") as (base, hits):
        assert "private address" in sources(tmp_path, "new", f"{base}/", "--key", "mine").err
        assert hits == []
        said = sources(tmp_path, "new", f"{base}/", "--key", "mine", "--allow-private")
        assert "robots.txt" in said.err
        assert hits == ["/robots.txt"]
    assert sources(tmp_path, "new", "file:///etc/passwd").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_hostile_words_stay_words(tmp_path):
    """Whatever a page calls itself, the file is one source and its strings are strings."""
    evil = '<meta name="SiteName" content="x&quot;&#10;dialect = &quot;struts&quot; \\ \x1b[31m">'
    with serving_home(HOME.format(meta=evil)) as (base, _):
        said = sources(tmp_path, "new", f"{base}/", "--key", "mine", "--allow-private")
    assert said.exit_code == 0, said.err
    assert "\x1b" not in said.out
    source = source_of("mine", (tmp_path / "mine.toml").read_text(encoding="utf-8"))
    assert source.dialect == "trs"
    assert source.name.startswith('x" dialect = "struts" \\')


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://zjt.xizang.gov.cn/", "xizang_zjt"),
        ("http://www.xzcs.gov.cn/", "xzcs"),
        ("http://127.0.0.1:8080/", "portal"),
        ("http://www.gov.cn/", "portal"),
    ],
)
def test_keys(url, key):
    """A key is region, then site."""
    assert key_of_host(url) == key
