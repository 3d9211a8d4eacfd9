"""The lists of calls and chats that a person drops into the folders they named.

A file is recognised by what is in it. Each is read whole, within a bound, and closed; nothing is written beside it,
moved or marked. What no format knows is named, with its headings where it is a table, so that a mapping can be written.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from clepsydra.domain.happenings import Happening
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import replace
from clepsydra.evidence.phone.shape import CallList, ListFile
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.exchange.doors.parts.tabular import head_of
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import Unusable, content, guarded, refusal
from clepsydra.settings.model import Settings

LARGEST = 64 * 1024 * 1024
"""Bytes beyond which a list is not read."""

MOST_FILES = 500
"""Files of a folder beyond which none is read."""

_IN_BACKUP = "5a4935c78a5255723f707230a451d79c540d2741"
"""What an unencrypted backup of an iPhone calls its list of calls."""

_BESIDE = ("-wal", "-shm", "-journal")
"""Endings of what belongs to a database beside it."""


NAMES = (
    "android",
    "iphone",
    "asterisk",
    "3cx",
    "fritz",
    "bluetooth",
    "operator",
    "telegram",
    "whatsapp",
    "zoom",
    "teams",
)
"""What the formats are called, as who tells of a call."""

ALIASES = {"fritzbox": "fritz", "freepbx": "asterisk", "adb": "android"}


def formats() -> Iterator[CallList]:
    """Every format, loaded one after the other."""
    from clepsydra.evidence.chat import telegram, whatsapp
    from clepsydra.evidence.meetings import teams, zoom
    from clepsydra.evidence.phone import android, asterisk, bluetooth, fritzbox, iphone, table, threecx

    yield from (table.TABLE, android.BACKUP, android.PRINTED, iphone.DATABASE, asterisk.MASTER, asterisk.EXPORT)
    yield from (threecx.LOG, fritzbox.LIST, bluetooth.CARDS, telegram.EXPORT, whatsapp.EXPORT)
    yield from (zoom.REPORT, teams.REPORT)


class CallLists:
    """The drop folders, as a source."""

    name = "lists"
    instants = False

    def reads(self, settings: Settings) -> tuple[Path | str, ...]:
        """The folders and files of the settings."""
        return settings.phone.lists

    def look(self, settings: Settings, span: Interval) -> HappeningsFound:
        """What the lists tell of a stretch of time."""
        happenings: list[Happening] = []
        problems: list[Message] = []
        for path in settings.phone.lists:
            for file in _files(path, problems):
                found = read(file, settings, span)
                if isinstance(found, Message):
                    problems.append(found)
                else:
                    happenings += [one for one in found if span.started_at <= one.began < span.ended_at]
        return HappeningsFound(tuple(happenings), tuple(problems))


def read(file: Path, settings: Settings, span: Interval | None = None) -> list[Happening] | Message:
    """What one list tells, of a stretch of time where only that is wanted; or why it cannot be read."""
    opened = guarded(lambda: opened_list(file, settings, span))
    if isinstance(opened, Exception):
        why = refusal(opened) if isinstance(opened, OSError) else None
        return why.said_of(file.name) if why else message("{file}: this cannot be read", file=file.name)
    return told_by(opened)


def told_by(file: ListFile) -> list[Happening] | Message:
    """What a list in memory tells, or why it cannot be read."""
    known = recognised(file)
    if known is None:
        return _unknown(file)
    found = guarded(lambda: [_in_doubt(each, file) for each in known.read(file)])
    return message("{file}: this cannot be read", file=file.name) if isinstance(found, Exception) else found


def _in_doubt(each: Happening, file: ListFile) -> Happening:
    """What a list without time zones says of the hour that the clocks show twice may have been in either."""
    if each.source not in _ON_THE_WALL:
        return each
    zone = file.settings.time_zone
    first, second = (datetime.fromtimestamp(each.began, zone).replace(fold=fold).utcoffset() for fold in (0, 1))
    return each if first == second else replace(each, doubtful=True)


_ON_THE_WALL = frozenset({"asterisk", "3cx", "fritz", "bluetooth", "operator", "whatsapp", "zoom", "teams"})
"""Sources whose times are those of a clock on a wall."""


def opened_list(file: Path, settings: Settings, span: Interval | None = None) -> ListFile:
    """A list in memory, with what a database holds back beside it. Raises `Unusable`."""
    beside = file.with_name(file.name + "-wal")
    tail = content(beside, LARGEST) if beside.is_file() else b""
    return ListFile(file.name, content(file, LARGEST), settings, tail, span)


def recognised(file: ListFile) -> CallList | None:
    """The format that is surest of a file; None where none knows it."""
    sure = [(_sniffed(each, file), each) for each in formats()]
    best = max((points for points, _ in sure), default=0)
    return next((each for points, each in sure if points == best and best > 0), None)


def _sniffed(each: CallList, file: ListFile) -> int:
    found = guarded(lambda: each.sniff(file))
    return 0 if isinstance(found, Exception) else found


def _unknown(file: ListFile) -> Message:
    headings = guarded(lambda: head_of(file.head))
    if isinstance(headings, tuple) and len(headings) > 2:
        shown = ", ".join(headings)[:200]
        return message("{file}: no format knows this table; write a [[phone.tables]] for it. Its headings: {headings}",
                       file=file.name, headings=shown)  # fmt: skip
    return message("{file}: this is no list of calls that is known", file=file.name)


def _files(path: Path, problems: list[Message]) -> Iterator[Path]:
    """A file, or the files of a folder by name; hidden ones and what belongs to a database are passed over. Of a whole
    backup of an iPhone its list of calls alone."""
    backup = path / _IN_BACKUP[:2] / _IN_BACKUP
    if backup.is_file():
        yield backup
        return
    try:
        found = sorted(path.iterdir())[:MOST_FILES] if path.is_dir() else [path]
    except OSError as error:
        problems.append(refusal(error).said_of(path.name))
        return
    for each in found:
        if len(found) == 1 or (each.is_file() and not each.name.startswith(".") and not each.name.endswith(_BESIDE)):
            yield each


__all__ = [
    "ALIASES", "NAMES", "CallLists", "ListFile", "Unusable", "formats", "opened_list", "read", "recognised", "told_by",
]  # fmt: skip
