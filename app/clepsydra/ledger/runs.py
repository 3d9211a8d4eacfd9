"""What runs, second by second: the money a timer earns by the very rule that will bill it.

A running session may share its billing group with finished ones and with other timers. What it earns is what the whole
comes to with it, less what it came to without; timers that run side by side are added one after the other, so that
their sum is the report's.
"""

from collections.abc import Sequence, Set
from datetime import date

from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.civil import civil_day, day_bounds
from clepsydra.domain.figures import Figures
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import share
from clepsydra.domain.next_step import until_next_step
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import GroupScope, RoundingRule
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import Lines, lines_of, worth_of
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.terms import Client
from clepsydra.ledger.held_days import HeldDays, held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import by_time, within_a_day
from clepsydra.store import sessions

_FAR = 1 << 62
_LOOK_AGAIN = 60
"""Seconds after which a timer that had no step ahead within a day is asked again."""

NOTHING = Figures()


@dataclass(frozen=True, slots=True)
class Running:
    """A running session as of an instant: seconds, and minor units of the client's currency.

    `earned` is what it adds to its billing group, whose billed seconds are `billed_seconds`; `next_step` is the time
    until more is billed, None where no step comes.
    """

    session: Session
    client: Client
    treatment: Treatment
    seconds: int
    billed_seconds: int
    earned: Figures
    next_step: int | None


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look at a pool: the finished sessions it shares groups with, the other work on their lines, what all
    that comes to, what runs in it.
    """

    others: tuple[Session, ...]
    running: tuple[Session, ...]
    before: Figures
    beside: Lines
    held: HeldDays

    def earned(self, client: Client, now: int) -> tuple[dict[str, Figures], list[Group]]:
        """What each running session adds, by id, and the groups with all of them."""
        sums, groups, before = {}, [], self.before
        for n, session in enumerate(self.running, 1):
            groups = group_sessions([*self.others, *self.running[:n]], client, now, held=self.held)
            after = worth_of(lines_of(groups, client, self.beside), client.currency)
            sums[session.id] = after - before if before is not NOTHING else after
            before = after
        return sums, groups


class Pool:
    """A client's running sessions of one treatment, with what is needed to price them at any instant."""

    def __init__(
        self, ledger: Ledger, client: Client, kind: Treatment, runs: Sequence[Session], begins: list[int]
    ) -> None:
        self.client, self.kind, self.runs = client, kind, tuple(runs)
        # What is doubtful earns nothing until somebody has answered.
        priced = [s for s in runs if s.doubtful_from is None and kind in (Treatment.BILLABLE, Treatment.INCLUDED)]
        others = _companions(ledger, client, kind, priced)
        beside = _on_lines(ledger, client, kind, priced, {s.id for s in others})
        held = held_for(ledger, client, [*others, *beside, *priced])
        self._views = [self._view(ledger.now, (others, beside), held, priced, begin) for begin in (None, *begins)]
        self._steps: dict[str, tuple[object, int, int | None]] = {}

    def _view(
        self,
        now: int,
        finished: tuple[list[Session], list[Session]],
        held: HeldDays,
        priced: list[Session],
        begin: int | None,
    ) -> _View:
        chosen, others, running = (self._since(begin, some) for some in (*finished, priced))
        beside = lines_of(group_sessions(others, self.client, now, held=held), self.client)
        before = lines_of(group_sessions(chosen, self.client, now, held=held), self.client, beside)
        worth = worth_of(before, self.client.currency) if before else NOTHING
        return _View(tuple(chosen), tuple(running), worth, beside, held)

    def _since(self, begin: int | None, some: list[Session]) -> list[Session]:
        """Those that a stretch of the person's days has, from the instant it begins: the parts in it, or where groups
        lie within a day all since the client's day began, since such a group is not divided.
        """
        if begin is None:
            return some
        day = civil_day(begin, self.client.zone)
        midnight = day_bounds(day, self.client.zone).started_at
        found: list[Session | None] = []
        for session in some:
            if not by_time(session, self.client):
                found.append(part_within(session, Interval(begin, _FAR)))
            elif session.day >= day.toordinal() or (session.ended_at or 0) > midnight:
                found.append(session)
        return [session for session in found if session is not None]

    def at(self, now: int) -> tuple[list[Running], list[dict[str, Figures]]]:
        """Every timer as of an instant, and what each adds to the stretches of days this pool was made for."""
        whole, *spans = self._views
        earned, groups = whole.earned(self.client, now)
        runs = [self._running(session, earned.get(session.id), groups, now) for session in self.runs]
        alike = [
            view.others == whole.others and view.running == whole.running and view.beside == whole.beside
            for view in spans
        ]
        return runs, [
            earned if same else view.earned(self.client, now)[0] for view, same in zip(spans, alike, strict=True)
        ]

    def _running(self, session: Session, earned: Figures | None, groups: list[Group], now: int) -> Running:
        seconds = session.exact_seconds(now)
        if earned is None:
            return Running(session, self.client, self.kind, seconds, 0, NOTHING, None)
        mine = next(g for g in reversed(groups) if any(p.session.id == session.id for p in g.pieces))
        step = None if mine.agreed else self._step(session, mine, now)
        return Running(session, self.client, self.kind, seconds, mine.seconds.billed, earned, step)

    def _step(self, session: Session, group: Group, now: int) -> int | None:
        """Seconds until more is billed; looked for once, then counted down."""
        known = self._steps.get(session.id)
        if known is None or known[0] != group.key or now >= known[1]:
            # A rule that bills to the second has no step worth counting down.
            wait = until_next_step(group.key.rule, [p.span for p in group.pieces], self.client.zone)
            shown = wait is not None and (wait > 1 or bool(group.key.rule.step))
            known = (group.key, now + (wait or _LOOK_AGAIN), now + wait if shown and wait is not None else None)
            self._steps[session.id] = known
        return None if known[2] is None else known[2] - now


def pools(ledger: Ledger, begins: list[int]) -> list[Pool]:
    """What runs now, by client and treatment, in order of time; `begins` are those of the stretches it is added to."""
    found: dict[tuple[str, Treatment], list[Session]] = {}
    for session in sessions.running(ledger.db):
        client = ledger.catalogue.clients.get(session.client)
        if client is not None:
            found.setdefault((session.client, treatment(session, client)), []).append(session)
    return [Pool(ledger, ledger.client(slug), kind, runs, begins) for (slug, kind), runs in found.items()]


def part_within(session: Session, bounds: Interval) -> Session | None:
    """The part of a session that lies in a stretch, as a session with its share of an agreed time; None without any."""
    began, ended = session.started_at, session.ended_at
    begin, end = max(began, bounds.started_at), min(_FAR if ended is None else ended, bounds.ended_at)
    if began >= bounds.ended_at or (begin >= end and begin > began):
        return None
    if begin == began and (ended is None or end == ended):
        return session
    agreed = session.agreed_seconds
    if agreed and ended is not None:
        agreed = share(agreed, (end - begin, ended - began - end + begin))[0]
    return replace(session, started_at=begin, ended_at=None if ended is None else end, agreed_seconds=agreed)


def _companions(ledger: Ledger, client: Client, kind: Treatment, runs: list[Session]) -> list[Session]:
    """The finished, approved sessions of the same treatment that can share a billing group with what runs."""
    found: dict[str, Session] = {}
    for run in runs:
        rule = client.rule(run.project, run.channel, date.fromordinal(run.day))
        for session in _near(ledger, client, run, rule):
            alike = session.client == run.client and session.project == run.project
            approved = session.ended_at is not None and session.doubtful_from is None and session.statement is None
            if alike and approved and treatment(session, client) is kind:
                found[session.id] = session
    return _sharing(list(found.values()), client, runs, ledger.now)


def _on_lines(ledger: Ledger, client: Client, kind: Treatment, runs: list[Session], besides: Set[str]) -> list[Session]:
    """The other finished work that may share a line with what runs, where lines hold more than a session."""
    if client.statement.lines is LineKind.SESSION or kind is not Treatment.BILLABLE:
        return []
    found: dict[str, Session] = {}
    for run in runs:
        wanted = sessions.Filter(client=client.slug, project=run.project, unbilled=True)
        for session in sessions.select(
            ledger.db, wanted.on(run.day) if client.statement.lines is LineKind.DAY else wanted
        ):
            ready = session.ended_at is not None and session.doubtful_from is None and session.id not in besides
            if ready and treatment(session, client) is kind:
                found[session.id] = session
    return list(found.values())


def _near(ledger: Ledger, client: Client, run: Session, rule: RoundingRule) -> list[Session]:
    if rule.scope is GroupScope.ENTRY:
        return []
    wanted = sessions.Filter(client=client.slug, project=run.project, unbilled=True)
    if within_a_day(rule, client):
        return list(sessions.select(ledger.db, wanted.on(run.day)))
    if rule.scope is GroupScope.DAY:  # days are cut at their end, so the neighbours' sessions reach in
        # Of every client, and without an end: those of the client are few among what is recent, and are picked later.
        bounds = day_bounds(date.fromordinal(run.day), client.zone)
        return sessions.within(ledger.db, bounds.started_at, _FAR)
    return list(sessions.select(ledger.db, wanted))


def _sharing(finished: list[Session], client: Client, runs: list[Session], now: int) -> list[Session]:
    """Those that share terms with what runs; days are left open, since a timer may run on into the next."""
    if not finished:
        return []
    groups = group_sessions([*finished, *runs], client, now)
    mine = {run.id for run in runs}
    keys = {_terms(g) for g in groups if any(p.session.id in mine for p in g.pieces)}
    sharing = {p.session.id for g in groups if _terms(g) in keys for p in g.pieces}
    return [s for s in finished if s.id in sharing]


def _terms(group: Group) -> object:
    key = group.key
    line = key.anchor if key.rule.scope is GroupScope.LINE else ""
    return key.project, key.hourly, key.scope, key.decision, key.rule, line
