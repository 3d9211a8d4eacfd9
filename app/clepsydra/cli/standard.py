"""The standard streams of this process: full, closed or hung up, they cost one line and nothing else."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType

from clepsydra.domain.annotations import TextIO, cast


class OutputRefused(Exception):
    """Standard output takes nothing more; `errno` says why."""

    def __init__(self, errno: int | None) -> None:
        self.errno = errno
        super().__init__(errno)


class Ended(BaseException):
    """The process was told to end, or its terminal is gone: what is open is closed in order on the way out."""

    def __init__(self, number: int) -> None:
        self.code = 128 + number
        super().__init__(number)


def end_in_order() -> None:
    """Let SIGTERM and a lost terminal unwind what is under way instead of cutting it off; `nohup` stays one.

    Raises `Ended` where the signal arrives.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise Ended(number)

    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputRefused(error.errno) from error


class _Out:
    """Standard output, whose refusals are told from those of the log's disk."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with _told():
            return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        with _told():
            self._stream.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class _Err:
    """Standard error: where it takes nothing there is nobody to tell."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            return self._stream.write(text)
        return 0

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def streams() -> tuple[TextIO, TextIO, TextIO]:
    """Input, output and error of this process, open in any case: no file may ever get their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free; writing to it is refused
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a character shows its code instead of ending the program.
            stream.reconfigure(errors="backslashreplace")
    return sys.stdin, cast(TextIO, _Out(sys.stdout)), cast(TextIO, _Err(sys.stderr))


def settle() -> None:
    """What could not be written must not be tried again at the exit, which would end with a code of Python's own."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), number)
