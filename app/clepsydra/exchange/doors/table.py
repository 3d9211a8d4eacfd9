"""Any other table of work: columns by their usual headings, by a preset, or as the person maps them.

The presets are those of programs whose columns are known from their help pages alone. An amount of tenths of an hour
(Clio) is marked as such; rows of expenses are no time.
"""

from collections.abc import Iterator
from typing import Any

from clepsydra.domain.records import replace
from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.names import chain
from clepsydra.exchange.doors.parts.objects import load, number, objects, text
from clepsydra.exchange.doors.parts.sheet import Names, Row, SheetLayout
from clepsydra.exchange.doors.parts.tabular import folded, head_of
from clepsydra.exchange.doors.parts.walls import Wall, Walls, stamp_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

NAMES: Names = {
    "date": ("date", "datum", "day", "tag", "jour", "fecha", "data", "start date", "date de début", "startdatum",
             "fecha de inicio", "data di inizio"),
    "begin": ("begin", "start", "start time", "from", "von", "beginn", "début", "de", "heure de début", "startzeit",
              "hora de inicio", "inicio", "ora di inizio", "starttijd", "started at", "startdate", "start date time",
              "start date", "date de début"),
    "end": ("end", "stop", "end time", "to", "bis", "ende", "fin", "à", "heure de fin", "endzeit", "ended at",
            "hora final", "hora de fin", "ora di fine", "eindtijd", "enddate", "finish", "end date", "date de fin"),
    "end_date": ("end date", "stop date", "date de fin", "enddatum", "fecha final", "fecha de fin", "data di fine"),
    "duration": ("duration", "duration (h)", "dauer", "dauer (h)", "durée", "durée (h)", "duración", "duración (h)",
                 "durata", "durata (h)", "duur", "time spent", "time"),
    "hours": ("hours", "stunden", "heures", "horas", "ore", "quantity", "qty", "duration (decimal)",
              "dauer (dezimal)", "durée (décimale)", "durée (décimal)"),
    "minutes": ("minutes", "minuten", "minutos", "duration (minutes)", "duration (min)"),
    "seconds": ("seconds", "sekunden", "secondes", "duration (seconds)", "duration (s)"),
    "pause": ("pause", "break", "pausen"),
    "client": ("client", "customer", "kunde", "matter", "company", "account", "mandant", "dossier",
               "cliente", "klant"),
    "project": ("project", "projekt", "projet", "proyecto", "progetto"),
    "task": ("task", "service", "activity", "category", "aufgabe", "tâche", "tätigkeit", "activité", "utbms activity"),
    "note": ("note", "notes", "description", "was", "beschreibung", "text", "title", "comment", "quoi", "objet",
             "libellé", "tätigkeitsbeschreibung", "what", "descripción", "descrizione", "omschrijving"),
    "tags": ("tags", "labels", "étiquettes", "schlagworte", "etiquetas", "etichette"),
    "person": ("user", "person", "team member", "member", "mitarbeiter", "employee", "utilisateur",
               "benutzer", "usuario", "utente", "gebruiker"),
    "email": ("email", "e-mail", "user email"),
    "billable": ("billable", "billable?", "abrechenbar", "facturable", "fatturabile"),
    "billed": ("billed", "invoiced", "bill state", "bill status", "facturé", "abgerechnet", "status"),
    "invoice": ("invoice", "invoice number", "invoice id", "bill number", "facture", "rechnung"),
    "amount": ("billable amount", "amount", "montant", "betrag"),
    "currency": ("currency", "devise", "währung"),
    "created": ("created", "created at", "date of creation"),
    "key": ("id", "uuid", "entry id"),
    "type": ("type",),
}  # fmt: skip

FIELDS = tuple(NAMES)
"""The fields a column can be mapped to."""


_SUMS = ("total", "totals", "sum", "subtotal", "summe", "gesamt", "somme", "sous-total", "totaux")
"""What the first cell of a row of sums says."""


def _skip(row: Row) -> ProblemCause | None:
    if row("date").casefold().rstrip(" :") in _SUMS:
        return ProblemCause.NOT_TIME
    kind = row("type").casefold()
    if "expense" in kind:
        return ProblemCause.NOT_TIME
    return ProblemCause.ABSENCE if kind in ("break", "pause") else None


def _adjust(found: Found, row: Row) -> Found:
    """Clio's quantities are tenths; TimeCamp's and others' lone project names the client."""
    if row("hours").lower().endswith("h") and found.day is not None:
        found = replace(found, precision=Precision.TENTH)
    if not found.client and "▸" in found.project:
        client, *project = chain(found.project, "▸") or [""]
        return replace(found, client=client, project=" / ".join(project))
    if not found.client and found.project:
        return replace(found, client=found.project, project=found.task, task="")
    return found


def _sheet(answers: Answers) -> SheetLayout:
    """The usual headings, each field that the person mapped having theirs alone."""
    mapped = {name: (folded(heading),) for name, heading in answers.columns.items() if name in NAMES}
    taken = {heading for (heading,) in mapped.values()}
    free = {name: tuple(h for h in aliases if h not in taken) for name, aliases in NAMES.items()}
    return SheetLayout(names={**free, **mapped}, required=(), skip=_skip, adjust=_adjust)


def _sniff(name: str, head: bytes) -> int:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return 40 if b'"startDate"' in head and b'"endDate"' in head else 0
    found = set(head_of(head))
    has = {field: any(alias in found for alias in aliases) for field, aliases in NAMES.items()}
    counted = any(has[each] for each in ("hours", "duration", "minutes", "seconds"))
    timed = has["date"] and (counted or (has["begin"] and has["end"]))
    whose = has["client"] or has["project"] or has["note"]
    return 40 if whose and (timed or (has["begin"] and (has["end"] or has["duration"]))) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of a table, or of a list of objects in JSON."""
    if source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        yield from _objects(source, answers)
        return
    found = _sheet(answers)
    head = head_of(source.head)
    if not any(alias in head for name in ("date", "begin") for alias in found.names[name]):
        yield RowProblem(1, RowReason.NO_COLUMN, "date", "", ",".join(head))
        return
    yield from sheet.read(found, source, answers)


def _objects(source: DoorSource, answers: Answers) -> Iterator[Item]:
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
        return
    walls = Walls(answers.zone, answers.fold)
    for index, entry in enumerate(objects(held), 1):
        yield _object(index, entry, walls)


def _object(place: int, entry: dict[str, Any], walls: Walls) -> Item:
    """An entry of Timing's kind: a chain of projects, a title, notes, and two times with offsets."""
    begin = _instant(place, "startDate", text(entry, "startDate"), walls)
    if isinstance(begin, RowProblem):
        return begin
    if not text(entry, "endDate") and number(entry, "duration") is None:
        return LeftOut(place, ProblemCause.RUNNING, text(entry, "title"))
    end = _instant(place, "endDate", text(entry, "endDate"), walls)
    if isinstance(end, RowProblem):
        return end
    if end < begin:
        return RowProblem(place, RowReason.ENDS_BEFORE, "endDate", text(entry, "endDate"), text(entry, "startDate"))
    client, *project = chain(text(entry, "project"), "▸", " > ") or [""]
    note = "\n".join(filter(None, (text(entry, "title"), text(entry, "notes"))))
    return Found(place, begin, end, client=client, project=" / ".join(project), note=note, key=text(entry, "id"))


def _instant(place: int, name: str, cell: str, walls: Walls) -> int | RowProblem:
    stamp = stamp_of(cell)
    if isinstance(stamp, Wall):
        return walls.instant(place, name, stamp)
    return RowProblem(place, RowReason.INSTANT, name, cell) if stamp is None else stamp


DOOR = Door("generic", DoorKind.SESSIONS, _sniff, read, (Ask.DATES, Ask.ZONE, Ask.FOLD, Ask.ME, Ask.MAPPING))
