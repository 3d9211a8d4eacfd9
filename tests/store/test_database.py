"""Opening, transactions, and seeing what others do."""

import sqlite3
import stat
from contextlib import closing

import pytest

from clepsydra.store import database, guards, journal, opening, readers
from clepsydra.store.database import connect_to_read, data_version, reading, transaction
from clepsydra.store.opening import NewerLog, open_log


@pytest.fixture
def log(tmp_path):
    connection = open_log(tmp_path / "clepsydra.db")
    yield connection
    connection.close()


def test_a_new_log_is_private_durable_and_ready(tmp_path, log):
    assert stat.S_IMODE((tmp_path / "clepsydra.db").stat().st_mode) == 0o600
    assert log.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert log.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert log.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert database.schema_version(log) == database.SCHEMA_VERSION


def test_opening_again_changes_nothing(tmp_path, log):
    before = data_version(log)
    open_log(tmp_path / "clepsydra.db").close()
    assert data_version(log) == before
    assert not (tmp_path / "backups").exists()


def test_a_newer_log_is_left_alone(tmp_path, log):
    log.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerLog):
        open_log(tmp_path / "clepsydra.db")


def test_a_log_with_steps_that_this_program_does_not_know_is_left_alone(tmp_path, log):
    log.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('clepsydra', 'later', '2030')"
    )
    with pytest.raises(NewerLog):
        open_log(tmp_path / "clepsydra.db")


def test_the_journal_only_grows(log):
    with journal.change(log, lambda: "{}", lambda: 1):
        log.execute("INSERT INTO noted (id, subject, kind, at) VALUES ('n', 'x', 'y', 1)")
    for forbidden in ("UPDATE journal SET label = 'y'", "DELETE FROM journal", "UPDATE journal SET digest = NULL",
                      "UPDATE journal_row SET after = NULL", "DELETE FROM journal_row",
                      "INSERT OR REPLACE INTO journal (id, n, at, label) VALUES (1, 1, 1, 'y')"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="refused"):
            log.execute(forbidden)
    log.execute("UPDATE journal SET undone = 1")


def test_locks_that_were_taken_off_are_named_and_put_back_by_the_next_opening(tmp_path, log):
    log.execute("DROP TRIGGER session_locked_update")
    log.execute("DROP TRIGGER journal_kept")
    log.execute("CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT 1; END")
    file = tmp_path / "clepsydra.db"
    for mend, left in ((False, ["journal_kept", "session_locked_update"]), (True, [])):
        again = open_log(file, mend=mend)
        assert guards.missing(again) == left
        again.close()


def test_an_older_log_is_backed_up_before_it_is_migrated(tmp_path, monkeypatch):
    path = tmp_path / "clepsydra.db"
    open_log(path).close()
    monkeypatch.setattr(opening, "SCHEMA_VERSION", database.SCHEMA_VERSION + 1)
    open_log(path).close()
    (copy,) = (tmp_path / "backups").glob("*before-migration*.db")
    kept = connect_to_read(copy)
    assert database.schema_version(kept) == database.SCHEMA_VERSION
    kept.close()


def test_a_log_opened_to_be_read_is_read_only_and_of_this_version(tmp_path, monkeypatch):
    path = tmp_path / "clepsydra.db"
    open_log(path).close()
    log = opening.open_log_to_read(path)
    assert database.is_read_only(log)
    with pytest.raises(sqlite3.OperationalError), transaction(log):
        log.execute("DELETE FROM watcher")
    log.close()
    monkeypatch.setattr(opening, "SCHEMA_VERSION", database.SCHEMA_VERSION - 1)
    with pytest.raises(NewerLog):
        opening.open_log_to_read(path)


def test_what_is_no_log_is_not_touched(tmp_path):
    path = tmp_path / "clepsydra.db"
    path.write_bytes(b"a letter, not a log" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        open_log(path)
    assert path.read_bytes().startswith(b"a letter")


def test_a_transaction_is_all_or_nothing(log):
    def beat(name: str) -> None:
        log.execute("INSERT INTO watcher VALUES (?, 1, 'here', 0, 0)", (name,))

    def broken_off() -> None:
        with transaction(log):
            beat("one")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with transaction(log):
        beat("two")
    assert [row[0] for row in log.execute("SELECT instance FROM watcher")] == ["two"]


def test_a_commit_that_fails_leaves_no_transaction_open(log):
    with pytest.raises(sqlite3.IntegrityError), transaction(log):
        log.execute(
            "INSERT INTO billed_group (id, statement, client, day, exact_seconds, rule_seconds, billed_seconds, "
            "exact_minor, rule_minor, billed_minor, currency, body) "
            "VALUES ('g', 's', 'a', 1, 0, 0, 0, 0, 0, 0, 'EUR', '{}')"
        )
    assert not log.in_transaction
    with transaction(log):
        log.execute("UPDATE journal_now SET entry = NULL")


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("use", "step"),
    [
        (transaction, "BEGIN"),
        (transaction, "COMMIT"),
        (transaction, "ROLLBACK"),
        (reading, "BEGIN"),
        (reading, "ROLLBACK"),
    ],
)
def test_a_step_that_is_refused_leaves_no_transaction_open(tmp_path, log, monkeypatch, use, step, done):
    """Else nobody could write any more, or what is shown would be of then for ever and nothing could be tidied up."""
    refused = []

    def execute(connection, sql, *values):
        if sql.startswith(step) and not refused:
            refused.append(sql)
            if done:
                sqlite3.Connection.execute(connection, sql)
            raise sqlite3.OperationalError("disk I/O error")
        return sqlite3.Connection.execute(connection, sql, *values)

    def rollback(connection):
        if connection.in_transaction:
            execute(connection, "ROLLBACK")

    monkeypatch.setattr(database.Log, "execute", execute, raising=False)
    monkeypatch.setattr(database.Log, "rollback", rollback, raising=False)

    def broken_off() -> None:
        with use(log):
            log.execute("SELECT count(*) FROM session").fetchone()
            if step == "ROLLBACK":
                raise RuntimeError

    # What was raised first is what is told.
    with pytest.raises(RuntimeError if step == "ROLLBACK" else sqlite3.OperationalError):
        broken_off()
    assert refused
    assert not log.in_transaction
    with closing(sqlite3.connect(tmp_path / "clepsydra.db", timeout=0, isolation_level=None)) as other:
        other.execute("INSERT INTO noted (id, subject, kind, at) VALUES ('n', 'x', 'y', 1)")
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    with transaction(log):
        assert log.execute("SELECT count(*) FROM noted").fetchone()[0] == 1


def test_readers_see_one_state_and_writers_do_not_wait_for_them(tmp_path, log):
    other = open_log(tmp_path / "clepsydra.db")
    with reading(log):
        assert log.execute("SELECT count(*) FROM watcher").fetchone()[0] == 0
        other.execute("INSERT INTO watcher VALUES ('two', 1, 'here', 0, 0)")
        with reading(log):
            assert log.execute("SELECT count(*) FROM watcher").fetchone()[0] == 0
    assert log.execute("SELECT count(*) FROM watcher").fetchone()[0] == 1
    other.close()


def test_who_does_not_want_to_wait_does_not(tmp_path, log):
    other = open_log(tmp_path / "clepsydra.db")
    with transaction(other):
        with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(log, wait=False):
            pass
        assert log.execute("PRAGMA busy_timeout").fetchone()[0] == database.BUSY_SECONDS * 1000
    with transaction(log, wait=False):
        pass
    other.close()


def test_every_change_moves_the_mark(tmp_path, log):
    other = open_log(tmp_path / "clepsydra.db")
    marks = [data_version(log)]
    for name, connection in (("two", other), ("one", log)):
        connection.execute("INSERT INTO watcher VALUES (?, 1, 'here', 0, 0)", (name,))
        marks.append(data_version(log))
    assert len(set(marks)) == 3
    other.close()


def test_who_reads_beside_the_log_pauses_between_its_rows(tmp_path, log):
    pauses = []
    database.give_way(log, lambda: pauses.append(1))
    with closing(readers.reader(log)) as other:
        many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n"
        rows = other.execute(many).fetchall()
        read = len(pauses)
        assert read > 10
        assert list(readers.paced(other, rows)) == rows
        assert len(pauses) - read > 10
    read = len(pauses)
    assert log.execute(many).fetchall()
    assert len(list(readers.paced(log, rows))) == 1000
    assert len(pauses) == read  # the screen's own connection waits for nobody
