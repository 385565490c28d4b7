"""What the environment and the command line say, read once and passed on as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, inspect

from pipeline.model import Fault
from storage.archive.faults import DatabaseFault
from storage.derive.schema import is_current, is_whole
from storage.tables.core import postings
from storage.tables.database import SQLITE_NAME, database_url, engine_of

ARCHIVE = "DUIZHANG_ARCHIVE"
DATABASE_URL = "DUIZHANG_DATABASE_URL"
LANGUAGE = "DUIZHANG_LANGUAGE"


class Language(StrEnum):
    """In which language tables are headed."""

    BOTH = "both"
    CHINESE = "zh"
    ENGLISH = "en"


class WrongUse(Exception):
    """The command cannot be carried out as given; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where the archive and its tables are, and how to speak."""

    archive: Path
    database_url: str = ""  # "": the SQLite file in the archive
    language: Language = Language.BOTH


def config_of(environ: Mapping[str, str], archive: Path | None = None) -> Config:
    """The configuration; an archive given on the command line wins over the environment's."""
    language = environ.get(LANGUAGE) or Language.BOTH
    if language not in set(Language):
        raise WrongUse(f"{LANGUAGE} is {language!r}; it can be {', '.join(Language)}")
    folder = archive or Path(environ.get(ARCHIVE) or "archive")
    return Config(folder, environ.get(DATABASE_URL) or "", Language(language))


def reading_engine(config: Config) -> Engine:
    """A read-only engine on the archive's tables. Raises WrongUse, and makes no file, when there are none."""
    if not config.database_url and not (config.archive / SQLITE_NAME).is_file():
        raise WrongUse(
            f"there is no archive at {config.archive}: crawl and derive first, or name it by --archive or {ARCHIVE}"
        )
    engine = engine_of(database_url(config.archive, config.database_url), read_only=True)
    if not inspect(engine).has_table(postings.name):
        raise WrongUse("the archive's database has no tables yet: run `duizhang derive` first")
    if not is_current(engine):
        raise WrongUse("the archive's tables are of another version of this program: run `duizhang derive` first")
    refuse_partial(engine)
    return engine


def refuse_partial(engine: Engine) -> None:
    """Nothing where the derived tables are whole. Raises DatabaseFault while they are being made anew."""
    with engine.connect() as connection:
        if not is_whole(connection):
            raise DatabaseFault(Fault.NOT_WHOLE)
