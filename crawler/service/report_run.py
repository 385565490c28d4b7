"""A run that fetches one report and nothing else; its source file comes on standard input."""

import os
import sys
from pathlib import Path

from crawler.config import Config
from crawler.process import crawl


def main() -> int:
    """The run; arguments are archive, database URL, the report's address and the source's key."""
    archive, database_url, url, key = sys.argv[1:5]
    config = Config(Path(archive), database_url)
    arguments = {"source": key, "declaration": sys.stdin.read(), "report": url}
    return crawl(config, os.environ.get("DUIZHANG_CONTACT", ""), arguments).exit_code


if __name__ == "__main__":
    raise SystemExit(main())
