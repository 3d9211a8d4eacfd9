"""What others write, behind one guard: bytes with a bound, never from a device or a pipe, and nothing raised.

A reader of calendars, themes, repositories or other files of foreign make runs inside `guarded`: whatever its libraries
raise, down to the memory or the depth that ends, is a value for the caller to say in one line with its place.
"""

import os
import stat
from collections.abc import Callable
from enum import StrEnum

from clepsydra.domain.annotations import TYPE_CHECKING, Any, TypeAlias, TypeVar
from clepsydra.language.message import Message, message

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

StrPath: TypeAlias = str | os.PathLike[str]
"""The name of a file, or its path."""

LARGEST_TOML = 256 * 1024
"""Bytes of a settings, client or theme file; what people write by hand is far below."""

_WORD = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DEEP = rf"(?:^|[\[{{,])[ \t]*(?:{_WORD}[ \t]*\.[ \t]*){{16}}"
"""A key of so many parts: the standard parser takes the square of their number for each."""


class UnusableCause(StrEnum):
    """Why a file is not read."""

    REFUSED = "refused"
    NOT_PLAIN = "not_plain"
    TOO_LARGE = "too_large"


class Unusable(OSError):
    """A file that cannot be read: why, and in `detail` what the system says or how many bytes are allowed."""

    def __init__(self, why: UnusableCause, detail: str = "") -> None:
        super().__init__(detail or why)
        self.why = why
        self.detail = detail

    def __str__(self) -> str:
        return str(self.said_of(str(self.filename or "")))

    def said_of(self, file: str) -> Message:
        """The line to show, with the file's name."""
        if self.why is UnusableCause.NOT_PLAIN:
            return message("{file}: this is no plain file", file=file)
        if self.why is UnusableCause.TOO_LARGE:
            return message("{file}: the file is larger than {size} bytes", file=file, size=self.detail)
        return message("{file}: {why}", file=file, why=self.detail)


def refusal(error: OSError) -> Unusable:
    """What the system refused, as a file that cannot be used."""
    return (
        error
        if isinstance(error, Unusable)
        else Unusable(UnusableCause.REFUSED, error.strerror or type(error).__name__)
    )


def content(file: StrPath, most: int = LARGEST_TOML) -> bytes:
    """The bytes of a plain file. Raises `Unusable`, with the file's name, where it is none, is larger than `most` bytes
    or refuses.

    It is opened without waiting: a named pipe without a writer would keep the program for ever.
    """
    try:
        return _content(file, most)
    except Unusable as error:
        error.filename = str(file)
        raise


def _content(file: StrPath, most: int) -> bytes:
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        raise refusal(error) from error
    except ValueError as error:  # a NUL in the name
        raise Unusable(UnusableCause.NOT_PLAIN) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Unusable(UnusableCause.NOT_PLAIN)
        return _bytes(handle, most)
    except OSError as error:
        raise refusal(error) from error
    finally:
        os.close(handle)


def _bytes(handle: int, most: int) -> bytes:
    """All that is there; a file that grows while it is read, or says nothing of its size, is bounded too."""
    parts, left = [], most + 1
    while left > 0 and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise Unusable(UnusableCause.TOO_LARGE, str(most))
    return b"".join(parts)


def tables(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The tables of a TOML text. Raises `ValueError` for what is none, or is nested deeper than people write."""
    import re  # a command whose settings are as they were last seen reads none
    import tomllib

    if re.search(_DEEP, text, re.MULTILINE):
        raise ValueError("keys of too many parts")

    try:
        return tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise ValueError("nested too deep") from None


def expanded(path: str) -> "Path":
    """A path with `~` at its start as the person's folder; as it stands where there is no such person."""
    from pathlib import Path

    return Path(os.path.expanduser(path))


def guarded(read: Callable[[], T]) -> T | Exception:
    """What a reader gives, or what it raised; only a person who interrupts and the end of the program pass."""
    try:
        return read()
    except Exception as error:
        return error
