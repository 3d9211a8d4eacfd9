"""WhatsApp: a chat exported as text, from an iPhone or from Android.

    [26/11/2026, 16:05:04] Luc Brel: ‎Voice call, 12 min
    26/11/2026, 16:05 - Luc Brel: <text>

Only answered calls are told, in whole minutes; the order of day and month follows the phone's language, so it is
decided over the whole file. The chat is named after the one person whose calls are in it.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.happenings import MINUTE_GRAIN, Happening, HappeningKind, Way
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile
from clepsydra.exchange.doors.parts.dates import ordinal, parts_of
from clepsydra.exchange.doors.parts.walls import Wall, clock_of

SOURCE = "whatsapp"

_LINE = re.compile(
    r"^[\u200e\u200f]?\[?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),? "
    r"(\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?)(?:\]| -) ([^:]{1,100}): (.*)$"
)
_CALL = re.compile(
    r"^[\u200e\u200f\s]*(?:voice call|video call|appel vocal|appel vidéo|sprachanruf|videoanruf|llamada|videollamada)"
    r"[^\d]{1,20}(?:(\d{1,2})\s*(?:h|hr|hrs|std)\.?\s*)?(?:(\d{1,3})\s*min)?(?:[^\d]*(\d{1,2})\s*(?:s|sec|sek))?",
    re.IGNORECASE,
)
"""What follows a call's name: hours, minutes, seconds. A call nobody answered has none of them."""


def _sniff(file: ListFile) -> int:
    lines = file.head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[:20]
    return 70 if sum(bool(_LINE.match(line)) for line in lines) >= max(1, len(lines) // 4) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    lines = [found for line in (file.text or "").splitlines() if (found := _LINE.match(line))]
    order = _order([line[1] for line in lines])
    for line in lines:
        call = _CALL.match(line[4])
        seconds = _seconds(call) if call else 0
        begin, exact = _begin(file, line[1], line[2], order)
        if begin is not None and 0 < seconds <= LONGEST_CALL:
            yield Happening(
                SOURCE, HappeningKind.CALL, begin, begin + seconds, (f"whatsapp:{line[3]}",), Way.UNKNOWN,
                grain=MINUTE_GRAIN if not exact or not call or call[3] is None else 1,
                key=f"{line[3]} {begin}", label=line[3], app=SOURCE,
            )  # fmt: skip


def _seconds(call: re.Match[str]) -> int:
    return int(call[1] or 0) * 3600 + int(call[2] or 0) * 60 + int(call[3] or 0)


def _order(days: list[str]) -> str:
    """Month first where a second number says so, day first else: as every language but one writes it."""
    parts = [found for each in set(days) if (found := parts_of(each.replace(".", "/").replace("-", "/")))]
    return "mdy" if any(second > 12 for _, second, _ in parts) and all(first <= 12 for first, _, _ in parts) else "dmy"


def _begin(file: ListFile, day: str, clock: str, order: str) -> tuple[int | None, bool]:
    """The instant, and whether its seconds were written."""
    found, time = ordinal(day.replace(".", "/").replace("-", "/"), order), clock_of(clock)
    if found is None or time is None:
        return None, False
    return file.at(Wall(found, *time)), time[1]


EXPORT = CallList(SOURCE, _sniff, _read)
