"""What the lists of attendance of Teams and Zoom have in common: who the person is in them, and their dates.

A presence is the person's own, from joining to leaving, each stay by itself: not the span of the meeting. The person is
whoever has one of their own addresses; where the settings name none, whoever held the meeting.
"""

from collections.abc import Iterable, Iterator, Sequence

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.domain.records import dataclass
from clepsydra.evidence.phone.shape import LONGEST_CALL, ListFile
from clepsydra.exchange.doors.parts.dates import ordinal, parts_of
from clepsydra.exchange.doors.parts.walls import Wall, clock_of, stamp_of
from clepsydra.settings.model import Settings

RING = 60
"""Seconds that somebody may be in the meeting before they hear or say something."""


@dataclass(frozen=True, slots=True)
class Attended:
    """One row: who was in the meeting from when to when, as written."""

    name: str
    mail: str
    joined: str
    left: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """One meeting: its title and id, the address of who held it, and every stay."""

    source: str
    title: str
    ident: str
    host: str
    stays: tuple[Attended, ...]


def own_addresses(settings: Settings) -> frozenset[str]:
    """The person's own mail addresses, in small letters."""
    return frozenset(each.casefold() for each in (*settings.mail.me, settings.seller.email) if each)


def presences(file: ListFile, meeting: Attendance) -> Iterator[Happening]:
    """The person's own stays, each with the others' addresses."""
    own = own_addresses(file.settings)
    mine = [stay for stay in meeting.stays if stay.mail.casefold() in own]
    mine = mine or [stay for stay in meeting.stays if stay.mail and stay.mail.casefold() == meeting.host.casefold()]
    me = {stay.mail.casefold() for stay in mine}
    others = sorted({stay.mail.casefold() for stay in meeting.stays if stay.mail} - me)
    order = _order(cell for stay in meeting.stays for cell in (stay.joined, stay.left))
    for stay in mine:
        begin, end = _instant(file, stay.joined, order), _instant(file, stay.left, order)
        if begin is None or end is None or not 0 < end[0] - begin[0] <= LONGEST_CALL or not file.wants(begin[0]):
            continue
        yield Happening(
            meeting.source, HappeningKind.MEETING, begin[0], end[0], tuple(others), Way.UNKNOWN, ring=RING,
            grain=1 if begin[1] and end[1] else 60, key=f"{meeting.ident} {begin[0]}", label=meeting.title,
            app=meeting.source,
        )  # fmt: skip


def _parts(cell: str) -> tuple[str, str]:
    """Day and time of `11/23/26, 9:02:11 AM`, `23/11/2026 à 09:02:11` and their like."""
    day, _, clock = cell.strip().replace("\u202f", " ").partition(" ")
    return day.strip(" ,").replace(".", "/"), clock.removeprefix("à ").removeprefix("at ").strip()


def _order(cells: Iterable[str]) -> str:
    """Which of day and month is first: what a number above 12 says, else month first where the clock has AM and PM."""
    texts = list(cells)
    days = [found for cell in texts if (found := parts_of(_parts(cell)[0]))]
    if any(second > 12 for _, second, _ in days):
        return "mdy"
    if any(first > 12 for first, _, _ in days):
        return "dmy"
    return "mdy" if any("m" in _parts(cell)[1].casefold() for cell in texts) else "dmy"


def _instant(file: ListFile, cell: str, order: str) -> tuple[int, bool] | None:
    """The instant of a cell, and whether its seconds were written."""
    stamp = stamp_of(cell)
    if isinstance(stamp, int):
        return stamp, True
    if stamp is None:
        day, clock = _parts(cell)
        found, time = ordinal(day, order), clock_of(clock)
        if found is None or time is None:
            return None
        stamp = Wall(found, *time)
    at = file.at(stamp)
    return None if at is None else (at, stamp.exact)


def cell_of(cells: Sequence[str], heads: Sequence[str], *names: str) -> str:
    """The cell under the first heading that begins with one of the names."""
    for name in names:
        for place, head in enumerate(heads):
            if head.startswith(name) and place < len(cells):
                return cells[place].strip()
    return ""
