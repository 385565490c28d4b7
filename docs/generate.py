"""Writes the parts of the documents that the program itself can tell; with --check it only says which are stale.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; everything around it is written by people.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer
from sqlalchemy import MetaData, Table
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from crawler.cli import application
from crawler.commands.crawl import BUSY
from crawler.run.source_files import load_sources
from pipeline.classify import classify
from pipeline.classify.title import rule_table
from pipeline.classify.words import RULES_VERSION
from pipeline.count.definitions import MEANING
from pipeline.model import (
    EXIT_CODES,
    Bucket,
    Channel,
    Fault,
    KeyArea,
    Notice,
    NoticeType,
    Outcome,
    Quality,
    Source,
    Verdict,
)
from pipeline.source.scaffold import NOTICES
from storage.archive.faults import WORDS
from storage.tables import core as tables

ROOT = Path(__file__).parents[1]
WIDTH = 100  # of help texts: fixed, whatever the terminal of the person who generates
PART = re.compile(r"(<!-- generated: ([\w -]+) -->\n).*?(<!-- end -->)", re.DOTALL)

OUTCOMES = {
    Outcome.COMPLETE: "每个列表都走到了尽头 every list was walked to its end",
    Outcome.COMPLETE_WITH_DRIFT: "同上,但门户自报条数略有出入,或个别网页不存在、读不懂 the same, but the portal's own "
    "total differs a little, or listed pages do not exist or could not be read",
    Outcome.EMPTY_EXPECTED: "列表自称为空 the lists say themselves that they are empty",
    Outcome.PARTIAL: "有缺口,原因写明 something is missing; the reason says what",
    Outcome.BLOCKED: "门户拒绝访问 the portal refuses us",
    Outcome.MAINTENANCE: "门户维护中 the portal is under maintenance",
    Outcome.EMPTY_SUSPICIOUS: "一条也没有,而列表未称为空 no row, and the lists do not say that they are empty",
    Outcome.INTERRUPTED: "被中止(Ctrl-C、SIGTERM) stopped by a person or a time limit",
    Outcome.OUT_OF_SPACE: "磁盘已满(任何命令) the disk is full, in any command",
}
QUALITIES = {
    Quality.GOOD: "a page, or a file with content; only these are read",
    Quality.REDIRECT: "it sends on, by status or by a page that does nothing else",
    Quality.ABSENT: "404, 410, or a page that says so with status 200",
    Quality.BLOCKED: "a firewall, a challenge, a refusal",
    Quality.MAINTENANCE: "the portal says that it is being worked on",
    Quality.LOGIN: "it asks for a login",
    Quality.EMPTY: "no content",
    Quality.WRONG_TYPE: "a file where a page was expected, or a page where a file was",
    Quality.TRUNCATED: "cut off before its end",
    Quality.OVERSIZE: "larger than the source's max_bytes",
    Quality.SERVER_ERROR: "the server says that it failed",
    Quality.UNCHANGED: "304: nothing changed since the capture that we asked with",
    Quality.FAILED: "no response at all: name, connection, time-out",
    Quality.DISALLOWED: "not asked for: robots.txt, another host, or a private address",
}
BUCKETS = {
    Bucket.TENDER_AND_AWARD: "招标公告、中标公示",
    Bucket.INDUSTRY_NEWS: "行业动态",
    Bucket.LIVELIHOOD_PICTURES: "重要民生工作和专栏图文",
    Bucket.NOTICE: f"公告通知; {NOTICES}; a portal's total is given with and without it",
    Bucket.UNDECIDED: "未分类; for a channel whose name is that of no line: what the type shows to be tendering falls "
    "under `tender_and_award`, the rest stays undecided",
}
VERDICTS = {
    Verdict.CONSISTENT: "相符: the number lies within what was observed and what the holes can hide",
    Verdict.OVERCLAIMED: "多报: even with everything that the holes can hide, there is less than claimed",
    Verdict.UNDERCLAIMED: "少报: more was already found than claimed",
    Verdict.UNVERIFIABLE: "无法核实: neither proved nor refuted; a respectable answer, and no accusation",
    Verdict.SUM_ADDS_UP: "合计相符: the parts add up to the total, within 约 and 余",
    Verdict.SUM_DIFFERS: "合计不符: they do not",
}
# Composed titles, and the section that each stands in; what the program makes of them is what the table shows.
EXAMPLES = {
    NoticeType.OBJECTION: ("甲县乙路工程招标投诉处理决定书", "公示"),
    NoticeType.CORRECTION: ("甲县乙路工程施工招标公告更正公告", "招标公告"),
    NoticeType.ADDENDUM: ("甲县乙路工程招标文件补遗公告", "招标公告"),
    NoticeType.CLARIFICATION: ("甲县乙路工程招标答疑纪要", "招标公告"),
    NoticeType.POSTPONEMENT: ("甲县乙路工程施工招标延期开标公告", "招标公告"),
    NoticeType.SUSPENSION: ("甲县乙路工程暂停招标公告", "招标公告"),
    NoticeType.TERMINATION: ("甲县乙路工程施工流标公告", "中标公示"),
    NoticeType.AWARD_CHANGE: ("关于取消甲县乙路工程中标候选人资格的公告", "中标公示"),
    NoticeType.PREQUALIFICATION: ("甲县乙路工程施工资格预审公告", "招标公告"),
    NoticeType.PREQUALIFICATION_RESULT: ("甲县乙路工程施工资格预审结果公示", "中标公示"),
    NoticeType.BID_OPENING_RECORD: ("甲县乙路工程开标记录", "招标公告"),
    NoticeType.AWARD_CANDIDATES: ("甲县乙路工程施工中标候选人公示", "中标公示"),
    NoticeType.AWARD_RESULT: ("甲县乙路工程施工中标结果公告", "中标公示"),
    NoticeType.AWARD_NOTICE_UNSPECIFIED: ("甲县乙路工程施工中标公示", "中标公示"),
    NoticeType.CONTRACT: ("甲县乙路工程施工合同公示", "公示"),
    NoticeType.TENDER_NOTICE: ("甲县乙路工程施工招标公告", "招标公告"),
    NoticeType.PLAN: ("甲县住建局2025年采购意向公告", "招标公告"),
    NoticeType.SINGLE_SOURCE: ("甲县供水设备单一来源采购公示", "招标公告"),
    NoticeType.INDUSTRY_NEWS: ("甲县召开建筑工地防汛现场会", "行业动态"),
    NoticeType.NOTICE: ("关于开展建筑施工企业换证工作的通知", "公告通知"),
    NoticeType.PICTURES: ("甲县新城夜景", "图片新闻"),
    NoticeType.OTHER_TENDER: ("甲县供水设备采购市场调研公告", "招标公告"),
    NoticeType.UNDECIDABLE: ("甲县乙路工程", "其他"),
}
AREAS = {
    KeyArea.AFFORDABLE_HOUSING: "甲县廉租住房工程招标公告",
    KeyArea.CONSTRUCTION_MARKET: "建筑业企业资质公示",
    KeyArea.PROPERTY_MARKET: "商品房预售许可公告",
    KeyArea.CREDIT: "建筑企业良好行为公示",
    KeyArea.QUALITY_SAFETY: "工程抗震检测公告",
}


class Stale(Exception):
    """A document that cannot be generated as it stands; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Writes the generated parts, or with --check names the documents in which they are not current."""
    parts = all_parts()
    stale = []
    known: set[str] = set()
    for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]):
        text = page.read_text(encoding="utf-8")
        names = [found[2] for found in PART.finditer(text)]
        known.update(names)
        made = PART.sub(lambda found: f"{found[1]}{_part(parts, found[2])}{found[3]}", text)
        if made != text:
            stale.append(page.relative_to(ROOT))
            if "--check" not in arguments:
                page.write_text(made, encoding="utf-8")
    if missing := parts.keys() - known:
        raise Stale(f"no document has a place for: {', '.join(sorted(missing))}")
    for path in stale:
        typer.echo(f"{path}: {'not current; run make docs' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


def all_parts() -> dict[str, Callable[[], str]]:
    """Every generated part by its name."""
    commands = {f"command {name}": help_of(name, command) for name, command in _commands()}
    return {
        **commands,
        "sources": table_of_sources,
        "exit codes": table_of_outcomes,
        "qualities": lambda: _table(("quality", "is"), [(f"`{one}`", QUALITIES[one]) for one in Quality]),
        "tables": lambda: list_of_tables(tables.DERIVED),
        "kept tables": lambda: list_of_tables(tables.KEPT),
        "definitions": lambda: _table(("口径 definition", "计数规则 rule"), [(f"`{d}`", MEANING[d]) for d in MEANING]),
        "notice types": table_of_types,
        "type rules": table_of_rules,
        "key areas": table_of_areas,
        "buckets": lambda: _table(
            ("bucket", "报告中的分项 line of the report"), [(f"`{b}`", BUCKETS[b]) for b in Bucket]
        ),
        "verdicts": lambda: _table(("verdict", "结论 meaning"), [(f"`{one}`", VERDICTS[one]) for one in Verdict]),
    }


def _part(parts: dict[str, Callable[[], str]], name: str) -> str:
    if name not in parts:
        raise Stale(f"nothing is generated under the name {name!r}")
    return parts[name]()


def _commands() -> Iterator[tuple[str, TyperCommand]]:
    group = get_command(application())
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        inner = command.commands.items() if isinstance(command, TyperGroup) else ()
        found = [(f"{name} {under}", one) for under, one in inner] or [(name, command)]
        yield from ((called, one) for called, one in found if isinstance(one, TyperCommand))


def help_of(name: str, command: TyperCommand) -> Callable[[], str]:
    """What `duizhang NAME --help` says, as plain text."""

    def made() -> str:
        command.rich_markup_mode = None
        context = typer.Context(command, info_name=f"duizhang {name}", terminal_width=WIDTH, max_content_width=WIDTH)
        lines = [line.rstrip() for line in command.get_help(context).splitlines()]
        return "```text\n" + "\n".join(lines).strip() + "\n```\n"

    return made


def table_of_sources() -> str:
    """The shipped sources with what is verified of them."""
    rows = []
    for source in load_sources().values():
        names = ", ".join(f"{one.name} `{one.key}`{'' if one.verified else ' (?)'}" for one in source.channels)
        seen = "verified" if source.verified else "**unverified**"
        rows.append((f"`{source.key}`", source.name, f"`{source.dialect}`", names, seen, source.note))
    return _table(("source", "name", "dialect", "channels", "seen answering", "note"), rows)


def table_of_outcomes() -> str:
    """Every outcome of a run with the exit code of `duizhang crawl`, and every fault of the database."""
    rows = [(str(EXIT_CODES[outcome]), f"`{outcome}`", OUTCOMES[outcome]) for outcome in Outcome]
    rows.append((str(BUSY), "`busy`", "同一来源正在被另一进程抓取 another crawl of the same source is running"))
    faults = [one for one in Fault if one is not Fault.OUT_OF_SPACE]
    rows += [(str(one.value), f"`{one.name.lower()}`", WORDS[one]) for one in faults]
    return _table(("退出码 code", "结果 outcome", "意思 meaning"), sorted(rows, key=lambda row: int(row[0])))


def table_of_types() -> str:
    """A composed title for every notice type, and the rule by which the program decides it."""
    return _table(("notice type", "例 example", "栏目 section", "依据 decided by"), [_typed(one) for one in NoticeType])


def _typed(notice_type: NoticeType) -> tuple[str, ...]:
    title, section = EXAMPLES[notice_type]
    category = classify(_notice(title), _portal(section))
    if category.notice_type is not notice_type:
        raise Stale(f"{title!r} in {section} is {category.notice_type} now: find another example of {notice_type}")
    return f"`{notice_type}`", title, section, category.type_rule


def table_of_rules() -> str:
    """Every rule by which a title names its type, in the order in which they decide, with the version of the table."""
    heads = ("次序 order", "notice type", "词 words", "看上下文 context asked")
    return f"规则版本 rules version {RULES_VERSION}\n\n" + _table(heads, rule_table())


def table_of_areas() -> str:
    """A composed title for every key area, and the words by which the program decides it."""
    rows = []
    for area in KeyArea:
        category = classify(_notice(AREAS[area]), _portal("公告"))
        if area not in category.areas:
            raise Stale(f"{AREAS[area]!r} is not {area} now: find another example")
        rows.append((f"`{area}`", AREAS[area], category.area_rule))
    return _table(("重点领域 key area", "例 example", "依据 decided by"), rows)


def _notice(title: str) -> Notice:
    return Notice("example", "c", "http://portal.example/1", title, None)


def _portal(section: str) -> Source:
    channel = Channel("c", section, "http://portal.example/", Bucket.UNDECIDED)
    return Source("example", "example", "http://portal.example/", "jeecms", (channel,))


def list_of_tables(metadata: MetaData) -> str:
    """Every table with its columns, in the words of storage/tables/core.py."""
    said = _comments()
    return "\n".join(_described(table, said) for table in metadata.tables.values())


def _described(table: Table, said: dict[str, str]) -> str:
    rows = []
    for column in table.columns:
        name = f"**{column.name}**" if column.primary_key else column.name
        kind = type(column.type).__name__.lower().replace("utcdatetime", "time").replace("string", "text")
        rows.append(
            (name, kind + (", may be NULL" if column.nullable else ""), said.get(f"{table.name}.{column.name}", ""))
        )
    parts = (f"#### {table.name}", said.get(table.name, ""), _table(("column", "type", "holds"), rows))
    return "\n\n".join(part for part in parts if part)


def _comments() -> dict[str, str]:
    """The comments of storage/tables/core.py by table, and by table and column."""
    found: dict[str, str] = {}
    table, before = "", ""
    for line in Path(tables.__file__).read_text(encoding="utf-8").splitlines():
        if begin := re.match(r"(\w+) = Table\(", line):
            table = begin[1]
            found[table] = before
        elif column := re.match(r'\s+Column\("(\w+)".*?\),?(?:\s+# (.*))?$', line):
            found[f"{table}.{column[1]}"] = column[2] or ""
        comment = re.match(r"# (?!---)(.*)", line)
        before = f"{before} {comment[1]}".strip() if comment else ""
    return found


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
