"""The leaks: what was lost, what is at risk, each second in one class only (law 9).

| class      | lost                                                          | at risk, beside it                      |
|------------|---------------------------------------------------------------|-----------------------------------------|
| calls      | detected calls dismissed or unassigned; calls written off     |                                         |
| messages   | touches written off, which is how free ones are stored        |                                         |
| scope      | out of scope and absorbed; unpaid time beyond a fee           | out of scope and pending                |
| rounding   | rule_loss + manual_loss of billable groups and of overage     |                                         |
| credits    | what a credit note gave back of what was billed               |                                         |
| collection | kept of what was billed: bank, early payment, bad debts       |                                         |
| memory     | nothing; unexplained gaps of closed or past days are "up to"  | work logged late                        |
| delay      |                                                               | unbilled for too long, overdue balances |

What keeps them apart: a session has one treatment, and each treatment leads to one class at most. The evidence of calls
and gaps counts only where no session is, a gap only where no such call is. A written-off session that is neither call
nor touch is in none: a gift with a reason, shown among write-offs, not a leak nobody saw. Of a billable session, what
rounding lost is lost; the rest can be at risk once, by delay before memory, since late billing risks all of it. What
an overdue balance, an unpaid overage or a cap stands for is not at risk a second time. Of what was billed, what a bank,
a discount for early payment or a bad debt kept is lost in collection, and what a credit note gave back in credits.
"""

from bisect import insort
from collections.abc import Iterator, Set
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from clepsydra.domain.billing import Group, Treatment
from clepsydra.domain.figures import Figures
from clepsydra.domain.interval import Interval, near, subtract, total, union
from clepsydra.domain.money import Hourly, half_up, price, share
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import TOUCH_CHANNELS, Channel, Session, Source


class LeakClass(StrEnum):
    """Where time or money goes."""

    CALLS = "calls"
    MESSAGES = "messages"
    SCOPE = "scope"
    ROUNDING = "rounding"
    CREDITS = "credits"
    COLLECTION = "collection"
    MEMORY = "memory"
    DELAY = "delay"


AFTER_BILLING = (LeakClass.CREDITS, LeakClass.COLLECTION)
"""What is lost only once it was billed: shown where there is any."""


class Standing(StrEnum):
    """How sure a leak is: three figures, never one sum."""

    LOST = "lost"
    AT_RISK = "at_risk"
    UP_TO = "up_to"


def standing(kind: LeakClass, at_risk: bool) -> Standing:
    """Lost can be named session by session; at risk can still be saved; of a gap nobody said that it was work."""
    if at_risk:
        return Standing.AT_RISK
    return Standing.UP_TO if kind is LeakClass.MEMORY else Standing.LOST


@dataclass(frozen=True, slots=True)
class Leak:
    """One finding: seconds and minor units lost, at risk, or perhaps lost, with the sessions behind them.

    `evidence` names what is no session: a detected call or a statement.
    """

    kind: LeakClass
    seconds: int
    minor: int
    currency: str
    at_risk: bool = False
    sessions: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def standing(self) -> Standing:
        """How sure it is."""
        return standing(self.kind, self.at_risk)


@dataclass(frozen=True, slots=True)
class LeakEntry:
    """A session with its treatment, its exact seconds and the rate of its day."""

    session: Session
    treatment: Treatment
    seconds: int
    hourly: Hourly
    currency: str

    @property
    def minor(self) -> int:
        """What its exact time is worth at its own rate."""
        return price(self.seconds, self.hourly, self.currency)


@dataclass(frozen=True, slots=True)
class Unowned:
    """A stretch nobody logged: a detected call dismissed or unassigned (`evidence` is its id), or an unexplained gap.

    `hourly` is the rate of the client it was likely for, or the person's own usual one; 0 where neither is known.
    """

    span: Interval
    hourly: Hourly
    currency: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Overage:
    """Seconds in scope beyond what a fee covers and that nobody pays; overage billed at a rate is no leak."""

    seconds: int
    hourly: Hourly
    currency: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overdue:
    """An issued statement past its due date, with what is still to be paid."""

    number: str
    minor: int
    currency: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeakEvidence:
    """All that is known of a period. `entries` are sessions that are not billable, `groups` those of what is, each with
    its part of its line; what cannot leak may be left out.

    `presence` is where any session was, of any client. `late` and `stale` are the ids of sessions logged late and of
    sessions unbilled for too long.
    """

    entries: tuple[LeakEntry, ...] = ()
    groups: tuple[tuple[Group, Figures], ...] = ()
    calls: tuple[Unowned, ...] = ()
    gaps: tuple[Unowned, ...] = ()
    presence: tuple[Interval, ...] = ()
    overages: tuple[Overage, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    credits: tuple[Overdue, ...] = ()
    not_collected: tuple[Overdue, ...] = ()
    late: Set[str] = frozenset()
    stale: Set[str] = frozenset()


def logged_late(session: Session, late_after: int) -> bool:
    """Whether it was written down more than `late_after` seconds after its end: from memory.

    What another program recorded was written down there, nobody knows how soon.
    """
    if session.source is Source.IMPORT:
        return False
    return session.ended_at is not None and session.logged_at - session.ended_at > late_after


def find_leaks(evidence: LeakEvidence) -> list[Leak]:
    """Every leak of a period, found in the order of the classes within each kind of evidence."""
    owed = frozenset(chain.from_iterable(bill.sessions for bill in evidence.overdue))
    counted = owed.union(*(over.sessions for over in evidence.overages))
    return [
        *_unowned(evidence),
        *(leak for entry in evidence.entries if (leak := _of_entry(entry, evidence.late - counted))),
        *(
            Leak(LeakClass.SCOPE, o.seconds, price(o.seconds, o.hourly, o.currency), o.currency, sessions=o.sessions)
            for o in evidence.overages
            if o.seconds
        ),
        *(leak for group, f, gone in _beyond(evidence) for leak in _of_group(group, f, gone, evidence, owed)),
        *(
            Leak(LeakClass.CREDITS, 0, credit.minor, credit.currency, False, credit.sessions, credit.number)
            for credit in evidence.credits
        ),
        *(
            Leak(LeakClass.COLLECTION, 0, each.minor, each.currency, False, each.sessions, each.number)
            for each in evidence.not_collected
        ),
        *(
            Leak(LeakClass.DELAY, 0, bill.minor, bill.currency, True, bill.sessions, bill.number)
            for bill in evidence.overdue
            if bill.minor
        ),
    ]


def _unowned(evidence: LeakEvidence) -> Iterator[Leak]:
    """Calls and then gaps, each without what a session or one before it holds."""
    taken = union(evidence.presence)
    for kind, stretches in ((LeakClass.CALLS, evidence.calls), (LeakClass.MEMORY, evidence.gaps)):
        for one in stretches:
            left = subtract([one.span], near(taken, one.span))
            for part in left:
                insort(taken, part)
            seconds = total(left)
            if seconds:
                yield Leak(
                    kind, seconds, price(seconds, one.hourly, one.currency), one.currency, False, (), one.evidence
                )


def _of_entry(entry: LeakEntry, late: Set[str]) -> Leak | None:
    """What is lost, or at risk, of a session that is not billable; billable ones leak by their groups."""
    session, minor, at_risk = entry.session, entry.minor, False
    kind: LeakClass | None = None
    if entry.treatment is Treatment.WRITTEN_OFF:
        kind = _written_off(session.channel)
    elif entry.treatment is Treatment.ABSORBED:
        kind = LeakClass.SCOPE
    elif entry.treatment is Treatment.PENDING:
        kind, at_risk = LeakClass.SCOPE, True
    elif entry.treatment is Treatment.INCLUDED and session.id in late:
        kind, at_risk, minor = LeakClass.MEMORY, True, 0  # a fee pays for it whatever its length
    if kind is None or not entry.seconds:
        return None
    return Leak(kind, entry.seconds, minor, entry.currency, at_risk, (session.id,))


def _written_off(channel: Channel) -> LeakClass | None:
    if channel is Channel.CALL:
        return LeakClass.CALLS
    return LeakClass.MESSAGES if channel in TOUCH_CHANNELS else None


def _beyond(evidence: LeakEvidence) -> list[tuple[Group, Figures, int]]:
    """The groups, each with the minor units of it that are beyond what is paid: the latest ones first, as a cap takes
    them off.
    """
    left = [price(one.seconds, one.hourly, one.currency) for one in evidence.overages]
    over: dict[str, set[int]] = {}
    for n, one in enumerate(evidence.overages):
        for ident in one.sessions:
            over.setdefault(ident, set()).add(n)
    found = []
    for group, figures in reversed(evidence.groups):
        gone = 0
        for n in sorted({n for piece in group.pieces for n in over.get(piece.session.id, ())}):
            taken = min(left[n], figures.billed_minor - gone)
            left[n] -= taken
            gone += taken
        found.append((group, figures, gone))
    return found[::-1]


def _of_group(group: Group, f: Figures, gone: int, evidence: LeakEvidence, owed: Set[str]) -> Iterator[Leak]:
    """What rounding lost, and the sessions at risk: with the seconds not lost already, and the money to be billed."""
    lost_seconds, lost_minor = f.rule_loss_seconds + f.manual_loss_seconds, f.rule_loss_minor + f.manual_loss_minor
    sessions = tuple(dict.fromkeys(piece.session.id for piece in group.pieces))
    if lost_seconds or lost_minor:
        yield Leak(LeakClass.ROUNDING, lost_seconds, lost_minor, group.currency, sessions=sessions)
    weights = [piece.span.seconds for piece in group.pieces]
    beyond = half_up(Fraction(f.billed_seconds * gone, f.billed_minor)) if gone else 0
    seconds = share(max(0, f.exact_seconds - lost_seconds - beyond), weights)
    minor = share(f.billed_minor - gone, weights)
    for piece, part_seconds, part_minor in zip(group.pieces, seconds, minor, strict=True):
        ident = piece.session.id
        stale = ident in evidence.stale
        if ident not in owed and (stale or ident in evidence.late) and (part_seconds or part_minor):
            kind = LeakClass.DELAY if stale else LeakClass.MEMORY
            yield Leak(kind, part_seconds, part_minor, group.currency, True, (ident,))
