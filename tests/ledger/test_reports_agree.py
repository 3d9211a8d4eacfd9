"""Reports that tell the same thing tell the same figure: random homes, agreements of every kind, open and stated."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import Burn, Carry, Contract, ContractKind, Deliverable
from clepsydra.domain.figures import Figures
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement import tax_on
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.domain.terms import Client, Project, Rate
from clepsydra.ledger import editing, reports, spans, timers
from clepsydra.ledger.agreements.overage import overage_between
from clepsydra.ledger.billing import statements
from clepsydra.ledger.forecast.month_lines import daily_revenue, revenue
from clepsydra.ledger.forecast.work_to_come import tax_percent, waiting_with_tax
from clepsydra.ledger.insights.rates import rates
from clepsydra.ledger.leaks.report import leak_report
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.live.unbilled import unbilled
from clepsydra.ledger.reports import Days
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions
from tests.ledger.workbench import DAY, HOUR, MINUTE, Desk, client, rule, wall

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
BEGIN = wall("2026-01-01 00:00")
TODAY = 75
"""Days after the first; everything happens in between."""

lengths = st.sampled_from([2 * HOUR + 25 * MINUTE, 7 * MINUTE, 899, 61, HOUR, 5 * HOUR + 1, 11 * HOUR, 0])
moments = st.builds(lambda day, second: day * DAY + second, st.integers(0, TODAY), st.integers(0, DAY - 1))


@st.composite
def rules(draw: st.DrawFn) -> RoundingRule:
    model = draw(st.sampled_from([Model.DOWN] * 6 + [Model.NEAREST, Model.UP, Model.EXACT, Model.CLOCK]))
    scope = draw(st.sampled_from(GroupScope))
    return rule(model, draw(st.sampled_from([360, 900, 1800])), scope, midnight=draw(st.sampled_from(Midnight)))


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Contract, ...]:
    capped = Contract(JANUARY, cap=Decimal(draw(st.sampled_from([0, 333, 1000]))))
    retainer = Contract(
        JANUARY,
        ContractKind.RETAINER,
        included=draw(st.sampled_from([0, HOUR, 0, 10 * HOUR])),
        fee=Decimal(1000),
        burn=draw(st.sampled_from([Burn.BILLED, Burn.BILLED, Burn.EXACT])),
        overage_hourly=draw(st.sampled_from([None, Decimal("130.01")])),
        carry=draw(st.sampled_from([None, Carry(5 * HOUR, 1)])),
        borrow=draw(st.sampled_from([0, HOUR])),
    )
    part = Deliverable("all", Decimal(1), accepted=FEBRUARY)
    fixed = Contract(JANUARY, ContractKind.FIXED, included=3 * HOUR, fee=Decimal(5000), deliverables=(part,))
    found = draw(st.sampled_from([[retainer], [retainer, capped], [capped], [fixed, retainer], [retainer, fixed], []]))
    return tuple(replace(each, since=since) for each, since in zip(found, (JANUARY, FEBRUARY), strict=False))


@st.composite
def customers(draw: st.DrawFn) -> Client:
    side = Project("side", "Side", rates=(Rate(JANUARY, Decimal("49.99")),), contracts=draw(contracts()))
    lines = StatementTerms(lines=draw(st.sampled_from(LineKind)), tax=Decimal(20))
    made = draw(contracts())
    return client("gant", "88.37", draw(rules()), contracts=made, projects=(side,), statement=lines)


worked = st.tuples(
    moments, lengths, st.sampled_from(["default", "default", "side"]),
    st.sampled_from([Channel.WORK, Channel.WORK, Channel.CALL, Channel.MESSAGE]),
    st.sampled_from([(Scope.IN, None)] * 5 + [(Scope.UNSURE, None)] + [(Scope.OUT, each) for each in Decision]),
    st.sampled_from([None, None, None, 0, 1000, 2 * HOUR]), st.booleans(),
)  # fmt: skip
works = st.lists(worked, min_size=1, max_size=5)


@st.composite
def homes(draw: st.DrawFn):
    """What a home is made of: its client, work before statements, their periods, work after them, what runs."""
    bills = st.lists(st.tuples(st.sampled_from([None, 0, 10, 31]), st.integers(1, TODAY)), max_size=2)
    running = st.sampled_from([None, None, 50 * MINUTE, 30 * HOUR])
    return draw(customers()), draw(works), draw(bills), draw(works), draw(running)


@contextmanager
def home(made) -> Iterator[Desk]:
    customer, before, bills, after, running = made
    desk = Desk.at(now=BEGIN + TODAY * DAY + 12 * HOUR, gant=customer)
    log(desk, before)
    for first, last in bills:
        with suppress(Refused):
            begin = None if first is None else JANUARY + timedelta(days=first)
            statements.issue(desk.ledger, "gant", begin, JANUARY + timedelta(days=last))
    log(desk, after)
    if running:
        timers.start(desk.ledger, Work("gant"), at=desk.now - running)
    yield desk
    desk.ledger.db.close()


def log(desk: Desk, some) -> None:
    with desk.ledger.change("test"):
        for offset, length, project, channel, (scope, decision), agreed, late in some:
            begin = BEGIN + offset
            made = Session(
                f"s{len(desk.all()):03}", "gant", project, channel, begin, begin + length, "Europe/Paris",
                (JANUARY + timedelta(days=offset // DAY)).toordinal(), scope, decision, "", agreed,
                logged_at=begin + length + late * 3 * DAY,
            )  # fmt: skip
            sessions.add(desk.ledger.db, made)


some_days = st.tuples(st.sampled_from([0, 0, 0, 7, 31]), st.sampled_from([TODAY, 30, TODAY, 10]))
any_days = st.tuples(st.integers(0, TODAY), st.sampled_from([0, 6, 20]))
periods = st.one_of(some_days, any_days).map(
    lambda pair: Days(JANUARY + timedelta(days=pair[0]), JANUARY + timedelta(days=sum(pair)))
)
slow = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(made=homes(), days=periods)
def test_what_rounding_loses_is_the_same_in_both_reports(made, days):
    with home(made) as desk:
        told = sum((row.figures for row in reports.rounding(desk.ledger, days.period)), Figures())
        lost = told.rule_loss_seconds + told.manual_loss_seconds, told.rule_loss_minor + told.manual_loss_minor
        rows = [row for row in leak_report(desk.ledger, days).rows if row.kind == "rounding"]
        assert (sum(row.seconds for row in rows), sum(row.minor for row in rows)) == lost


@slow
@given(made=homes())
def test_days_and_months_add_up_to_what_their_work_is_worth_in_all(made):
    with home(made) as desk:
        last = desk.ledger.today
        rows = reports.totals(desk.ledger, reports.Period(JANUARY, last))
        told, off = sum((row.figures for row in rows), Figures()), sum(row.beyond_cap for row in rows)
        for some in (spans.by_day(desk.ledger, JANUARY, last), spans.by_month(desk.ledger, last, 3)):
            assert sum(each.billable for each in some) == told.exact_seconds
            if not off or told.underbilled_seconds == told.overbilled_seconds == 0:
                # A line is priced once; by day each session is: law 3 allows a cent for each.
                worth = sum(each.minor.get("EUR", 0) for each in some)
                assert abs(worth - (told.exact_minor - off)) <= len(desk.all())


@slow
@given(made=homes())
def test_the_month_is_the_same_in_totals_in_the_forecast_and_on_the_screen(made):
    with home(made) as desk:
        month = reports.totals(desk.ledger, reports.Period(desk.ledger.today.replace(day=1)))
        told = sum(row.minor for row in month)
        [forecast] = revenue(desk.ledger)
        assert sum(forecast.earned.values()) == told
        if not any(session.running for session in desk.all()):
            live = Live(desk.ledger)
            live.refresh()
            assert live.at(desk.now).month.earned("EUR") == told


@slow
@given(made=homes())
def test_open_work_of_two_months_is_awaited_with_the_tax_of_all_of_it(made):
    with home(made) as desk:
        open_ = unbilled(desk.ledger)["gant"].minor
        percent = tax_percent(desk.ledger, desk.ledger.client("gant"), desk.ledger.today)
        awaited = sum(each.minor for each in waiting_with_tax(desk.ledger, "gant"))
        assert awaited == max(0, open_ + tax_on(open_, percent))


@slow
@given(made=homes())
def test_what_was_invoiced_is_what_statements_ask(made):
    with home(made) as desk:
        earned = [row.earning for row in rates(desk.ledger, reports.Period(JANUARY, desk.ledger.today)).clients]
        asked = [statement.net_minor for statement in statements.listed(desk.ledger)]
        assert sum(each.invoiced_minor for each in earned) == sum(asked)


@pytest.mark.parametrize("billed", [False, True])
def test_hours_beyond_a_retainer_are_of_the_week_they_were_worked_in(billed):
    """Ten hours are included; beyond are an hour, two and three, week after week, each rounded to the half hour."""
    contract = Contract(JANUARY, ContractKind.RETAINER, included=10 * HOUR, fee=Decimal(1000))
    desk = Desk.at(
        now=wall("2026-01-23 18:00"), gant=client("gant", "100", rule(Model.DOWN, 1800), contracts=(contract,))
    )
    for day, minutes in (("2026-01-05", 660), ("2026-01-12", 120), ("2026-01-19", 205)):
        editing.add(desk.ledger, Work("gant"), wall(f"{day} 08:00"), wall(f"{day} 08:00") + minutes * MINUTE)
    if billed:
        statements.issue(desk.ledger, "gant")
    weeks = [Days(date(2026, 1, day), date(2026, 1, day + 6)) for day in (5, 12, 19)]
    told = [told_in(desk, week) for week in weeks]
    assert [each.exact_seconds for each in told] == [HOUR, 2 * HOUR, 205 * MINUTE]
    assert sum(told, Figures()).billed_seconds == 6 * HOUR
    assert told_in(desk, Days(date(2026, 1, 19), desk.ledger.today)) == told[2]
    assert told_in(desk, Days(JANUARY, desk.ledger.today)).billed_minor == 60_000


retainers = st.builds(
    Contract,
    st.just(JANUARY),
    st.just(ContractKind.RETAINER),
    included=st.sampled_from([0, 5 * HOUR, 10 * HOUR]),
    fee=st.just(Decimal(1000)),
    burn=st.sampled_from(Burn),
    overage_hourly=st.sampled_from([None, Decimal("130.01")]),
    carry=st.sampled_from([None, Carry(5 * HOUR, 1)]),
)
mornings = st.builds(lambda day, hour: day * DAY + hour * HOUR, st.integers(TODAY - 30, TODAY - 1), st.integers(0, 12))
hours = st.tuples(
    mornings, st.sampled_from([2 * HOUR + 25 * MINUTE, 61, 5 * HOUR + 1, 11 * HOUR, 0]), st.just("default"),
    st.sampled_from([Channel.WORK, Channel.CALL]), st.just((Scope.IN, None)),
    st.sampled_from([None, None, None, 0, 2 * HOUR]), st.just(0),
)  # fmt: skip


@st.composite
def retained(draw: st.DrawFn):
    """A home of one retainer whose work lies within days; statements that end anywhere."""
    customer = client("gant", "88.37", draw(rules()), contracts=(draw(retainers),))
    bills = st.lists(st.tuples(st.sampled_from([None, 0, TODAY - 10]), st.integers(TODAY - 25, TODAY)), max_size=2)
    works = st.lists(hours, min_size=1, max_size=7)
    return customer, draw(works), draw(bills), draw(st.lists(hours, max_size=3)), None


def told_of(desk: Desk, first: date | None, last: date | None) -> Figures:
    return sum((row.figures for row in reports.totals(desk.ledger, reports.Period(first, last))), Figures())


ends = st.lists(st.integers(TODAY - 30, TODAY), max_size=3, unique=True).map(
    lambda days: [JANUARY + timedelta(days=day) for day in sorted(days)]
)


@slow
@given(made=retained(), cuts=ends)
def test_periods_beside_one_another_add_up_to_all(made, cuts):
    with home(made) as desk:
        firsts, lasts = [None, *cuts], [*(cut - timedelta(days=1) for cut in cuts), None]
        parts = [told_of(desk, *each) for each in zip(firsts, lasts, strict=True)]
        whole, found = told_of(desk, None, None), sum(parts, Figures())
        assert found.seconds == whole.seconds
        assert abs(found.billed_minor - whole.billed_minor) <= len(parts) * len(desk.all())


@slow
@given(made=retained(), cuts=ends)
def test_overage_is_told_alike_in_every_report_of_any_days_open_and_stated(made, cuts):
    with home(made) as desk:
        today = desk.ledger.today
        starts = [today - timedelta(days=today.weekday()), today.replace(day=1), *cuts]
        days = [Days(first, last) for first in starts for last in (*cuts, today) if first <= last]
        before = [told_in(desk, each) for each in days]
        with suppress(Refused):
            statements.issue(desk.ledger, "gant", None, today)
            assert [told_in(desk, each) for each in days] == before


def told_in(desk: Desk, days: Days) -> Figures:
    """What totals tell of some days, and so does every other report."""
    told = told_of(desk, days.first, days.last)
    some = spans.by_day(desk.ledger, days.first, days.last)
    assert sum(each.billable for each in some) == told.exact_seconds
    assert abs(sum(each.minor.get("EUR", 0) for each in some) - told.exact_minor) <= len(desk.all())
    rows = [row for row in leak_report(desk.ledger, days).rows if row.kind == "rounding"]
    lost = told.rule_loss_seconds + told.manual_loss_seconds, told.rule_loss_minor + told.manual_loss_minor
    assert (sum(row.seconds for row in rows), sum(row.minor for row in rows)) == lost
    if all(group.pieces for group in overage_between(desk.ledger, desk.terms.clients["gant"], 0, 1 << 40)):
        # What no session is left of is nobody's time, and of no day's pace but its own.
        brought = daily_revenue(desk.ledger, days.first, days.last).whole("EUR").values()
        assert abs(sum(brought) - told.billed_minor) <= len(desk.all())
        [owned] = reports.ownership(desk.ledger, days.period, "gant") or [None]
        assert (owned.seconds["billable"] if owned else 0) == told.exact_seconds
    live = Live(desk.ledger)
    live.refresh()
    shown, today = live.at(desk.now), desk.ledger.today
    for sums, first in ((shown.week, today - timedelta(days=today.weekday())), (shown.month, today.replace(day=1))):
        if days == Days(first, today):
            assert sums.figures.get("EUR", Figures()) == told
    return told


@pytest.mark.parametrize("cap", [0, 1000])
@pytest.mark.parametrize("running", [None, 30 * HOUR])
def test_a_cap_takes_a_session_that_midnight_cuts_off_both_days(cap, running):
    """Thirty hours from six in the morning on, the second day's part of them above the cap too."""
    split = rule(Model.DOWN, 360, GroupScope.DAY, midnight=Midnight.SPLIT)
    customer = client("gant", "88.37", split, contracts=(Contract(JANUARY, cap=Decimal(cap)),))
    work = (74 * DAY + 6 * HOUR, 30 * HOUR, "default", Channel.WORK, (Scope.IN, None), None, False)
    with home((customer, [] if running else [work], [], [], running)) as desk:
        last = desk.ledger.today
        [row] = reports.totals(desk.ledger, reports.Period(JANUARY, last))
        assert row.minor == cap * 100
        for some in (spans.by_day(desk.ledger, JANUARY, last), spans.by_month(desk.ledger, last, 3)):
            assert sum(each.minor.get("EUR", 0) for each in some) == cap * 100
