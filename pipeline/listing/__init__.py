"""What a list page says, and walking it: `rows_in` a page, `rows_of_json` an answer, `Walk` from page to page."""

from pipeline.listing.json_rows import rows_of_json
from pipeline.listing.rows import rows_in
from pipeline.listing.walk import Walk

__all__ = ["Walk", "rows_in", "rows_of_json"]
