"""Rules of recurring events: the same days as dateutil finds alone, also where it would look for them for ever."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.exchange.calendar.recurrence import checked, occurrences

PARIS = ZoneInfo("Europe/Paris")
NEVER = (
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYYEARDAY=366;BYMONTH=1",
    "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
)


def wall(text: str) -> datetime:
    """A wall time, as rules know no other."""
    return datetime.fromisoformat(text)


days = st.datetimes(wall("1990-01-01"), wall("2060-12-31")).map(lambda at: at.replace(microsecond=0))
rules = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3"]),
    st.sampled_from(["", ";COUNT=7", ";UNTIL=20260301T100000Z", ";UNTIL=20991231"]),
    st.sampled_from(["", ";BYDAY=MO,FR", ";BYMONTHDAY=-1", ";BYMONTH=2,3", ";BYMONTHDAY=29", ";BYDAY=TU;BYMONTHDAY=1"]),
    st.sampled_from(["", ";WKST=SU", ";BYHOUR=9,17"]),
).map(lambda parts: "FREQ=" + "".join(parts))


@settings(max_examples=200, deadline=None)
@given(rules, days, days)
def test_the_days_are_those_that_dateutil_finds(rule, first, since):
    until = since + timedelta(days=40)
    plain = rule.replace("20260301T100000Z", "20260301T110000").replace("20991231", "20991231T235959")
    wanted = set()
    for at in rrulestr(plain, dtstart=first):
        if at > until:
            break
        if at >= since:
            wanted.add(at)
    assert occurrences(rule, first, since, until, PARIS) == wanted


@pytest.mark.parametrize("rule", NEVER)
@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_a_rule_that_never_matches_has_no_day_and_an_end(rule, year):
    first = wall("2025-01-01 09:00")
    assert occurrences(rule, first, wall(f"{year}-02-01"), wall(f"{year}-03-02"), PARIS) == set()


@pytest.mark.parametrize(
    ("rule", "year"),
    [
        ("FREQ=SECONDLY", 2026),
        ("FREQ=HOURLY;INTERVAL=5", 2026),
        ("FREQ=DAILY;INTERVAL=0", 2026),
        ("FREQ=DAILY;INTERVAL=00", 2026),
        ("FREQ=DAILY;INTERVAL=" + "9" * 10_000, 2026),
        ("FREQ=DAILY;COUNT=0", 2026),
        ("FREQ=DAILY;COUNT=999999999", 2026),
        ("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,30", 2026),
        ("FREQ=DAILY;BYDAY=XX", 2026),
        ("FREQ=DAILY;BYEASTER=0", 2026),
        ("INTERVAL=2", 2026),
        ("FREQ=DAILY", 1601),
    ],
)
def test_what_would_keep_the_reader_busy_is_refused(rule, year):
    with pytest.raises(ValueError, match="rule"):
        checked(rule, wall(f"{year}-01-01"))


def test_a_rule_is_read_as_programs_spell_it():
    assert checked("freq=daily;byhour=9,17;X-OWN=1;", wall("2026-01-01")) == "FREQ=DAILY;BYHOUR=9,17"
