"""Which layout of a source a capture was made under."""

from datetime import datetime

from pipeline.model import Layout, Source

GENERIC = Layout()


def layout_of(source: Source, channel: str, fetched_at: datetime) -> Layout:
    """The first layout in the file's order that names the channel (or none) and had not ended on the capture's day."""
    day = fetched_at.astimezone(source.zone).date()
    return next(
        (
            layout
            for layout in source.layouts
            if (not layout.channels or channel in layout.channels) and (layout.until is None or day < layout.until)
        ),
        GENERIC,
    )
