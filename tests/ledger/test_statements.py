"""Preview, issue, void, pay, and all of it undone and redone."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clepsydra.domain.session import UNDONE, Decision, Scope
from clepsydra.domain.statement import StatementState
from clepsydra.domain.terms import DatedRule, Rate
from clepsydra.ledger import editing, history, recovery, reports, timers
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import schema
from tests.ledger.workbench import BY_DAY, DAY, HOUR, MONDAY, Desk


def add(desk: Desk, slug: str = "acme", back: int = 0, length: int = HOUR, **work):
    end = MONDAY - back
    return editing.add(desk.ledger, Work(slug, **work), end - length, end)


def test_preview_holds_what_can_be_billed_and_says_what_cannot(desk):
    add(desk)
    add(desk, back=DAY, scope=Scope.UNSURE)
    add(desk, back=2 * DAY, scope=Scope.OUT, decision=Decision.BILL)
    add(desk, back=3 * DAY, scope=Scope.OUT)
    editing.write_off(desk.ledger, add(desk, back=4 * DAY).id, "gift")
    timers.start(desk.ledger, Work("acme"), MONDAY)
    preview = statements.preview(desk.ledger, "acme")
    assert preview.statement.totals.billed_seconds == 3 * HOUR
    assert (preview.running, preview.pending, preview.unsure, preview.doubtful) == (1, 1, 1, 0)
    assert (preview.statement.first_day, preview.statement.last_day) == (date(2026, 11, 21), date(2026, 11, 23))


def test_what_is_doubtful_is_not_billed_until_answered(desk):
    session = timers.start(desk.ledger, Work("acme"))
    desk.wait(2 * HOUR)
    recovery.unseen_since(desk.ledger, MONDAY + HOUR)
    timers.stop(desk.ledger)
    assert statements.preview(desk.ledger, "acme").doubtful == 1
    with pytest.raises(Refused, match="nothing to bill"):
        statements.issue(desk.ledger, "acme")
    recovery.cut(desk.ledger, session.id)
    assert statements.issue(desk.ledger, "acme").totals.exact_seconds == HOUR


def test_issue_numbers_and_locks(desk):
    add(desk)
    add(desk, "cafe")
    numbers = [statements.issue(desk.ledger, slug).number for slug in ("acme", "cafe")]
    assert numbers == ["2026-0001", "2026-0002"]
    issued = statements.show(desk.ledger, "2026-0002")
    assert (issued.state, issued.due_on) == (StatementState.ISSUED, date(2026, 12, 23))
    assert (issued.net_minor, issued.tax_minor, issued.total_minor) == (7555, 1511, 9066)
    assert [s.number for s in statements.listed(desk.ledger)] == numbers[::-1]


def test_a_period_bounds_what_is_billed(desk):
    for back in range(4):
        add(desk, back=back * DAY)
    issued = statements.issue(desk.ledger, "acme", date(2026, 11, 21), date(2026, 11, 22))
    assert issued.totals.exact_seconds == 2 * HOUR
    with pytest.raises(Refused, match="ends before"):
        statements.preview(desk.ledger, "acme", date(2026, 11, 22), date(2026, 11, 21))
    with pytest.raises(Refused, match="own work"):
        statements.issue(desk.ledger, "own")


def test_a_statement_does_not_move_when_terms_do(desk):
    add(desk, length=50 * 60)
    issued = statements.issue(desk.ledger, "acme")
    acme = desk.terms.clients["acme"]
    since = date(2000, 1, 1)
    desk.terms.clients = {
        **desk.terms.clients,
        "acme": replace(acme, rates=(Rate(since, Decimal(999)),), rounding=(DatedRule(since, BY_DAY),), currency="USD"),
    }
    assert statements.show(desk.ledger, issued.number) == issued
    (row,) = reports.rounding(desk.ledger, reports.Period(), "acme")
    assert row.figures == issued.totals
    assert verify(desk.ledger) == []


def test_a_changed_currency_leaves_issued_money_in_its_own(desk):
    """What was billed in euros stays in euros, and is never added to what is open in dollars."""
    add(desk)
    billed = statements.issue(desk.ledger, "acme").totals
    desk.terms.clients = {**desk.terms.clients, "acme": replace(desk.terms.clients["acme"], currency="USD")}
    add(desk, back=2 * HOUR, length=30 * 60)
    rows = {row.currency: row.figures for row in reports.rounding(desk.ledger, reports.Period(), "acme")}
    assert (rows["EUR"], rows["USD"].billed_minor, len(rows)) == (billed, 4500, 2)
    live = Live(desk.ledger)
    live.refresh()
    snapshot = live.at(desk.now)
    assert {c: f.billed_minor for c, f in snapshot.month.figures.items()} == {"EUR": 9000, "USD": 4500}
    assert snapshot.month_by_client["acme"] == snapshot.month.figures
    again = Live(desk.ledger)  # from the books that were kept
    again.refresh()
    assert again.at(desk.now).month.figures == snapshot.month.figures
    assert verify(desk.ledger) == []


def test_a_period_never_cuts_an_agreed_group(desk):
    """A total agreed for two days is not billed with the first of them while the second would be billed again."""
    first, second = add(desk, "cafe", back=DAY), add(desk, "cafe")
    agreed_time.agree_session(desk.ledger, first.id, 3 * HOUR)
    yesterday, today = date(2026, 11, 22), date(2026, 11, 23)
    for period in ((None, yesterday), (today, None)):
        assert statements.preview(desk.ledger, "cafe", *period).cut == ((yesterday, today),)
        with pytest.raises(Refused, match=r"2026-11-22 – 2026-11-23.*billed again"):
            statements.issue(desk.ledger, "cafe", *period)
    assert statements.preview(desk.ledger, "cafe").cut == ()
    assert statements.issue(desk.ledger, "cafe").totals.billed_seconds == 3 * HOUR
    assert desk.ledger.session(second.id).statement is not None


def test_what_runs_in_an_agreed_group_keeps_it_off_a_statement(desk):
    done = add(desk, "brel")
    agreed_time.agree_session(desk.ledger, done.id, 2 * HOUR)
    timers.start(desk.ledger, Work("brel"))
    desk.wait(HOUR)
    with pytest.raises(Refused, match="still runs"):
        statements.issue(desk.ledger, "brel")
    timers.stop(desk.ledger)
    assert statements.issue(desk.ledger, "brel").totals.billed_seconds == 2 * HOUR


def test_an_agreed_entry_of_its_own_is_billed_alone(desk):
    first, _ = add(desk, back=DAY), add(desk)
    agreed_time.agree_session(desk.ledger, first.id, 3 * HOUR)
    assert statements.issue(desk.ledger, "acme", None, date(2026, 11, 22)).totals.billed_seconds == 3 * HOUR


def test_void_releases_and_the_number_stays(desk):
    add(desk)
    statements.issue(desk.ledger, "acme")
    voided = statements.void(desk.ledger, "2026-0001", "wrong rate")
    assert (voided.state, voided.void_reason) == (StatementState.VOID, "wrong rate")
    assert statements.issue(desk.ledger, "acme").number == "2026-0002"
    with pytest.raises(Refused, match="void already"):
        statements.void(desk.ledger, "2026-0001", "again")
    with pytest.raises(Refused, match="takes no payment"):
        statement_payment.pay(desk.ledger, "2026-0001")
    with pytest.raises(Refused, match="no statement"):
        statements.show(desk.ledger, "2026-0099")


def test_pay(desk):
    add(desk)
    statements.issue(desk.ledger, "acme")
    assert statement_payment.pay(desk.ledger, "2026-0001", 4000, note="first").balance_minor == 5000
    with pytest.raises(Refused, match="not above its balance"):
        statement_payment.pay(desk.ledger, "2026-0001", 5001)
    with pytest.raises(Refused, match="has payments"):
        statements.void(desk.ledger, "2026-0001", "no")
    assert statement_payment.pay(desk.ledger, "2026-0001").state is StatementState.PAID
    with pytest.raises(Refused, match="paid already"):
        statement_payment.pay(desk.ledger, "2026-0001")
    history.undo(desk.ledger)
    history.undo(desk.ledger)
    assert statements.void(desk.ledger, "2026-0001", "now").state is StatementState.VOID


def test_undo_and_redo_of_a_statement(desk):
    session = add(desk)
    issued = statements.issue(desk.ledger, "acme")
    history.undo(desk.ledger)
    undone = statements.show(desk.ledger, issued.number)
    assert (undone.state, undone.void_reason) == (StatementState.VOID, UNDONE)
    assert desk.ledger.session(session.id).statement is None
    history.redo(desk.ledger)
    assert statements.show(desk.ledger, issued.number) == issued
    statements.void(desk.ledger, issued.number, "oops")
    history.undo(desk.ledger)
    assert statements.show(desk.ledger, issued.number) == issued
    history.undo(desk.ledger)
    assert statements.issue(desk.ledger, "acme").number == "2026-0002"
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(desk.ledger)
    assert verify(desk.ledger) == []


def test_undo_does_not_lose_what_was_changed_from_outside(desk):
    session = add(desk)
    desk.ledger.db.execute("UPDATE session SET note = 'by hand'")
    with pytest.raises(Refused, match="changed from outside"):
        history.undo(desk.ledger)
    assert desk.ledger.session(session.id).note == "by hand"
    assert verify(desk.ledger) == []


def test_the_file_keeps_the_law_without_the_program(desk):
    add(desk)
    add(desk, back=DAY)
    first = statements.issue(desk.ledger, "acme").number
    statements.void(desk.ledger, first, "wrong")
    statements.issue(desk.ledger, "acme")
    columns, parts = (", ".join(schema.columns(desk.ledger.db, table)) for table in ("statement", "billed_group"))
    second = "(SELECT id FROM statement WHERE n = 2)"
    for sql in (
        "UPDATE statement SET state = 'issued' WHERE n = 1",
        f"INSERT OR REPLACE INTO statement ({columns}) SELECT {columns} FROM statement WHERE n = 2",
        f"UPDATE OR REPLACE statement SET id = {second} WHERE n = 1",
        f"INSERT OR REPLACE INTO billed_group ({parts}) SELECT {parts} FROM billed_group",
        "UPDATE session SET id = 'other'",
        f"UPDATE session SET statement = {second}",
        "INSERT INTO allocation (id, statement, minor, day, kind) SELECT 'p', id, 1, 1, 'fee' FROM statement",
        "UPDATE journal_row SET after = NULL",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            desk.ledger.db.execute(sql)
    assert verify(desk.ledger) == []
