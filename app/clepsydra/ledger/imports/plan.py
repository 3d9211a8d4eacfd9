"""What an import would do, worked out before anything is written: the same for a preview and for the deed.

Every entry of the file ends as a session to add, one that the log has already, one that differs there, a doubt, a
problem, or is left out; nothing is lost without being counted.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.exchange.doors.shape import Answers, Door, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason
from clepsydra.ledger.imports.keys import Keys
from clepsydra.ledger.imports.newcomers import Newcomers
from clepsydra.ledger.imports.places import ImportPlace, Places
from clepsydra.settings.imports import ImportMap

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger

Progress = Callable[[int, int], None]
"""Told now and then how many entries of about how many were read; what it raises stops the import without a trace."""

STEP = 1000
"""Entries between two tidings of how far a file is read."""


@dataclass(frozen=True, slots=True)
class BilledBefore:
    """Before which day all work was billed elsewhere: each client's own day, else that of all."""

    all: date | None = None
    by_client: Mapping[str, date] = field(default_factory=dict)

    def holds(self, client: str, day: date) -> bool:
        """Whether a client's work of a day was billed elsewhere."""
        until = self.by_client.get(client, self.all)
        return until is not None and day < until


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said for this import, over what the mapping says.

    `maps` are places by text; `doubles` is what becomes of entries that look like work the log has (`leave`, `take`);
    `billed_tags` say that an entry was billed elsewhere; `rates` are hourly rates of new clients, by slug or name.
    """

    dates: str = ""
    fold: str = ""
    zone: ZoneInfo | None = None
    client: str = ""
    me: str = ""
    maps: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    billed: BilledBefore = field(default_factory=BilledBefore)
    billed_tags: tuple[str, ...] = ()
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    new_clients: bool = False
    update: bool = False
    doubles: str = ""
    as_sessions: bool = False
    archived: bool = False
    map_name: str = ""


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """An entry with its place: the session that it is, and what the file says of its being billed."""

    line: int
    session: Session
    found: Found


@dataclass(frozen=True, slots=True)
class ImportDoubt:
    """An entry that looks like work the log has already; `edit` where the same begin has another end there."""

    entry: PlannedEntry
    edit: bool = False


@dataclass
class Plan:
    """What an import would do."""

    door: str
    billed: BilledBefore = field(default_factory=BilledBefore)
    new: list[PlannedEntry] = field(default_factory=list)
    known: list[PlannedEntry] = field(default_factory=list)
    changed: list[PlannedEntry] = field(default_factory=list)
    billed_since: list[PlannedEntry] = field(default_factory=list)
    locked: list[PlannedEntry] = field(default_factory=list)
    doubts: list[ImportDoubt] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    newcomers: Newcomers = field(default_factory=Newcomers)
    unplaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    rounded: int = 0
    places: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> Counter[str]:
        """How many entries of a client had no place, by the text of the client."""
        return Counter({text: sum(n for (c, _), n in self.unplaced.items() if c == text) for text, _ in self.unplaced})

    @property
    def why(self) -> Counter[ProblemCause]:
        """How many entries were left out, by the reason."""
        return Counter(each.why for each in self.left_out)


def billed_of(mapping: ImportMap, options: Options) -> BilledBefore:
    """What was billed elsewhere by its day: what is said for this import over what the mapping says."""
    said = options.billed
    return BilledBefore(said.all or mapping.billed_before, {**mapping.billed_by_client, **said.by_client})


def answers_of(ledger: "Ledger", mapping: ImportMap, options: Options) -> Answers:
    """What a door is told before it reads."""
    return Answers(
        zone=options.zone or mapping.zone or ledger.zone,
        dates=options.dates or mapping.dates or mapping.columns.get("dates", ""),
        fold=options.fold or mapping.fold,
        now=ledger.now,
        as_sessions=options.as_sessions,
        archived=options.archived,
        columns={**mapping.columns, **options.columns},
    )


def items(door: Door, source: DoorSource, answers: Answers) -> Iterator[Item]:
    """What a door yields; a door of another package that fails is one problem, and what it gave stays out with it."""
    try:
        yield from door.read(source, answers)
    except Exception as error:
        if type(error).__module__.startswith("clepsydra"):
            raise
        yield RowProblem(1, RowReason.NOT_READABLE, "", f"{door.name}: {type(error).__name__}")


class Reader:
    """Takes in the items of one file, and gives each entry its place and its id."""

    def __init__(
        self, ledger: "Ledger", door: Door, mapping: ImportMap, options: Options, plan: Plan, request: str
    ) -> None:
        self.plan = plan
        self._me = options.me or mapping.me
        self._persons: Counter[str] = Counter()
        self._keys = Keys(door.name)
        self._own = door.name == "csv"
        self._ids: set[str] = set()
        plan.newcomers = Newcomers(
            ledger.catalogue.clients, ledger.settings, wanted=options.new_clients, rates=options.rates
        )
        clients: Mapping[str, Client] = plan.newcomers.clients
        fallback = ImportPlace.of(options.client) if options.client else None
        self.places = Places(clients, mapped(mapping, options), fallback, options.new_clients)
        from clepsydra.ledger.imports.making import Maker

        self._make = Maker(ledger, door, mapping, options, clients, request)

    def take(self, item: Item) -> PlannedEntry | None:
        """The entry that an item is; anything else goes into the plan."""
        if isinstance(item, RowProblem):
            self.plan.problems.append(item)
            return None
        if isinstance(item, LeftOut):
            self.plan.left_out.append(item)
            return None
        if item.person:
            self._persons[item.person] += 1
            if self._me and item.person.casefold() != self._me.casefold():
                self.plan.left_out.append(LeftOut(item.line, ProblemCause.OTHER_PERSON, item.person))
                return None
        return self._placed(item)

    def _placed(self, found: Found) -> PlannedEntry | None:
        meant = self.places.meant(found)
        if meant.place is None and self.plan.newcomers.welcome(found):
            self.places.forget(found)
            meant = self.places.meant(found)
        if meant.place is None:
            self._unplaced(found)
            return None
        session_id = self._keys.id_of(found)
        if session_id in self._ids:
            self.plan.problems.append(RowProblem(found.line, RowReason.DOUBLED_ID, "id", session_id))
            return None
        self._ids.add(session_id)
        self.plan.rounded += found.rounded
        if meant.billed and not found.billed_as:
            found = replace(found, billed_as="yes")
        return PlannedEntry(found.line, self._make.session(found, meant, session_id), found)

    def _unplaced(self, found: Found) -> None:
        """One problem for each text that has no place, at its first line; the projects of nobody are not told apart."""
        key = (found.client, found.project if self.plan.newcomers.knows(found.client) else "")
        self.plan.unplaced[key] += 1
        if self.plan.unplaced[key] > 1:
            return
        self.plan.problems.append(self.plan.newcomers.refusal(found, own=self._own))

    def several_persons(self) -> RowProblem | None:
        """That a file holds the work of several persons, where nobody said who is meant."""
        if self._me or len(self._persons) < 2:
            return None
        names = ",".join(sorted(self._persons))
        return RowProblem(1, RowReason.PERSONS, "", str(len(self._persons)), names)


def mapped(mapping: ImportMap, options: Options) -> ImportMap:
    """The mapping with the places that were said for this import alone."""
    from clepsydra.settings.imports import Meaning

    tags = {text.removeprefix("tag:").lstrip("#"): place for text, place in options.maps.items() if is_tag(text)}
    clients = {text: place for text, place in options.maps.items() if not is_tag(text)}
    # A text that is not marked as one may be a tag too: Timewarrior and others have nothing else.
    tags |= {text: place for text, place in clients.items() if text not in tags}
    meanings = {text: Meaning(place=place) for text, place in tags.items()}
    for tag in (each.removeprefix("tag:").lstrip("#") for each in options.billed_tags):
        meanings[tag] = replace(meanings.get(tag) or mapping.tags.get(tag) or Meaning(), billed=True)
    return replace(mapping, clients={**mapping.clients, **clients}, tags={**mapping.tags, **meanings})


def is_tag(text: str) -> bool:
    """Whether a text to map is marked as a tag: `#urgent`, `tag:urgent`."""
    return text.startswith(("#", "tag:"))
