"""WhatsApp: a chat exported as text, from an iPhone or from Android.

    [26/11/2026, 16:05:04] Luc Brel: ‎Voice call, 12 min
    26/11/2026, 16:05 - Luc Brel: <text>

Only answered calls are told, in whole minutes. Dates and clocks follow the phone's language: the order of day and month
is decided over the whole file, whose lines stand in the order of time. A line names who called, and that may be the
person: so a call in a chat of two is with either name, and the contacts tell whose it is.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.happenings import MINUTE_GRAIN, Happening, HappeningKind, Way
from clepsydra.evidence.phone.moments import moment, order_of
from clepsydra.evidence.phone.shape import HEAD, LONGEST_CALL, CallList, ListFile

SOURCE = "whatsapp"

_MARKS = re.compile("[\u200e\u200f\u202a\u202c]")
_LINE = re.compile(
    r"^\[?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: à|,)? "
    r"\d{1,2}(?:[:.]| h )\d\d(?:[:.]\d\d)?(?:[ \u202f\u00a0]?[AaPp]\.?\u00a0?[Mm]\.?)?)(?:\]| -) "
    r"([^:]{1,100}?) ?: (.*)$"
)
_CALL = re.compile(
    r"^\s*(?:silenced )?(?:voice call|video call|appel vocal|appel vidéo|sprachanruf|videoanruf|llamada(?: de voz)?|"
    r"videollamada|chiamata vocale|videochiamata|chamada de (?:voz|vídeo)|spraakoproep|videogesprek)"
    r"[^\d]{1,20}(?:(\d{1,2})\s*(?:h|hr|hrs|hour|hours|std|ora|ore|uur|u)\b\.?\s*)?(?:(\d{1,3})\s*min[a-z]*)?\.?"
    r"(?:[^\d]*(\d{1,2})\s*(?:s|sec|sek|seg|seconds|secondes)\b)?",
    re.IGNORECASE,
)
"""What follows a call's name: hours, minutes, seconds. A call nobody answered has none of them."""

_CHAT = re.compile(
    r"whatsapp.*?(?: - | with | avec | mit | con | com | met )(.{1,100}?)(?: \(\d+\))?(?:\.txt)?$", re.IGNORECASE
)
"""What programs call the file of a chat."""

_TWO = 2


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Date with time, who, and what; a line that goes on with the one before it is none."""
    for line in text.splitlines():
        found = _LINE.match(_MARKS.sub("", line).lstrip("\ufeff"))
        if found:
            yield found[1], found[2].strip(), found[3]


def _sniff(file: ListFile) -> int:
    lines = (file.text or "")[:HEAD].splitlines()[:20]
    known = sum(1 for _ in _lines("\n".join(lines)))
    return 70 if known >= max(1, len(lines) // 4) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    lines = list(_lines(file.text or ""))
    order = order_of(when for when, _, _ in lines)
    names = dict.fromkeys(who for _, who, _ in lines)
    chat = _CHAT.search(file.name)
    for when, who, what in lines:
        call = _CALL.match(what)
        seconds = _seconds(call) if call else 0
        told = moment(file, when, order) if seconds else None
        if call is None or told is None or not 0 < seconds <= LONGEST_CALL:
            continue
        others = [chat[1]] if chat else [who, *names] if len(names) <= _TWO else [who]
        yield Happening(
            SOURCE, HappeningKind.CALL, told[0], told[0] + seconds,
            tuple(f"whatsapp:{name}" for name in dict.fromkeys(others)), Way.UNKNOWN,
            grain=1 if told[1] and call[3] else MINUTE_GRAIN, key=f"{who} {told[0]}", label=others[0], app=SOURCE,
            doubtful=order.guessed,
        )  # fmt: skip


def _seconds(call: re.Match[str]) -> int:
    return int(call[1] or 0) * 3600 + int(call[2] or 0) * 60 + int(call[3] or 0)


EXPORT = CallList(SOURCE, _sniff, _read)
