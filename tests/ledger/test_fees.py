"""Fees, overage and caps on statements: billed once, counted live the same, to the cent."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clepsydra.domain.agreement import Burn, Carry, ChangeOrder, Contract, ContractKind, Deliverable
from clepsydra.domain.rounding import GroupScope, Model
from clepsydra.domain.session import Decision, Scope, Session
from clepsydra.domain.statement import LineSort, Statement
from clepsydra.domain.statement_terms import LedesKeys, LineKind, StatementTerms
from clepsydra.domain.terms import Project, Rate
from clepsydra.exchange.exits import ledes
from clepsydra.exchange.exits.shape import About
from clepsydra.exchange.statement.csv import to_csv
from clepsydra.exchange.statement.markdown import to_markdown
from clepsydra.language.translator import translator
from clepsydra.ledger import history, reports, spans, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents.stated import statement_titles
from clepsydra.ledger.forecast.month_lines import revenue
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.verify import verify
from clepsydra.settings.model import Seller
from clepsydra.store import sessions
from clepsydra.tui.present.statement import line_row, state_of
from tests.ledger.unbilled import unbilled_of
from tests.ledger.workbench import HOUR, Desk, client, rule, wall

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
        ident, more.pop("client", "gant"), project, more.pop("channel", "work"), begin, begin + round(hours * HOUR),
        "Europe/Paris", date.fromisoformat(day).toordinal(), logged_at=begin, **more,
    )  # fmt: skip
    with desk.ledger.change("test"):
        sessions.add(desk.ledger.db, made)
    return ident


def sorts(statement: Statement) -> list[tuple[str, int, int]]:
    return [(line.sort.value, line.fee_minor, line.figures.billed_minor) for line in statement.lines]


def the(statement: Statement, sort: LineSort):
    return next(line for line in statement.lines if line.sort is sort)


def same_everywhere(desk: Desk) -> int:
    """The live total, the sum of the sessions, and the statement of today agree; returns it."""
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


def kind_in_csv(statement, tr):
    """What the first line of a statement is called in its CSV."""
    data = to_csv(statement, tr).decode("utf-8-sig")
    return next(csv.DictReader(io.StringIO(data, newline=""), delimiter=";" if tr.lang == "fr" else ","))[
        tr.p("csv column", "Kind")
    ]


@pytest.mark.parametrize(
    ("lang", "off", "back", "kinds"),
    [
        (
            "en",
            "Beyond the agreed cap, not billed",
            "Earlier work not billed because of the cap, billed now",
            ("beyond the cap", "cap catch-up"),
        ),
        (
            "fr",
            "Au-delà du plafond convenu, non facturé",
            "Travail antérieur non facturé en raison du plafond, facturé à présent",
            ("au-delà du plafond", "rattrapage du plafond"),
        ),
    ],
)
def test_what_a_raised_cap_gives_back_is_not_called_unbilled(lang, off, back, kinds):
    desk, tr = desk_of(Contract(START, cap=Decimal(1000))), translator(lang)
    worked(desk, "2026-01-05", 16)
    first = statements.issue(desk.ledger, "gant")
    agree(desk, Contract(START, cap=Decimal(1500)))
    second = statements.issue(desk.ledger, "gant")
    assert sorts(second) == [("cap", 50_000, 0)]
    assert statement_titles(first, tr)[0] == off
    assert statement_titles(second, tr) == [back]
    assert back in to_markdown(second, Seller(), tr).decode()
    assert [kind_in_csv(each, tr) for each in (first, second)] == list(kinds)
    legal = io.BytesIO()
    ledes.write((), legal, About(tr, 0, statements=((second, LedesKeys()),)))
    assert b"|500.00|500.00|" in legal.getvalue()
    assert b"Earlier work not billed because of the cap, billed now" in legal.getvalue()
    assert back in [cell.text for cell in line_row(second.lines[0], second, tr).cells]


def test_money_above_a_used_up_cap_is_neither_unbilled_nor_earned_in_a_part_of_the_work():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-20 12:00")
    january = date(2026, 1, 31)
    february = reports.Period(date(2026, 2, 1))

    def seen() -> list[tuple[int, int]]:
        rows = (reports.totals(desk.ledger, period)[0] for period in (reports.Period(None, january), february))
        return [(row.minor, row.unbilled_minor) for row in rows]

    def days() -> list[int]:
        return [each.minor.get("EUR", 0) for each in spans.by_month(desk.ledger, date(2026, 2, 1), 2)]

    def month() -> tuple[int, int]:
        live = Live(desk.ledger)
        live.refresh()
        (forecast,) = revenue(desk.ledger)
        return live.at(desk.now).month.earned("EUR"), sum(forecast.earned.values())

    worked(desk, "2026-01-05", 10)
    worked(desk, "2026-02-05", 6)
    assert (seen(), month()) == ([(100_000, 100_000), (0, 0)], (0, 0))
    assert days() == [100_000, 0]
    statements.issue(desk.ledger, "gant", None, january)
    assert (seen(), month()) == ([(100_000, 0), (0, 0)], (0, 0))
    assert days() == [100_000, 0]
    timers.start(desk.ledger, timers.Work("gant"))
    desk.wait(2 * HOUR)
    assert month() == (0, 0)
    timers.stop(desk.ledger)
    assert statements.issue(desk.ledger, "gant").net_minor == 0
    assert (seen(), month()) == ([(100_000, 0), (0, 0)], (0, 0))


def test_a_timer_above_a_used_up_cap_makes_nothing_unbilled():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-20 12:00")
    worked(desk, "2026-01-05", 9)
    timers.start(desk.ledger, timers.Work("gant"))
    for hours, left in ((1, 10_000), (3, 10_000)):
        desk.now = wall("2026-02-20 12:00") + hours * HOUR
        (row,) = reports.totals(desk.ledger, reports.Period(date(2026, 2, 1)))
        assert (row.minor, row.unbilled_minor, row.unbilled_beyond_cap) == (left, left, hours * 10_000 - left)
        (row,) = reports.totals(desk.ledger, reports.Period())
        live = Live(desk.ledger)
        live.refresh()
        assert row.unbilled_minor == live.at(desk.now).unbilled["gant"].minor == 100_000


@pytest.mark.parametrize("kind", LineKind)
def test_what_a_cap_took_off_a_line_of_many_days_is_of_the_days_above_it(kind):
    terms = StatementTerms(lines=kind)
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-20 12:00", statement=terms)
    worked(desk, "2026-01-05", 9)
    worked(desk, "2026-02-05", 6)
    for _ in range(2):
        found = [
            reports.totals(desk.ledger, period)[0].minor
            for period in (reports.Period(START, date(2026, 1, 31)), reports.Period(date(2026, 2, 1)))
        ]
        live = Live(desk.ledger)
        live.refresh()
        assert (found, live.at(desk.now).month.earned("EUR")) == ([90_000, 10_000], 10_000)
        if desk.all()[0].statement is None:
            statements.issue(desk.ledger, "gant")


def test_what_a_raised_cap_gives_back_is_of_the_days_it_was_taken_off():
    desk = desk_of(Contract(START, cap=Decimal(1000)), today="2026-02-20 12:00")
    worked(desk, "2026-01-05", 8)
    worked(desk, "2026-02-05", 8)
    statements.issue(desk.ledger, "gant")
    agree(desk, Contract(START, cap=Decimal(1500)))
    periods = [reports.Period(None, date(2026, 1, 31)), reports.Period(date(2026, 2, 1)), reports.Period(START)]
    for open_ in (50_000, 0):
        found = [(row.minor, row.unbilled_minor) for period in periods for row in reports.totals(desk.ledger, period)]
        assert found == [(80_000, 0), (70_000, open_), (150_000, open_)]
        assert [each.minor["EUR"] for each in spans.by_month(desk.ledger, date(2026, 2, 1), 2)] == [80_000, 70_000]
        live = Live(desk.ledger)
        live.refresh()
        assert live.at(desk.now).month.earned("EUR") == 70_000
        (month,) = revenue(desk.ledger)
        assert sum(month.earned.values()) == 70_000
        if open_:
            assert statements.issue(desk.ledger, "gant").net_minor == open_


def test_a_cap_of_nothing_bills_nothing():
    desk = desk_of(Contract(START, cap=Decimal(0)), today="2026-01-31 18:00")
    worked(desk, "2026-01-05", 2)
    assert same_everywhere(desk) == 0
    assert sorted(sorts(statements.issue(desk.ledger, "gant"))) == [("cap", -20_000, 0), ("time", 0, 20_000)]
    assert same_everywhere(desk) == 0


def test_a_cap_takes_no_more_off_a_month_than_its_work_alone_comes_to():
    made = client(
        "gant", "100", rule(Model.DOWN, 1800, GroupScope.STATEMENT), contracts=(Contract(START, cap=Decimal("0.01")),)
    )
    desk = Desk.at(now=wall("2026-02-20 12:00"), gant=made)
    worked(desk, "2026-01-05", 40 / 60)
    worked(desk, "2026-02-05", 50 / 60)
    (row,) = reports.totals(desk.ledger, reports.Period(date(2026, 2, 1)))
    live = Live(desk.ledger)
    live.refresh()
    assert (row.minor, row.unbilled_minor, live.at(desk.now).month.earned("EUR")) == (0, 0, 0)


def test_a_cap_takes_nothing_off_a_month_for_work_that_came_after_it():
    desk = desk_of(Contract(START, cap=Decimal(1000)))
    worked(desk, "2026-01-05", 8)
    worked(desk, "2026-02-05", 5)
    january = statements.preview(desk.ledger, "gant", START, date(2026, 1, 31)).statement
    assert sorts(january) == [("time", 0, 80_000)]


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


def test_a_project_that_agreed_on_the_same_as_its_client_has_hours_of_its_own():
    side = Project("side", "Side", contracts=(replace(RETAINER),))
    desk = desk_of(RETAINER, today="2026-01-31 18:00", projects=(side,))
    worked(desk, "2026-01-05", 12)
    worked(desk, "2026-01-06", 11, project="side")
    assert same_everywhere(desk) == 100_000 + 2 * 13_000 + 100_000 + 13_000


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


# -- an agreement older than the log

OLD = replace(RETAINER, since=date(2024, 1, 1))


def test_who_starts_today_with_an_old_retainer_owes_nothing_for_the_years_before():
    desk = desk_of(OLD, today="2026-04-20 12:00")
    assert same_everywhere(desk) == 0
    worked(desk, "2026-04-20", 4)
    assert same_everywhere(desk) == 0
    desk.now = wall("2026-04-30 12:00")
    assert same_everywhere(desk) == 100_000
    (fee,) = [line for line in statements.preview(desk.ledger, "gant").statement.lines if line.use]
    assert fee.use.included == 10 * HOUR
    assert fee.use.carried_in == 0  # nothing is known of what March left
    desk.now = wall("2026-06-30 12:00")
    assert same_everywhere(desk) == 300_000


def test_a_month_without_work_is_due_once_the_log_had_begun():
    desk = desk_of(OLD, today="2026-05-31 12:00")
    worked(desk, "2026-03-10", 1)
    assert same_everywhere(desk) == 300_000


def test_a_contract_says_until_when_it_was_billed_elsewhere():
    desk = desk_of(replace(OLD, billed_until=date(2026, 2, 28)), today="2026-04-20 12:00")
    assert same_everywhere(desk) == 100_000  # March, though the log begins in April
    desk = desk_of(replace(OLD, billed_until=date(2026, 4, 30)), today="2026-05-31 12:00")
    worked(desk, "2026-03-10", 15)
    assert same_everywhere(desk) == 100_000  # neither fees nor overage of March and April


def test_the_day_the_log_begins_is_noticed_while_it_is_looked_at():
    desk = desk_of(OLD, today="2026-04-20 12:00")
    live = Live(desk.ledger)
    live.refresh()
    worked(desk, "2026-02-10", 1)
    live.refresh()
    assert live.at(desk.now).unbilled["gant"].minor == 200_000


# -- what comes after the fee, and what comes to nothing


def test_work_after_a_fixed_fee_was_stated_is_shown_on_the_next_statement_and_locked_with_it():
    done = tuple(replace(part, accepted=date(2026, 1, 20)) for part in PARTS)
    desk = desk_of(replace(FIXED, deliverables=done, changes=()))
    worked(desk, "2026-01-05", 70)
    statements.issue(desk.ledger, "gant", None, date(2026, 1, 31))
    late = worked(desk, "2026-03-05", 15)
    found = statements.preview(desk.ledger, "gant").statement
    assert (sorts(found), found.bills) == ([("included", 0, 150_000)], True)
    assert the(found, LineSort.INCLUDED).use.over == 5 * HOUR
    assert same_everywhere(desk) == 0
    worked(desk, "2026-03-06", 1, scope=Scope.OUT, decision=Decision.BILL)
    assert same_everywhere(desk) == 10_000
    issued = statements.issue(desk.ledger, "gant")
    assert late in the(issued, LineSort.INCLUDED).sessions
    assert all(session.statement for session in desk.all())
    assert statements.preview(desk.ledger, "gant").statement.lines == ()


def test_a_statement_of_nothing_is_neither_paid_nor_overdue():
    desk = desk_of(Contract(START, cap=Decimal(500)))
    worked(desk, "2026-01-05", 5)
    assert statements.issue(desk.ledger, "gant", None, date(2026, 1, 31)).net_minor == 50_000
    worked(desk, "2026-02-05", 1)
    nothing = statements.issue(desk.ledger, "gant")
    assert sorts(nothing) == [("cap", -10_000, 0), ("time", 0, 10_000)]
    assert [s.state.value for s in statements.listed(desk.ledger, "gant")] == ["nothing due", "issued"]
    heads = statements.page(desk.ledger, 2)
    assert [state_of(head, {each.number for each in heads}) for head in heads] == ["nothing due", "overdue"]
    with pytest.raises(Refused):
        statement_payment.pay(desk.ledger, nothing.number)
    statements.void(desk.ledger, nothing.number, "not wanted")
    assert same_everywhere(desk) == 0
