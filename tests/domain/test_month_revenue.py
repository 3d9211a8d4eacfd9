"""The month's revenue in three lines, to the minor unit."""

from datetime import date, timedelta
from fractions import Fraction

from clepsydra.domain.month_revenue import inner_quantile, month_revenue


def test_the_days_left_bring_the_median_or_the_third_quartile_of_their_weekday() -> None:
    today = date(2026, 11, 26)  # Thursday; Friday 27 to Monday 30 are left
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    by_day = {friday - timedelta(weeks=n): 1000 * (n + 1) for n in range(8)}  # 1 000 to 8 000
    by_day |= {monday - timedelta(weeks=n): 300 for n in range(3)}  # 3 of 8: the median is nothing
    by_day |= {today - timedelta(weeks=n): 500 for n in range(9)} | {today: 200}
    made = month_revenue("EUR", today, {"acme": 9000}, {("dumas", ""): 2000}, by_day, date(2026, 1, 1))
    assert made.contracted == 11_000
    assert made.expected == 11_000 + 4500 + 0 + (500 - 200)
    assert made.hopeful == 11_000 + 6250 + 300 + 300
    assert [(pace.weekday, pace.left, pace.weeks) for pace in made.paces] == [
        (0, 1, 8), (3, 1, 8), (4, 1, 8), (5, 1, 8), (6, 1, 8),
    ]  # fmt: skip


def test_weeks_before_the_first_work_do_not_pull_the_pace_down() -> None:
    today = date(2026, 11, 25)
    by_day = {date(2026, 11, 18): 700}
    made = month_revenue("EUR", today, {}, {}, by_day, date(2026, 11, 16))
    assert [(p.weekday, p.median, p.weeks) for p in made.paces if p.weekday == 2] == [(2, 700, 1)]
    assert month_revenue("EUR", today, {}, {}, {}, None).hopeful == 0


def test_quantiles_lie_between_the_nearest_values_exactly() -> None:
    assert inner_quantile([4, 1, 2, 3], Fraction(1, 2)) == Fraction(5, 2)
    assert inner_quantile([4, 1, 2, 3], Fraction(3, 4)) == Fraction(13, 4)
    assert inner_quantile([], Fraction(3, 4)) == 0
