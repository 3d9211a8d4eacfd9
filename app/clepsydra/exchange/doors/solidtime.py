"""solidtime: the zip of its organisation export (version 1.0), in UTC with lasting ids, and its report as CSV."""

import json
from collections.abc import Iterator, Mapping

from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.names import yes
from clepsydra.exchange.doors.parts.objects import texts
from clepsydra.exchange.doors.parts.sheet import SheetLayout
from clepsydra.exchange.doors.parts.tabular import decoded, folded, head_of, recognised, rows
from clepsydra.exchange.doors.parts.walls import stamp_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_REPORT = SheetLayout(
    names={
        "begin": ("start",),
        "end": ("end",),
        "duration": ("duration", "duration (decimal)"),
        "client": ("client",),
        "project": ("project",),
        "task": ("task",),
        "note": ("description",),
        "tags": ("tags",),
        "person": ("user",),
        "billable": ("billable",),
    },
    required=("begin", "end", "note"),
)

Record = Mapping[str, str]


def _sniff(name: str, head: bytes) -> int:
    if head.startswith(b"PK"):
        return 95 if b"\0time_entries.csv" in head or b"/time_entries.csv" in head else 0
    return recognised(head_of(head), ("description", "task", "project", "client", "start", "end", "duration"), 88)


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of either form."""
    if not source.members:
        yield from sheet.read(_REPORT, source, answers)
        return
    files = {name.rsplit("/", 1)[-1]: data for name, data in source.members.items()}
    if "time_entries.csv" not in files or not _is_known(files.get("meta.json", b"")):
        yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "zip", "solidtime 1.0: meta.json, time_entries.csv")
        return
    names = {kind: _names(files.get(f"{kind}.csv", b"")) for kind in ("clients", "projects", "tasks", "tags")}
    owners = {record["id"]: record.get("client_id", "") for _, record in _records(files.get("projects.csv", b""))}
    for line, record in _records(files["time_entries.csv"]):
        yield _entry(line, record, names, owners)


def _is_known(meta: bytes) -> bool:
    try:
        held = json.loads(meta)
    except (ValueError, RecursionError):
        return False
    return isinstance(held, dict) and str(held.get("version", "")).split(".")[0] == "1"


def _records(data: bytes) -> Iterator[tuple[int, Record]]:
    head: list[str] = []
    for record in rows(decoded(data) or ""):
        if isinstance(record, RowProblem):
            continue
        line, cells = record
        if not head:
            head = [folded(cell).replace(" ", "_") for cell in cells]
            if "id" not in head:
                return
        else:
            yield line, dict(zip(head, cells, strict=False))


def _names(data: bytes) -> dict[str, str]:
    return {record["id"]: record.get("name", "") for _, record in _records(data)}


def _entry(line: int, record: Record, names: Mapping[str, Record], owners: Record) -> Item:
    begin = stamp_of(record.get("start", ""))
    if not isinstance(begin, int):
        return RowProblem(line, RowReason.INSTANT, "start", record.get("start", ""))
    note = record.get("description", "")
    if not record.get("end"):
        return LeftOut(line, ProblemCause.RUNNING, note)
    end = stamp_of(record["end"])
    if not isinstance(end, int):
        return RowProblem(line, RowReason.INSTANT, "end", record["end"])
    if end < begin:
        return RowProblem(line, RowReason.ENDS_BEFORE, "end", record["end"], record["start"])
    project = record.get("project_id", "")
    client = record.get("client_id", "") or owners.get(project, "")
    return Found(
        line, begin, end,
        key=record.get("id", ""),
        client=names["clients"].get(client, ""),
        project=names["projects"].get(project, ""),
        task=names["tasks"].get(record.get("task_id", ""), ""),
        tags=tuple(names["tags"].get(tag, tag) for tag in _tags(record.get("tags", ""))),
        note=note,
        person=record.get("user_id", ""),
        billable=yes(record.get("billable", "")),
    )  # fmt: skip


def _tags(cell: str) -> tuple[str, ...]:
    try:
        return texts(json.loads(cell or "[]"))
    except (ValueError, RecursionError):
        return ()


DOOR = Door("solidtime", DoorKind.SESSIONS, _sniff, read, (Ask.DATES, Ask.ZONE, Ask.FOLD, Ask.ME), "solidtime")
