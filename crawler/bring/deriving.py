"""The tables brought up to date with the archive, by commands that then read or have just written something."""

from datetime import UTC, datetime

from crawler.bring.open_archive import Books
from crawler.run.announcing import Announcer
from crawler.run.files import DocumentReader
from storage.derive.run import Derived, Readers, derive


def brought_up_to_date(here: Books, now: datetime | None = None) -> Derived:
    """What a derive did, files included; what it found is known from `now` on, the present when it is not given."""
    announce = Announcer(here.config.language)
    with DocumentReader() as files:
        done = derive(here.engine, here.archive, announce, Readers(files=files), now or datetime.now(UTC))
    announce.end(done)
    return done
