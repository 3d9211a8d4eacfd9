"""Bring the entries of a file into the log: all of them or, unless bad ones are to be skipped, none.

One import is one entry of the journal, and so one undo. What a file means is worked out first (`ledger.imports.plan`);
a preview is the same without the writing.
"""

from collections.abc import Generator
from hashlib import sha256
from typing import TYPE_CHECKING

from clepsydra.domain.records import dataclass
from clepsydra.exchange.bank import registry as bank_files
from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.shape import Door, DoorSource
from clepsydra.exchange.plugins import BrokenFormat
from clepsydra.exchange.problems import RowProblem
from clepsydra.ledger.imports import newcomers
from clepsydra.ledger.imports.billed_elsewhere import bill_elsewhere
from clepsydra.ledger.imports.comparing import compare
from clepsydra.ledger.imports.plan import (
    STEP,
    Options,
    Plan,
    PlannedEntry,
    Progress,
    Reader,
    answers_of,
    billed_of,
    items,
)
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.home import is_slug
from clepsydra.settings.imports import ImportMap, add_places, load_map, map_file
from clepsydra.store import imports, sessions

if TYPE_CHECKING:
    from clepsydra.settings.home import Home

SHOWN_DIGITS = 12


_NOTHING_SAID, _NO_MAPPING = Options(), ImportMap()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: `known` rows were in the log already, `stored` says whether it was written."""

    added: int
    known: int
    problems: tuple[RowProblem, ...]
    stored: bool
    plan: Plan
    updated: int = 0
    statements: int = 0


def prepare(
    ledger: Ledger,
    door: Door,
    source: DoorSource,
    options: Options = _NOTHING_SAID,
    mapping: ImportMap = _NO_MAPPING,
    progress: Progress | None = None,
) -> Plan:
    """What bringing in a file would do; nothing is written."""
    steps = preparing(ledger, door, source, options, mapping)
    while True:
        try:
            read = next(steps)
        except StopIteration as done:
            plan: Plan = done.value
            return plan
        if progress is not None:
            progress(*read)


def preparing(
    ledger: Ledger,
    door: Door,
    source: DoorSource,
    options: Options = _NOTHING_SAID,
    mapping: ImportMap = _NO_MAPPING,
) -> Generator[tuple[int, int], None, Plan]:
    """The same in steps: tells after each how many entries of about how many are read, and returns the plan."""
    plan = Plan(door.name, billed=billed_of(mapping, options))
    digest = sha256(source.data)
    for name in sorted(source.members):
        digest.update(source.members[name])
    request = f"import:{door.name}:{digest.hexdigest()[:SHOWN_DIGITS]}"
    if options.client:
        _check_place(ledger, options.client)
    reader = Reader(ledger, door, mapping, options, plan, request)
    answers = answers_of(ledger, mapping, options)
    entries, about = [], source.data.count(b"\n")
    for count, item in enumerate(items(door, source, answers), 1):
        entry = reader.take(item)
        if entry is not None:
            entries.append(entry)
        if count % STEP == 0:
            yield count, max(about, count)
    several = reader.several_persons()
    if several is not None:
        plan.problems.insert(0, several)
    compare(ledger, entries, plan, options.doubles)
    coming = [*plan.new, *(doubt.entry for doubt in plan.doubts if options.doubles != "leave"), *plan.changed]
    plan.newcomers.keep({(entry.session.client, entry.session.project) for entry in coming})
    plan.problems.sort(key=lambda problem: problem.line)
    plan.places = dict(reader.places.settled)
    plan.places |= {text: where for text, where in options.maps.items() if text in reader.places.clients_seen}
    plan.tags = {text: where for text, where in options.maps.items() if text not in plan.places}
    return plan


def _check_place(ledger: Ledger, text: str) -> None:
    client, _, project = text.partition("/")
    ledger.client_with(client, project or "default")


def carry_out(
    ledger: Ledger,
    plan: Plan,
    options: Options = _NOTHING_SAID,
    *,
    home: "Home | None" = None,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Write what a plan says, in one change; with a problem or an open doubt nothing, unless they are to be skipped.

    The files of new clients are written first and taken away again should the change fail. Raises `Refused` when a
    law stands against it, OSError when the disk does.
    """
    settled = not plan.problems or skip_bad
    if dry_run or not settled or (plan.doubts and options.doubles != "leave" and not skip_bad):
        return _told(plan, stored=False)
    made = plan.newcomers.write(home) if home is not None else []
    try:
        with ledger.change("import {count} sessions") as said:
            new = _still_new(ledger, plan.new)
            said["count"] = len(new)
            sessions.add_many(ledger.db, (entry.session for entry in new))
            updated = plan.changed if options.update else []
            for entry in updated:
                sessions.replace(ledger.db, entry.session)
            billed = [*new, *plan.billed_since]
            bills = bill_elsewhere(ledger, plan.door, billed, plan.newcomers.clients, plan.billed)
    except BaseException:
        newcomers.take_back(made)
        raise
    if home is not None and new and plan.door != "csv":
        add_places(home, options.map_name or plan.door, plan.places, plan.tags)
    return _told(plan, stored=bool(new or updated or bills), added=len(new), updated=len(updated), statements=bills)


def _told(plan: Plan, *, stored: bool, added: int | None = None, updated: int = 0, statements: int = 0) -> Imported:
    count = len(plan.new) if added is None else added
    known = len(plan.known) + len(plan.new) - count
    return Imported(count, known, tuple(plan.problems), stored, plan, updated, statements)


def _still_new(ledger: Ledger, entries: list[PlannedEntry]) -> list[PlannedEntry]:
    """The entries that nobody has added since the plan was made."""
    there = imports.present(ledger.db, (entry.session.id for entry in entries))
    return [entry for entry in entries if entry.session.id not in there] if there else entries


def door_for(source: DoorSource, name: str = "") -> Door:
    """The door of that name, or the one that knows the file.

    Raises `Refused` when there is none, or when several are equally sure.
    """
    if name:
        found = registry.named(name)
        if isinstance(found, BrokenFormat):
            raise Refused("the format {name} cannot be used: {why}", name=name, why=found.why)
        if found is None:
            raise Refused("there is no format “{name}”; “clepsydra import --list” lists them", name=name)
        return found
    doors = registry.recognise(source)
    if not doors and bank_files.sniffed(source.head):
        raise Refused("{file} is a file of the bank: “clepsydra bank import” brings it in", file=source.name)
    if not doors:
        raise Refused("no format knows {file}; name one before it, or map its columns as a table", file=source.name)
    if len(doors) > 1:
        names = ", ".join(door.name for door in doors)
        raise Refused("{file} may be one of {names}; name it before the file", file=source.name, names=names)
    return doors[0]


def mapping_of(home: "Home", name: str) -> ImportMap:
    """What the texts of a format mean, by its name or another word for it that has a file.

    Raises `EditRefused` when the file cannot be used.
    """
    from clepsydra.settings.edit import EditRefused as NotUsable

    loaded = load_map(home, name)
    if not loaded.ok:
        raise NotUsable([problem for problem in loaded.problems if not problem.warning])
    return loaded.value


def map_name(home: "Home", door: Door, typed: str = "") -> str:
    """Under which name the meanings of a door's texts stand: the word typed for it where that has a file."""
    return typed if typed and is_slug(typed) and map_file(home, typed).exists() else door.name
