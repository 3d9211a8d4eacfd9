"""Wall times, orders of dates, amounts of time and tables, where they are hard."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.exchange.doors.parts import amounts, names, tabular
from clepsydra.exchange.doors.parts.dates import Witnesses
from clepsydra.exchange.doors.parts.walls import Wall, Walls, clock_of, stamp_of
from clepsydra.exchange.problems import RowProblem, RowReason

PARIS, YORK, HOWE = map(ZoneInfo, ("Europe/Paris", "America/New_York", "Australia/Lord_Howe"))
AUTUMN = {PARIS: "2026-10-25 02:30", YORK: "2026-11-01 01:30", HOWE: "2026-04-05 01:45"}
"""A wall time that the clocks of each zone show twice."""
SPRING = {PARIS: "2026-03-29 02:30", YORK: "2026-03-08 02:30", HOWE: "2026-10-04 02:15"}
"""A wall time that the clocks of each zone jump over."""


def at(text: str, exact: bool = True) -> Wall:
    day, clock = text.split()
    second, seconds = clock_of(clock) or (0, False)
    return Wall(datetime.fromisoformat(day).toordinal(), second, exact and seconds)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize("zone", [PARIS, YORK, HOWE], ids=str)
def test_what_was_shown_twice_is_settled_by_the_duration_alone(zone):
    begin = at(AUTUMN[zone])
    first, second = Walls(zone).readings(begin)
    gap = second - first
    assert Walls(zone).span(1, begin, begin, (gap, 1)) == (first, second)
    doubt = Walls(zone).span(1, begin, begin, None)
    assert isinstance(doubt, RowProblem)
    assert doubt.reason is RowReason.TWICE
    for reading in (first, second):
        assert f"{datetime.fromtimestamp(reading, UTC):%H:%MZ}" in doubt.found, "both readings are named"
    assert Walls(zone, "first").span(1, begin, begin, None) == (first, second)
    assert Walls(zone, "second").span(1, begin, begin, None) == (second, second)


@pytest.mark.parametrize("zone", [PARIS, YORK, HOWE], ids=str)
def test_what_was_never_shown_is_refused(zone):
    found = Walls(zone, "first").span(1, at(SPRING[zone]), None, (3600, 1))
    assert isinstance(found, RowProblem)
    assert found.reason is RowReason.MISSING_TIME


def test_an_end_on_a_clock_alone():
    begin = at("2026-11-20 09:00:00")
    walls = Walls(PARIS)
    started_at = utc("2026-11-20T08:00:00")
    assert walls.span(1, begin, Wall(None, 11 * 3600), (26 * 3600, 60)) == (started_at, started_at + 26 * 3600)
    assert walls.span(1, at("2026-11-20 23:30"), Wall(None, 6300, False), None) == (
        utc("2026-11-20T22:30:00"),
        utc("2026-11-21T00:45:00"),
    )
    finer = walls.span(1, begin, Wall(None, 10 * 3600 + 895), (4500, 60))
    assert finer == (started_at, started_at + 4495), "the clock has seconds, the duration minutes"


def test_an_end_before_its_begin_is_refused():
    found = Walls(PARIS).span(1, at("2026-11-20 09:00"), at("2026-11-20 08:00"), None)
    assert isinstance(found, RowProblem)
    assert found.reason is RowReason.ENDS_BEFORE


@settings(max_examples=150)
@given(
    zone=st.sampled_from([PARIS, YORK, HOWE, ZoneInfo("UTC")]),
    begin=st.integers(utc("2025-01-01T00:00:00"), utc("2027-12-31T00:00:00")),
    seconds=st.integers(1, 40 * 3600),
)
def test_wall_times_and_a_duration_give_the_instants_or_a_doubt(zone, begin, seconds):
    """Never another pair than the true one, whatever the clocks did in between."""

    def wall(instant: int) -> Wall:
        shown = datetime.fromtimestamp(instant, zone)
        return Wall(shown.toordinal(), shown.hour * 3600 + shown.minute * 60 + shown.second)

    found = Walls(zone).span(1, wall(begin), wall(begin + seconds), (seconds, 1))
    assert found == (begin, begin + seconds) or (isinstance(found, RowProblem) and found.reason is RowReason.TWICE)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2026-11-23T08:02:11Z", "08:02:11"), ("2026-11-23 09:02:11+01:00", "08:02:11"), ("20261123T080211Z", "08:02:11"),
     ("2026-11-23T09:02:11+0100", "08:02:11"), ("2026-11-23T08:02:10.5Z", "08:02:11"),
     ("2026-11-23T08:02:10.49Z", "08:02:10")],
)  # fmt: skip
def test_a_stamp_with_its_offset(text, seconds):
    assert stamp_of(text) == utc(f"2026-11-23T{seconds}")


@pytest.mark.parametrize(
    ("text", "found"),
    [("09:02", (32520, False)), ("9h02", (32520, False)), ("09:02:11 AM", (32531, True)), ("12:00am", (0, False)),
     ("12:30 PM", (45000, False)), ("24:00", (86400, False)), ("24:01", None), ("13:00 PM", None), ("9", None)],
)  # fmt: skip
def test_a_clock_time(text, found):
    assert clock_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("01:12:44", (4364, 1)), ("26:00", (93600, 60)), ("1.21", (4356, 36)), ("2,25", (8100, 36)),
     ("1h 12m", (4320, 60)), ("90m", (5400, 60)), ("1.3h", (4680, 360)), ("", None), ("soon", None), ("-1:00", None)],
)  # fmt: skip
def test_a_length_of_time(text, found):
    assert amounts.duration(text) == found


@pytest.mark.parametrize(
    ("text", "cents"), [("2.250,0", 225000), ("1,234.56", 123456), ("$100.00", 10000), ("121,22 €", 12122)]
)
def test_an_amount_of_money(text, cents):
    assert amounts.minor(text) == cents


def order(*rows: tuple[str, ...], long: bool = False) -> str:
    witnesses = Witnesses()
    for row in rows:
        witnesses.add(*row, long=long)
    return witnesses.order()


def test_the_order_of_dates_is_told_by_the_whole_file():
    assert order(("03/04/2026",)) == ""
    assert order(("03/04/2026",), ("23/11/2026",)) == "dmy"
    assert order(("03/04/2026",), ("11/23/2026",)) == "mdy"
    assert order(("2026-04-03",)) == "ymd"
    assert order(("04/04/2026",)) == "dmy", "either way the same day"
    assert order(("04/03/2026", "05/03/2026")) == "dmy", "the other way it would last a month"
    assert order(("05/03/2026", "05/03/2026", "06/03/2026"), ("09/03/2026", "09/03/2026", "01/04/2026")) == "dmy"
    assert order(*[(f"0{n}/11/2026",) for n in range(1, 6)], ("06/12/2026",)) == ""
    assert order(("07/08/2026",), ("08/08/2026",), ("09/08/2026",), ("01/09/2026",), ("02/09/2026",)) == "dmy"


def test_a_broken_date_does_not_hide_the_order():
    assert order(("13/11/2026",), ("99/99/2026",), ("03/04/2026",)) == "dmy"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_tables_in_any_coding(coding):
    found = list(tabular.rows(tabular.decoded("Date;Was\n1;Größe\n".encode(coding)) or ""))
    assert [cells for _, cells in found] == [["Date", "Was"], ["1", "Größe"]]


def test_a_line_that_names_its_delimiter_is_no_heading():
    assert list(tabular.rows("sep=|\na|b\n1|2,3\n")) == [(2, ["a", "b"]), (3, ["1", "2,3"])]


def test_a_quote_that_is_never_closed_is_a_problem_of_its_line():
    (head, problem) = tabular.rows('a,b\n1,"open\n2,3\n')
    assert head == (1, ["a", "b"])
    assert problem == RowProblem(2, RowReason.BROKEN_QUOTES, "", "unexpected end of data")


def test_tags_around_a_text_are_taken_off_and_those_inside_stay():
    assert names.hash_tags("#acme Call with #luc again #urgent") == (
        "Call with #luc again",
        ("#acme", "#luc", "#urgent"),
    )
    assert names.hash_tags("C# and F#") == ("C# and F#", ())


def test_days_have_their_true_length():
    walls = Walls(PARIS)
    begin, end = walls.span(1, at("2026-10-24 09:00"), at("2026-10-25 09:00"), None)
    assert end - begin == timedelta(hours=25).total_seconds()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("cut", range(4))
def test_a_heading_is_read_from_a_beginning_that_is_cut_anywhere(coding, cut):
    head = ("Début;Durée\n" + "é;日本\n" * 3 if coding != "cp1252" else "Début;Durée\né;è\n").encode(coding)
    assert tabular.head_of(head[: len(head) - cut]) == ("début", "durée")
