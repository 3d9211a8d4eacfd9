"""One today: what crosses the night is in each day with its own time and money, wherever it is asked."""

from datetime import date, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.figures import Figures
from clepsydra.domain.rounding import GroupScope, Midnight, Model
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.ledger import editing, reports, spans, timers
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.days import day_of
from clepsydra.ledger.live.figures import Live, Snapshot
from clepsydra.ledger.status import status
from clepsydra.ledger.timers import Work
from tests.ledger import reckoning
from tests.ledger.workbench import DAY, HOUR, SINCE, Desk, client, rule, wall


def night(now: str = "2026-11-25 09:00") -> Desk:
    desk = Desk.at(now=wall(now))
    desk.terms.clients = {**desk.terms.clients, "brel": client("brel", "100")}
    return desk


def seen(desk: Desk) -> Snapshot:
    live = Live(desk.ledger)
    live.refresh()
    return live.at(desk.now)


def today(desk: Desk) -> tuple[int, int]:
    """Seconds and minor units of today, the same on the main screen, of the day and of the status."""
    shown = seen(desk).today
    assert shown.seconds == status(desk.ledger).today_seconds
    assert shown.seconds == day_of(desk.ledger, desk.ledger.today).timeline.presence_seconds
    return shown.seconds, sum(figures.billed_minor for figures in shown.figures.values())


@pytest.mark.parametrize("billed", [False, True])
def test_a_session_over_midnight_is_in_each_day_with_its_own_part(billed):
    desk = night()
    editing.add(desk.ledger, Work("brel"), wall("2026-11-24 23:00"), wall("2026-11-25 01:00"))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-25 08:00"), wall("2026-11-25 08:30"))
    if billed:
        statements.issue(desk.ledger, "brel")
    assert today(desk) == (HOUR + HOUR // 2, 15_000)
    assert sum(f.billed_minor for f in seen(desk).month.figures.values()) == 25_000


def test_a_night_belongs_to_the_evening_it_began_where_days_begin_later():
    desk = night("2026-11-25 02:00")
    desk.set(day_starts_at=time(4))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-24 23:00"), wall("2026-11-25 01:00"))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-25 01:00"), wall("2026-11-25 02:00"))
    assert today(desk) == (3 * HOUR, 30_000)
    desk.wait(DAY // 2)
    assert today(desk) == (0, 0)


def test_a_timer_that_runs_since_yesterday():
    desk = night("2026-11-24 22:00")
    timers.start(desk.ledger, Work("brel"))
    desk.wait(3 * HOUR)
    shown = seen(desk).today
    assert (shown.seconds, shown.figures["EUR"].billed_minor) == (HOUR, 10_000)
    assert seen(desk).unbilled["brel"].minor == 30_000


# -- a client elsewhere: the person's own days hold the hours and the money of the same work -----------------------

ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata",
                                     "Pacific/Kiritimati", "Etc/GMT+12")]  # fmt: skip
RULES = [
    *(rule(Model.UP, 1800, scope) for scope in GroupScope),
    rule(Model.EXACT),
    rule(Model.NEAREST, 1800, GroupScope.DAY, midnight=Midnight.SPLIT),
    rule(Model.TIERS, None, GroupScope.DAY, tiers=((4 * HOUR, 12_600), (None, 25_200))),
]


def far(mine: ZoneInfo, other: ZoneInfo, now: str, **terms) -> Desk:
    """A person in one zone and brel, at 100 an hour, in another."""
    desk = Desk.at(now=wall(now, mine))
    desk.set(time_zone=mine)
    desk.terms.clients = {"brel": client("brel", "100", *terms.pop("rules", ()), zone=other, **terms)}
    return desk


@pytest.mark.parametrize("billed", [False, True])
def test_this_morning_was_yesterday_for_the_client(billed):
    """The first of a month, a Sunday; 7 in the morning here is still October there, and the week before everywhere."""
    mine, other = ZoneInfo("Europe/Paris"), ZoneInfo("America/Los_Angeles")
    desk = far(mine, other, "2026-11-01 14:00")
    for begin, length in (("2026-11-01 07:00", HOUR), ("2026-11-01 12:00", HOUR), ("2026-10-31 23:30", HOUR)):
        editing.add(desk.ledger, Work("brel"), wall(begin, mine), wall(begin, mine) + length)
    if billed:
        statements.issue(desk.ledger, "brel")
    shown = seen(desk)
    for sums, half_hours in ((shown.today, 5), (shown.week, 6), (shown.month, 5)):
        assert (sums.seconds, sums.figures["EUR"].billed_minor) == (half_hours * HOUR // 2, half_hours * 5_000)
    assert shown.month_by_client["brel"].keys() == {"EUR"}


def test_a_timer_of_a_client_for_whom_it_is_another_day():
    mine, other = ZoneInfo("Pacific/Auckland"), ZoneInfo("Europe/Paris")
    desk = far(mine, other, "2026-11-30 03:00", rules=(rule(Model.UP, 1800, GroupScope.DAY),))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-29 22:00", mine), wall("2026-11-29 22:20", mine))
    timers.start(desk.ledger, Work("brel"))
    desk.wait(20 * 60)
    shown = seen(desk)
    for sums in (shown.today, shown.week):
        assert (sums.seconds, sums.figures["EUR"].billed_minor) == (20 * 60, 5_000), "the rest of the hour is both’s"
    assert (shown.month.seconds, shown.month.figures["EUR"].billed_minor) == (40 * 60, 10_000)
    assert status(desk.ledger).today_seconds == shown.today.seconds


def test_two_days_lie_between_the_zones_that_are_farthest_apart():
    """One in the morning of Wednesday in Kiritimati is eleven at night of Monday in the west of the date line."""
    mine, other = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Etc/GMT+12")
    desk = far(mine, other, "2026-11-25 09:00")
    begin = wall("2026-11-25 01:00", mine)
    editing.add(desk.ledger, Work("brel"), begin, begin + HOUR)
    (day,) = spans.by_day(desk.ledger, desk.ledger.today, desk.ledger.today)
    assert (day.seconds, day.minor) == (HOUR, {"EUR": 10_000})
    assert today(desk) == (HOUR, 10_000)


@given(st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_hours_and_money_of_own_days_are_of_the_same_work(data):
    mine, other, of = (data.draw(st.sampled_from(each)) for each in (ZONES, ZONES, RULES))
    now = data.draw(st.sampled_from(["2026-11-01 13:00", "2026-11-02 20:00", "2026-11-04 02:30", "2026-11-30 23:00"]))
    lines = data.draw(st.sampled_from(LineKind))
    desk = far(mine, other, now, rules=(of,), statement=StatementTerms(lines=lines))
    desk.set(day_starts_at=data.draw(st.sampled_from([time(0), time(4)])), parallel_timers=True)
    lengths = st.sampled_from([60, 1234, HOUR, 5 * HOUR, 30 * HOUR])
    for back, length in data.draw(st.lists(st.tuples(st.integers(0, 40 * 24), lengths), max_size=6)):
        begin = desk.now - back * HOUR - length
        session = editing.add(desk.ledger, Work("brel", note=str(back % 3)), begin, begin + length)
        fate = data.draw(st.sampled_from(["", "", "agreed", "billed"]))
        if fate == "agreed" and length < DAY:
            agreed_time.agree_session(desk.ledger, session.id, 1500)
        elif fate == "billed":
            statements.issue(desk.ledger, "brel")
    if data.draw(st.booleans()):
        timers.start(desk.ledger, Work("brel"))
        desk.wait(data.draw(st.sampled_from([600, 12 * HOUR])))
    shown, today_ = seen(desk), desk.ledger.today
    first = today_ - timedelta(days=today_.weekday())
    for sums, since in ((shown.today, today_), (shown.week, first), (shown.month, today_.replace(day=1))):
        bounds = desk.ledger.own_bounds(since, today_)
        parts = [s.span(desk.now).clip(bounds) for s in desk.all()]
        found = sums.figures.get("EUR", Figures())
        assert sums.seconds == found.exact_seconds == sum(part.seconds for part in parts if part)
        for unit in ("seconds", "minor"):
            f = {name: getattr(found, f"{name}_{unit}") for name in reckoning.COUNTERS}
            lost, won = (sum(f[name] for name in some) for some in (reckoning.LOSSES, reckoning.GAINS))
            assert f["billed"] == f["exact"] - lost + won
            assert f["billed"] - f["exact"] == f["overbilled"] - f["underbilled"]
        assert abs(found.exact_minor - found.exact_seconds / 0.36) <= 2 * len(parts)
        assert abs(found.billed_minor - found.billed_seconds / 0.36) <= 2 * len(parts)


@pytest.mark.parametrize(
    ("contract", "own_hours", "earned"),
    [
        (Contract(SINCE, ContractKind.RETAINER, included=HOUR, fee=Decimal(50)), 2, 20_000),
        (Contract(SINCE, ContractKind.HOURLY, cap=Decimal(100)), 3, 10_000),
    ],
)
def test_what_comes_beside_hours_goes_with_them(contract, own_hours, earned):
    mine, other = ZoneInfo("Europe/Paris"), ZoneInfo("America/Los_Angeles")
    desk = far(mine, other, "2026-11-24 14:00", contracts=(contract,))
    assert today(desk) == (0, 0)
    begin = wall("2026-11-24 06:00", mine)
    editing.add(desk.ledger, Work("brel"), begin, begin + 3 * HOUR)
    shown = seen(desk)
    for sums in (shown.today, shown.week):
        assert (sums.seconds, sums.figures["EUR"].exact_seconds) == (3 * HOUR, own_hours * HOUR)
        assert sums.earned("EUR") == earned
    desk.wait(DAY)
    assert today(desk) == (0, 0)


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Auckland"])
@pytest.mark.parametrize("billed", [False, True])
def test_hours_beyond_a_retainer_earn_on_the_days_they_were_worked(zone, billed):
    """Two hours of the third of November, one of them beyond; all of an hour and a half of today, the 24th."""
    mine = ZoneInfo("Europe/Paris")
    contract = Contract(SINCE, ContractKind.RETAINER, included=HOUR, fee=Decimal(50))
    desk = far(mine, ZoneInfo(zone), "2026-11-24 23:50", contracts=(contract,))
    for begin, hours in (("2026-11-03 10:00", 2), ("2026-11-24 10:00", 1), ("2026-11-24 23:00", 0.5)):
        editing.add(desk.ledger, Work("brel"), wall(begin, mine), wall(begin, mine) + int(hours * HOUR))
    if billed:
        statements.issue(desk.ledger, "brel")
    shown = seen(desk)
    for sums, earned in ((shown.today, 15_000), (shown.week, 15_000), (shown.month, 25_000)):
        assert (sums.earned("EUR"), sums.figures["EUR"].exact_seconds) == (earned, earned * 36 // 100)
    assert shown.month_by_client["brel"]["EUR"].billed_minor == 25_000


@pytest.mark.parametrize("scope", [GroupScope.ENTRY, GroupScope.STATEMENT])
@pytest.mark.parametrize("billed", [False, True])
def test_hours_beyond_a_retainer_are_of_the_period_that_they_were_beyond(scope, billed):
    """Two hours of October and three of November, none included; rounded each, or all of a statement together."""
    contract = Contract(SINCE, ContractKind.RETAINER, included=0, fee=Decimal(50))
    desk = Desk.at(now=wall("2026-11-25 09:00"))
    desk.terms.clients = {"brel": client("brel", "100", rule(Model.DOWN, 360, scope), contracts=(contract,))}
    for begin, hours in (("2026-10-20 10:00", 2), ("2026-11-03 10:00", 3)):
        editing.add(desk.ledger, Work("brel"), wall(begin), wall(begin) + hours * HOUR)
    if billed:
        statements.issue(desk.ledger, "brel")
    month, october = seen(desk).month, reports.Period(date(2026, 10, 1), date(2026, 10, 31))
    assert (month.earned("EUR"), month.figures["EUR"].exact_seconds) == (30_000, 3 * HOUR)
    assert [row.minor for row in reports.totals(desk.ledger, october)] == [20_000]


def test_a_timer_beyond_a_retainer_earns_while_it_runs_and_as_much_once_it_stops():
    """An hour is included; it began at 22:30, and what it has beyond of yesterday is half an hour."""
    contract = Contract(SINCE, ContractKind.RETAINER, included=HOUR, fee=Decimal(50))
    desk = Desk.at(now=wall("2026-11-25 00:15"))
    desk.terms.clients = {"brel": client("brel", "100", contracts=(contract,))}
    timers.start(desk.ledger, Work("brel"), at=wall("2026-11-24 22:30"))
    running = seen(desk)
    timers.stop(desk.ledger)
    for shown in (running, seen(desk)):
        assert [sums.earned("EUR") for sums in (shown.today, shown.week, shown.month)] == [2_500, 7_500, 7_500]
        assert shown.unbilled["brel"].figures.billed_minor == 7_500
        assert shown.month_by_client["brel"]["EUR"].billed_minor == 7_500
