"""Examples reckoned by hand, through a real log: drift, a retainer, a fixed fee, when hours run out, a month's rates.

The same figures stand alone in tests/domain (contracts, forecast, earning); here sessions, statements and payments make
them.
"""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.agreement import Burn, ChangeOrder, Contract, ContractKind, Deliverable
from clepsydra.domain.session import Decision, Scope
from clepsydra.domain.statement import LineSort
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.insights.rates import rates
from clepsydra.ledger.insights.scope import drifts, standings
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.reports import Period
from clepsydra.ledger.verify import verify
from tests.ledger.test_fees import START, desk_of, example, worked
from tests.ledger.workbench import HOUR, Desk, client, wall


def percent(share: Fraction | None) -> float:
    assert share is not None
    return float(round(share * 100, 1))


def test_drift_is_measured_against_the_baseline_that_never_moves():
    order = ChangeOrder("Export", date(2026, 1, 10), 4 * HOUR, Decimal(360))
    fixed = Contract(START, ContractKind.FIXED, included=40 * HOUR, fee=Decimal(3600), changes=(order,))
    desk = desk_of(fixed, today="2026-03-01 12:00")
    worked(desk, "2026-01-05", 30)
    worked(desk, "2026-01-12", 4, scope=Scope.OUT, decision=Decision.BILL, request="export, Mme Roy")
    worked(desk, "2026-01-13", 3.5, scope=Scope.OUT, decision=Decision.ABSORB)
    worked(desk, "2026-01-14", 2.5, scope=Scope.OUT, decision=Decision.PENDING)
    (drift,) = drifts(desk.ledger, Period(), "gant")
    assert (percent(drift.out_rate), percent(drift.on_orders_rate)) == (25.0, 40.0)
    assert (drift.decided[Decision.ABSORB].minor, drift.decided[Decision.PENDING].minor) == (35_000, 25_000)
    assert [part.minor for part in drift.pending_by_age()] == [0, 25_000, 0, 0]
    (standing,) = standings(desk.ledger, "gant")
    assert (standing.growth, standing.overrun) == (Fraction(1, 10), 0)
    assert standing.value is not None
    assert (standing.value.baseline, standing.value.budget) == (40 * HOUR, 44 * HOUR)


def test_a_quarter_of_a_retainer_and_its_effective_rate():
    desk = example()  # 10 h a month, at most 5 carried for a month: 4, 13 and 14 hours
    issued = statements.issue(desk.ledger, "gant")
    left = [(u.carried_out // HOUR, u.expired // HOUR, u.over // HOUR) for line in issued.lines if (u := line.use)]
    assert left == [
        (5, 1, 0),
        (2, 0, 0),
        (0, 0, 2),
    ]
    overage = sum(line.figures.billed_minor for line in issued.lines if line.sort is LineSort.OVERAGE)
    assert (issued.fee_minor, overage) == (300_000, 26_000)
    (effective,) = rates(desk.ledger, Period(START, date(2026, 3, 31)), "gant").effective
    assert effective.rate == Fraction(300_000, 31 - 2), "the two hours beyond are paid apart"


def test_a_fixed_fee_half_accepted_after_more_than_half_the_hours():
    halves = (Deliverable("first", Decimal(1), date(2026, 1, 30)), Deliverable("second", Decimal(1)))
    fixed = Contract(
        START, ContractKind.FIXED, included=40 * HOUR, fee=Decimal(3600), burn=Burn.EXACT, deliverables=halves,
        estimate=46 * HOUR, ends=date(2026, 3, 31),
    )  # fmt: skip
    desk = desk_of(fixed, today="2026-02-01 12:00")
    worked(desk, "2026-01-05", 24)
    (standing,) = standings(desk.ledger, "gant")
    value = standing.value
    assert value is not None
    assert (value.earned, value.at_completion, value.variance) == (20 * HOUR, 48 * HOUR, -8 * HOUR)
    assert value.cpi is not None
    assert (round(float(value.cpi), 3), value.tcpi, value.rate) == (0.833, Fraction(5, 4), 75)
    assert (value.early, value.recoverable, value.own_at_completion) == (False, False, 46 * HOUR)
    assert (standing.state.ratio, standing.state.elapsed_ratio) == (Fraction(24, 40), Fraction(31, 90))
    assert statements.preview(desk.ledger, "gant").statement.net_minor == 180_000


def test_twelve_hours_left_at_the_pace_of_four_weeks():
    desk = desk_of(Contract(START, estimate=30 * HOUR), today="2026-03-02 09:00")
    for day, hours in (("2026-02-03", 5), ("2026-02-10", 3), ("2026-02-17", 6), ("2026-02-24", 4)):
        worked(desk, day, hours)
    (standing,) = standings(desk.ledger, "gant")
    assert (standing.state.available, standing.state.used) == (30 * HOUR, 18 * HOUR)
    assert standing.end is not None
    # Ten whole days of work from Monday 2 March at the fastest, 13 as usual, 20 at the slowest.
    ends = (date(2026, 3, 16), date(2026, 3, 19), date(2026, 3, 30))
    assert (standing.end.earliest, standing.end.expected, standing.end.latest) == ends
    fewer = desk_of(Contract(START, estimate=30 * HOUR), today="2026-03-02 09:00")
    for day, hours in (("2026-02-17", 6), ("2026-02-24", 4)):
        worked(fewer, day, hours)
    assert standings(fewer.ledger, "gant")[0].end is None


def test_a_month_of_a_hundred_and_sixty_hours():
    own = replace(client("own"), rates=(), currency="EUR")
    desk = Desk.at(now=wall("2026-02-01 20:00"), gant=client("gant", "90"), own=own)
    desk.set(working_hours={n: ((time(9), time(17)),) for n in range(5)})
    for n in range(1, 9):
        worked(desk, f"2026-01-{4 + n:02}", 12)  # 96 billable hours, of which the client agrees to 88
    for n in range(7):
        worked(desk, f"2026-01-{19 + n:02}", 2, scope=Scope.OUT, decision=Decision.ABSORB)
    for n in range(5):
        worked(desk, f"2026-01-{26 + n:02}", 10, client="own")
    agreed_time.agree_session(
        desk.ledger, next(s.id for s in desk.all() if s.day == date(2026, 1, 12).toordinal()), 4 * HOUR
    )
    issued = statements.issue(desk.ledger, "gant")
    statement_payment.pay(desk.ledger, issued.number, 720_000, date(2026, 1, 31))
    report = rates(desk.ledger, Period(date(2026, 1, 5), date(2026, 2, 1)))
    (row,) = report.clients
    e = row.earning
    assert (report.worked, e.seconds, e.billable) == (160 * HOUR, 110 * HOUR, 96 * HOUR)
    assert (e.standard_minor, e.invoiced_minor, e.collected_minor) == (864_000, 792_000, 720_000)
    assert e.cash is not None
    assert (e.real, round(e.cash), report.business("EUR")) == (7_200, 6_545, 4_500)
    assert percent(report.utilisation) == 60.0
    assert (percent(e.realisation), percent(e.collection), percent(e.leakage)) == (91.7, 90.9, 8.3)
    assert verify(desk.ledger) == []
