"""A proof that cannot fail proves nothing: each law is broken on purpose, and named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.ledger import editing, history, reports, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.live.unbilled import unbilled
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.ledger.workbench import DAY, HOUR, MONDAY, Desk


@pytest.fixture
def log(desk: Desk) -> Desk:
    """Three sessions, one of them billed, and the file's own locks taken off."""
    for back in range(3):
        editing.add(desk.ledger, Work("acme"), MONDAY - back * DAY - HOUR, MONDAY - back * DAY)
    statements.issue(desk.ledger, "acme", None, desk.ledger.today.replace(day=21))
    unbilled(desk.ledger)
    assert verify(desk.ledger) == []
    triggers = desk.ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        desk.ledger.db.execute(f"DROP TRIGGER {name}")
    desk.ledger.db.execute("PRAGMA ignore_check_constraints = ON")
    desk.ledger.db.execute("PRAGMA foreign_keys = OFF")
    return desk


def breaches(desk: Desk) -> list[tuple[int, str]]:
    return [(breach.law, str(breach.what)) for breach in verify(desk.ledger)]


BILLED, FREE = "WHERE statement IS NOT NULL", "WHERE statement IS NULL"


@pytest.mark.parametrize(
    ("sql", "law", "words"),
    [
        (f"UPDATE session SET ended_at = started_at - 1 {FREE}", 1, "ended_at < started_at"),
        (f"UPDATE session SET started_at = started_at + 0.5 {FREE}", 1, "typeof"),
        (f"UPDATE session SET client = 'gone' {FREE}", 2, "no client file"),
        ("UPDATE billed_group SET billed_minor = billed_minor + 1", 5, "do not sum"),
        ("UPDATE billed_group SET exact_seconds = exact_seconds + 1", 5, "not its sessions"),
        ("UPDATE statement SET net_minor = net_minor + 1", 5, "do not sum"),
        (f"UPDATE session SET ended_at = ended_at + 1 {BILLED}", 5, "was changed after"),
        (f"UPDATE session SET statement = NULL {BILLED}", 6, "not its own"),
        (f"UPDATE session SET statement = (SELECT id FROM statement) {FREE}", 6, "does not list it"),
        ("UPDATE statement SET state = 'void'", 6, "does not list it"),
        ("UPDATE session SET statement = 'gone'", 6, "does not list it"),
        ("UPDATE statement SET n = 3", 6, "miss 2"),
        (f"UPDATE session SET note = 'x' {FREE}", 7, "without the journal"),
        (f"DELETE FROM session {FREE}", 7, "without the journal"),
        ("INSERT INTO interrupted (id, position, session, why) VALUES ('i', 1, '', 'pause')", 7, "without the journal"),
        (f"UPDATE session SET scope = 'out' {FREE}", 1, "decision"),
    ],
)
def test_each_breach_is_found(log, sql, law, words):
    log.ledger.db.execute(sql)
    assert any(found == law and words in what for found, what in breaches(log))


RETAINER = Contract(date(2026, 1, 1), ContractKind.RETAINER, included=10 * HOUR, fee=Decimal(800))


@pytest.fixture
def frozen(desk: Desk) -> Desk:
    """An issued statement with hours and a fee, something undone and redone, and the file's own locks taken off."""
    desk.terms.clients["acme"] = replace(desk.terms.clients["acme"], contracts=(RETAINER,))
    for client, back in (("brel", 1), ("brel", 2), ("acme", 40)):
        editing.add(desk.ledger, Work(client), MONDAY - back * DAY - HOUR, MONDAY - back * DAY)
    statements.issue(desk.ledger, "brel")
    statements.issue(desk.ledger, "acme")
    statement_payment.pay(desk.ledger, "2026-0001", 100)
    session = editing.add(desk.ledger, Work("brel"), MONDAY - HOUR, MONDAY)
    editing.edit(desk.ledger, session.id, editing.Edit(note="one"))
    history.undo(desk.ledger)
    history.redo(desk.ledger)
    assert verify(desk.ledger) == []
    triggers = desk.ledger.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        desk.ledger.db.execute(f"DROP TRIGGER {name}")
    desk.ledger.db.execute("PRAGMA foreign_keys = OFF")
    return desk


OF_FIRST = "WHERE statement = (SELECT id FROM statement WHERE n = 1)"
PAY = "INSERT INTO allocation (id, statement, minor, day, kind) SELECT 'p', id, {}, 'fee' FROM statement WHERE n = 1"


@pytest.mark.parametrize(
    ("sql", "law", "words"),
    [
        (f"UPDATE billed_group SET day = day + 1 {OF_FIRST}", 5, "2026-0001: what it froze was changed"),
        (f"UPDATE billed_group SET client = 'acme' {OF_FIRST}", 5, "2026-0001: what it froze was changed"),
        (f"UPDATE billed_group SET currency = 'USD' {OF_FIRST}", 5, "names another client or currency"),
        (f"UPDATE billed_group SET body = json_set(body, '$.rule.step', 1) {OF_FIRST}", 5, "froze was changed"),
        (f"UPDATE billed_group SET body = json_set(body, '$.tax', '5') {OF_FIRST}", 5, "froze was changed"),
        ("UPDATE billed_fee SET seconds = seconds + 1", 5, "2026-0002: what it froze was changed"),
        ("UPDATE billed_fee SET last_day = last_day + 1", 5, "2026-0002: what it froze was changed"),
        ("UPDATE billed_fee SET client = 'brel'", 5, "2026-0002: a part of it names another client"),
        ("CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM absence; END", 7, "not its own: t"),
        ("DELETE FROM journal_row WHERE id = 1", 7, "entry 1 of the journal was changed or taken out"),
        ("UPDATE journal_row SET before = NULL WHERE entry = 8", 7, "entry 8 of the journal was changed"),
        ("UPDATE journal_row SET after = replace(after, 'one', 'two')", 7, "of the journal was changed"),
        ("UPDATE journal SET label = 'x' WHERE n = 3", 7, "entry 3 of the journal was changed"),
        ("UPDATE journal SET undone = 1 WHERE n = 3", 7, "entry 3 of the journal says wrongly"),
        ("UPDATE journal SET undone = 1 WHERE n = 7", 7, "entry 7 of the journal says wrongly"),
        ("DELETE FROM journal WHERE n = 3", 7, "entry 3 of the journal was changed or taken out"),
        (PAY.format("99999999, 739000"), 16, "above what it asks"),
        (PAY.format("-200, 739000"), 16, "below zero"),
        (PAY.format("5, 739000"), 7, "without the journal"),
        ("INSERT INTO journal_row (tbl, after) VALUES ('receipt', '{\"id\": 9}')", 7, "receipt 9 was changed from"),
        ("SELECT 1", 7, "the lock session_locked_update of the log is missing"),
    ],
)
def test_what_was_changed_while_the_locks_were_off_is_found(frozen, sql, law, words):
    frozen.ledger.db.execute(sql)
    assert any(found == law and words in what for found, what in breaches(frozen)), breaches(frozen)


def test_a_whole_entry_that_is_gone_with_its_rows_is_found(frozen):
    for table, key in (("journal_row", "entry"), ("journal", "n")):
        frozen.ledger.db.execute(f"DELETE FROM {table} WHERE {key} = 6")
    assert (7, "entry 6 of the journal was changed or taken out") in breaches(frozen)


def test_a_timer_that_runs_on_while_the_log_is_proved_breaks_no_law(desk):
    editing.add(desk.ledger, Work("acme"), MONDAY - HOUR, MONDAY)
    timers.start(desk.ledger, Work("acme"))
    ticking = replace(desk.ledger, clock=lambda: desk.wait(1))
    assert verify(ticking) == []
    for row in reports.ownership(ticking, reports.Period()):
        assert sum(row.seconds.values()) == row.exact_seconds


def test_money_reported_in_another_currency_is_found(log, monkeypatch):
    """Statements froze euros; a report that names them dollars is caught."""
    real = reports.frozen_figures
    monkeypatch.setattr(reports, "frozen_figures", lambda *args: dict(zip(["USD"], real(*args).values(), strict=False)))
    assert [found for found in breaches(log) if found[0] == 3] == [
        (3, f"acme: what is reported in {code} is not what was billed in it") for code in ("EUR", "USD")
    ]


def test_a_damaged_file_is_named(tmp_path):
    file = tmp_path / "clepsydra.db"
    desk = Desk.at(file)
    for n in range(50):
        editing.add(desk.ledger, Work("acme"), MONDAY + n, MONDAY + n + 60)
    connection = desk.ledger.db
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'session_began'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size + size // 2)
        raw.write(b"x" * (size // 2))
    found = breaches(Desk.at(file))
    assert any(law == 7 and "damaged" in what for law, what in found)
