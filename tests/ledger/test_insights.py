"""Scope, alerts, rates, dormant clients, least profitable hours and what if, on a small log that can be reckoned."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import ChangeOrder, Contract, ContractKind
from clepsydra.domain.rounding import Model
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.domain.terms import Project, Rate
from clepsydra.ledger import editing, history, spans, timers
from clepsydra.ledger.agreements import alerts
from clepsydra.ledger.agreements.due import read_uses
from clepsydra.ledger.billing import statements
from clepsydra.ledger.insights import least, reviews, what_if
from clepsydra.ledger.insights import scope as scope_report
from clepsydra.ledger.insights.dormant import dormant, unprofitable, usual_pause
from clepsydra.ledger.insights.earnings import earned
from clepsydra.ledger.insights.overview import insight
from clepsydra.ledger.insights.rates import rates, rates_alone, typical_week
from clepsydra.ledger.leaks.report import leak_report
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.receivables.ageing import aging
from clepsydra.ledger.reports import Days, Period
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.model import Cost
from tests.ledger.test_fees import FIXED, PARTS, RETAINER, START, agree, desk_of, worked
from tests.ledger.workbench import HOUR, MINUTE, Desk, client, rule, wall

JANUARY = Period(START, date(2026, 1, 31))


# -- scope


def test_overrun_and_drift_are_counted_apart():
    order = ChangeOrder("Export", date(2026, 1, 10), HOUR, Decimal(100))
    fixed = replace(FIXED, included=10 * HOUR, changes=(order,))
    desk = desk_of(fixed, today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 13)
    worked(desk, "2026-01-06", 2, "asked", scope=Scope.OUT, decision=Decision.BILL, request="Mme Roy: export")
    worked(desk, "2026-01-07", 1, scope=Scope.OUT, decision=Decision.PENDING)
    (drift,) = scope_report.drifts(desk.ledger, JANUARY, "gant")
    assert (drift.inside.seconds, drift.out_seconds, drift.out_rate) == (13 * HOUR, 3 * HOUR, Fraction(3, 16))
    assert (drift.on_orders, drift.on_orders_rate) == (2 * HOUR, Fraction(2, 3))
    assert [(r.order, r.asked, r.age_days) for r in drift.requests] == [("Export", "Mme Roy: export", 25), ("", "", 24)]
    assert [part.seconds for part in drift.pending_by_age()] == [HOUR, 0, 0, 0]
    (standing,) = scope_report.standings(desk.ledger, "gant")
    assert (standing.overrun, standing.growth) == (2 * HOUR, Fraction(1, 10))
    assert standing.end is None


def test_pending_work_ages():
    desk = desk_of(today="2026-06-01 12:00")
    for day in ("2026-05-20", "2026-04-20", "2026-03-20", "2026-01-20"):
        worked(desk, day, 1, scope=Scope.OUT, decision=Decision.PENDING)
    (drift,) = scope_report.drifts(desk.ledger, Period(date(2026, 5, 1)), "gant", undecided=True)
    assert drift.out_seconds == HOUR, "what was asked before the period is in no sum of it"
    assert [part.seconds for part in drift.pending_by_age()] == [HOUR] * 4, "and waits for its decision all the same"
    (drift,) = scope_report.drifts(desk.ledger, Period(), "gant")
    assert [part.minor for part in drift.pending_by_age()] == [10_000] * 4


def test_the_fixed_fee_of_the_book_is_valued_with_the_own_estimate_beside_it():
    dates = (START, None)
    parts = tuple(replace(part, weight=Decimal(50), accepted=day) for part, day in zip(PARTS, dates, strict=False))
    fixed = replace(FIXED, included=40 * HOUR, fee=Decimal(3600), deliverables=parts, changes=(), estimate=45 * HOUR)
    desk = desk_of(fixed, today="2026-02-01 12:00")
    worked(desk, "2026-01-05", 24)
    (standing,) = scope_report.standings(desk.ledger, "gant")
    value = standing.value
    assert value is not None
    assert (value.earned, value.at_completion, value.tcpi, value.rate) == (20 * HOUR, 48 * HOUR, Fraction(5, 4), 75)
    assert (value.own_at_completion, value.own_rate, value.early) == (45 * HOUR, 80, False)


# -- alerts


def shown(desk: Desk):
    live = Live(desk.ledger)
    live.refresh()
    return next(use for use in live.at(desk.now).scopes if use.client.slug == "gant")


def test_a_level_is_shown_until_seen_and_the_next_one_again():
    desk = desk_of(RETAINER, today="2026-01-20 12:00")
    worked(desk, "2026-01-05", 5)
    assert shown(desk).alert == Decimal("0.5")
    alerts.acknowledge(desk.ledger, [("gant", None, shown(desk).state)])
    assert shown(desk).alert is None
    worked(desk, "2026-01-06", 3)
    assert shown(desk).alert == Decimal("0.8")
    alerts.acknowledge(desk.ledger, [("gant", None, shown(desk).state)])
    editing.remove(desk.ledger, desk.all()[-1].id)
    assert shown(desk).alert is None  # a level that was seen does not come back
    history.undo(desk.ledger)
    history.undo(desk.ledger)
    assert shown(desk).alert == Decimal("0.8")
    desk.now = wall("2026-02-10 12:00")
    worked(desk, "2026-02-02", 9)
    assert shown(desk).alert == Decimal("0.5")  # of fifteen hours, with those carried over
    assert verify(desk.ledger) == []


def test_nothing_to_take_note_of_is_refused():
    desk = desk_of(RETAINER, today="2026-01-20 12:00")
    with pytest.raises(Refused):
        alerts.acknowledge(desk.ledger, [("gant", None, shown(desk).state)])


def test_a_timer_that_will_pass_a_limit_is_told():
    desk = desk_of(RETAINER, today="2026-01-20 12:00")
    worked(desk, "2026-01-05", 3)
    assert alerts.passing(desk.ledger, "gant", "default") is None
    worked(desk, "2026-01-06", 1.5)
    assert alerts.passing(desk.ledger, "gant", "default") is not None
    worked(desk, "2026-01-07", 7)
    state = alerts.passing(desk.ledger, "gant", "default")
    assert state is not None
    assert state.over == 1.5 * HOUR


def test_drift_is_in_the_live_state():
    desk = desk_of(RETAINER, today="2026-01-20 12:00")
    worked(desk, "2026-01-05", 3)
    worked(desk, "2026-01-06", 1, scope=Scope.OUT, decision=Decision.ABSORB)
    assert shown(desk).drift == Fraction(1, 4)


# -- rates


def test_the_agreed_rate_is_the_rate_and_stays_what_was_billed():
    desk = desk_of(Contract(START), today="2026-02-10 12:00")
    dear = replace(desk.terms.clients["gant"], currency="JPY", rates=(Rate(START, Decimal(5000)),))
    desk.terms.clients = {"gant": dear}
    begin = wall("2026-01-05 09:00")
    for n in range(3):
        editing.add(desk.ledger, Work("gant"), begin + n * HOUR, begin + n * HOUR + 1003)
    (row,) = rates(desk.ledger, JANUARY, "gant").clients
    assert row.earning.standard == 5000
    statements.issue(desk.ledger, "gant")
    desk.terms.clients = {"gant": replace(dear, rates=(Rate(START, Decimal(9000)),))}
    (row,) = rates(desk.ledger, JANUARY, "gant").clients
    assert row.earning.standard == 5000


def test_money_is_split_by_line_and_fees_by_real_time():
    desk = desk_of(RETAINER, today="2026-02-10 12:00")
    worked(desk, "2026-01-05", 3)
    worked(desk, "2026-01-06", 1, channel="call")
    worked(desk, "2026-02-02", 6)
    issued = statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
    statement_payment.pay(desk.ledger, issued.number, 50_000, date(2026, 2, 5))
    report = rates(desk.ledger, Period(START, date(2026, 2, 28)), "gant")
    (row,) = report.clients
    assert (row.earning.seconds, row.earning.invoiced_minor, row.earning.collected_minor) == (
        10 * HOUR,
        100_000,
        50_000,
    )
    assert row.earning.real == 10_000
    by_channel = {each.channel: each.earning.invoiced_minor for each in report.channels}
    assert by_channel == {Channel.WORK: 75_000, Channel.CALL: 25_000}
    assert report.effective[0].rate == 25_000
    expected = {each.session.day: each.expected for _, each in report.sessions}
    assert expected[date(2026, 2, 2).toordinal()] == 60_000  # six of the ten hours its fee is for


def test_what_lies_beyond_a_fee_earns_its_own_rate():
    retainer = replace(RETAINER, carry=None)
    desk = desk_of(retainer, today="2026-02-10 12:00")
    worked(desk, "2026-01-05", 12)
    worked(desk, "2026-01-06", 3)
    for stated in (False, True):
        if stated:
            statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
        report = rates(desk.ledger, JANUARY, "gant")
        assert report.effective[0].rate == 10_000
        assert [each.expected for _, each in report.sessions] == [100_000 + 2 * 13_000, 3 * 13_000]
    agree(desk, replace(retainer, overage_hourly=Decimal(0)))
    assert rates(desk.ledger, JANUARY, "gant").effective[0].rate == Fraction(100_000, 15), "nobody pays for the rest"


def test_work_before_its_project_had_an_agreement_of_its_own_earns_what_its_clients_makes():
    side = Project("side", "Side", contracts=(Contract(date(2026, 3, 1), ContractKind.FIXED, fee=Decimal(5000)),))
    desk = desk_of(replace(RETAINER, carry=None), today="2026-01-31 12:00", projects=(side,))
    worked(desk, "2026-01-05", 4, project="side")
    assert [each.expected for _, each in rates(desk.ledger, JANUARY, "gant").sessions] == [40_000]
    worked(desk, "2026-01-06", 6)
    assert alerts.passing(desk.ledger, "gant", "side") is not None, "the client's hours are used up"


def test_overage_that_no_open_work_is_left_of_is_revenue_without_hours():
    desk = desk_of(replace(RETAINER, carry=None, included=20 * HOUR), today="2026-02-10 12:00")
    worked(desk, "2026-01-05", 12)
    statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
    agree(desk, replace(RETAINER, carry=None))
    assert statements.issue(desk.ledger, "gant").net_minor == 26_000
    (row,) = rates(desk.ledger, JANUARY, "gant").clients
    assert (row.earning.seconds, row.earning.invoiced_minor) == (12 * HOUR, 126_000)


def test_an_unused_fee_is_revenue_without_hours():
    desk = desk_of(RETAINER, today="2026-01-31 12:00")
    worked(desk, "2026-01-06", 1, scope=Scope.OUT, decision=Decision.ABSORB)
    statements.issue(desk.ledger, "gant")
    (row,) = rates(desk.ledger, JANUARY, "gant").clients
    assert (row.earning.seconds, row.earning.billable, row.earning.invoiced_minor) == (HOUR, 0, 100_000)


def test_an_hour_costs_what_the_year_must_pay():
    desk = desk_of(today="2026-01-31 12:00")
    desk.set(cost=Cost(Decimal(60_000), Decimal(20_000), Decimal(10_000), 200, 5 * HOUR))
    worked(desk, "2026-01-05", 6)
    report = rates(desk.ledger, JANUARY, "gant")
    assert report.cost is not None
    assert report.cost.worked == 9_000
    assert [(row.client, margin) for row, margin in unprofitable(report)] == [("gant", -9_000)]
    statements.issue(desk.ledger, "gant")
    assert unprofitable(rates(desk.ledger, JANUARY, "gant")) == []


def test_the_week_holds_every_second_once():
    desk = desk_of(today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 3.26)
    worked(desk, "2026-01-09", 1)
    week = typical_week(desk.ledger, rates(desk.ledger, JANUARY, "gant").sessions)
    assert sum(slot.seconds for day in week for slot in day) == round(4.26 * HOUR)
    assert week[0][12].seconds == 30 * MINUTE
    assert sum(slot.minor.get("EUR", 0) for day in week for slot in day) == 42_600


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 600)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_no_cent_of_the_week_is_lost(found):
    desk = desk_of(today="2026-01-31 12:00")
    for day, minutes in found:
        worked(desk, f"2026-01-{day:02}", minutes / 60 + 0.0123)
    rows = rates(desk.ledger, JANUARY, "gant").sessions
    week = typical_week(desk.ledger, rows)
    assert sum(slot.minor.get("EUR", 0) for day in week for slot in day) == sum(row.expected for _, row in rows)
    assert sum(slot.seconds for day in week for slot in day) == sum(row.seconds for _, row in rows)


# -- least profitable


def test_the_tenth_that_earned_least_is_cut_to_the_second():
    desk = desk_of(today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 9)
    worked(desk, "2026-01-06", 1.5, "free", scope=Scope.OUT, decision=Decision.ABSORB)
    found = least.least(desk.ledger, rates(desk.ledger, JANUARY, "gant").sessions)
    (tenth,) = found
    assert (tenth.seconds, tenth.minor) == (round(1.05 * HOUR), 0)
    assert tenth.parts[0].sessions == ("free",)
    assert tenth.better_minor == 10_000  # nine hours of 100 and 0.45 of nothing, over 9.45


def test_the_list_comes_back_in_a_month():
    desk = desk_of(today="2026-01-31 12:00")
    made = reviews.keep(desk.ledger, "automate", " invoices ")
    assert (made.text, made.review_on) == ("invoices", date(2026, 2, 28))
    desk.now = wall("2026-02-28 12:00")
    assert reviews.again(desk.ledger, made.id).review_on == date(2026, 3, 28)
    changed = reviews.reword(desk.ledger, made.id, "stop", "invoices by hand")
    assert reviews.open_reviews(desk.ledger) == [changed]
    assert (changed.kind, changed.text, changed.made_on) == ("stop", "invoices by hand", date(2026, 1, 31))
    reviews.done(desk.ledger, made.id[-6:])
    assert reviews.open_reviews(desk.ledger) == []
    for wanted in ([changed], [replace(changed, kind="automate", text="invoices")], [made]):
        history.undo(desk.ledger)
        assert reviews.open_reviews(desk.ledger) == wanted
    assert verify(desk.ledger) == []


@pytest.mark.parametrize(("kind", "text"), [("stop", " "), ("dance", "x")])
def test_a_line_without_words_or_meaning_is_refused(kind, text):
    desk = desk_of(today="2026-01-31 12:00")
    with pytest.raises(Refused):
        reviews.keep(desk.ledger, kind, text)


# -- dormant, aging


def test_a_client_is_dormant_by_its_own_rhythm():
    desk = desk_of(today="2026-06-01 12:00")
    for day in ("2026-01-05", "2026-01-12", "2026-01-19"):
        worked(desk, day, 1, note="kickoff", channel="call")
    (row,) = dormant(desk.ledger)
    assert (row.client.slug, row.days, row.usual_pause, row.last_note) == ("gant", 133, 7, "kickoff")
    assert dormant(desk.ledger, 200) == []
    desk.now = wall("2026-01-30 12:00")
    assert dormant(desk.ledger, 5) == []  # eleven days are within twice its rhythm


def test_the_usual_pause_forgives_a_holiday():
    assert usual_pause([0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 120]) == 7
    assert usual_pause([3]) == 0


def test_what_is_owed_ages_from_its_due_date():
    desk = desk_of(today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 1)
    issued = statements.issue(desk.ledger, "gant")
    worked(desk, "2026-01-20", 2)
    desk.now = wall("2026-04-20 12:00")
    (row,) = aging(desk.ledger, "gant")
    assert issued.due_on == date(2026, 3, 2)
    assert (row.buckets, row.unbilled_minor, row.unbilled_days) == ((0, 0, 10_000, 0, 0), 20_000, 90)


# -- leaks and what if


def test_no_second_leaks_twice_with_contracts_in_play():
    desk = desk_of(Contract(START, cap=Decimal(500)), today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 8)
    before = leak_report(desk.ledger, Days(START, date(2026, 1, 31)), "gant")
    statements.issue(desk.ledger, "gant")
    after = leak_report(desk.ledger, Days(START, date(2026, 1, 31)), "gant")
    for report in (before, after):
        (row,) = [each for each in report.rows if each.minor]
        assert (row.kind, row.seconds, row.minor) == ("scope", 3 * HOUR, 30_000)


def test_what_open_work_before_a_month_leaves_of_a_cap_is_all_that_month_has():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-20 12:00")
    worked(desk, "2026-01-05", 9)
    worked(desk, "2026-02-05", 4)
    worked(desk, "2026-02-06", 2)
    january, february = Days(START, date(2026, 1, 31)), Days(date(2026, 2, 1), date(2026, 2, 20))
    for issued in (False, True):
        lost = [
            [(row.kind, row.seconds, row.minor) for row in leak_report(desk.ledger, days, "gant").rows
             if row.standing == "lost" and row.minor]
            for days in (january, february)
        ]  # fmt: skip
        assert lost == [[], [("scope", 5 * HOUR, 50_000)]]
        if not issued:
            statements.issue(desk.ledger, "gant", None, january.last)
            statements.issue(desk.ledger, "gant")


def test_what_a_cap_took_off_before_a_month_is_not_lost_in_it_again():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-20 12:00")
    february = Days(date(2026, 2, 1), date(2026, 2, 20))
    for day, hours in (("2026-01-05", 16), ("2026-02-05", 2)):
        worked(desk, day, hours)
        statements.issue(desk.ledger, "gant", None, date.fromisoformat(day))
    rows = leak_report(desk.ledger, february, "gant").rows
    assert [(row.kind, row.seconds, row.minor) for row in rows if row.minor] == [("scope", 2 * HOUR, 20_000)]


def test_what_a_raised_cap_gives_back_is_lost_no_more():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-10 12:00")
    worked(desk, "2026-01-05", 16)
    statements.issue(desk.ledger, "gant")
    agree(desk, Contract(START, cap=Decimal(1500)))
    for issued in (False, True):
        if issued:
            assert statements.issue(desk.ledger, "gant").net_minor == 50_000
        rows = leak_report(desk.ledger, Days(START, date(2026, 2, 10)), "gant").rows
        assert [(row.kind, row.seconds, row.minor) for row in rows if row.minor] == [("scope", HOUR, 10_000)]


def test_open_work_beyond_a_cap_is_expected_to_earn_nothing():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 8)
    worked(desk, "2026-01-06", 6)
    with read_uses(desk.ledger, [desk.ledger.client("gant")]) as uses:
        rows, _ = earned(desk.ledger, desk.ledger.client("gant"), uses["gant"], JANUARY)
    assert [row.expected for row in rows] == [80_000, 20_000]


def test_a_session_that_a_cap_cuts_waits_with_the_part_that_is_to_be_billed():
    desk = desk_of(Contract(START, cap=Decimal(500)), today="2026-06-30 12:00")
    for day in (5, 6, 7, 8):
        worked(desk, f"2026-01-0{day}", 2)
    report = leak_report(desk.ledger, Days(START, date(2026, 1, 31)), "gant")
    found = {row.kind: (row.seconds, row.minor) for row in report.rows if row.seconds or row.minor}
    assert found == {"scope": (3 * HOUR, 30_000), "delay": (5 * HOUR, 50_000)}


@pytest.mark.parametrize(
    ("contract", "lost"), [(RETAINER, 0), (replace(FIXED, included=10 * HOUR, changes=()), 2 * HOUR)]
)
def test_hours_beyond_a_fee_leak_only_where_nobody_pays_them(contract, lost):
    desk = desk_of(contract, today="2026-01-31 12:00")
    worked(desk, "2026-01-05", 12)
    days = Days(START, date(2026, 1, 31))
    for _ in range(2):
        found = leak_report(desk.ledger, days, "gant")
        assert sum(row.seconds for row in found.rows) == lost
        if desk.all()[0].statement is None:
            statements.issue(desk.ledger, "gant")


def test_overage_loses_by_rounding_and_waits_like_other_paid_work():
    contract = Contract(START, ContractKind.RETAINER, included=HOUR, fee=Decimal(1000), overage_hourly=Decimal(130))
    desk = Desk.at(
        now=wall("2026-01-31 12:00"), gant=client("gant", "100", rule(Model.DOWN, 1800), contracts=(contract,))
    )
    worked(desk, "2026-01-05", 1)
    worked(desk, "2026-01-06", 2 + 25 / 60)
    days = Days(START, date(2026, 1, 31))

    def found() -> dict[str, tuple[int, int]]:
        return {row.kind: (row.seconds, row.minor) for row in leak_report(desk.ledger, days).rows if row.minor}

    lost = 25 * MINUTE, 5_417
    assert found() == {"rounding": lost}
    desk.now = wall("2026-06-30 12:00")
    assert found() == {"rounding": lost, "delay": (2 * HOUR, 26_000)}
    statements.issue(desk.ledger, "gant", None, days.last)
    assert found()["rounding"] == lost


def test_what_if_the_rate_the_rule_or_the_hours_changed():
    desk = desk_of(RETAINER, today="2026-01-31 12:00", projects=())
    agree(desk, RETAINER)
    worked(desk, "2026-01-05", 12)
    worked(desk, "2026-01-06", 1, scope=Scope.OUT, decision=Decision.BILL)
    statements.issue(desk.ledger, "gant")

    def difference(**change) -> int:
        (row,) = what_if.simulate(desk.ledger, what_if.Change(**change), JANUARY, "gant")
        assert row.actual_minor == 100_000 + 26_000 + 10_000
        return row.simulated_minor - row.actual_minor

    assert difference(factor=Decimal("1.1")) == 1_000
    assert difference(hourly=Decimal(50)) == -5_000
    assert difference(included=20 * HOUR) == -26_000
    assert difference(included=8 * HOUR) == 26_000
    assert difference(rule=rule(Model.UP, 7 * HOUR)) == 26_000 + 60_000


def test_a_running_timer_beyond_the_cap_earns_nothing_more():
    desk = desk_of(Contract(START, cap=Decimal(500)), today="2026-01-20 12:00")
    worked(desk, "2026-01-05", 4)
    timers.start(desk.ledger, timers.Work("gant"))
    live = Live(desk.ledger)
    live.refresh()
    desk.wait(3 * HOUR)
    assert live.at(desk.now).unbilled["gant"].minor == 50_000


def test_own_work_and_other_currencies_stay_apart():
    desk = Desk.at(now=wall("2026-01-31 12:00"), gant=client("gant", "100"), yen=client("yen", "9000", currency="JPY"))
    worked(desk, "2026-01-05", 6)
    worked(desk, "2026-01-06", 2)
    statements.issue(desk.ledger, "gant")
    report = rates(desk.ledger, JANUARY)
    assert set(report.totals) == {"EUR"}
    assert report.business("EUR") == 0
    assert (report.own_seconds, report.worked) == (0, 8 * HOUR)


def test_a_month_of_the_calendar_is_worth_what_lies_beyond_its_fee_too():
    desk = desk_of(replace(RETAINER, carry=None), today="2026-02-28 12:00")
    for day, hours in (("2026-01-05", 12), ("2026-01-20", 3), ("2026-02-03", 11)):
        worked(desk, day, hours)
    for stated in (False, True):
        if stated:
            statements.issue(desk.ledger, "gant")
        months = spans.by_month(desk.ledger, date(2026, 2, 28), 2)
        assert [(each.billable, each.minor) for each in months] == [
            (5 * HOUR, {"EUR": 65_000}),
            (HOUR, {"EUR": 13_000}),
        ]
        days = spans.by_day(desk.ledger, START, date(2026, 1, 31))
        assert [(each.first.day, each.minor["EUR"]) for each in days if each.minor] == [(5, 26_000), (20, 39_000)]


def test_a_fee_of_a_client_nobody_worked_for_is_revenue_too():
    desk = desk_of(RETAINER, today="2026-03-10 12:00")
    desk.terms.clients = {**desk.terms.clients, "ibis": client("ibis", "100")}
    worked(desk, "2026-01-05", 6, client="ibis")
    fees = statements.issue(desk.ledger, "gant").net_minor
    assert fees
    days = Period(START, date(2026, 3, 10))
    for one, slugs in ((None, ["gant", "ibis"]), ("gant", ["gant"]), ("ibis", ["ibis"])):
        for found in (rates(desk.ledger, days, one), rates_alone(desk.ledger, days, one)):
            assert sorted(row.client for row in found.clients) == slugs
            assert found.totals["EUR"].invoiced_minor == (fees if "gant" in slugs else 0)
    assert sorted(row.client for row in insight(desk.ledger, 26).rates.clients) == ["gant", "ibis"]
