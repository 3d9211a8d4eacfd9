"""The worked month of the real hourly rate, to the cent."""

from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.earning import Earning, hourly_cost, per_hour
from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import half_up

MONTH = Earning(
    seconds=110 * HOUR, billable=96 * HOUR, worth=Fraction(864_000), invoiced_minor=792_000, collected_minor=720_000
)


def percent(share: Fraction | None) -> float:
    assert share is not None
    return float(round(share * 100, 1))


def test_the_worked_month():
    assert MONTH.real is not None
    assert MONTH.cash is not None
    assert MONTH.standard == 9_000
    assert (half_up(MONTH.real), half_up(MONTH.cash)) == (7_200, 6_545)
    assert per_hour(MONTH.collected_minor, 160 * HOUR) == 4_500
    assert percent(MONTH.utilisation(160 * HOUR)) == 60.0
    assert (percent(MONTH.realisation), percent(MONTH.collection), percent(MONTH.leakage)) == (91.7, 90.9, 8.3)


def test_nothing_is_divided_by_nothing():
    nothing = Earning()
    assert (nothing.real, nothing.cash, nothing.realisation, nothing.collection, nothing.leakage) == (None,) * 5
    assert nothing.utilisation(0) is None


def test_few_hours_are_not_ranked():
    assert not Earning(seconds=5 * HOUR - 1).ranked
    assert Earning(seconds=5 * HOUR).ranked


def test_an_hour_costs_more_where_fewer_are_billable():
    cost = hourly_cost(Decimal(72_000), 100, 200 * 8 * HOUR, Fraction(60, 100))
    assert (cost.worked, cost.billable) == (4_500, 7_500)
    assert hourly_cost(Decimal(72_000), 100, 200 * 8 * HOUR, None).billable is None
