"""What the leaks must be, worked out a second time from the words of the design: each second is painted once.

Time that nobody logged is counted second by second on one long strip; the sessions' seconds are painted session by
session, so that a second that two classes claim is found out here, whatever the program says.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import repeat
from math import floor

from tests.ledger import reckoning
from tests.ledger.reckoning import half_up, money, owner_of, rate_of

CALL, TOUCHES = "call", ("message", "fix")
DAY = 86_400


@dataclass
class Found:
    """One figure: seconds and minor units, and the sessions it is made of."""

    seconds: int = 0
    minor: int = 0
    sessions: set = field(default_factory=set)

    def add(self, seconds: int, minor: int, *sessions: str) -> None:
        self.seconds, self.minor = self.seconds + seconds, self.minor + minor
        self.sessions |= set(sessions)


Figures = dict[tuple[str, str, str, bool], Found]
"""By class, client (empty for what is nobody's), currency, and whether it is at risk only."""


@dataclass
class Truth:
    """What there is to know: rows of sessions, of absences, of calls; which days are closed; which bills are owed.

    `absences` and the `hours` of work of each day are pairs of instants, as are the `calls` that nobody took, with the
    client each was likely for. `owed` gives by statement its last day and what is still to be paid of one past due.
    """

    rows: list
    clients: dict
    now: int
    zone: object
    late_after: int
    unbilled_over: int
    absences: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    closed: set = field(default_factory=set)
    owed: dict = field(default_factory=dict)
    hours: dict = field(default_factory=dict)
    gap_under: int = 300

    @property
    def today(self) -> date:
        return datetime.fromtimestamp(self.now, self.zone).date()

    def midnight(self, day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())


def leaks(truth: Truth, first: date, last: date) -> Figures:
    """Every figure of a period that is not nothing."""
    found: Figures = defaultdict(Found)
    for client in truth.clients.values():
        if client.slug != "own":
            _of_client(truth, client, first, last, found)
    _of_nobody(truth, first, last, found)
    return {key: figure for key, figure in found.items() if figure.seconds or figure.minor}


def _of_client(truth: Truth, client, first: date, last: date, found: Figures) -> None:
    mine = [row for row in truth.rows if row.client == client.slug]
    inside = [row for row in mine if first.toordinal() <= row.day <= last.toordinal()]
    held = set()
    for row, beyond in _beyond_fees(mine, client, last):
        if beyond and row.day >= first.toordinal():
            held.add(row.id)
            hourly = rate_of(client, row.project, row.channel, date.fromordinal(row.day))
            found["scope", client.slug, client.currency, False].add(
                beyond, money(beyond, hourly, client.currency), row.id
            )
    for statement, (day, minor) in truth.owed.items():
        ids = [row.id for row in mine if row.statement == statement]
        if ids and first <= day <= last:
            held |= set(ids)
            found["delay", client.slug, client.currency, True].add(0, minor, *ids)
    for row in inside:
        _of_session(truth, client, row, held, found)
    for members, counted, minors in _groups(truth, client, mine, first, last):
        _of_group(truth, client, members, counted, minors, held, found)


def _length(row, truth: Truth) -> int:
    return (truth.now if row.ended_at is None else row.ended_at) - row.started_at


def _late(row, truth: Truth) -> bool:
    return row.statement is None and row.ended_at is not None and row.logged_at - row.ended_at > truth.late_after


def _of_session(truth: Truth, client, row, held: set, found: Figures) -> None:
    owner, seconds = owner_of(row, client), _length(row, truth)
    hourly = rate_of(client, row.project, row.channel, date.fromordinal(row.day))
    worth = money(seconds, hourly, client.currency)
    kind, at_risk = None, False
    if owner == "written_off":
        kind = "calls" if row.channel == CALL else "messages" if row.channel in TOUCHES else None
    elif owner in ("out_absorbed", "out_pending"):
        kind, at_risk = "scope", owner == "out_pending"
    elif owner == "included" and _late(row, truth) and row.id not in held:
        kind, at_risk, worth = "memory", True, 0
    if kind and seconds:
        found[kind, client.slug, client.currency, at_risk].add(seconds, worth, row.id)


def _beyond_fees(mine: list, client, last: date) -> Iterator[tuple[object, int]]:
    """Of each session in a fixed fee, the seconds beyond its hours; the client's own contract is all there is here."""
    budget = sum(contract.included or 0 for contract in client.contracts if contract.kind == "fixed")
    if not budget:
        return
    used = 0
    for row in sorted(mine, key=lambda r: (r.started_at, r.id)):
        if row.day <= last.toordinal() and owner_of(row, client) == "included":
            seconds = row.ended_at - row.started_at
            yield row, max(0, min(seconds, used + seconds - budget))
            used += seconds


def _groups(truth: Truth, client, mine: list, first: date, last: date) -> Iterator:
    """The groups of what is unbilled in the period, and those that statements froze and that begin in it; each with its
    part of its line, by its own seconds.
    """
    low, high = first.toordinal(), last.toordinal()
    billable = [row for row in mine if owner_of(row, client) in ("billable", "out_bill")]
    open_rows = [row for row in billable if row.statement is None and low <= row.day <= high]
    stated = reckoning.gathered([r for r in billable if r.statement], client, truth.now)
    held = reckoning.held_of(map(_frozen, stated, repeat(client)), {row.id: row for row in mine}, client)
    found = reckoning.gathered(open_rows, client, truth.now, held=held)
    found += [group for group in stated if low <= _day(group, client) <= high]
    for line in reckoning.on_lines(found, client):
        whole = reckoning.line_figures(line, client)
        parts = {name: fair(whole[f"{name}_minor"], [g.counted[name] for g in line]) for name in reckoning.COUNTERS}
        for n, group in enumerate(line):
            yield group.members, group.counted, {name: parts[name][n] for name in reckoning.COUNTERS}


def _day(group: reckoning.Gathered, client) -> int:
    """The day of a group's first part."""
    row, begin, _ = group.members[0]
    return reckoning.day_of(begin, client).toordinal() if begin != row.started_at else row.day


def _frozen(group: reckoning.Gathered, client) -> tuple[int, int, int, list]:
    """A statement's group as late work of its day finds it: the day, the seconds by the rule and billed, the parts."""
    counted = group.counted
    by_rule = counted["exact"] + sum(counted[f"{kind}_gain"] - counted[f"{kind}_loss"] for kind in ("rule", "unit"))
    return (
        _day(group, client),
        by_rule,
        counted["billed"],
        [(row.id, begin, end, None) for row, begin, end in group.members],
    )


def _of_group(truth: Truth, client, members: list, counted: dict, minors: dict, held: set, found: Figures) -> None:
    lost, gone = (sums["rule_loss"] + sums["manual_loss"] for sums in (counted, minors))
    if lost or gone:
        found["rounding", client.slug, client.currency, False].add(lost, gone, *(row.id for row, _, _ in members))
    weights = [end - begin for _, begin, end in members]
    left = fair(max(0, counted["exact"] - lost), weights)
    due = fair(minors["billed"], weights)
    for (row, _, _), seconds, minor in zip(members, left, due, strict=True):
        old = row.statement is None and _old(truth, client, date.fromordinal(row.day))
        if row.id not in held and (old or _late(row, truth)) and (seconds or minor):
            found["delay" if old else "memory", client.slug, client.currency, True].add(seconds, minor, row.id)


def _old(truth: Truth, client, day: date) -> bool:
    """A retainer's work waits too long once a month has passed since its own; other work by its age."""
    if any(contract.kind == "retainer" for contract in client.contracts):
        months = day.year * 12 + day.month + 1
        return truth.today >= date(months // 12, months % 12 + 1, 1)
    return (truth.today - day).days * DAY > truth.unbilled_over


def fair(amount: int, weights: list[int]) -> list[int]:
    """An amount shared by weight: each gets the whole part of its due, who is owed most of a unit gets one more."""
    if not sum(weights):
        return [amount] + [0] * (len(weights) - 1)
    dues = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [floor(due) for due in dues]
    order = sorted(range(len(dues)), key=lambda n: (parts[n] - dues[n], n))
    for n in order[: amount - sum(parts)]:
        parts[n] += 1
    return parts


# -- what nobody logged, on a strip with one mark for each second


def _of_nobody(truth: Truth, first: date, last: date, found: Figures) -> None:
    begin, end = truth.midnight(first), truth.midnight(last + timedelta(days=1))
    strip = bytearray(end - begin)

    def painted(low: int, high: int) -> int:
        """Paint what is still bare of a stretch; returns how many seconds that were."""
        low, high = max(0, low - begin), min(len(strip), high - begin)
        bare = strip[low:high].count(0) if low < high else 0
        strip[low : max(low, high)] = b"\1" * max(0, high - low)
        return bare

    for row in truth.rows:
        painted(row.started_at, truth.now if row.ended_at is None else row.ended_at)
    for low, high, slug in sorted(truth.calls, key=lambda call: call[0]):
        client, day = truth.clients[slug], datetime.fromtimestamp(max(low, begin), truth.zone).date()
        seconds, hourly = painted(low, high), rate_of(client, "default", CALL, day)
        if seconds:
            found["calls", slug, client.currency, False].add(seconds, money(seconds, hourly, client.currency))
    day = first
    while day <= min(last, truth.today):
        if day >= _first_day(truth) and (day < truth.today or day in truth.closed):
            for low, high in _missed(truth, day):
                seconds = painted(low, high)
                if seconds:
                    hourly, currency = _day_rate(truth, day)
                    found["memory", "", currency, False].add(seconds, money(seconds, hourly, currency))
        day += timedelta(days=1)


def _missed(truth: Truth, day: date) -> Iterator[tuple[int, int]]:
    """The parts of a day's gaps inside the hours of work, where any are set, that are longer than what nobody asks."""
    for low, high in _gaps(truth, day):
        hours = truth.hours.get(day, ()) if any(truth.hours.values()) else [(low, high)]
        for begin, end in sorted(hours):
            part = max(low, begin), min(high, end)
            if part[1] - part[0] > truth.gap_under:
                yield part


def _first_day(truth: Truth) -> date:
    earliest = min((row.started_at for row in truth.rows), default=truth.now + 9 * DAY)
    return datetime.fromtimestamp(earliest, truth.zone).date()


def _gaps(truth: Truth, day: date) -> Iterator[tuple[int, int]]:
    """The stretches of a day between its first and its last mark that nothing explains, found second by second."""
    begin, end = truth.midnight(day), min(truth.midnight(day + timedelta(days=1)), truth.now)
    bare, marks = bytearray(b"\1" * max(0, end - begin)), []
    for stretches, frames, covers in (
        ([(row.started_at, row.started_at + _length(row, truth)) for row in truth.rows], True, True),
        (truth.hours.get(day, ()), True, False),
        (truth.absences, False, True),
    ):
        for low, high in stretches:
            here = max(0, low - begin), min(len(bare), high - begin)
            if here[0] < here[1] or (low == high and 0 <= low - begin < len(bare)):
                marks += here if frames else ()
                if covers:
                    bare[here[0] : here[1]] = bytes(here[1] - here[0])
    at, last = min(marks, default=0), max(marks, default=0)
    while at < last:
        ends = bare.find(1 - bare[at], at, last)
        ends = last if ends < 0 else ends
        if bare[at]:
            yield begin + at, begin + ends
        at = ends


def _day_rate(truth: Truth, day: date) -> tuple[Fraction, str]:
    """The mean rate of a day's priced work in its main currency, to the hundredth; else of what was before."""
    begin, end = truth.midnight(day), truth.midnight(day + timedelta(days=1))
    touching = [
        row for row in truth.rows
        if row.started_at < end and (truth.now if row.ended_at is None else row.ended_at) > begin
    ]  # fmt: skip
    before = sorted((r for r in truth.rows if r.started_at < end), key=lambda r: (r.started_at, r.id))
    for rows in (touching, before[-100:]):
        seconds, value = defaultdict(int), defaultdict(Fraction)
        for row in rows:
            client = truth.clients[row.client]
            hourly = rate_of(client, row.project, row.channel, date.fromordinal(row.day))
            if row.client != "own" and hourly and _length(row, truth):
                seconds[client.currency] += _length(row, truth)
                value[client.currency] += hourly * _length(row, truth)
        if seconds:
            code = max(seconds, key=lambda each: (seconds[each], each))
            return Fraction(half_up(value[code] / seconds[code] * 100), 100), code
    return Fraction(0), "EUR"
