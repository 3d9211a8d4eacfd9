"""Retainers: their worked example, and three years of them against a day-by-day simulation of their lots."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import Carry, Contract, ContractKind, ContractPeriod, TopUp
from clepsydra.domain.contracts import LedgerPeriod, ledger_of_periods
from clepsydra.domain.periods import months_after
from tests.domain.included_lots import START, simulate

H = 3600
RETAINER = Contract(START, ContractKind.RETAINER, included=10 * H, fee=Decimal(1000))
CARRYING = replace(RETAINER, carry=Carry(5 * H, 1))


def ledger(contract: Contract, used: dict[date, int], today: date) -> list[LedgerPeriod]:
    return list(ledger_of_periods([contract], used, today))


def hours(seconds: int) -> float:
    return seconds / H


class TestWorkedExample:
    """Ten hours a month, cap five, expiry one month: 4, 13 and 14 hours used."""

    used: Mapping[date, int] = {
        date(2026, 1, 20): 4 * H,
        date(2026, 2, 3): 7 * H,
        date(2026, 2, 27): 6 * H,
        date(2026, 3, 9): 14 * H,
    }

    def test_the_months(self):
        january, february, march = ledger_of_periods([CARRYING], self.used, date(2026, 3, 31))
        assert (january.carried_out, january.expired, january.over) == (5 * H, 1 * H, 0)
        assert (february.carried_in, february.available, february.carried_out) == (5 * H, 15 * H, 2 * H)
        assert (march.available, march.over, march.carried_out) == (12 * H, 2 * H, 0)

    def test_without_carry_the_rest_expires(self):
        january, february, _ = ledger_of_periods([RETAINER], self.used, date(2026, 3, 1))
        assert (january.expired, january.carried_out) == (6 * H, 0)
        assert (february.available, february.over) == (10 * H, 3 * H)

    def test_an_old_lot_is_used_first_and_dies_on_its_date(self):
        idle = ledger(CARRYING, {date(2026, 2, 2): 2 * H}, date(2026, 3, 31))
        # February used two of January's five; the other three died with February, which itself carries five.
        assert [(hours(p.expired), hours(p.carried_out)) for p in idle] == [(5, 5), (8, 5), (10, 5)]

    def test_a_bought_top_up_stays_until_it_is_used(self):
        bought = replace(RETAINER, top_ups=(TopUp(date(2026, 1, 25), 6 * H),))
        used = {date(2026, 1, 10): 12 * H, date(2026, 3, 2): 13 * H}
        months = ledger(bought, used, date(2026, 3, 31))
        assert [(hours(p.topped_up), hours(p.carried_out), hours(p.over)) for p in months] == [
            (6, 4, 0),
            (0, 4, 0),
            (0, 1, 0),
        ]
        assert ledger(bought, used, date(2026, 1, 24))[0].topped_up == 0

    def test_borrowed_hours_come_out_of_the_next_month(self):
        lending = replace(RETAINER, borrow=3 * H)
        months = ledger(lending, {date(2026, 1, 10): 14 * H, date(2026, 2, 10): 9 * H}, date(2026, 3, 1))
        assert [(hours(p.borrowed), hours(p.over), hours(p.repaid), hours(p.available)) for p in months] == [
            (3, 1, 0, 10),
            (2, 0, 3, 7),
            (0, 0, 2, 8),
        ]
        assert [hours(p.owed) for p in months] == [3, 2, 0]

    def test_a_debt_may_not_grow_beyond_what_may_be_borrowed(self):
        small = replace(RETAINER, included=2 * H, borrow=8 * H)
        months = ledger(small, {date(2026, 1, 10): 11 * H, date(2026, 2, 10): 5 * H}, date(2026, 3, 1))
        assert [(hours(p.repaid), hours(p.borrowed), hours(p.over), hours(p.owed)) for p in months] == [
            (0, 8, 1, 8),
            (2, 2, 3, 8),
            (2, 0, 0, 6),
        ]

    @pytest.mark.parametrize(("day", "left"), [(date(2026, 4, 30), 10), (date(2026, 5, 1), 6)])
    def test_a_lot_that_dies_within_a_period_is_there_until_its_day(self, day, left):
        quarterly = replace(CARRYING, period=ContractPeriod.QUARTER, carry=Carry(None, 1))
        spring = ledger(quarterly, {date(2026, 2, 1): 6 * H, day: 4 * H}, date(2026, 6, 30))[-1]
        assert (hours(spring.carried_in), hours(spring.carried_out), hours(spring.over)) == (4, left, 0)


class TestPeriods:
    """Calendar periods, started ones pro rata."""

    def test_a_started_month_counts_by_its_days(self):
        first, second = ledger(replace(RETAINER, since=date(2026, 3, 17)), {}, date(2026, 4, 1))
        assert (first.first, first.last) == (date(2026, 3, 17), date(2026, 3, 31))
        assert first.included == floor(Fraction(10 * H * 15, 31) + Fraction(1, 2))
        assert (first.fee, first.fee_minor("EUR")) == (Fraction(15_000, 31), 48_387)
        assert (second.included, second.fee_minor("EUR")) == (10 * H, 100_000)

    def test_an_ended_one_too(self):
        (only,) = ledger(replace(RETAINER, ends=date(2026, 1, 10)), {date(2026, 1, 20): H}, date(2026, 5, 1))
        assert (only.last, only.included, only.used) == (date(2026, 1, 10), floor(36_000 * 10 / 31 + 0.5), 0)

    def test_versions_of_one_month_share_it(self):
        more = replace(RETAINER, since=date(2026, 1, 16), included=20 * H, fee=Decimal(1900))
        (january,) = ledger_of_periods([RETAINER, more], {date(2026, 1, 5): 14 * H}, date(2026, 1, 31))
        assert january.included == 17_419 + 37_161  # 15 of 31 days of ten hours, 16 of twenty
        assert (january.over, january.contract) == (0, more)
        assert january.fee == Fraction(15 * 1000 + 16 * 1900, 31)

    def test_another_length_cuts_the_period(self):
        quarterly = replace(RETAINER, since=date(2026, 2, 15), period=ContractPeriod.QUARTER, included=30 * H)
        periods = ledger_of_periods([RETAINER, quarterly], {}, date(2026, 4, 1))
        assert [(p.first, p.last, p.included) for p in periods] == [
            (date(2026, 1, 1), date(2026, 1, 31), 10 * H),
            (date(2026, 2, 1), date(2026, 2, 14), 5 * H),
            (date(2026, 2, 15), date(2026, 3, 31), 15 * H),
            (date(2026, 4, 1), date(2026, 6, 30), 30 * H),
        ]

    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            (ContractPeriod.WEEK, date(2026, 11, 23), date(2026, 11, 29)),
            (ContractPeriod.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
            (ContractPeriod.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
            (ContractPeriod.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        ],
    )
    def test_calendar(self, period, first, last):
        current = ledger(replace(RETAINER, period=period), {}, date(2026, 11, 24))[-1]
        assert (current.first, current.last) == (first, last)

    def test_months_after(self):
        assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
        assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
        assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)


END = date(2029, 1, 1)
days_of_three_years = st.dates(START, date(2028, 12, 31))


@st.composite
def contract_versions(draw: st.DrawFn) -> list[Contract]:
    sinces = sorted({START, *draw(st.lists(days_of_three_years, max_size=3))})
    carries = st.one_of(
        st.none(),
        st.builds(
            Carry,
            st.sampled_from([None, 0, 5 * H, 12 * H]),
            st.sampled_from([None, 1, 2, 3]),
        ),
    )
    versions = []
    for since in sinces:
        kind = draw(st.sampled_from([ContractKind.RETAINER] * 4 + [ContractKind.HOURLY]))
        versions.append(
            Contract(
                since,
                kind,
                period=draw(
                    st.sampled_from(
                        [ContractPeriod.MONTH, ContractPeriod.MONTH, ContractPeriod.QUARTER, ContractPeriod.YEAR]
                    )
                ),
                included=draw(st.integers(0, 30)) * H,
                fee=Decimal(1000),
                carry=draw(carries),
                borrow=draw(st.sampled_from([0, 0, 2 * H, 8 * H])),
                ends=draw(st.sampled_from([None, None, since + timedelta(days=200)])),
                top_ups=tuple(TopUp(day, 3 * H) for day in sorted(draw(st.lists(days_of_three_years, max_size=2)))),
            )
        )
    return versions


work = st.dictionaries(days_of_three_years, st.integers(1, 12 * H), max_size=120)


@given(contract_versions(), work)
@settings(max_examples=200, deadline=None)
def test_thirty_six_months_agree_with_a_simulation_lot_by_lot(contracts, used):
    periods = ledger_of_periods(contracts, used, date(2028, 12, 31))
    expected = simulate(contracts, used, END)
    assert len(periods) == len(expected)
    for period, figures in zip(periods[:-1], expected[:-1], strict=True):
        assert {name: getattr(period, name) for name in figures} == figures
    if periods:  # a period that reaches beyond the horizon was cut short by the simulation alone
        assert periods[-1].used == expected[-1]["used"]


@given(contract_versions(), work, days_of_three_years)
@settings(max_examples=100, deadline=None)
def test_every_hour_of_a_period_is_accounted_for(contracts, used, today):
    periods = ledger_of_periods(contracts, used, today)
    for p in periods:
        granted = p.included + p.carried_in + p.topped_up - p.repaid + p.borrowed + p.over
        assert granted == p.used + p.expired + p.carried_out
        assert min(p.included, p.carried_in, p.repaid, p.borrowed, p.over, p.expired, p.carried_out, p.owed) >= 0
    for before, after in pairwise(periods):
        gone = before.carried_out - after.carried_in
        assert gone == 0 if before.last + timedelta(days=1) == after.first else gone >= 0


@given(contract_versions(), work, days_of_three_years)
@settings(max_examples=100, deadline=None)
def test_a_new_version_moves_nothing_past(contracts, used, today):
    newer = Contract(today, ContractKind.RETAINER, included=7 * H, borrow=H)
    kept = [c for c in contracts if c.since < today]
    before = ledger_of_periods(kept, used, today)
    after = ledger_of_periods([*kept, newer], used, today)
    past = [p for p in before if p.last < today]
    assert list(after[: len(past)]) == past


def test_weeks_begin_on_monday_and_agree_with_the_simulation():
    weekly = replace(RETAINER, period=ContractPeriod.WEEK, carry=Carry(None, None))
    used = {START + timedelta(days=n): (n % 5) * H for n in range(80)}
    periods = ledger(weekly, used, date(2026, 3, 22))
    expected = simulate([weekly], used, date(2026, 3, 23))
    assert [(p.included, p.used, p.over, p.carried_out) for p in periods] == [
        (e["included"], e["used"], e["over"], e["carried_out"]) for e in expected
    ]
