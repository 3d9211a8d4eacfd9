"""Kimai: its JSON (`/api/timesheets?full=true`), which is exact, and the CSV of its exports, whose headings are in the
language of the person, with minutes and no end date. Its catch-all project `General` and activity `Work` say nothing.
"""

from collections.abc import Iterator
from typing import Any

from clepsydra.domain.records import replace
from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.objects import at, load, objects, text, texts
from clepsydra.exchange.doors.parts.objects import number as amount
from clepsydra.exchange.doors.parts.sheet import Row, SheetLayout
from clepsydra.exchange.doors.parts.tabular import head_of
from clepsydra.exchange.doors.parts.walls import stamp_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_FILLERS = ("general", "allgemein", "général", "default", "standard")
_NO_ACTIVITY = ("work", "arbeit", "travail")


def _plain(found: Found, row: Row | None = None) -> Found:
    project = "" if found.project.casefold() in _FILLERS else found.project
    return replace(found, project=project, task="" if found.task.casefold() in _NO_ACTIVITY else found.task)


_SHEET = SheetLayout(
    names={
        "date": ("date", "datum", "fecha", "data"),
        "begin": ("from", "begin", "von", "beginn", "de", "début", "inicio", "da", "van"),
        "end": ("to", "end", "bis", "ende", "à", "fin", "a", "tot"),
        "duration": ("duration", "dauer", "durée", "duración", "durata", "duur"),
        "client": ("customer", "kunde", "client", "cliente", "klant"),
        "project": ("project", "projekt", "projet", "proyecto", "progetto"),
        "task": ("activity", "tätigkeit", "activité", "actividad", "attività", "activiteit"),
        "note": ("description", "beschreibung", "descripción", "descrizione", "omschrijving"),
        "tags": ("tags", "schlagworte", "étiquettes", "mots-clés", "etiquetas", "labels"),
        "person": (
            "user",
            "benutzer",
            "utilisateur",
            "usuario",
            "utente",
            "gebruiker",
            "username",
            "benutzername",
            "nom d'utilisateur",
            "nom d’utilisateur",
        ),
        "email": ("email", "e-mail"),
        "billable": ("billable", "abrechenbar", "facturable", "fatturabile"),
        "billed": ("exported", "exportiert", "exporté", "exportado"),
        "amount": ("total price", "gesamtpreis", "prix total"),
        "currency": ("currency", "währung", "devise"),
    },
    required=("date", "begin", "duration", "client"),
    adjust=_plain,
)


def _sniff(name: str, head: bytes) -> int:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        known = all(mark in head for mark in (b'"activity"', b'"project"', b'"begin"', b'"end"'))
        return (95 if b'"customer"' in head else 70) if known else 0
    found = set(head_of(head))
    named = sum(any(alias in found for alias in _SHEET.names[name]) for name in ("begin", "end", "duration", "date"))
    rare = ("task", "client", "project")
    return 85 if named == 4 and all(any(alias in found for alias in _SHEET.names[each]) for each in rare) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of either form."""
    if source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        yield from sheet.read(_SHEET, source, answers)
        return
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
        return
    for number, entry in enumerate(objects(held), 1):
        if not isinstance(at(entry, "project"), dict):  # numbers alone say nothing of whose the work is
            yield RowProblem(number, RowReason.NOT_THIS_FORM, "", "/api/timesheets", "/api/timesheets?full=true")
            return
        yield _entry(number, entry)


def _entry(number: int, entry: dict[str, Any]) -> Item:
    begin, end = stamp_of(text(entry, "begin")), text(entry, "end")
    if not isinstance(begin, int):
        return RowProblem(number, RowReason.INSTANT, "begin", text(entry, "begin"))
    if not end:
        return LeftOut(number, ProblemCause.RUNNING, text(entry, "description"))
    ended_at = stamp_of(end)
    if not isinstance(ended_at, int):
        return RowProblem(number, RowReason.INSTANT, "end", end)
    pause = amount(entry, "break") or 0  # has no place of its own: the work is taken to have ended earlier by as much
    if ended_at < begin or not 0 <= pause <= ended_at - begin:
        return RowProblem(number, RowReason.ENDS_BEFORE, "end", end, text(entry, "begin"))
    billable, exported = at(entry, "billable"), at(entry, "exported")
    return _plain(
        Found(
            number, begin, ended_at - int(pause),
            key=text(entry, "id"),
            client=text(entry, "project", "customer", "name"),
            project=text(entry, "project", "name"),
            task=text(entry, "activity", "name"),
            tags=texts(at(entry, "tags")),
            note=text(entry, "description"),
            person=text(entry, "user", "username"),
            billable=billable if isinstance(billable, bool) else None,
            billed_as="yes" if exported is True else "",
        )
    )  # fmt: skip


DOOR = Door("kimai", DoorKind.SESSIONS, _sniff, read, (Ask.DATES, Ask.ZONE, Ask.FOLD, Ask.ME), "Kimai")
