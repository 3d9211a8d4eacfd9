"""The log as a calendar (iCalendar, RFC 5545): an event for each session, in UTC, with the session's id as its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from clepsydra.domain.civil import utc
from clepsydra.exchange.exits.shape import About, Exit, LogRow
from clepsydra.exchange.text import plain

_WIDTH = 75
"""Bytes of a line, its end not counted (RFC 5545, 3.1)."""


def write(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """One calendar; lines are folded at 75 bytes."""
    count = 0
    _put(stream, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clepsydra//log//EN", "CALSCALE:GREGORIAN"))
    for row in rows:
        _put(stream, _event(row, about.now))
        count += 1
    _put(stream, ("END:VCALENDAR",))
    return count


def _event(row: LogRow, now: int) -> Iterator[str]:
    session = row.session
    title = row.client_name + (f" · {row.project_name}" if row.has_project else "")
    yield "BEGIN:VEVENT"
    yield f"UID:{session.id}@clepsydra"
    yield f"DTSTAMP:{_stamp(utc(now))}"
    yield f"DTSTART:{_stamp(utc(session.started_at))}"
    yield f"DTEND:{_stamp(utc(session.ended_at or session.started_at))}"
    yield f"SUMMARY:{_escaped(f'{title}: {session.note}' if session.note else title)}"
    yield f"CATEGORIES:{_escaped(session.channel.value)}"
    yield "END:VEVENT"


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    text = plain(text, newlines=True)
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _put(stream: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(_folded(line.encode()) + b"\r\n")


def _folded(line: bytes) -> bytes:
    """The line cut so that no character is: a byte of the middle of one begins with the bits 10."""
    pieces = []
    while len(line) > _WIDTH:
        at = _WIDTH
        while line[at] & 0xC0 == 0x80:
            at -= 1
        pieces.append(line[:at])
        line = b" " + line[at:]
    return b"\r\n".join([*pieces, line])


EXIT = Exit("ics", ".ics", write, "iCalendar")
