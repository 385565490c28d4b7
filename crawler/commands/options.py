"""Options that several commands share, and the opened archive that the reading ones start from."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection, Engine

from crawler.config import ARCHIVE, Config, WrongUse, config_of, reading_engine
from crawler.show.sheets import Format, Speech
from pipeline.model import Bucket, KeyArea, NoticeType
from storage.queries.postings import Filters

NONE = "none"

ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help=f"档案文件夹 archive folder (default ./archive, or {ARCHIVE})")
]
FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 output format")]
SourceOption = Annotated[str | None, typer.Option("--source", help="来源 source key")]
ChannelOption = Annotated[str | None, typer.Option("--channel", help="栏目 channel key")]
BucketOption = Annotated[Bucket | None, typer.Option("--bucket", help="报告口径分类 line of the report")]
TypeOption = Annotated[NoticeType | None, typer.Option("--type", help="信息类型 notice type")]
AreaOption = Annotated[str | None, typer.Option("--area", help=f"重点领域 key area, or {NONE!r}")]
RegionOption = Annotated[str | None, typer.Option("--region", help=f"行政区划代码 six-digit region code, or {NONE!r}")]
YearOption = Annotated[int | None, typer.Option("--year", min=0, max=9999, help="年份 year; 0 = 无日期 undated")]
MonthOption = Annotated[int | None, typer.Option("--month", min=0, max=12, help="月份 month; 0 = 无日期 undated")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="最多行数 rows shown at most")]


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive opened for reading, and how to show what is read."""

    config: Config
    engine: Engine
    connection: Connection
    speech: Speech


@contextmanager
def opened(archive: Path | None, form: Format) -> Iterator[Opened]:
    """The archive of the option or the environment, read-only. Raises WrongUse when there is none."""
    config = config_of(os.environ, archive)
    engine = reading_engine(config)
    try:
        with engine.connect() as connection:
            yield Opened(config, engine, connection, Speech(sys.stdout, form, config.language))
    finally:
        engine.dispose()


def given_or_none(value: str | None) -> str | None:
    """What a filter looks for: the empty value for "none". Raises WrongUse for what no stored text can hold."""
    if value is not None and not value.isprintable():
        raise WrongUse(f"{value!r} is not a key")
    return "" if value == NONE else value


def area_of(value: str | None) -> str | None:
    """The key area to filter by. Raises WrongUse for one that is not."""
    if value not in {None, NONE, *KeyArea}:
        raise WrongUse(f"{value!r} is not a key area: {', '.join(KeyArea)} or {NONE}")
    return given_or_none(value)


def filters_of(
    source: str | None,
    channel: str | None,
    bucket: Bucket | None,
    notice_type: NoticeType | None,
    area: str | None,
    region: str | None,
    year: int | None,
    month: int | None,
) -> Filters:
    """The filters that the options give."""
    return Filters(
        given_or_none(source),
        given_or_none(channel),
        bucket,
        notice_type,
        area_of(area),
        given_or_none(region),
        year,
        month,
    )
