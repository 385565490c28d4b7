"""`duizhang verify` as HTML, Markdown, JSON and into files; the schemas that docs/json.md promises."""

import json
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from tests.crawler.commands.test_report_draft import DRAFT
from tests.crawler.commands.test_report_draft import archive as drafting_archive
from tests.crawler.commands.test_verify_command import archive as lying_archive
from tests.crawler.commands.test_verify_command import ran, report_id

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"
archive, drafting = lying_archive, drafting_archive
REPORT = """某市住房和城乡建设局2014年政府信息公开工作年度报告
2014年，门户网站公开信息50条，其中：招标公告30条、<img src=x onerror=alert(1)>中标公示5条。增长25%。
"""


def schema(name: str) -> jsonschema.Draft202012Validator:
    validator = jsonschema.Draft202012Validator
    found = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    validator.check_schema(found)
    return validator(found, format_checker=validator.FORMAT_CHECKER)


def test_the_json_of_verify_is_what_its_schema_says(archive, tmp_path):
    """A crawled report and a brought one with sums; a key that the schema does not name would fail."""
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    ran(archive, "verify", str(file), code=1)
    found = json.loads(ran(archive, "verify", "--all", "--format", "json", code=1).stdout)
    schema("verify-1.json").validate(found)
    assert found["total"] == 2
    assert {len(one["archive"]["digest"]) for one in found["rows"]} == {64}


@pytest.mark.parametrize("year", ["2014", "2003"])
def test_the_json_of_draft_is_what_its_schema_says(drafting, year):
    """A year with numbers, and one without any."""
    schema("draft-1.json").validate(json.loads(ran(drafting, *DRAFT[:2], year, "--format", "json").stdout))


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("多报", "覆盖缺口", "把握")), ("en", ("overclaimed", "Holes", "confidence"))]
)
def test_html_shows_verdict_reason_mapping_and_limits(archive, lang, words):
    """In the language asked for; it leads from the table to the claim, and says the report's digest."""
    text = ran(archive, "verify", report_id(archive), "--format", "html", "--lang", lang, code=1).stdout
    page = html.document_fromstring(text)
    assert all(word in page.text_content() for word in words)
    assert {href[1:] for href in page.xpath("//@href")} <= set(page.xpath("//@id"))
    assert page.xpath("//html/@lang") == [{"zh": "zh-CN", "en": "en"}[lang]]
    digest = json.loads(ran(archive, "verify", "--all", "--format", "json", code=1).stdout)["rows"][0]["archive"][
        "digest"
    ]
    assert digest in page.text_content()


def test_one_language_only(archive):
    """The English report of a Chinese archive has Chinese in names and quotes, and no Chinese sentence of ours."""
    text = ran(archive, "verify", report_id(archive), "--format", "html", "--lang", "en", code=1).stdout
    assert "报告称" not in text
    assert "the report states" in text
    text = ran(archive, "verify", report_id(archive), "--format", "html", "--lang", "zh", code=1).stdout
    assert "the report states" not in text


def test_what_a_report_says_is_escaped(archive, tmp_path):
    """A quote with a tag in it shows as text, in HTML and in Markdown."""
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    page = html.document_fromstring(ran(archive, "verify", str(file), "--format", "html", code=1).stdout)
    assert not page.xpath("//img")
    assert "<img src=x" in page.text_content()
    text = ran(archive, "verify", str(file), "--format", "markdown", code=1).stdout
    assert text.count("<") == text.count("\\<") > 0


def test_a_report_goes_into_a_file(archive, tmp_path):
    """--out writes any form; what is there is kept, and replaced by --force."""
    for form in ("html", "markdown", "json", "csv", "table"):
        file = tmp_path / f"out.{form}"
        ran(archive, "verify", "--all", "--format", form, "--out", str(file), code=1)
        assert "招标公告" in file.read_text(encoding="utf-8")
        ran(archive, "verify", "--all", "--format", form, "--out", str(file), code=2)
        ran(archive, "verify", "--all", "--format", form, "--out", str(file), "--force", code=1)


def test_rows_are_no_paper(archive):
    """--rows with html is refused: the paper has the rows in it."""
    ran(archive, "verify", report_id(archive), "--rows", "1", "--format", "html", code=2)
