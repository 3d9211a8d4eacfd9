"""Who is reminded of a debt today, with what tone: never who paid, promised, disputes or keeps a plan (law 17).

A level is reached so many days after the original due day, or after that of the instalment that was missed: friendly
on day 3, firm on day 10. Levels missed while nobody looked are passed over: on day 25 the letter is that of day 20,
and no other follows it before day 30. Weekends and holidays move a letter to the next working day, and between two
letters to one client lie five days at least, so that its debts go into one letter, with the tone of the gravest.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from clepsydra.domain.chase_terms import ChaseTerms
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass, field

PROMISE_GRACE = 2
"""Days after a promised day for the money to arrive, before the promise counts as broken."""


class ChaseLevel(IntEnum):
    """The letters, from the gentlest to the last."""

    COURTESY = 0
    FRIENDLY = 1
    FIRM = 2
    CHARGES = 3
    NOTICE = 4


class ChaseStop(StrEnum):
    """Why a debt is not chased; `last`: all letters were sent, what follows is the person's decision."""

    SETTLED = "settled"
    OFF = "off"
    DISPUTED = "disputed"
    PROMISED = "promised"
    DEFERRED = "deferred"
    PLANNED = "planned"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A letter about a debt that went out: its level, the due day it counted from, the day it was sent."""

    debt: str
    level: int
    due: date
    day: date


@dataclass(frozen=True, slots=True)
class ChaseEvents:
    """What happened with one client: letters about any debt; live promises by debt, disputes, what was put off."""

    sent: tuple[SentReminder, ...] = ()
    promised: Mapping[str, date] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    deferred: frozenset[str] = frozenset()


NO_EVENTS = ChaseEvents()


@dataclass(frozen=True, slots=True)
class ChaseStep:
    """Where the chasing of a debt stands: why it stopped, or the next letter and its day.

    `now` says that the letter is to be written today, `ready` that it is so on the first working day from today on.
    """

    debt: Debt
    stop: ChaseStop | None = None
    level: ChaseLevel = ChaseLevel.FRIENDLY
    on: date = date.max
    ready: bool = False
    now: bool = False

    @property
    def due(self) -> date:
        """The due day from which its letters count."""
        return self.debt.next_due


@dataclass(frozen=True, slots=True)
class DueLetter:
    """One letter to one client: every debt that is due for one, and the tone of the gravest."""

    client: str
    level: ChaseLevel
    steps: tuple[ChaseStep, ...]


def is_working(day: date, terms: ChaseTerms) -> bool:
    """Whether letters are written on a day."""
    holidays = terms.holidays
    return day.weekday() < 5 and not {(day.year, day.month, day.day), (0, day.month, day.day)} & set(holidays)


def working_from(day: date, terms: ChaseTerms) -> date:
    """The day itself, or the next one on which letters are written; a year of holidays alone moves nothing."""
    for days in range(366):
        if is_working(day + timedelta(days), terms):
            return day + timedelta(days)
    return day


def broken(until: date, today: date) -> bool:
    """Whether a promise that stands was not kept: its day and the days of grace are over."""
    return today > until + timedelta(PROMISE_GRACE)


def asked_minor(debt: Debt, today: date) -> int:
    """What a letter asks for: what is open, under a plan what is open of the parts that are late."""
    late = sum(part.open_minor for part in debt.parts if part.due < today)
    return late or debt.open_minor


def chase_step(debt: Debt, events: ChaseEvents, today: date, terms: ChaseTerms) -> ChaseStep:
    """Why a debt is not chased, or which letter is next and when; `events` are all of its client's."""
    stop = _stopped(debt, events, today, terms)
    if stop:
        return ChaseStep(debt, stop)
    due = debt.next_due
    sent = max((each.level for each in events.sent if each.debt == debt.id and each.due == due), default=-1)
    days = {ChaseLevel(n): due + timedelta(after) for n, after in enumerate(terms.levels, 1)}
    if terms.courtesy and today <= due:
        days[ChaseLevel.COURTESY] = due - timedelta(terms.courtesy)
    steps = {level: working_from(day, terms) for level, day in days.items() if level > sent}
    if not steps:
        return ChaseStep(debt, ChaseStop.LAST)
    desk = working_from(today, terms)  # on a Sunday the letters of Monday are to be seen, and may be written
    reached = [level for level, on in steps.items() if on <= desk]
    level = max(reached) if reached else min(steps)
    last = max((each.day for each in events.sent), default=None)
    free = last + timedelta(terms.gap) if last else desk
    on = max(working_from(max(steps[level], free), terms), desk)
    return ChaseStep(debt, None, level, on, ready=on == desk, now=on == today)


def _stopped(debt: Debt, events: ChaseEvents, today: date, terms: ChaseTerms) -> ChaseStop | None:
    if debt.open_minor <= 0:
        return ChaseStop.SETTLED
    if not terms.chase or not terms.levels:
        return ChaseStop.OFF
    if debt.id in events.disputed:
        return ChaseStop.DISPUTED
    if debt.id in events.promised and not broken(events.promised[debt.id], today):
        return ChaseStop.PROMISED
    if debt.id in events.deferred:
        return ChaseStop.DEFERRED
    if debt.parts and debt.next_due >= today:
        return ChaseStop.PLANNED
    noticed = any(each.debt == debt.id and each.level == ChaseLevel.NOTICE for each in events.sent)
    return ChaseStop.LAST if noticed else None


def due_reminder(debt: Debt, events: ChaseEvents, today: date, terms: ChaseTerms) -> ChaseStep | None:
    """The letter about a debt that is to be written today; None where there is none."""
    step = chase_step(debt, events, today, terms)
    return step if step.now else None


def due_letters(
    debts: Iterable[Debt], events: Mapping[str, ChaseEvents], today: date, terms: Mapping[str, ChaseTerms]
) -> list[DueLetter]:
    """The letters of a day, one to each client, the gravest first."""
    found: dict[str, list[ChaseStep]] = {}
    for debt in debts:
        step = due_reminder(debt, events.get(debt.client, NO_EVENTS), today, terms.get(debt.client, ChaseTerms()))
        if step:
            found.setdefault(debt.client, []).append(step)
    letters = [letter_of(client, steps) for client, steps in found.items()]
    return sorted(letters, key=lambda each: (-each.level, each.steps[0].due, each.client))


def letter_of(client: str, steps: Sequence[ChaseStep]) -> DueLetter:
    """One letter about some debts, the oldest first."""
    ordered = sorted(steps, key=lambda step: (step.due, step.debt.number))
    return DueLetter(client, max(step.level for step in ordered), tuple(ordered))
