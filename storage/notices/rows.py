"""What notices say and what was decided about them, as columns of the postings table."""

from typing import Any

from pipeline.count.definitions import day_counted
from pipeline.model import Category, Notice, Source


def said_row(notice: Notice, source: Source) -> dict[str, Any]:
    """The columns that a notice fills; days are those of the source's zone."""
    day = day_counted(notice.published, source.zone)
    return {
        "url": notice.url,
        "title": notice.title,
        "published": notice.published,
        "published_precision": notice.published_precision,
        "published_on": day,
        "year": day.year if day else None,
        "month": day.month if day else None,
        "issuer": notice.issuer,
        "index_number": notice.index_number,
        "index_valid": notice.index_valid,
        "document_number": notice.document_number,
        "void": notice.void,
        "region": notice.region,
        "text": notice.text,
    }


def decided_row(category: Category) -> dict[str, Any]:
    """The columns that its category fills."""
    return {
        "notice_type": category.notice_type.value,
        "type_rule": category.type_rule,
        "areas": ",".join(area.value for area in category.areas),
        "area": category.areas[0].value if category.areas else "",
        "area_rule": category.area_rule,
        "bucket": category.bucket.value,
        "bucket_rule": category.bucket_rule,
        "lot": category.lot,
        "round": category.round,
    }
