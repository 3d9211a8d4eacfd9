"""Teams: the attendance report, numbered sections of one file in the language of whoever fetched it.

    1. Summary      2. Participants      3. In-Meeting Activities

The third tells every stay; first join to last leave, as the second has it, would count what lies between. Sections are
known by their numbers, columns by their order, for their names are translated.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.happenings import Happening
from clepsydra.evidence.meetings.attendance import Attendance, Attended, presences
from clepsydra.evidence.phone.shape import CallList, ListFile

SOURCE = "teams"

_SECTION = re.compile(r"([1-3])\. \S.*")
_ORGANIZERS = ("organi", "hôte", "host", "besprechungsorganisator")


def _sniff(file: ListFile) -> int:
    lines = [line.strip() for line in (file.text or "")[:4096].splitlines() if line.strip()]
    return 90 if lines and _SECTION.fullmatch(lines[0]) and "\t" in "".join(lines[1:3]) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    sections: dict[str, list[list[str]]] = {}
    number = ""
    for line in (file.text or "").splitlines():
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        found = _SECTION.fullmatch(line.strip())
        if found:
            number = found[1]
        elif any(cells):
            sections.setdefault(number, []).append(cells)
    summary, people, stays = sections.get("1", []), sections.get("2", [])[1:], sections.get("3", [])[1:]
    title = summary[0][1] if summary and len(summary[0]) > 1 else ""
    host = next((row[4] for row in people if len(row) > 6 and row[-1].casefold().startswith(_ORGANIZERS)), "")
    told = tuple(Attended(row[0], row[4], row[1], row[2]) for row in (stays or people) if len(row) > 4)
    began = summary[2][1] if len(summary) > 2 and len(summary[2]) > 1 else ""
    yield from presences(file, Attendance(SOURCE, title, f"{title} {began}", host, told))


REPORT = CallList(SOURCE, _sniff, _read)
