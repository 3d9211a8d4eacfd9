"""Bluetooth phone book access: the call list of a phone as vCards.

    TEL;CELL:0612345678
    X-IRMC-CALL-DATETIME;RECEIVED:20261126T124107        or ;TYPE=RECEIVED:

The time is the phone's own, without a zone; how long a call took is not in it. RECEIVED was answered, MISSED was not,
DIALED does not say: such an entry only names a call that somebody else tells.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.numbers import party, region
from clepsydra.evidence.phone.shape import CallList, ListFile

SOURCE = "bluetooth"

RING = 40
"""Seconds that an entry may lie before the talk."""

_WHEN = re.compile(r"^X-IRMC-CALL-DATETIME;(?:TYPE=)?(RECEIVED|DIALED)[^:]*:\s*(\S+)", re.IGNORECASE)
_NUMBER = re.compile(r"^TEL[^:]*:(.*)", re.IGNORECASE)
_NAME = re.compile(r"^FN[^:]*:(.*)|^N[;:]([^:]*:)?(.*)", re.IGNORECASE)
_KINDS = {"RECEIVED": (Way.IN, True), "DIALED": (Way.OUT, None)}


def _sniff(file: ListFile) -> int:
    return 90 if b"X-IRMC-CALL-DATETIME" in file.data.upper() and b"BEGIN:VCARD" in file.head.upper() else 0


def _read(file: ListFile) -> Iterator[Happening]:
    for card in re.split(r"(?i)BEGIN:VCARD", file.text or "")[1:]:
        yield from _call(file, re.sub(r"\r?\n[ \t]", "", card).splitlines())


def _call(file: ListFile, lines: list[str]) -> Iterator[Happening]:
    when = next((found for line in lines if (found := _WHEN.match(line))), None)
    said = next((found[1] for line in lines if (found := _NUMBER.match(line))), "")
    name = next((found[1] or found[3] or "" for line in lines if (found := _NAME.match(line))), "")
    begin = file.instant(when[2]) if when else None
    if when is None or begin is None or not file.wants(begin):
        return
    side = party(said, region(file.settings))
    way, answered = _KINDS[when[1].upper()]
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, None, side, way, answered, RING,
        key=f"{side[0] if side else ''} {begin}", label=" ".join(re.split(r"[;,\s]+", name)).strip(),
    )  # fmt: skip


CARDS = CallList(SOURCE, _sniff, _read)
