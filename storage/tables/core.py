"""The tables. KEPT ones may not be dropped; DERIVED ones are written by derive alone and can be rebuilt from WARC.

Times are UTC, dates are days in the source's zone. Identifiers are text and the same after every rebuild:
a capture's is its WARC record's, a posting's and a document's come from what they are.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables import alerts as tables_alerts
from storage.tables import chains as tables_chains
from storage.tables import documents as tables_documents
from storage.tables import events as tables_ledger
from storage.tables import facts as tables_facts
from storage.tables import likeness as tables_near
from storage.tables import mappings as tables_mappings
from storage.tables import registered as tables_registered
from storage.tables import reviews as tables_reviews
from storage.tables.metadata import DERIVED, KEPT, UtcDateTime
from storage.tables.registered import registered

# Whoever has the tables of this module has all: the others belong to the same two sets.
__all__ = [
    "DERIVED",
    "KEPT",
    "UtcDateTime",
    "registered",
    "tables_alerts",
    "tables_chains",
    "tables_documents",
    "tables_facts",
    "tables_ledger",
    "tables_mappings",
    "tables_near",
    "tables_registered",
    "tables_reviews",
]

# --- derived: what the archive holds ---------------------------------------------------------------------------------

# How far each WARC file has been read. Written in the same transaction as what was derived from it.
cursors = Table(
    "cursors",
    DERIVED,
    Column("warc", String, primary_key=True),  # file name without ".open"
    Column("position", Integer, nullable=False),  # bytes of it that are derived
)

# One row from when a derive has reached the end of the archive; none while all is being made anew from its beginning.
whole = Table("whole", DERIVED, Column("is_whole", Boolean, primary_key=True))

# Which declaration and which version of the readers a source's rows were made with.
readers = Table(
    "readers",
    DERIVED,
    Column("source", String, primary_key=True),
    Column("digest", String, nullable=False),
)

runs = Table(
    "runs",
    DERIVED,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("started", UtcDateTime, nullable=False),
    Column("ended", UtcDateTime),  # NULL: still running, or killed
    Column("scope", String, nullable=False),  # "full", "since 2026-10-24", "channel zbgg"
    Column("outcome", String),  # model.Outcome
    Column("reason", Text),
    Column("channels", JSON),  # by channel key: model.ChannelEnd
    Column("numbers", JSON),  # captures, bytes, visits by kind
    Column("source_file", Text),  # the TOML as it was
)

captures = Table(
    "captures",
    DERIVED,
    Column("id", String, primary_key=True),
    Column("run", String, nullable=False),
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("kind", String, nullable=False),  # model.Kind
    Column("url", Text, nullable=False),
    Column("key", Text, nullable=False),  # urls.key_of(url): one per page however it is linked
    Column("notice_key", Text, nullable=False),  # key of the notice that it belongs to; "" for listings
    Column("part", Integer, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("status", Integer, nullable=False),
    Column("quality", String, nullable=False),  # model.Quality
    Column("failure", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("warc", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("page", Integer, nullable=False, default=0),  # of a listing; 0 for other kinds
    Column("origin", Text, nullable=False, default=""),  # "": we fetched it; else the web archive or file
    Column("etag", Text, nullable=False, default=""),  # of good notice pages: what a revisit asks with
    Column("modified", Text, nullable=False, default=""),  # Last-Modified, as written
    Column("document", Boolean, nullable=False, default=False),  # a report that is a file and no page
    Index("captures_of_a_page", "source", "key"),
    Index("captures_of_a_notice", "source", "notice_key"),
    Index("captures_of_a_run", "run"),
)

listings = Table(
    "listings",
    DERIVED,
    Column("capture", String, primary_key=True),
    Column("run", String, nullable=False),
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("page", Integer, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("stated_total", Integer),
    Column("stated_pages", Integer),
    Index("listings_of_a_channel", "source", "channel", "fetched_at"),
)

# What the listings say: one row per channel and page linked, whether or not it was ever opened.
leads = Table(
    "leads",
    DERIVED,
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Text, nullable=False),  # as written
    Column("published_on", Date),  # as read, in the source's zone
    Column("label", Text, nullable=False),
    Column("listed", Boolean, nullable=False),  # False: only known as the reason of a visit
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("source", "channel", "key"),
    Index("leads_of_a_page", "source", "key"),
)

# Pages that a good capture asks for (body pages, frames, attachments, redirect targets): the rest of a notice.
wanted = Table(
    "wanted",
    DERIVED,
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("notice_key", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("part", Integer, nullable=False),
    Column("form", JSON),  # what is posted, as pairs
    Column("json", Text, nullable=False),  # what is posted, as JSON text
    Column("hops", Integer, nullable=False),
    PrimaryKeyConstraint("source", "channel", "notice_key", "key"),
)

# Where a notice's address was redirected to: two addresses of one posting.
moves = Table(
    "moves",
    DERIVED,
    Column("source", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("to_key", Text, nullable=False),
    Column("seen", UtcDateTime, nullable=False),  # when it last sent on to there
    PrimaryKeyConstraint("source", "key", "to_key"),
    Index("moves_by_target", "source", "to_key"),
)

# --- derived: what the pages say -------------------------------------------------------------------------------------

postings = Table(
    "postings",
    DERIVED,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("earlier", String, nullable=False, default=""),  # its id when paths in another case were one; "": the same
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", UtcDateTime),
    Column("published_precision", String, nullable=False),
    Column("published_on", Date),  # day in the source's zone
    Column("year", Integer),  # the year it counts in (count.year_counted); NULL: no date anywhere
    Column("month", Integer),
    Column("issuer", Text, nullable=False),
    Column("index_number", Text, nullable=False),
    Column("index_valid", Boolean),
    Column("document_number", Text, nullable=False),
    Column("void", Boolean, nullable=False),
    Column("region", String, nullable=False),
    Column("notice_type", String, nullable=False),
    Column("type_rule", Text, nullable=False),
    Column("areas", Text, nullable=False),  # key areas in order, comma-separated; "" for none
    Column("area", String, nullable=False),  # the first of them: an axis to count by
    Column("area_rule", Text, nullable=False),
    Column("bucket", String, nullable=False),
    Column("bucket_rule", Text, nullable=False),
    Column("lot", String, nullable=False),
    Column("round", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("thin", Boolean, nullable=False, default=False),  # its page only points to its files
    Column("text_from", String, nullable=False, default=""),  # the file's capture that the text is of; "": the page's
    Column("fingerprint", String, nullable=False),
    Column("document", String, nullable=False),
    Column("capture", String, nullable=False),  # the capture that these values were read from
    Column("revisions", Integer, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),  # its first and its newest good capture
    Column("last_seen", UtcDateTime, nullable=False),
    Index("postings_of_a_notice", "source", "key"),
    Index("postings_of_a_document", "document"),
    Index("postings_newest", "published"),
    Index("postings_counted", "source", "year", "bucket", "channel"),
    Index("postings_arrived", "source", "year", "first_seen"),
)
# The few among a million that wait for a file to be read (documents.py).
for _few in (postings.c.thin, captures.c.document):
    Index(
        f"{_few.table.name}_{_few.name}", _few.table.c.id, sqlite_where=_few.is_(True), postgresql_where=_few.is_(True)
    )
# The few among a million that a count could leave out or place elsewhere (counts/slices.py).
Index(
    "postings_void",
    postings.c.source,
    sqlite_where=postings.c.void.is_(True),
    postgresql_where=postings.c.void.is_(True),
)
_SEVERAL = postings.c.areas != postings.c.area
Index("postings_of_areas", postings.c.source, sqlite_where=_SEVERAL, postgresql_where=_SEVERAL)

revisions = Table(
    "revisions",
    DERIVED,
    Column("posting", String, nullable=False),
    Column("number", Integer, nullable=False),  # 1 = as first captured
    Column("capture", String, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("title", Text, nullable=False),
    PrimaryKeyConstraint("posting", "number"),
)

# What became of a posting; one that never was anything but present has no row. The last row is how it stands.
states = Table(
    "states",
    DERIVED,
    Column("posting", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("state", String, nullable=False),  # model.State
    Column("since", UtcDateTime, nullable=False),  # when it was first found so
    Column("decided", UtcDateTime, nullable=False),  # when the evidence sufficed
    Column("capture", String, nullable=False),  # the capture that shows it; "": the run's listing does
    Column("run", String, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("posting", "number"),
)

attachments = Table(
    "attachments",
    DERIVED,
    Column("posting", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("url", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    PrimaryKeyConstraint("posting", "number"),
)

documents = Table(
    "documents",
    DERIVED,
    Column("id", String, primary_key=True),  # from its representative's fingerprint
    Column("source", String, nullable=False),
    Column("posting", String, nullable=False),  # its representative: earliest published, then URL
    Column("postings", Integer, nullable=False),
)

problems = Table(
    "problems",
    DERIVED,
    Column("capture", String, nullable=False),
    Column("step", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("url", Text, nullable=False),
    PrimaryKeyConstraint("capture", "step", "reason"),
)

# A cube: every slice adds up. A posting, page or document is in exactly one cell of its definition.
counts = Table(
    "counts",
    DERIVED,
    Column("definition", String, nullable=False),
    Column("source", String, nullable=False),
    Column("year", Integer, nullable=False),  # 0: no date
    Column("month", Integer, nullable=False),
    Column("bucket", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("notice_type", String, nullable=False),
    Column("area", String, nullable=False),
    Column("region", String, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("definition", "source", "year", "month", "bucket", "channel", "notice_type", "area", "region"),
)

# --- derived: what was observed and what was not ----------------------------------------------------------------------

# One row for a channel as a whole (year 0) and one for each year that its rows or postings fall in.
coverage = Table(
    "coverage",
    DERIVED,
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("stated_total", Integer),  # of the last whole walk; year 0 only: no portal states a total per year
    Column("stated_pages", Integer),
    Column("walked", Integer),  # distinct pages linked in that walk; year 0 only
    Column("seen", Integer, nullable=False),  # distinct pages that its lists have ever linked
    Column("held", Integer, nullable=False),  # postings
    Column("drift", Integer),  # by how much a walk may fall short of the stated total
    Column("first_observed", UtcDateTime),  # its first and last listing page that could be read
    Column("last_observed", UtcDateTime),
    Column("verdict", String, nullable=False),  # model.Certainty
    PrimaryKeyConstraint("source", "channel", "year"),
)

holes = Table(
    "holes",
    DERIVED,
    Column("source", String, nullable=False),
    Column("channel", String, nullable=False),  # "": of the source as a whole
    Column("year", Integer, nullable=False),  # 0: of any year
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),  # model.HoleKind
    Column("reason", Text, nullable=False),
    Column("since", UtcDateTime),  # the time in which nothing was observed
    Column("until", UtcDateTime),
    Column("missing_at_most", Integer),  # NULL: nobody knows; 0: it hides nothing by itself
    Column("closed", Boolean, nullable=False),  # a later walk of the whole list has closed it
    PrimaryKeyConstraint("source", "channel", "year", "number"),
)

# --- derived: what reports claim --------------------------------------------------------------------------------------

reports = Table(
    "reports",
    DERIVED,
    Column("id", String, primary_key=True),  # the capture that it was read from
    Column("source", String, nullable=False),  # the portal whose counts it is set against
    Column("name", Text, nullable=False),  # file name, address or posting
    Column("year", Integer),
    Column("issuer", Text, nullable=False),
    Column("sums", JSON, nullable=False),  # model.ClaimSum
    Column("checks", JSON, nullable=False),  # model.Check
    Column("archived_at", UtcDateTime, nullable=False),
    Column("posting", String, nullable=False, default=""),  # the crawled posting that it is; "": a person brought it
    Index("reports_of_a_posting", "posting"),
)

claims = Table(
    "claims",
    DERIVED,
    Column("report", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("channel", String, nullable=False),
    Column("category", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("unit", String),
    Column("approximate", Boolean, nullable=False),
    Column("lower_bound", Boolean, nullable=False),
    Column("year", String, nullable=False),
    Column("parent", Integer),
    Column("kind", String, nullable=False),
    Column("section", Text, nullable=False),
    Column("article", String, nullable=False),
    Column("lead", Text, nullable=False),
    PrimaryKeyConstraint("report", "number"),
)

findings = Table(
    "findings",
    DERIVED,
    Column("report", String, nullable=False),
    Column("claim", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # several definitions, and the sums
    Column("definition", String),
    Column("verdict", String, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("count", Integer),  # under this definition and reading alone
    Column("void", Boolean, nullable=False),
    Column("reading", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("observed", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("report", "claim", "number"),
)

# --- kept: nothing about notices -------------------------------------------------------------------------------------

job_runs = Table(
    "job_runs",
    KEPT,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("job", String, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("started", UtcDateTime, nullable=False),
    Column("ended", UtcDateTime),
    Column("exit_code", Integer),
    Column("said", Text),  # the last lines that the child printed
    UniqueConstraint("job", "due"),  # what is due once runs once
)

# One row: which shape the derived tables of this database have.
derived_shape = Table("derived_shape", KEPT, Column("digest", String, primary_key=True))

recounts = Table(
    "recounts",
    KEPT,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("differences", JSON, nullable=False),
    Column("seconds", Numeric(12, 3, asdecimal=False), nullable=False),
)
