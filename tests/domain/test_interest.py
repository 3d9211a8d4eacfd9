"""Late charges to the cent: the worked examples, half-years, payments, and a second reckoning day by day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.interest import PublishedRate, interest, is_formula, late_rate
from clepsydra.domain.money import half_up
from clepsydra.settings.rates import late_rules

TABLE = late_rules("FR").table
DUE = date(2026, 1, 30)


def test_the_worked_examples():
    until = DUE + timedelta(23)
    assert interest(230_040, DUE, until, "ecb+10", TABLE).minor == 1761
    assert interest(230_040, DUE, until, "ecb+10", TABLE, [(DUE + timedelta(10), 100_000)]).minor == 1328
    assert late_rate("legal*3", TABLE, DUE).percent == Decimal("7.86")


def test_a_figure_beyond_the_last_known_rate_says_of_which_half_year_it_is():
    known = interest(100_000, date(2026, 6, 1), date(2026, 6, 30), "ecb+10", TABLE)
    beyond = interest(100_000, date(2026, 6, 1), date(2026, 7, 1), "ecb+10", TABLE)
    assert (known.borrowed, beyond.borrowed) == (None, date(2026, 1, 1))
    assert [span.days for span in beyond.spans] == [29, 1]
    assert interest(100_000, DUE, DUE + timedelta(1), "ecb+10", {}) is None


@pytest.mark.parametrize(("text", "taken"), [("12.15", True), ("ecb+10", True), ("legal*3", True), ("ECB + 10 %", True),
                                             ("euribor+1", False), ("", False), ("ecb-1", False)])  # fmt: skip
def test_formulas(text, taken):
    assert is_formula(text) is taken


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**8), st.integers(0, 400), st.lists(st.tuples(st.integers(-5, 420), st.integers(1, 10**7))))
def test_day_by_day_gives_the_same(minor, days, payments):
    table = {"ecb": (PublishedRate(date(2026, 1, 1), Decimal("2.15")), PublishedRate(date(2026, 7, 1), Decimal("1.9")))}
    paid = [(DUE + timedelta(day), each) for day, each in payments]
    total = Fraction(0)
    for n in range(1, days + 1):
        day = DUE + timedelta(n)
        balance = max(0, minor - sum(each for when, each in paid if when < day))
        rate = Decimal("12.15") if day < date(2026, 7, 1) else Decimal("11.9")
        total += Fraction(balance) * Fraction(rate) / 36_500
    assert interest(minor, DUE, DUE + timedelta(days), "ecb+10", table, paid).minor == half_up(total)
