"""What will come in: what each draw may do, and whether the band holds as often as it says."""

from datetime import date, timedelta
from random import Random

from clepsydra.domain.forecast_cash import ExpectedMoney, IncomingSort, forecast, monday
from tests.domain.books_of_cash import book, cover_of

TODAY = date(2026, 11, 26)
"""A Thursday."""


def owed(minor: int, days: int, client: str = "acme", sort: IncomingSort = IncomingSort.INVOICE) -> ExpectedMoney:
    return ExpectedMoney(client, "EUR", minor, TODAY + timedelta(days=days), sort, f"F{days}")


def test_who_always_pays_ten_days_late_is_expected_ten_days_late() -> None:
    made = forecast([owed(1000, 3), owed(400, 40, sort=IncomingSort.UNBILLED)], {"acme": [10] * 8}, TODAY)[0]
    first, second = made.parts
    # So few payments leave a day or two in doubt.
    assert abs((first.middle - TODAY).days - 13) <= 2
    assert first.margin <= 4
    assert abs((second.middle - TODAY).days - 50) <= 2
    assert made.weeks[0].begins == monday(TODAY) == date(2026, 11, 23)
    assert len(made.weeks) == 13
    assert made.weeks[-1].total.p10 == 1400
    assert made.days_30.p50 == 1000
    week = (first.middle - monday(TODAY)).days // 7
    assert made.of_week(week)[0].incoming.number == "F3"
    assert max(each.invoiced.p90 for each in made.weeks) == 1000  # the other one is not invoiced yet


def test_what_is_late_is_never_expected_before_today_and_pays_later_than_it_did_before() -> None:
    made = forecast([owed(1000, -25)], {"acme": [-2, 0, 1, 3] * 3}, TODAY)[0]
    assert made.parts[0].early >= TODAY
    assert made.parts[0].late > TODAY + timedelta(days=7)


def test_all_invoices_of_a_client_without_history_share_one_lateness() -> None:
    made = forecast([owed(100, 20), owed(10, 20)], {}, TODAY)[0]
    for week in made.weeks:
        assert {week.band.p10, week.band.p50, week.band.p90} <= {0, 110}


def test_what_one_client_owes_moves_no_figure_of_another() -> None:
    alone = forecast([owed(1000, 9)], {}, TODAY)[0]
    beside = forecast([owed(1000, 9), owed(500, 9, "brel")], {}, TODAY)[0]
    assert alone.parts[0] == beside.parts[0]
    assert forecast([owed(1000, 9)], {}, TODAY) == [alone]


def test_the_band_holds_as_often_as_it_says() -> None:
    for past in (0, 1, 3, 10, 30):
        random = Random(f"cover {past}")
        found = cover_of(book(random, past) for _ in range(45))
        for held, of in ((found.weeks, found.weeks_of), (found.sums, found.sums_of)):
            assert 0.73 <= held / of <= 0.92, (past, held / of)  # 75 to 90 on a thousand books; forty-five move by two


def test_days_beyond_all_sense_are_ten_years_off_and_break_nothing() -> None:
    far = ExpectedMoney("acme", "EUR", 100, date.max)
    made = forecast([far, owed(100, 3)], {"acme": [10**6, -(10**6)] * 4}, TODAY)[0]
    assert max(part.late for part in made.parts) <= TODAY + timedelta(days=3650)
    assert min(part.early for part in made.parts) >= TODAY
