"""Source files found: those shipped with the program by key, a user's own by path."""

from importlib.resources import files
from pathlib import Path

from pipeline.model import Source
from pipeline.source.file import SourceError, source_of

SHIPPED = files("crawler") / "sources"


def shipped_keys() -> list[str]:
    """The keys of the shipped sources, sorted."""
    return sorted(entry.name.removesuffix(".toml") for entry in SHIPPED.iterdir() if entry.name.endswith(".toml"))


def load_source(name: str) -> Source:
    """The source of that key, or declared in the file at that path. Raises SourceError that says what to do."""
    if name.endswith(".toml"):
        path = Path(name)
        try:
            return source_of(path.stem, path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise SourceError(f"{name}: 无法读取文件 / the file cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise SourceError(f"{name}: 请以 UTF-8 保存 / save the file as UTF-8") from None
    if name not in shipped_keys():
        raise SourceError(
            f"{name}: 没有这个来源 / no such source; 应为 / use one of: {', '.join(shipped_keys())}, "
            "or the path of a file that ends in .toml"
        )
    return source_of(name, (SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def load_sources() -> dict[str, Source]:
    """Every shipped source by key."""
    return {key: load_source(key) for key in shipped_keys()}
