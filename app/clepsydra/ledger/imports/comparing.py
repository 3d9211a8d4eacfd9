"""The entries of a file beside what the log has: added before, changed since, or done by hand in the meantime.

Told by the lasting id. A source's own key also finds an entry whose begin has moved. An entry without a key looks like
an edit of one that came by the same door and is gone from the file, where it begins like it, shares nine tenths of its
time or, of hours without times, is of the same day and project. One that shares as much with work of another origin
looks like that work. Both are doubts, asked once for the whole file.
"""

from bisect import bisect_left
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from clepsydra.domain.session import Session
from clepsydra.exchange import log_csv
from clepsydra.exchange.problems import RowProblem, RowReason
from clepsydra.ledger.imports.billed_elsewhere import number_of
from clepsydra.ledger.imports.keys import tail
from clepsydra.ledger.imports.making import as_is
from clepsydra.ledger.imports.plan import ImportDoubt, Plan, PlannedEntry
from clepsydra.store import imports
from clepsydra.store.imports import HeldSpan

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger

_DAYS = 2 * 86_400
"""The longest session of another origin that is looked at, in seconds."""


def compare(ledger: "Ledger", entries: list[PlannedEntry], plan: Plan, doubles: str) -> None:
    """Put every entry where it belongs in the plan; `doubles` settles the doubts (`take`, `leave`)."""
    held = {session.id: session for session in imports.held(ledger.db, (e.session.id for e in entries))}
    moved = _moved(ledger, [e for e in entries if e.found.key and e.session.id not in held], plan.door)
    new: list[PlannedEntry] = []
    for entry in entries:
        there = held.get(entry.session.id) or moved.get(tail(entry.session.id)) if entry.found.key else None
        there = there or held.get(entry.session.id)
        if there is None:
            new.append(entry)
        else:
            _billed_since(entry, there, plan)
            (_known if entry.found.exact is None else _own)(entry, there, plan)
    told = {*held, *(session.id for session in moved.values())}
    doubts = list(_doubts(ledger, new, plan.door, told)) if doubles != "take" else []
    doubtful = {doubt.entry.session.id for doubt in doubts}
    plan.new = [entry for entry in new if entry.session.id not in doubtful]
    plan.doubts = doubts


def _billed_since(entry: PlannedEntry, held: Session, plan: Plan) -> None:
    """Work that is unbilled here, and that the file says was billed there in the meantime."""
    here = PlannedEntry(entry.line, held, entry.found)
    free = held.statement is None and held.doubtful_from is None and held.client in plan.newcomers.clients
    if free and number_of(here, plan.door, plan.billed):
        plan.billed_since.append(here)


def _moved(ledger: "Ledger", entries: list[PlannedEntry], door: str) -> dict[str, Session]:
    """What came in by the same door under the same keys, with other begins."""
    if not entries:
        return {}
    wanted = {tail(entry.session.id) for entry in entries}
    ids = [each for each in imports.ids_of_origin(ledger.db, f"import:{door}:") if tail(each) in wanted]
    return {tail(session.id): session for session in imports.held(ledger.db, ids)}


def _own(entry: PlannedEntry, held: Session, plan: Plan) -> None:
    """A row of the log's own file that gives an id: it is the session, or says something else of it."""
    column = _difference(entry.session, held) if entry.found.exact and entry.found.exact.id else ""
    if column:
        plan.problems.append(RowProblem(entry.line, RowReason.OTHER_CONTENT, column, held.id))
    else:
        plan.known.append(entry)


def _difference(session: Session, held: Session) -> str:
    """The first column in which a row is not the session that the log has; empty where it is."""
    columns = (name for name in log_csv.COLUMNS if name not in ("statement", "precision", "zone"))
    return next((name for name in columns if getattr(session, name) != getattr(held, name)), "")


def _known(entry: PlannedEntry, held: Session, plan: Plan) -> None:
    plan.known.append(entry)
    session = as_is(entry.session, held)
    if entry.found.key and (_times(session, entry) != _times(held, entry) or session.note != held.note):
        changed = PlannedEntry(entry.line, session, entry.found)
        (plan.locked if held.statement is not None else plan.changed).append(changed)


def _times(session: Session, entry: PlannedEntry) -> tuple[int | None, ...]:
    """What the source says of a session's times: of hours without times only how long."""
    if entry.found.begin is None:
        return session.day, (session.ended_at or 0) - session.started_at
    return session.started_at, session.ended_at


def _doubts(ledger: "Ledger", entries: list[PlannedEntry], door: str, there: Set[str]) -> Iterator[ImportDoubt]:
    """The entries that look like work that is in the log already; `there` are the ids that the file itself tells."""
    asked = [entry for entry in entries if entry.found.exact is None]
    if not asked:
        return
    begins = [entry.session.started_at for entry in asked]
    spans = imports.spans_of_others(ledger.db, min(begins), max(e.session.ended_at or 0 for e in asked))
    origin = f"import:{door}:"
    gone = [span for span in spans if span.request.startswith(origin) and span.id not in there]
    beside = _Beside([span for span in spans if not span.request.startswith(origin)]), _Beside(gone)
    starts = {span.started_at for span in gone}
    days = {(span.day, span.client, span.project) for span in gone}
    for entry in asked:
        session, timed = entry.session, entry.found.begin is not None
        edit = session.started_at in starts if timed else (session.day, session.client, session.project) in days
        if not entry.found.key and (edit or (timed and beside[1].has(entry))):
            yield ImportDoubt(entry, edit=True)
        elif timed and beside[0].has(entry):
            yield ImportDoubt(entry)


class _Beside:
    """Sessions in order of time, asked which of them an entry looks like."""

    def __init__(self, spans: list[HeldSpan]) -> None:
        self._spans = spans
        self._starts = [span.started_at for span in spans]

    def has(self, entry: PlannedEntry) -> bool:
        """Whether one of them shares nine tenths of the entry's time."""
        begin, end = entry.session.started_at, entry.session.ended_at or 0
        near = self._spans[bisect_left(self._starts, begin - _DAYS) : bisect_left(self._starts, end)]
        shared = max((min(end, span.ended_at) - max(begin, span.started_at) for span in near), default=0)
        return end > begin and shared * 10 >= (end - begin) * 9
