"""Files read by a child process with limits: what a portal hangs on a page may crash, hang or fill a parser."""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from pipeline.model import Unreadable
from pipeline.page.file_kind import DocumentText

MEMORY = 2_000_000_000  # bytes of address space; a PDF of 500 pages took 0.4 GB
SECONDS = 60.0  # for one file, by the clock
PROCESSOR_SECONDS = 60  # the same by the processor, should nobody be waiting any more
FILES = 200  # files after which the child is replaced: parsers leak


@dataclass(slots=True)
class DocumentReader:
    """Reads files one by one in a child that is started with the first and replaced when it dies or grows old."""

    seconds: float = SECONDS
    memory: int = MEMORY
    _child: SpawnProcess | None = field(default=None, init=False)
    _line: "Connection | None" = field(default=None, init=False)
    _read: int = field(default=0, init=False)

    def __enter__(self) -> "DocumentReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, body: bytes) -> DocumentText:
        """The text of a file. Raises Unreadable, also for a file that its parser does not survive."""
        line = self._started()
        self._read += 1
        try:
            line.send_bytes(body)
            if not line.poll(self.seconds):
                raise Unreadable(f"the file could not be read within {self.seconds:g} s")
            answer = line.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.close()
            raise Unreadable("the file crashed its reader, or needs more memory or time than a file may take") from None
        except Unreadable:
            self.close()
            raise
        if self._read >= FILES:
            self.close()
        if isinstance(answer, DocumentText):
            return answer
        raise Unreadable(str(answer))

    def close(self) -> None:
        """Ends the child; the next file starts another."""
        if self._line is not None:
            self._line.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child, self._line, self._read = None, None, 0

    def _started(self) -> "Connection":
        if self._line is not None and self._child is not None and self._child.is_alive():
            return self._line
        self.close()
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        child = spawn.Process(target=_serve, args=(there, self.memory), daemon=True)
        child.start()
        there.close()
        self._child, self._line = child, here
        return here


def _serve(line: "Connection", memory: int) -> None:
    """The child: files in, texts or reasons out, until nobody asks any more."""
    if sys.platform != "darwin":  # macOS refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from pipeline.page.file_text import document_text  # the parsers of PDF, Word and Excel: for the child alone

    while True:
        try:
            body = line.recv_bytes()
        except (EOFError, OSError):
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + PROCESSOR_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        line.send(_answer(body, document_text))


def _answer(body: bytes, read: Callable[[bytes], DocumentText]) -> DocumentText | str:
    try:
        return read(body)
    except Unreadable as problem:
        return str(problem)
    except (MemoryError, RecursionError) as error:
        return f"the file is too large or too deep to be read ({type(error).__name__})"
