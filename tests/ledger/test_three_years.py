"""Three years of agreements against a reckoning of their own: lots by the day, fees by the day, money by the second.

Nothing of the program's periods, frames or groups is used here; only what was agreed and what was worked.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import (
    Burn,
    Carry,
    ChangeOrder,
    Contract,
    ContractKind,
    ContractPeriod,
    Deliverable,
    TopUp,
)
from clepsydra.domain.rounding import Model
from clepsydra.domain.statement import LineSort, Statement
from clepsydra.domain.terms import Rate
from clepsydra.ledger.billing import statements
from clepsydra.ledger.verify import verify
from tests.domain import included_lots as lots
from tests.ledger.test_fees import START, agree, worked
from tests.ledger.workbench import HOUR, MINUTE, Desk, client, rule, wall

DAYS = 1096
END = START + timedelta(days=DAYS)
RATES = (Rate(date(2020, 1, 1), Decimal("100")), Rate(date(2027, 3, 17), Decimal("111.11")))
"""The normal rate changes in the middle of a month."""

STEP = 15 * MINUTE


def day(n: int) -> date:
    return START + timedelta(days=n)


def cents(amount: Fraction) -> int:
    return floor(amount * 100 + Fraction(1, 2))


@dataclass
class Work:
    """One session: what it really took, what it consumed of its agreement, and whether a statement has it."""

    day: date
    exact: int
    consumed: int
    rate: Decimal
    stated: bool = False


@dataclass
class Reckoning:
    """What each statement of a retainer bills, worked out from days and seconds."""

    contracts: list[Contract]
    work: list[Work]
    fees: set[date] = field(default_factory=set)
    over: dict[date, int] = field(default_factory=dict)

    def statement(self, last: date) -> tuple[int, int]:
        """Fees and overage of a statement up to a day, in cents; what it takes is taken.

        Overage is what all periods owe by now, less what was taken of them; what was taken too much comes off first.
        """
        horizon = max([last, *(each.day for each in self.work)])
        runs, now = self._simulated(last, last)
        known = self._simulated(horizon, horizon)[1]
        too_much = sum(max(0, self.over.get(run[0][0], 0) - over) for run, over in zip(runs, known, strict=True))
        open_ = [each for each in self.work if not each.stated and each.day <= last]
        left = {id(each): each.consumed for each in open_}
        fees = money = 0
        for run, over in zip(runs, now, strict=True):
            first, ends = run[0][0], run[-1][0]
            if first > last:
                continue
            due = max(0, over - self.over.get(first, 0))
            due, too_much = due - min(due, too_much), too_much - min(due, too_much)
            mine = [each for each in open_ if any(each.day == on for on, _ in run)]
            others = [each for each in open_ if each not in mine]
            taken = _taken([*others, *mine], left, due)
            money += _price(taken, due, run[-1][1], ends)
            if ends <= last and first not in self.fees:
                self.fees.add(first)
                fees += cents(sum((Fraction(c.fee) / _length(on, c) for on, c in run), Fraction(0)))
            self.over[first] = self.over.get(first, 0) + due
            for each in mine if first in self.fees or due else ():
                each.stated = True
            for each, _ in taken:
                each.stated = True
        return fees, money

    def _simulated(self, last: date, bought: date) -> tuple[list, list[int]]:
        """The periods, and the seconds beyond of each by the work up to a day and what was bought by another."""
        used: dict[date, int] = {}
        for each in self.work:
            if each.day <= last:
                used[each.day] = used.get(each.day, 0) + each.consumed
        known = [replace(c, top_ups=tuple(t for t in c.top_ups if t.day <= bought)) for c in self.contracts]
        return lots.runs_of_days(known, END), [figures["over"] for figures in lots.simulate(known, used, END)]

    def add(self, more: Iterable[Work]) -> None:
        """Work logged later; among that of its day, it comes last."""
        self.work = sorted([*self.work, *more], key=lambda each: each.day)


def _taken(work: list[Work], left: dict[int, int], due: int) -> list[tuple[Work, int]]:
    """The last seconds of the work that are due, as far as it goes."""
    found = []
    for each in reversed(work):
        seconds = min(due, left[id(each)])
        if seconds:
            due -= seconds
            left[id(each)] -= seconds
            found.append((each, seconds))
    return found


def _length(on: date, contract: Contract) -> int:
    begins, ends = lots.spell(on, contract.period)
    return (ends - begins).days


def _price(taken: list[tuple[Work, int]], due: int, terms: Contract, ends: date) -> int:
    """Seconds of work, each at its rate, and what is due without work at that of the last day; rounded once a rate."""
    by_rate: dict[Decimal, int] = {}
    for each, seconds in taken:
        rate = each.rate if terms.overage_hourly is None else terms.overage_hourly
        by_rate[rate] = by_rate.get(rate, 0) + seconds
    alone = due - sum(seconds for _, seconds in taken)
    normal = max((r for r in RATES if r.since <= ends), key=lambda r: r.since).hourly
    rate = normal if terms.overage_hourly is None else terms.overage_hourly
    return sum(cents(Fraction(rate) * n / HOUR) for rate, n in by_rate.items()) + cents(Fraction(rate) * alone / HOUR)


@st.composite
def retainers(draw: st.DrawFn) -> list[Contract]:
    """Up to four versions, most of them changing in the middle of a period."""
    sinces = sorted({0, *draw(st.lists(st.integers(1, 1000), max_size=3))})
    carry = st.sampled_from([None, Carry(), Carry(5 * HOUR, 1), Carry(None, 2), Carry(3 * HOUR, None)])
    period = st.sampled_from([ContractPeriod.MONTH, ContractPeriod.MONTH, ContractPeriod.MONTH, ContractPeriod.QUARTER])
    return [
        Contract(
            day(n), draw(st.sampled_from([ContractKind.RETAINER] * 4 + [ContractKind.HOURLY])) if n else
            ContractKind.RETAINER, period=draw(period),
            included=draw(st.sampled_from([0, 5, 10, 20])) * HOUR + draw(st.sampled_from([0, 7])),
            fee=Decimal(draw(st.sampled_from(["0", "999.99", "2000", "1234.57"]))), carry=draw(carry),
            borrow=draw(st.sampled_from([0, 2 * HOUR])), burn=draw(st.sampled_from(Burn)),
            overage_hourly=draw(st.sampled_from([None, Decimal("130"), Decimal("99.99")])),
            ends=draw(st.sampled_from([None, None, None, day(n + 200)])),
            top_ups=tuple(TopUp(day(t), 3 * HOUR) for t in sorted(draw(st.lists(st.integers(n, 1090), max_size=1)))),
        )
        for n in sinces
    ]  # fmt: skip


sessions = st.lists(st.tuples(st.integers(0, 1095), st.integers(1, 14 * HOUR)), min_size=5, max_size=40)
late_sessions = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 14 * HOUR)), max_size=8)
statement_days = st.lists(st.integers(20, 1090), max_size=5, unique=True)


def reckoned(contracts: list[Contract], done: list[tuple[int, int]]) -> Iterator[Work]:
    for n, seconds in sorted(done, key=lambda each: each[0]):
        version = lots.version_on(contracts, day(n))
        if version is not None:
            rounded = -(-seconds // STEP) * STEP
            rate = max((r for r in RATES if r.since <= day(n)), key=lambda r: r.since).hourly
            yield Work(day(n), seconds, seconds if version.burn is Burn.EXACT else rounded, rate)


def desk_with(contracts: list[Contract], done: list[tuple[int, int]]) -> Desk:
    made = client("gant", "100", rule(Model.UP, STEP), contracts=tuple(contracts), rates=RATES)
    desk = Desk.at(now=wall("2029-01-01 12:00"), gant=made)
    log(desk, done)
    return desk


def log(desk: Desk, done: list[tuple[int, int]]) -> None:
    for n, seconds in sorted(done, key=lambda each: each[0]):
        worked(desk, str(day(n)), Fraction(seconds, HOUR))


def amounts(found: Statement) -> tuple[int, int]:
    fees = sum(line.fee_minor for line in found.lines if line.sort is LineSort.FEE)
    return fees, sum(line.figures.billed_minor for line in found.lines if line.sort is LineSort.OVERAGE)


@settings(max_examples=40, deadline=None)
@given(retainers(), sessions, statement_days, late_sessions)
def test_every_statement_of_three_years_comes_out_to_the_cent(contracts, done, days, late):
    done = [(0, 1), *done]  # a log that begins with the agreement
    desk, wanted = desk_with(contracts, done), Reckoning(contracts, list(reckoned(contracts, done)))
    for last in [*map(day, sorted(days)), END - timedelta(days=1)]:
        if late and wanted.fees:
            log(desk, late)
            wanted.add(reckoned(contracts, late))
            late = []
        found = statements.preview(desk.ledger, "gant", None, last).statement
        trial = deepcopy(wanted)
        assert amounts(found) == trial.statement(last)
        if found.bills:
            statements.issue(desk.ledger, "gant", None, last)
            wanted = trial
    assert verify(desk.ledger) == []


def test_a_month_that_changes_how_it_is_used_up_bills_all_that_is_beyond():
    none = Contract(day(0), ContractKind.RETAINER, fee=Decimal(100), overage_hourly=Decimal(130))
    contracts = [none, replace(none, since=day(15), burn=Burn.EXACT)]
    desk = desk_with(contracts, [(3, 60), (5, 61), (20, 100)])
    found = statements.preview(desk.ledger, "gant", None, day(30)).statement
    seconds = 2 * STEP + 100
    assert amounts(found) == (10_000, cents(Fraction(130 * seconds, HOUR)))


# -- caps


@st.composite
def capped(draw: st.DrawFn) -> list[Contract]:
    """Versions by the hour, each with its cap or without."""
    sinces = sorted({0, *draw(st.lists(st.integers(1, 1000), max_size=3))})
    caps = st.sampled_from([None, Decimal("500"), Decimal("1234.56"), Decimal(5000)])
    return [Contract(day(n), cap=draw(caps)) for n in sinces]


@settings(max_examples=40, deadline=None)
@given(capped(), sessions, statement_days)
def test_what_a_cap_lets_through_is_the_cap_to_the_cent(contracts, done, days):
    desk, billed = desk_with(contracts, done), 0
    for last in [*map(day, sorted(days)), END - timedelta(days=1)]:
        gross: dict[date, int] = {}
        for n in sorted({n for n, _ in done if day(n) <= last}):  # a line is a day's time, priced once
            billed_seconds = sum(-(-seconds // STEP) * STEP for on, seconds in done if on == n)
            rate = max((r for r in RATES if r.since <= day(n)), key=lambda r: r.since).hourly
            since = max(c.since for c in contracts if c.since <= day(n))
            gross[since] = gross.get(since, 0) + cents(Fraction(rate) * billed_seconds / HOUR)
        caps = {c.since: c.cap for c in contracts}
        limited = [min(sum_, cents(Fraction(caps[on]))) if caps[on] else sum_ for on, sum_ in gross.items()]
        found = statements.preview(desk.ledger, "gant", None, last).statement
        assert billed + found.net_minor == sum(limited)
        if found.bills:
            billed += statements.issue(desk.ledger, "gant", None, last).net_minor
    assert verify(desk.ledger) == []


# -- fixed fees

day_or_never = st.one_of(st.none(), st.integers(0, 1095).map(day))


@st.composite
def fixed(draw: st.DrawFn) -> Contract:
    """A fee with deliverables of any weights, accepted on any day or never, and change orders."""
    weights = draw(st.lists(st.sampled_from(["1", "2.5", "30", "33.3"]), min_size=1, max_size=5))
    changes = draw(st.lists(st.tuples(st.integers(0, 1095), st.sampled_from(["0", "100", "333.33"])), max_size=3))
    return Contract(
        START, ContractKind.FIXED, included=80 * HOUR, fee=Decimal(draw(st.sampled_from(["1000", "8000", "999.97"]))),
        deliverables=tuple(Deliverable(f"part {n}", Decimal(w), draw(day_or_never)) for n, w in enumerate(weights)),
        changes=tuple(ChangeOrder(f"order {n}", day(on), HOUR, Decimal(f)) for n, (on, f) in enumerate(changes)),
    )  # fmt: skip


def due_of(contract: Contract, last: date) -> int:
    """What acceptance has made due: parts that sum to the fee, and change orders in their proportion."""
    whole = sum(Fraction(part.weight) for part in contract.deliverables)
    exact = [Fraction(contract.fee) * 100 * Fraction(part.weight) / whole for part in contract.deliverables]
    parts = [floor(each) for each in exact]
    short = cents(Fraction(contract.fee)) - sum(parts)
    for n in sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))[:short]:
        parts[n] += 1
    done = [part.accepted is not None and part.accepted <= last for part in contract.deliverables]
    progress = sum((Fraction(p.weight) for p, yes in zip(contract.deliverables, done, strict=True) if yes), Fraction(0))
    orders = (cents(progress / whole * Fraction(c.fee)) for c in contract.changes if c.accepted <= last)
    return sum(minor for minor, yes in zip(parts, done, strict=True) if yes) + sum(orders)


@settings(max_examples=40, deadline=None)
@given(fixed(), sessions, statement_days)
def test_what_was_accepted_is_due_to_the_cent_and_once(contract, done, days):
    desk, billed = desk_with([contract], done), 0
    for last in [*map(day, sorted(days)), END - timedelta(days=1)]:
        found = statements.preview(desk.ledger, "gant", None, last).statement
        assert billed + found.net_minor == due_of(contract, last)
        if found.bills:
            billed += statements.issue(desk.ledger, "gant", None, last).net_minor
    assert verify(desk.ledger) == []


def test_a_second_fixed_fee_may_have_a_part_of_the_same_name():
    part = Deliverable("Design", Decimal(1), day(10))
    first = Contract(START, ContractKind.FIXED, included=HOUR, fee=Decimal(1000), deliverables=(part,))
    desk = desk_with([first], [(3, 60)])
    assert statements.issue(desk.ledger, "gant", None, day(20)).net_minor == 100_000
    again = replace(first, since=day(30), deliverables=(replace(part, accepted=day(40)),))
    agree(desk, first, again)
    assert statements.preview(desk.ledger, "gant", None, day(50)).statement.net_minor == 100_000
