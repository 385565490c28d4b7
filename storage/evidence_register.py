"""The rows of the office's own lists behind a claim, and the captures behind them."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, CompoundSelect, Select, and_, false, literal, or_, select, union_all

from pipeline.claim_slices import Slice
from pipeline.evidence import is_register
from pipeline.media import Medium
from pipeline.model import Definition
from pipeline.register_count import Publication, counted, in_slice
from storage.evidence_check import REGISTER
from storage.evidence_rows import Lines
from storage.tables_registered import registered, registered_postings, registered_scans
from storage.wacz import Sink
