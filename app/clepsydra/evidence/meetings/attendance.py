"""What the lists of attendance of Teams and Zoom have in common: who the person is in them, and their dates.

A presence is the person's own, from joining to leaving, each stay by itself: not the span of the meeting. The person is
whoever has one of their own addresses; where the settings name none, whoever held the meeting.
"""

from collections.abc import Iterator, Sequence

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.domain.records import dataclass
from clepsydra.evidence.phone.moments import moment, order_of
from clepsydra.evidence.phone.shape import LONGEST_CALL, ListFile
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
    order = order_of(cell for stay in meeting.stays for cell in (stay.joined, stay.left))
    for stay in mine:
        begin, end = moment(file, stay.joined, order), moment(file, stay.left, order)
        if begin is None or end is None or not 0 < end[0] - begin[0] <= LONGEST_CALL or not file.wants(begin[0]):
            continue
        yield Happening(
            meeting.source, HappeningKind.MEETING, begin[0], end[0], tuple(others), Way.UNKNOWN, ring=RING,
            grain=1 if begin[1] and end[1] else 60, key=f"{meeting.ident} {begin[0]}", label=meeting.title,
            app=meeting.source,
        )  # fmt: skip


def cell_of(cells: Sequence[str], heads: Sequence[str], *names: str) -> str:
    """The cell under the first heading that begins with one of the names."""
    for name in names:
        for index, head in enumerate(heads):
            if head.startswith(name) and index < len(cells):
                return cells[index].strip()
    return ""
