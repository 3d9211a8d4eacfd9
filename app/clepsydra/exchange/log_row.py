"""A row of the log's own CSV: from cells to typed values, or to the problem that keeps them from being a session."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from clepsydra.domain.civil import zone_named
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, OWN, Channel, Decision, Precision, Scope, Session
from clepsydra.exchange.instants import UnclearInstant, has_fraction, instant_of
from clepsydra.exchange.problems import RowProblem, RowReason, nearest
from clepsydra.exchange.text import unguard

COLUMNS = (
    "id",
    "client",
    "project",
    "channel",
    "started_at",
    "ended_at",
    "zone",
    "scope",
    "decision",
    "agreed_seconds",
    "write_off",
    "note",
    "statement",
    "precision",
)
REQUIRED = ("client", "started_at", "ended_at")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One finished session as the file has it; instants are UTC epoch seconds, `line` is where it begins.

    Empty `id` and `zone` mean that the file does not say.
    """

    client: str
    started_at: int
    ended_at: int
    id: str = ""
    project: str = DEFAULT_PROJECT
    channel: Channel = Channel.WORK
    zone: str = ""
    scope: Scope = Scope.IN
    decision: Decision | None = None
    agreed_seconds: int | None = None
    write_off: str | None = None
    note: str = ""
    statement: str = ""
    precision: Precision | None = None
    rounded: bool = False
    line: int = 0

    @classmethod
    def of(cls, session: Session, statement: str = "") -> "CsvRow":
        """The row of a finished session and the number of the statement it is on.

        Raises ValueError for a running one, which has no end to write.
        """
        if session.ended_at is None:
            raise ValueError("a running session has no end yet")
        return cls(
            id=session.id,
            client=session.client,
            project=session.project,
            channel=session.channel,
            started_at=session.started_at,
            ended_at=session.ended_at,
            zone=session.zone,
            scope=session.scope,
            decision=session.decision,
            agreed_seconds=session.agreed_seconds,
            write_off=session.write_off,
            note=session.note,
            statement=statement,
            precision=session.precision,
        )


E = TypeVar("E", bound=StrEnum)
Word = Callable[[str], str]


class _Refused(Exception):
    """A row that cannot be taken, with the problem that says why."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class Parser:
    """Turns the cells of one file into rows; remembers zones already looked up."""

    def __init__(
        self, names: Sequence[str], known: Mapping[str, Collection[str]] | None, default: ZoneInfo | None = None
    ) -> None:
        self._names = names
        self._known = known
        self._default = default
        self._zones: dict[str, ZoneInfo | None] = {"": None}
        self._ids: set[str] = set()

    def row(self, line: int, cells: list[str]) -> CsvRow | RowProblem:
        """The row of one record, or the first problem that keeps it from being one."""
        try:
            row = self._row(line, cells)
        except _Refused as refusal:
            return refusal.problem
        if row.id in self._ids:
            return RowProblem(line, RowReason.DOUBLED_ID, "id", row.id)
        if row.id:
            self._ids.add(row.id)
        return row

    def _row(self, line: int, cells: list[str]) -> CsvRow:
        if len(cells) != len(self._names):
            raise _Refused(RowProblem(line, RowReason.CELLS, "", str(len(cells)), str(len(self._names))))
        given = dict(zip(self._names, cells, strict=True))
        # A column that is absent is empty; asked seventeen times a row, by what costs nothing.
        word = defaultdict(str, zip(self._names, map(str.strip, cells), strict=True)).__getitem__
        for column in REQUIRED:
            if not word(column):
                raise _Refused(RowProblem(line, RowReason.EMPTY, column))
        client, project = unguard(word("client")), unguard(word("project")) or DEFAULT_PROJECT
        self._check_known(line, client, project)
        zone_name = unguard(word("zone"))
        started_at, ended_at = _span(line, word, self._zone(line, zone_name) or self._default)
        scope, decision = _scope(line, word)
        if client == OWN and scope is not Scope.IN:
            raise _Refused(RowProblem(line, RowReason.OWN_SCOPE, "scope", scope.value))
        return CsvRow(
            client=client,
            started_at=started_at,
            ended_at=ended_at,
            id=unguard(word("id")),
            project=project,
            channel=_member(line, "channel", word("channel"), Channel) or Channel.WORK,
            zone=zone_name,
            scope=scope,
            decision=decision,
            agreed_seconds=_seconds(line, word("agreed_seconds")),
            write_off=unguard(given.get("write_off", "")) or None,
            note=unguard(given.get("note", "")),
            statement=unguard(word("statement")),
            precision=_member(line, "precision", word("precision"), Precision),
            rounded=has_fraction(word("started_at")) or has_fraction(word("ended_at")),
            line=line,
        )

    def _check_known(self, line: int, client: str, project: str) -> None:
        if self._known is None:
            return
        projects = self._known.get(client)
        if projects is None:
            raise _Refused(_unknown(line, RowReason.UNKNOWN_CLIENT, "client", client, self._known))
        if project != DEFAULT_PROJECT and project not in projects:
            raise _Refused(_unknown(line, RowReason.UNKNOWN_PROJECT, "project", project, projects))

    def _zone(self, line: int, name: str) -> ZoneInfo | None:
        if name not in self._zones:
            # Besides KeyError, names such as "../x" raise ValueError and "Europe", a folder, raises OSError.
            with suppress(KeyError, ValueError, OSError):
                self._zones[name] = zone_named(name)
        if name not in self._zones:
            raise _Refused(RowProblem(line, RowReason.ZONE, "zone", name, "", nearest(name, _zone_names())))
        return self._zones[name]


def _unknown(line: int, reason: RowReason, column: str, found: str, allowed: Iterable[str]) -> RowProblem:
    names = tuple(sorted(allowed))
    return RowProblem(line, reason, column, found, ",".join(names), nearest(found, names))


@lru_cache(maxsize=1)
def _zone_names() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _span(line: int, word: Word, zone: ZoneInfo | None) -> tuple[int, int]:
    started_at = _instant(line, "started_at", word("started_at"), zone)
    ended_at = _instant(line, "ended_at", word("ended_at"), zone)
    if ended_at < started_at:
        raise _Refused(RowProblem(line, RowReason.ENDS_BEFORE, "ended_at", word("ended_at"), word("started_at")))
    return started_at, ended_at


def _scope(line: int, word: Word) -> tuple[Scope, Decision | None]:
    scope = _member(line, "scope", word("scope"), Scope) or Scope.IN
    decision = _member(line, "decision", word("decision"), Decision)
    if decision is not None and scope is not Scope.OUT:
        raise _Refused(RowProblem(line, RowReason.DECISION_IN_SCOPE, "decision", decision.value))
    # Work out of scope on which nobody has decided is pending, in the domain as in the log.
    return scope, decision or (Decision.PENDING if scope is Scope.OUT else None)


_DOUBTS = {
    UnclearInstant.FORM: RowReason.INSTANT,
    UnclearInstant.OFFSET: RowReason.NO_OFFSET,
    UnclearInstant.MISSING: RowReason.MISSING_TIME,
    UnclearInstant.AMBIGUOUS: RowReason.AMBIGUOUS_TIME,
}


def _instant(line: int, column: str, cell: str, zone: ZoneInfo | None) -> int:
    found = instant_of(cell, zone)
    if isinstance(found, UnclearInstant):
        raise _Refused(RowProblem(line, _DOUBTS[found], column, cell, zone.key if zone else ""))
    return found


def _member(line: int, column: str, cell: str, kind: type[E]) -> E | None:
    if not cell:
        return None
    try:
        return kind(cell.lower())
    except ValueError:
        allowed = tuple(member.value for member in kind)
        raise _Refused(
            RowProblem(line, RowReason.WORD, column, cell, ",".join(allowed), nearest(cell, allowed))
        ) from None


def _seconds(line: int, cell: str) -> int | None:
    if not cell:
        return None
    # int() would also take signs, underscores and digits of other scripts.
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= 12):
        raise _Refused(RowProblem(line, RowReason.SECONDS, "agreed_seconds", cell))
    return int(cell)
