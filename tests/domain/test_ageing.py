"""Ageing, days of sales outstanding and habits, to the decimal."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.ageing import MonthOfSales, buckets, count_back, lockup, months_back
from clepsydra.domain.habits import habits, histories
from clepsydra.domain.receivables import Debt, DebtKind, Part, Payment

TODAY = date(2026, 11, 30)


def debt(due: date, minor: int, parts: tuple[Part, ...] = ()) -> Debt:
    return Debt("x", "F1", DebtKind.INVOICE, "acme", "EUR", date(2026, 8, 1), due, minor, minor, parts, "")


def paid(number: str, late: int, minor: int, client: str = "acme", currency: str = "EUR") -> Payment:
    due = date(2026, 9, 1)
    return Payment(number, client, currency, due, date.fromordinal(due.toordinal() + late), minor)


def test_count_back_peels_months_from_the_latest() -> None:
    months = [MonthOfSales(30, 500_000), MonthOfSales(31, 800_000)]
    assert count_back(900_000, months) == Fraction(91, 2)  # 30 + 4 000 / 8 000 x 31
    assert count_back(250_000, months) == 15
    assert count_back(0, months) == 0
    assert count_back(1_300_000, months) == 61
    assert count_back(1_300_001, months) is None  # older than all that was sold
    assert count_back(100, [MonthOfSales(30, 0), MonthOfSales(31, 200)]) == 30 + Fraction(31, 2)


def test_a_month_that_has_begun_counts_its_days_so_far() -> None:
    sold = [(date(2026, 11, 3), 400), (date(2026, 11, 12), 100), (date(2026, 9, 30), 70)]
    months = months_back(sold, date(2026, 11, 12), 2)
    assert months == [MonthOfSales(12, 500), MonthOfSales(31, 0), MonthOfSales(30, 70)]


@given(st.lists(st.tuples(st.integers(28, 31), st.integers(1, 10**7)), min_size=1, max_size=6), st.data())
@settings(max_examples=40)
def test_what_is_not_due_never_holds_up_more_than_all_that_is_owed(
    months: list[tuple[int, int]], data: st.DataObject
) -> None:
    sales = [MonthOfSales(*month) for month in months]
    owed = data.draw(st.integers(0, sum(month.minor for month in sales)))
    current = data.draw(st.integers(0, owed))
    days, best = count_back(owed, sales), count_back(current, sales)
    assert days is not None
    assert best is not None
    assert 0 <= best <= days <= sum(month.days for month in sales)


def test_debts_age_by_their_due_day_and_a_plan_by_its_parts() -> None:
    plan = (
        Part(date(2026, 10, 31), 33_334, 0),
        Part(date(2026, 10, 30), 33_333, 20_000),
        Part(date(2026, 11, 30), 33_333, 33_333),
    )
    found = [
        debt(TODAY, 100),
        debt(date(2026, 11, 29), 200),
        debt(date(2026, 10, 31), 400),
        debt(date(2026, 10, 30), 800),
        debt(date(2026, 9, 1), 1600),
        debt(date(2026, 8, 31), 3200),
        debt(date(2026, 8, 1), 53_333, plan),
    ]
    assert buckets(found, TODAY) == (100 + 33_333, 200 + 400, 800 + 20_000, 1600, 3200)


def test_days_late_weigh_by_amount_and_say_how_many_invoices_tell_them() -> None:
    found = habits(
        [paid("F1", 2, 100_000), paid("F2", 10, 200_000), paid("F2", 10, 100_000), paid("F9", -4, 5, "brel")]
    )
    assert (found["acme"].average, found["acme"].invoices, found["acme"].own) == (8, 2, False)
    assert found["brel"].average == -4
    assert histories([paid("F1", 2, 1), paid("F2", 10, 9)]) == {"acme": [2, 10]}


def test_currencies_are_not_added_when_days_late_are_weighed() -> None:
    some = [paid("F1", 10, 1), paid("F2", 20, 3), paid("F3", 0, 10**9, currency="JPY")]
    assert habits(some)["acme"].average == Fraction(35, 2) * Fraction(2, 3)


def test_lockup_is_by_what_a_year_collected() -> None:
    assert lockup(10_000, 20_000, 73_000) == (50, 100)
    assert lockup(10_000, 20_000, 0) is None
