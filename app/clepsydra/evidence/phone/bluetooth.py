"""Bluetooth phone book access: the call list of a phone as vCards.

    TEL;CELL:0612345678
    X-IRMC-CALL-DATETIME;RECEIVED:20261126T124107        or ;TYPE=RECEIVED:

The time is the phone's own, without a zone; how long a call took is not in it. RECEIVED was answered, MISSED was not,
DIALED does not say: such an entry only names a call that somebody else tells.
"""

import quopri
import re
from collections.abc import Iterator

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.phone_numbers import party, region
from clepsydra.evidence.phone.shape import CallList, ListFile

SOURCE = "bluetooth"

RING = 40
"""Seconds that an entry may lie before the talk."""

_WHEN = re.compile(
    r"^(?:\w+\.)?X-IRMC-CALL-DATETIME;[^:]*?\b(RECEIVED|DIALED)\b[^:]*:\s*(\S+)", re.IGNORECASE | re.ASCII
)
_NUMBER = re.compile(r"^(?:\w+\.)?TEL\b[^:]*:(.*)", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"^(?:\w+\.)?(?:FN|N)\b([^:]*):(.*)", re.IGNORECASE | re.ASCII)
_KINDS = {"RECEIVED": (Way.IN, True), "DIALED": (Way.OUT, None)}


def _sniff(file: ListFile) -> int:
    return 90 if b"X-IRMC-CALL-DATETIME" in file.data.upper() and b"BEGIN:VCARD" in file.head.upper() else 0


def _read(file: ListFile) -> Iterator[Happening]:
    for card in re.split(r"(?i)BEGIN:VCARD", file.text or "")[1:]:
        yield from _call(file, re.sub(r"\r?\n[ \t]|=\r?\n", "", card).splitlines())


def _call(file: ListFile, lines: list[str]) -> Iterator[Happening]:
    when = next((found for line in lines if (found := _WHEN.match(line))), None)
    said = next((found[1] for line in lines if (found := _NUMBER.match(line))), "")
    name = next((_plain(found[1], found[2]) for line in lines if (found := _NAME.match(line))), "")
    begin = file.instant(when[2]) if when else None
    if when is None or begin is None or not file.wants(begin):
        return
    side = party(said, region(file.settings))
    way, answered = _KINDS[when[1].upper()]
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, None, side, way, answered, RING,
        key=f"{side[0] if side else ''} {begin}", label=" ".join(re.split(r"[;,\s]+", name)).strip(),
    )  # fmt: skip


def _plain(how: str, text: str) -> str:
    """A name, which vCards of version 2.1 write in quoted-printable."""
    if "QUOTED-PRINTABLE" not in how.upper():
        return text
    return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")


CARDS = CallList(SOURCE, _sniff, _read)
