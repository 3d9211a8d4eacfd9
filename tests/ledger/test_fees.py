"""Fees, overage and caps on statements: billed once, counted live the same, to the cent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.rounding import Model
from clepsydra.domain.session import Decision, Scope, Session
from clepsydra.domain.statement import LineSort, Statement
from clepsydra.domain.terms import (
    Burn,
    Carry,
    ChangeOrder,
    Contract,
    ContractKind,
    Deliverable,
    Project,
    Rate,
)
from clepsydra.ledger import history, reports
from clepsydra.ledger.billing import statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.live.totals import unbilled_of
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from tests.domain import lots
from tests.ledger.desk import HOUR, Desk, client, rule, wall

START = date(2026, 1, 1)
RETAINER = Contract(
    START, ContractKind.RETAINER, included=10 * HOUR, fee=Decimal(1000), carry=Carry(5 * HOUR, 1),
    overage_hourly=Decimal(130),
)  # fmt: skip


def desk_of(*contracts: Contract, today: str = "2026-04-01 12:00", **more) -> Desk:
    made = client("gant", "100", rule(Model.EXACT), contracts=contracts, **more)
    return Desk.at(now=wall(today), gant=made)


def agree(desk: Desk, *contracts: Contract) -> None:
    made = replace(desk.ledger.client("gant"), contracts=contracts)
    desk.terms.clients = {**desk.terms.clients, "gant": made}


def worked(desk: Desk, day: str, hours: float, ident: str = "", **more) -> str:
    begin = wall(f"{day} 06:00")
    ident = ident or f"s{day}-{hours}-{len(desk.all())}"
    project = more.pop("project", "default")
    made = Session(
        ident, "gant", project, more.pop("channel", "work"), begin, begin + round(hours * HOUR), "Europe/Paris",
        date.fromisoformat(day).toordinal(), logged_at=begin, **more,
    )  # fmt: skip
    with desk.ledger.change("test"):
        sessions.add(desk.ledger.db, made)
    return ident


def sorts(statement: Statement) -> list[tuple[str, int, int]]:
    return [(line.sort.value, line.fee_minor, line.figures.billed_minor) for line in statement.lines]


def the(statement: Statement, sort: LineSort):
    return next(line for line in statement.lines if line.sort is sort)


def same_everywhere(desk: Desk) -> int:
    """The live total, the tally, and the statement of today agree; returns it."""
    live = Live(desk.ledger)
    live.refresh()
    shown = live.at(desk.now).unbilled["gant"]
    assert shown == unbilled_of(desk.ledger, desk.ledger.client("gant"))
    assert shown.minor == statements.preview(desk.ledger, "gant").statement.net_minor
    assert verify(desk.ledger) == []
    return shown.minor


# -- the worked example of a retainer: Jan 4 h -> carry 5, Feb 13 of 15 -> carry 2, Mar 14 of 12 -> 2 h over


def example() -> Desk:
    desk = desk_of(RETAINER)
    for day, hours in (("2026-01-12", 4), ("2026-02-10", 6), ("2026-02-20", 7), ("2026-03-03", 8), ("2026-03-30", 6)):
        worked(desk, day, hours)
    return desk


def test_three_months_of_a_retainer_come_out_to_the_cent():
    desk = example()
    found = statements.preview(desk.ledger, "gant").statement
    assert sorts(found) == [
        ("fee", 100_000, 0), ("included", 0, 40_000),
        ("fee", 100_000, 0), ("included", 0, 130_000),
        ("fee", 100_000, 0), ("included", 0, 120_000), ("overage", 0, 26_000),
    ]  # fmt: skip
    uses = [line.use for line in found.lines if line.use]
    carried = [(u.used, u.carried_in, u.carried_out, u.expired, u.over) for u in uses]
    assert carried == [
        (4 * HOUR, 0, 5 * HOUR, HOUR, 0), (13 * HOUR, 5 * HOUR, 2 * HOUR, 0, 0), (14 * HOUR, 2 * HOUR, 0, 0, 2 * HOUR),
    ]  # fmt: skip
    assert (found.net_minor, found.fee_minor, found.totals.exact_seconds) == (326_000, 300_000, 2 * HOUR)
    assert same_everywhere(desk) == 326_000


def test_a_month_is_stated_alone_and_its_fee_once():
    desk = example()
    january = statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
    assert january.net_minor == 100_000
    with pytest.raises(Refused):
        statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
    assert same_everywhere(desk) == 226_000
    statements.issue(desk.ledger, "gant")
    assert same_everywhere(desk) == 0
    with pytest.raises(Refused):
        statements.issue(desk.ledger, "gant")


def test_voiding_and_undoing_release_the_fee():
    desk = example()
    issued = statements.issue(desk.ledger, "gant")
    statements.void(desk.ledger, issued.number, "wrong")
    assert same_everywhere(desk) == 326_000
    history.undo(desk.ledger)
    assert same_everywhere(desk) == 0
    history.undo(desk.ledger)
    assert same_everywhere(desk) == 326_000
    history.redo(desk.ledger)
    assert same_everywhere(desk) == 0


def test_a_fee_is_due_on_the_last_day_of_its_period_though_nothing_was_worked():
    desk = desk_of(RETAINER, today="2026-01-30 12:00")
    assert same_everywhere(desk) == 0
    desk.now = wall("2026-01-31 12:00")
    assert same_everywhere(desk) == 100_000
    statements.issue(desk.ledger, "gant")
    live = Live(desk.ledger)
    live.refresh()
    assert live.at(desk.now).unbilled["gant"].minor == 0


def test_the_live_total_notices_a_statement_without_sessions():
    desk = desk_of(RETAINER, today="2026-01-31 12:00")
    live = Live(desk.ledger)
    live.refresh()
    assert live.at(desk.now).unbilled_totals() == {"EUR": 100_000}
    statements.issue(desk.ledger, "gant")
    live.refresh()
    assert live.at(desk.now).unbilled["gant"].minor == 0


def test_overage_counts_as_it_happens_and_is_billed_once():
    desk = desk_of(RETAINER, today="2026-01-20 12:00")
    worked(desk, "2026-01-12", 9)
    assert same_everywhere(desk) == 0
    worked(desk, "2026-01-13", 2.5)
    assert same_everywhere(desk) == 19_500
    assert reports.ownership(desk.ledger, reports.Period(), "gant")[0].seconds["included"] == 10 * HOUR
    statements.issue(desk.ledger, "gant")
    assert same_everywhere(desk) == 0
    assert reports.ownership(desk.ledger, reports.Period(), "gant")[0].seconds["included"] == 10 * HOUR
    worked(desk, "2026-01-15", 1)
    assert same_everywhere(desk) == 13_000
    desk.now = wall("2026-01-31 12:00")
    assert same_everywhere(desk) == 113_000


def test_work_logged_late_into_a_stated_period_is_shown_and_bills_only_what_is_beyond():
    desk = desk_of(RETAINER)
    worked(desk, "2026-01-12", 9)
    statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
    worked(desk, "2026-01-05", 3)  # before what is locked: the late hours are the ones beyond
    found = statements.preview(desk.ledger, "gant", START, date(2026, 1, 31)).statement
    assert sorts(found) == [("included", 0, 10_000), ("overage", 0, 26_000)]
    same_everywhere(desk)


def test_a_running_timer_earns_overage_as_it_will_be_billed():
    desk = desk_of(RETAINER, today="2026-01-20 12:00")
    worked(desk, "2026-01-12", 9.5)
    from clepsydra.ledger import timers

    timers.start(desk.ledger, timers.Work("gant"))
    live = Live(desk.ledger)
    live.refresh()
    desk.wait(HOUR)
    shown = live.at(desk.now).unbilled["gant"].minor
    timers.stop(desk.ledger)
    assert shown == same_everywhere(desk) == 6_500


# -- fixed fees

PARTS = (
    Deliverable("Design", Decimal(30), date(2026, 1, 15)), Deliverable("Site", Decimal(50), date(2026, 3, 10)),
    Deliverable("Handover", Decimal(20)),
)  # fmt: skip
FIXED = Contract(
    START, ContractKind.FIXED, included=80 * HOUR, fee=Decimal(8000), burn=Burn.EXACT, deliverables=PARTS,
    changes=(ChangeOrder("Second language", date(2026, 2, 1), 12 * HOUR, Decimal(1200)),),
)  # fmt: skip


def test_a_fixed_fee_is_billed_by_what_was_accepted():
    desk = desk_of(FIXED)
    worked(desk, "2026-01-05", 20)
    january = statements.issue(desk.ledger, "gant", START, date(2026, 1, 31))
    assert sorts(january) == [("fee", 240_000, 0), ("included", 0, 200_000)]
    assert january.lines[0].note == "Design"
    # 50 % more is accepted, and 80 % of the change order is earned by it
    assert same_everywhere(desk) == 400_000 + 96_000
    statements.issue(desk.ledger, "gant")
    finished = replace(FIXED, deliverables=(*PARTS[:2], replace(PARTS[2], accepted=date(2026, 4, 1))))
    agree(desk, finished)
    assert same_everywhere(desk) == 160_000 + 24_000


def test_thirds_of_a_fee_sum_to_it():
    parts = tuple(Deliverable(name, Decimal(1), date(2026, 1, day)) for day, name in enumerate("abc", 5))
    desk = desk_of(replace(FIXED, fee=Decimal(1000), deliverables=parts, changes=()))
    assert [line.fee_minor for line in statements.preview(desk.ledger, "gant").statement.lines] == [33334, 33333, 33333]


def test_without_deliverables_a_fixed_fee_is_due_when_it_ends():
    desk = desk_of(replace(FIXED, deliverables=(), changes=(), ends=date(2026, 4, 2)))
    assert same_everywhere(desk) == 0
    desk.now = wall("2026-04-02 12:00")
    assert same_everywhere(desk) == 800_000


# -- caps and mixtures


def test_a_cap_limits_what_is_billed():
    desk = desk_of(Contract(START, cap=Decimal(1000)))
    worked(desk, "2026-01-05", 8)
    statements.issue(desk.ledger, "gant", None, date(2026, 1, 31))
    worked(desk, "2026-02-05", 5)
    found = statements.preview(desk.ledger, "gant").statement
    assert sorts(found) == [("cap", -30_000, 0), ("time", 0, 50_000)]
    assert same_everywhere(desk) == 20_000
    statements.issue(desk.ledger, "gant")
    worked(desk, "2026-03-05", 1)
    assert same_everywhere(desk) == 0


def test_work_out_of_scope_is_billed_beside_the_fee():
    desk = desk_of(RETAINER, today="2026-01-31 18:00")
    worked(desk, "2026-01-05", 4)
    worked(desk, "2026-01-06", 1, scope=Scope.OUT, decision=Decision.BILL)
    worked(desk, "2026-01-07", 1, scope=Scope.OUT, decision=Decision.PENDING)
    found = statements.preview(desk.ledger, "gant").statement
    assert sorts(found) == [("fee", 100_000, 0), ("included", 0, 40_000), ("time", 0, 10_000)]
    assert same_everywhere(desk) == 110_000


def test_a_project_by_the_hour_beside_a_retainer():
    training = Project("training", "Training", rates=(Rate(START, Decimal(150)),), contracts=(Contract(START),))
    desk = desk_of(RETAINER, today="2026-01-31 18:00", projects=(training,))
    worked(desk, "2026-01-05", 12)
    worked(desk, "2026-01-06", 2, project="training")
    assert same_everywhere(desk) == 100_000 + 2 * 13_000 + 30_000


def test_included_sessions_are_locked_with_the_statement_that_shows_them():
    desk = example()
    statements.issue(desk.ledger, "gant")
    assert all(session.statement for session in desk.all())
    issued = statements.listed(desk.ledger, "gant")[0]
    shown = statements.show(desk.ledger, issued.number)
    assert the(shown, LineSort.INCLUDED).use is None
    assert shown.lines == issued.lines


def test_a_new_version_of_the_contract_moves_nothing_past():
    desk = example()
    before = statements.issue(desk.ledger, "gant", START, date(2026, 2, 28))
    later = replace(RETAINER, since=date(2026, 4, 1), fee=Decimal(5000), included=HOUR)
    desk.terms.clients = {
        **desk.terms.clients,
        "gant": replace(desk.ledger.client("gant"), contracts=(RETAINER, later)),
    }
    assert statements.show(desk.ledger, before.number) == before
    assert same_everywhere(desk) == 126_000


# -- thirty-six months against lots counted one by one

burns = st.sampled_from(Burn)
hours = st.lists(
    st.tuples(st.integers(0, 1095), st.sampled_from([0.5, 1, 3, 5.25, 9, 14])), min_size=5, max_size=40
)  # fmt: skip


@st.composite
def versions(draw: st.DrawFn) -> tuple[Contract, ...]:
    since = sorted({0, *draw(st.lists(st.integers(1, 1000), max_size=3))})
    return tuple(
        Contract(
            START + timedelta(days=day), ContractKind.RETAINER, included=draw(st.sampled_from([0, 5, 10, 20])) * HOUR,
            fee=Decimal(draw(st.sampled_from(["0", "999.99", "2000"]))),
            carry=draw(st.sampled_from([None, Carry(), Carry(5 * HOUR, 1), Carry(None, 2), Carry(3 * HOUR, None)])),
            borrow=draw(st.sampled_from([0, 2 * HOUR])), burn=draw(burns), overage_hourly=Decimal(130),
        )
        for day in since
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(versions(), hours, st.lists(st.integers(20, 1090), max_size=4, unique=True))
def test_thirty_six_months_of_statements_agree_with_lots(contracts, work, statement_days):
    desk = desk_of(*contracts, today="2029-01-01 12:00")
    for day, length in work:
        worked(desk, str(START + timedelta(days=day)), length)
    used: dict[date, int] = {}
    for day, length in work:
        on = START + timedelta(days=day)
        used[on] = used.get(on, 0) + round(length * HOUR)
    wanted = lots.simulate(list(contracts), used, date(2029, 1, 1))
    for day in sorted(statement_days):
        found = statements.preview(desk.ledger, "gant", None, START + timedelta(days=day)).statement
        if found.bills:
            statements.issue(desk.ledger, "gant", None, START + timedelta(days=day))
    last = statements.preview(desk.ledger, "gant", None, date(2028, 12, 31)).statement
    if last.bills:
        statements.issue(desk.ledger, "gant", None, date(2028, 12, 31))
    issued = statements.listed(desk.ledger, "gant")
    over = sum(line.figures.billed_seconds for s in issued for line in s.lines if line.sort is LineSort.OVERAGE)
    assert over == sum(period["over"] for period in wanted)
    fees = [line for s in issued for line in s.lines if line.sort is LineSort.FEE]
    assert len({line.first_day for line in fees}) == len(fees)
    assert sum(line.fee_minor for line in fees) == sum(s.fee_minor for s in issued)
    assert verify(desk.ledger) == []
