"""What was changed in a person's files since the program was opened, to be taken back and made again.

A file that was changed from elsewhere since is left as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clepsydra.settings.foreign import content
from clepsydra.settings.home import write_private


class FileMoved(Exception):
    """A file is no longer what the change left behind; nothing was done."""


class FileHistory:
    """The changes of each file, oldest first: its bytes before and after. A file that was not there has none."""

    def __init__(self) -> None:
        self._done: dict[Path, list[tuple[bytes, bytes]]] = {}
        self._undone: dict[Path, list[tuple[bytes, bytes]]] = {}

    @contextmanager
    def changing(self, file: Path) -> Iterator[None]:
        """Remember what is done to a file meanwhile; raises OSError where it cannot be read."""
        before = _bytes(file)
        yield
        after = _bytes(file)
        if after != before:
            self._done.setdefault(file, []).append((before, after))
            self._undone.pop(file, None)

    def can_undo(self, file: Path) -> bool:
        """Whether a change of a file is known."""
        return bool(self._done.get(file))

    def can_redo(self, file: Path) -> bool:
        """Whether one was taken back."""
        return bool(self._undone.get(file))

    def undo(self, file: Path) -> None:
        """Write a file as it was before its latest change; raises `FileMoved`, and OSError when the disk refuses."""
        before, after = self._done[file][-1]
        _write(file, after, before)
        self._undone.setdefault(file, []).append(self._done[file].pop())

    def redo(self, file: Path) -> None:
        """Write what was taken back last; raises as `undo` does."""
        before, after = self._undone[file][-1]
        _write(file, before, after)
        self._done.setdefault(file, []).append(self._undone[file].pop())


def _bytes(file: Path) -> bytes:
    return content(file) if file.exists() else b""


def _write(file: Path, now: bytes, text: bytes) -> None:
    if _bytes(file) != now:
        raise FileMoved(file.name)
    write_private(file, text)
