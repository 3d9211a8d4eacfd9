"""A proof that cannot fail proves nothing: each law is broken on purpose, and named."""

import json
from dataclasses import replace

import pytest

from clepsydra.ledger import editing, reports, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.live.totals import unbilled
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.ledger.desk import DAY, HOUR, MONDAY, Desk


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
        (f"UPDATE session SET statement = 1 {FREE}", 6, "does not list it"),
        ("UPDATE statement SET state = 'void'", 6, "does not list it"),
        ("UPDATE session SET statement = 99", 6, "does not list it"),
        ("UPDATE statement SET n = 3", 6, "miss 2"),
        (f"UPDATE session SET note = 'x' {FREE}", 7, "without the journal"),
        (f"DELETE FROM session {FREE}", 7, "without the journal"),
        ("INSERT INTO interrupted VALUES (1, 'x', 'pause')", 7, "without the journal"),
        (f"UPDATE session SET scope = 'out' {FREE}", 1, "decision"),
    ],
)
def test_each_breach_is_found(log, sql, law, words):
    log.ledger.db.execute(sql)
    assert any(found == law and words in what for found, what in breaches(log))


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


def test_a_wrong_live_total_is_found(log):
    body = json.loads(log.ledger.db.execute("SELECT body FROM tally WHERE client = 'acme'").fetchone()[0])
    body["unbilled"][0] += 1
    log.ledger.db.execute("UPDATE tally SET body = ? WHERE client = 'acme'", (json.dumps(body),))
    assert breaches(log) == [(4, "acme: the live total is not the sum of its sessions")]


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
