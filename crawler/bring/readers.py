"""Captures read by several processes: a rebuild of a large archive uses every core."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor

from pipeline.model import Capture, Source
from pipeline.reading import Reading, read_capture
from storage.archive import Archive
from storage.derive.run import Batches, Read, Records, captures_of, read_here

CHUNK = 32  # captures handed over at once: 1 MB of 31 KB pages
WORTH_IT = 20_000_000  # bytes of WARC files below which starting processes takes longer than reading
AHEAD = 2  # batches read while an earlier one is being stored


def readers_for(archive: Archive) -> Read:
    """How captures of the archive are best read: by this process alone, or by one for each core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    size = sum(path.stat().st_size for path in archive.folder.glob("*.warc.gz*"))
    return read_in_processes(cores) if cores > 1 and size > WORTH_IT else read_here


def read_in_processes(workers: int) -> Read:
    """A reader that shares the captures of each batch among processes and gives the readings back in order."""

    def read(batches: Iterator[Records], sources: Mapping[str, Source]) -> Batches:
        # A forked process would inherit locks that threads of this one hold.
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
            waiting: deque[tuple[Records, list[Future[list[Reading]]]]] = deque()
            for batch in batches:
                waiting.append((batch, _shared(pool, captures_of(batch, sources), sources)))
                if len(waiting) > AHEAD:
                    yield _gathered(*waiting.popleft())
            while waiting:
                yield _gathered(*waiting.popleft())

    return read


def _shared(
    pool: ProcessPoolExecutor, captures: list[Capture], sources: Mapping[str, Source]
) -> list[Future[list[Reading]]]:
    needed = {key: sources[key] for key in {capture.visit.source for capture in captures}}
    chunks = [captures[start : start + CHUNK] for start in range(0, len(captures), CHUNK)]
    return [pool.submit(_read_chunk, chunk, needed) for chunk in chunks]


def _read_chunk(captures: list[Capture], sources: dict[str, Source]) -> list[Reading]:
    return [read_capture(capture, sources[capture.visit.source]) for capture in captures]


def _gathered(batch: Records, parts: list[Future[list[Reading]]]) -> tuple[Records, list[Reading]]:
    return batch, [reading for part in parts for reading in part.result()]
