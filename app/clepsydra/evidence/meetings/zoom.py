"""Zoom: the participants' report, two tables in one file.

Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
"""

from collections.abc import Iterator

from clepsydra.domain.happenings import Happening
from clepsydra.evidence.meetings.attendance import Attendance, Attended, cell_of, presences
from clepsydra.evidence.phone.shape import CallList, ListFile
from clepsydra.exchange.doors.parts.tabular import folded, head_of, rows
from clepsydra.exchange.problems import RowProblem

SOURCE = "zoom"

_TOPICS = frozenset({"topic", "sujet", "rubrique", "thema", "argomento", "tema"})
_IDS = ("meeting id", "webinar id", "id", "réunion id")
_JOINED = ("join time", "heure d’arrivée", "heure d'arrivée", "heure de connexion", "beitrittszeit")
_LEFT = ("leave time", "heure de départ", "heure de sortie", "heure de déconnexion", "verlassen", "austritt")
_MAIL = ("user email", "email", "e-mail", "adresse e-mail", "courriel", "benutzer-e-mail")


def _sniff(file: ListFile) -> int:
    head = set(head_of(file.head))
    counts = any(each.startswith(("participants", "teilnehmer", "partecipanti")) for each in head)
    return 90 if head & _TOPICS and counts and any(each.startswith(_IDS) for each in head) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    tables: list[tuple[list[str], list[list[str]]]] = []
    for record in rows(file.text or ""):
        if isinstance(record, RowProblem):
            continue
        heads = [folded(cell) for cell in record[1]]
        if any(head in _TOPICS or head.startswith(_JOINED) for head in heads):
            tables.append((heads, []))
        elif tables:
            tables[-1][1].append(record[1])
    if len(tables) < 2 or not tables[0][1]:
        return
    (heads, meetings), (columns, people) = tables[:2]
    meeting = meetings[0]
    stays = tuple(
        Attended(cell_of(row, columns, "name", "nom"), cell_of(row, columns, *_MAIL),
             cell_of(row, columns, *_JOINED), cell_of(row, columns, *_LEFT))
        for row in people
    )  # fmt: skip
    ident = cell_of(meeting, heads, *_IDS).replace(" ", "")
    title, host = cell_of(meeting, heads, *sorted(_TOPICS)), cell_of(meeting, heads, *_MAIL, "host email", "host")
    yield from presences(file, Attendance(SOURCE, title, ident, host, stays))


REPORT = CallList(SOURCE, _sniff, _read)
