"""A file, a folder or an archive as a `DoorSource`, with a bound on everything: the only part of doors that reads."""

import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from clepsydra.exchange.doors.shape import LARGEST, DoorSource
from clepsydra.settings.foreign import Unusable, UnusableCause, content

_MOST_MEMBERS = 2000

_INNER = ("data", "frames")
"""What counts of a program's own folder: Timewarrior's data, Watson's frames."""


def opened(path: Path) -> DoorSource:
    """What stands at a path. Raises `Unusable` where it is no plain file or folder, is too large, or refuses."""
    if path.is_dir():
        inner = next((path / name for name in _INNER if (path / name).exists()), None)
        if inner is not None:
            return opened(inner)
        members = dict(_files(path))
        return DoorSource(path.name, b"\n".join(members.values())[: 1 << 16], members)
    return of_bytes(path.name, content(path, LARGEST))


def of_bytes(name: str, data: bytes) -> DoorSource:
    """A source of bytes that were read already; the members of a zip archive are listed beside them.

    Raises `Unusable` where an archive is too large once unpacked.
    """
    if not data.startswith(b"PK\x03\x04"):
        return DoorSource(name, data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return DoorSource(name, data, dict(_members(archive)))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError, OSError) as error:
        if isinstance(error, Unusable):
            raise
        return DoorSource(name, data)
    except Exception as error:  # zlib and other packers raise errors of their own
        if type(error).__module__ in ("zlib", "lzma", "_lzma", "struct"):
            return DoorSource(name, data)
        raise


def _members(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    left = LARGEST
    for info in archive.infolist()[:_MOST_MEMBERS]:
        if info.is_dir():
            continue
        with archive.open(info) as member:
            # What an archive says of its sizes is not believed.
            data = member.read(left + 1)
        left -= len(data)
        if left < 0:
            raise Unusable(UnusableCause.TOO_LARGE, str(LARGEST))
        yield info.filename, data


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    left = LARGEST
    for path in sorted(folder.iterdir())[:_MOST_MEMBERS]:
        if path.is_file() and not path.name.startswith("."):
            data = content(path, left)
            left -= len(data)
            yield path.name, data
