"""The log as pages: every session that fits a search, newest first unless asked otherwise, any page of it at once.

The positions of all that fits are read once, in a thread of their own, and kept in two arrays: a million sessions take
sixteen megabytes. From then on a page costs its own rows, a day is found by halving, and a change elsewhere costs as
much as the sessions it touched, because the journal tells which those are.
"""

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import OWN, Session
from clepsydra.ledger import timers
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.log_search import ORDERS
from clepsydra.ledger.log_search import Search as Search
from clepsydra.store import journal, log_order, readers, sessions, statements

FIRST = 400
"""How many positions are found before anything is shown."""


@dataclass(frozen=True, slots=True)
class LogTotals:
    """How long the sessions of a search lasted: finished ones in seconds, running ones by their begins."""

    finished: int
    running: tuple[int, ...]

    def seconds(self, now: int) -> int:
        """All of it, as of an instant."""
        return self.finished + sum(max(0, now - begin) for begin in self.running)


@dataclass
class LogPages:
    """The sessions of a search by number, the newest being 0. `complete` tells whether all positions are known."""

    ledger: Ledger
    search: Search
    complete: bool = False
    _reached: int = 0
    # Begins are kept negated: the order of time backwards is then an ascending one, which can be halved.
    _begins: "array[int]" = field(default_factory=lambda: array("q"))
    _rows: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self._rows)

    def let_go(self) -> None:
        """Forget all positions: of a million sessions they take sixteen megabytes."""
        self._begins, self._rows = array("q"), array("q")

    @property
    def by_time(self) -> bool:
        """Whether the newest comes first: positions can then be found by halving."""
        return self.search.order == ORDERS[0]

    def page(self, offset: int, limit: int) -> Sequence[Session | None]:
        """At most `limit` sessions from number `offset` on; None for one that has just been taken out or moved."""
        rows = self._rows[offset : offset + limit]
        begins = self._begins[offset : offset + limit]
        found = log_order.read(self.ledger.db, rows.tolist())
        return [
            session if (session := found.get(row)) and session.started_at == -begin else None
            for row, begin in zip(rows, begins, strict=True)
        ]

    def index_of(self, session: Session) -> int | None:
        """The number of a session; None when it does not fit the search."""
        if not self.by_time:
            row = log_order.row_of(self.ledger.db, session.id)
            return self._rows.index(row) if row is not None and row in self._rows else None
        begin = -session.started_at
        low, high = bisect_left(self._begins, begin), bisect_right(self._begins, begin)
        for index, found in enumerate(self.page(low, high - low), low):
            if found and found.id == session.id:
                return index
        return None

    def index_before(self, instant: int) -> int:
        """The number of the newest session begun before an instant; as many as there are when none was."""
        if not self.by_time:
            before = [(begin, index) for index, begin in enumerate(self._begins) if -begin < instant]
            return min(before, default=(0, len(self)))[1]
        return bisect_right(self._begins, -instant)

    def count_between(self, since: int, until: int) -> int:
        """How many sessions began in `[since, until)`."""
        if not self.by_time:
            return sum(since <= -begin < until for begin in self._begins)
        return self.index_before(since) - self.index_before(until)

    def whole(self, most: int) -> list[Session]:
        """All sessions of the search, in order of time; raises `Refused` for more than `most`."""
        if len(self) > most:
            raise Refused(
                "that would be {count} sessions, more than {most} at once: filter first", count=len(self), most=most
            )
        return log_order.sessions(self.ledger.db, self._rows.tolist())

    def catch_up(self) -> bool:
        """Take in what changed in the log since the positions were read; True when any session did."""
        reached = journal.latest_row(self.ledger.db)
        if reached == self._reached:
            return False
        wanted = self.search.filter(self.ledger)
        if not self.by_time:
            self._read_again(wanted)
            self._reached = reached
            return True
        for begin in journal.begins_changed(self.ledger.db, self._reached):
            low, high = bisect_left(self._begins, -begin), bisect_right(self._begins, -begin)
            rows = log_order.at_begin(self.ledger.db, wanted, begin)
            self._rows[low:high] = array("q", rows)
            self._begins[low:high] = array("q", [-begin] * len(rows))
        self._reached = reached
        return True

    def _read_again(self, wanted: sessions.Filter) -> None:
        """In any other order a change may move a session anywhere."""
        self._begins, self._rows = array("q"), array("q")
        for chunk in log_order.in_order(self.ledger.db, wanted, order=self.search.order):
            self.add(chunk)

    def statement_numbers(self, found: Iterable[Session | None]) -> dict[str, str]:
        """The numbers of the statements that hold sessions, by their ids."""
        return statements.numbers(self.ledger.db, (s.statement for s in found if s and s.statement is not None))

    def add(self, chunk: Sequence[log_order.Position]) -> None:
        """Append positions, older than all there are."""
        begins, rows = zip(*chunk, strict=True)
        self._begins.extend(begins)
        self._rows.extend(rows)


class LogReading:
    """One search through the whole log, to be run in a thread and ended from another."""

    def __init__(self, ledger: Ledger, search: Search, *, positions_known: bool = False) -> None:
        """With `positions_known` only how long the sessions lasted is read."""
        self._ledger = ledger
        self._positions_known = positions_known
        self.search = search
        self.cancelled = False
        self._connection: sqlite3.Connection | None = None

    def cancel(self) -> None:
        """End it, whatever it is doing; nothing more is told."""
        self.cancelled = True
        connection = self._connection
        if connection:
            with suppress(sqlite3.ProgrammingError):  # it was closed just now
                connection.interrupt()

    def run(self, tell: Callable[[LogPages], object], told_worked: Callable[[LogTotals], object]) -> None:
        """Tell the newest sessions as soon as they are found, then all of them, then how long they lasted."""
        try:
            with closing(readers.reader(self._ledger.db)) as self._connection:
                if not self.cancelled:
                    self._read(self._connection, tell, told_worked)
        except sqlite3.OperationalError:
            if not self.cancelled:
                raise
        finally:
            self._connection = None

    def _read(
        self,
        connection: sqlite3.Connection,
        tell: Callable[[LogPages], object],
        told_worked: Callable[[LogTotals], object],
    ) -> None:
        wanted = self.search.filter(self._ledger)
        if not self._positions_known:
            self._read_positions(connection, wanted, tell)
        if not self.cancelled:
            finished, running = log_order.worked(connection, wanted)
            told_worked(LogTotals(finished, tuple(running)))

    def _read_positions(
        self, connection: sqlite3.Connection, wanted: sessions.Filter, tell: Callable[[LogPages], object]
    ) -> None:
        # What changes while the positions are read is taken in afterwards, by `catch_up`.
        pages = LogPages(self._ledger, self.search, _reached=journal.latest_row(connection))
        for chunk in log_order.in_order(connection, wanted, FIRST, self.search.order):
            if self.cancelled:
                return
            if len(pages) == FIRST:
                newest = LogPages(self._ledger, self.search, False, pages._reached, pages._begins[:], pages._rows[:])
                tell(newest)
            pages.add(chunk)
        pages.complete = True
        if not self.cancelled:
            tell(pages)


def newest(ledger: Ledger, search: Search) -> LogPages:
    """The newest sessions alone, for a first picture while all are being read; only for a search without text."""
    pages = LogPages(ledger, search, _reached=journal.latest_row(ledger.db))
    for chunk in log_order.in_order(ledger.db, search.filter(ledger), FIRST, search.order):
        pages.add(chunk)
        pages.complete = len(chunk) < FIRST
        break
    else:
        pages.complete = True
    return pages


def session_now(ledger: Ledger, session_id: str) -> Session | None:
    """The session of exactly that id, as it is now."""
    return sessions.by_id(ledger.db, session_id)


def statement_number(ledger: Ledger, session: Session) -> str:
    """The number of the statement that holds a session; empty when none does."""
    if session.statement is None:
        return ""
    return statements.numbers(ledger.db, [session.statement]).get(session.statement, "")


def neighbour(ledger: Ledger, session: Session) -> Session | None:
    """The nearest session that is of the same work and can be joined with another: before it or after."""
    neighbours = (sessions.previous(ledger.db, session), sessions.following(ledger.db, session))
    work = timers.Work.of(session)
    fitting = [
        found
        for found in neighbours
        if found
        and replace(timers.Work.of(found), note=work.note) == work
        and (found.write_off, found.statement) == (session.write_off, session.statement)
        and min(session, found, key=_position).ended_at is not None
    ]
    return min(fitting, key=lambda found: _between(*sorted((session, found), key=_position)), default=None)


def _position(session: Session) -> tuple[int, str]:
    return session.started_at, session.id


def _between(first: Session, second: Session) -> int:
    """Seconds that nobody worked between two sessions."""
    return max(0, second.started_at - (first.ended_at or first.started_at))


def clients(ledger: Ledger) -> list[str]:
    """Every client there is or was: those with a file, and those only the log still names; own work last."""
    known = list(dict.fromkeys([*ledger.catalogue.clients, *sessions.clients(ledger.db)]))
    return sorted(known, key=lambda slug: (slug == OWN, slug))
