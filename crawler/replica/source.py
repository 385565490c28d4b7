"""The source file that a portal on loopback is crawled with."""

import json
from collections.abc import Iterable

from crawler.replica.render import SITE
from crawler.replica.world import COLUMNS


def source_toml(base_url: str) -> str:
    """The replica's source file: no selectors, its markup is the family's usual one."""
    channels = ((c.key, c.name, f"{c.path}index.jhtml", c.bucket.value) for c in COLUMNS)
    return toml_of(SITE, base_url, "jeecms", channels)


def toml_of(name: str, base_url: str, dialect: str, channels: Iterable[tuple[str, str, str, str]]) -> str:
    """A source file for a portal on loopback; channels are key, name, path and bucket."""
    lines = [
        f"name = {_quoted(name)}",
        f"home = {_quoted(f'{base_url}/')}",
        f"dialect = {_quoted(dialect)}",
        'timezone = "Asia/Shanghai"',
        "",
        "[manners]",
        "delay_seconds = 0",
        "allow_private_addresses = true",
        'contact = "replica@localhost"',
    ]
    for channel in channels:
        lines += ["", "[[channels]]"]
        lines += [
            f"{field} = {_quoted(value)}"
            for field, value in zip(("key", "name", "path", "bucket"), channel, strict=True)
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # JSON's escapes of a string are TOML's, as long as other letters are written as they are.
    return json.dumps(text, ensure_ascii=False)
