"""Logs of earlier shapes: opened, carried over, proven; killed in the middle, whole."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clepsydra.store import chain, checks, database, guards, journal, sessions
from clepsydra.store.opening import open_log, open_log_to_read
from tests.cli.conftest import Cli

LOGS = Path(__file__).parent / "logs"
ROOT = Path(__file__).resolve().parents[2]


def old_log(folder: Path, shape: int) -> Path:
    """A log as the program of that shape left it."""
    path = folder / "clepsydra.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((LOGS / f"shape_{shape}.sql").read_text("utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def unproven(connection: sqlite3.Connection) -> list[object]:
    """Everything that a proof of the store alone finds."""
    return [
        *checks.integrity(connection), *guards.missing(connection), *guards.added(connection),
        *chain.broken(connection), *chain.broken_before(connection), *checks.not_journalled(connection),
        *checks.unproven_before(connection), *checks.wrongly_undone(connection),
        *checks.money_without_entry(connection),
    ]  # fmt: skip


def content(path: Path, table: str, columns: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [tuple(row) for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1")]


@pytest.mark.parametrize("shape", range(1, 7))
def test_an_old_log_is_carried_over_and_proven(tmp_path, shape):
    path = old_log(tmp_path, shape)
    columns = "id, client, project, channel, started_at, ended_at, zone, day, scope, decision, note, agreed_seconds, " \
        "write_off, source, logged_at, doubtful_from, request"  # fmt: skip
    before, journalled = content(path, "session", columns), content(path, "journal", "id, at, label, kind")
    open_log(path).close()
    assert content(path, "session", columns) == before
    assert content(path, "journal_before", "id, at, label, kind") == journalled
    with closing(open_log(path)) as log:
        assert unproven(log) == []
        assert database.schema_version(log) == database.SCHEMA_VERSION
        assert journal.undoable(log, 1) == [], "what was done before is history"
        left = [row[0] for row in log.execute("SELECT name FROM sqlite_master WHERE name LIKE 'old_%'")]
        assert left == []
    [copy] = (tmp_path / "backups").iterdir()
    assert content(copy, "session", columns) == before


def of_shape(folder: Path, shape: int) -> Path:
    """A log as it was before some indexes; nothing else was different."""
    path = old_log(folder, 7)
    if shape == 7:
        return path
    open_log(path).close()
    with closing(sqlite3.connect(path)) as log:
        log.executescript(
            """
            DROP INDEX detected_call_under_way;
            DELETE FROM _sqlite_migrations WHERE name = 'calls_under_way';
            """
        )
        if shape == 8:
            log.executescript(
                """
                DROP INDEX statement_state;
                CREATE INDEX statement_state ON statement (state);
                DELETE FROM _sqlite_migrations WHERE name = 'money_by_state';
                """
            )
        log.execute(f"PRAGMA user_version = {shape}")
    return path


@pytest.mark.parametrize("shape", [7, 8, 9])
def test_a_released_log_gets_what_the_next_shape_has(tmp_path, shape):
    path = of_shape(tmp_path, shape)
    before = content(path, "session", "*")
    with closing(open_log(path)) as log, closing(open_log(":memory:")) as new:
        assert [tuple(row) for row in log.execute("SELECT * FROM session ORDER BY 1")] == before
        assert unproven(log) == []
        for sql in (
            "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger', 'view') ORDER BY name",
            "SELECT name, type FROM pragma_table_xinfo('billed_group')",
        ):
            assert [tuple(row) for row in log.execute(sql)] == [tuple(row) for row in new.execute(sql)]
        assert database.schema_version(log) == database.SCHEMA_VERSION
        assert [row[0] for row in log.execute("SELECT project FROM billed_group")] == ["default"]
    with closing(open_log_to_read(path)) as log:
        assert database.schema_version(log) == database.SCHEMA_VERSION


def test_what_the_old_program_said_the_new_one_says(tmp_path):
    """Sessions, statements and closed days, to the letter but for what is new."""
    old_log(tmp_path, 6)
    (tmp_path / "settings.toml").write_text('time_zone = "Europe/Paris"\ncurrency = "EUR"\n')
    (tmp_path / "clients").mkdir()
    for client in LOGS.glob("*.toml"):
        (tmp_path / "clients" / client.name).write_text(client.read_text("utf-8"), "utf-8")
    cli = Cli(tmp_path)
    for line in (LOGS / "shape_6.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        assert _as_before(said["json"], cli.ok(*said["words"], "--json").json) == said["json"], said["words"]
    assert cli.ok("verify")


def _as_before(old: object, new: object) -> object:
    """What is said now, without what nobody said then."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _as_before(value, new.get(key)) for key, value in old.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [_as_before(*pair) for pair in zip(old, new, strict=True)]
    return new


def test_a_payment_becomes_a_receipt_and_what_it_pays(tmp_path):
    path = old_log(tmp_path, 6)
    paid = "SELECT number, minor, day, note FROM payment JOIN statement ON statement.id = payment.statement"
    with closing(sqlite3.connect(path)) as log:
        before = sorted(log.execute(paid).fetchall())
    assert before
    with closing(open_log(path)) as log:
        after = log.execute(
            """
            SELECT number, receipt.minor, receipt.day, note
            FROM receipt JOIN allocation ON allocation.receipt = receipt.id
            JOIN statement ON statement.id = allocation.statement AND statement.client = receipt.client
            WHERE kind = 'payment' AND allocation.minor = receipt.minor AND taken_minor = receipt.minor
            """
        ).fetchall()
        assert sorted(map(tuple, after)) == before


def test_what_was_changed_behind_the_old_journal_is_still_found(tmp_path):
    path = old_log(tmp_path, 6)
    with closing(sqlite3.connect(path)) as old:
        old.execute("DROP TRIGGER session_locked_update")
        old.execute("DROP TRIGGER session_journal_update")
        old.execute("UPDATE session SET note = 'forged' WHERE statement IS NOT NULL AND client = 'fjord'")
        [(id_,)] = old.execute("SELECT id FROM session WHERE note = 'forged'")
        old.commit()
    open_log(path).close()
    with closing(open_log(path)) as log:
        assert unproven(log) == [("session", id_)]


def test_a_reader_sees_an_old_log_and_leaves_it_as_it_is(tmp_path):
    path = old_log(tmp_path, 6)
    before = path.read_bytes()
    with closing(open_log_to_read(path)) as log:
        assert unproven(log) == []
        assert list(sessions.select(log))
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            log.execute("DELETE FROM noted")
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


KILLED = """
import os, signal, sqlite3, sys
from clepsydra.store import database, opening
real, left = database.connect, [int(sys.argv[2])]

def connect(*given, **more):
    connection = real(*given, **more)
    connection.execute("PRAGMA cache_size = 5")  # what is changed is written at once
    def count(sql):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    connection.set_trace_callback(count)
    return connection

opening.connect = connect
opening.open_log(sys.argv[1]).close()
print(left[0])
"""


def carry_in_a_process(path: Path, statements: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", KILLED, str(path), str(statements)], check=False, capture_output=True,
                          text=True, env=os.environ | {"PYTHONPATH": str(ROOT / "app")}, timeout=60)  # fmt: skip


def test_killed_while_it_is_carried_over_the_log_is_whole(tmp_path):
    """As it was or as it becomes, and the next opening goes on."""
    whole = carry_in_a_process(old_log(tmp_path, 6), 1_000_000)
    steps = 1_000_000 - int(whole.stdout)
    outcomes = set()
    for nth in [*range(steps // 9, steps, steps // 9), steps]:
        folder = tmp_path / str(nth)
        folder.mkdir()
        path = old_log(folder, 6)
        before = content(path, "session", "id, note")
        assert carry_in_a_process(path, nth).returncode == -signal.SIGKILL
        with closing(sqlite3.connect(path)) as connection:
            outcomes.add(database.schema_version(connection))
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        with closing(open_log(path)) as log:
            assert unproven(log) == []
        assert content(path, "session", "id, note") == before
    assert 6 in outcomes
