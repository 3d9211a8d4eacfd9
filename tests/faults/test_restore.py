"""A restore looks before it leaps: nothing is put in place before it is sure, nothing is lost that was not named."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.faults.program import Screen

ADD = ("2026-11-02 9:00", "2026-11-02 10:00")


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    from tests.client_files import acme

    cli = Cli(tmp_path / "home")
    (cli.home / "clients").mkdir(parents=True)
    (cli.home / "settings.toml").write_text('language = "en"\ntime_zone = "Europe/Paris"\n')
    (cli.home / "clients" / "acme.toml").write_text(acme())
    cli.add("acme", *ADD)
    return cli


def content(home: Path) -> dict[str, bytes]:
    """Every file but what SQLite keeps beside a log."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def copy_of(cli: Cli) -> Path:
    return Path(cli.ok("backup").out.strip())


def change(file: Path, *statements: str) -> None:
    """Change a log by any other way than through the program."""
    with closing(sqlite3.connect(file)) as log:
        for statement in statements:
            log.execute(statement)
        log.commit()
        log.execute("PRAGMA journal_mode = DELETE")


def other_log(file: Path) -> None:
    change(file, "CREATE TABLE session (session_key TEXT, data TEXT)")


def empty_database(file: Path) -> None:
    change(file, "PRAGMA user_version = 3")


def forged(file: Path) -> None:
    """An hour more, with the locks taken off for it and put back."""
    with closing(sqlite3.connect(file)) as log:
        locks = log.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    change(
        file,
        *(f"DROP TRIGGER {name}" for name, _ in locks),
        "UPDATE session SET started_at = started_at - 3600",
        *(sql for _, sql in locks),
    )


def without_locks(file: Path) -> None:
    change(file, "DROP TRIGGER statement_kept")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scratched(file: Path) -> None:
    with file.open("r+b") as log:
        for place in range(4096 * 2, file.stat().st_size, 4096):
            log.seek(place + 8)
            log.write(b"\xa5" * 200)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def text(file: Path) -> None:
    file.write_text("dear client\n" * 900)


def nothing(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("spoiled", [forged, without_locks, cut, scratched, folder, text, nothing])
def test_what_is_no_whole_log_of_ours_leaves_all_as_it_was(cli: Cli, tmp_path: Path, spoiled):
    bad = tmp_path / "bad.db"
    shutil.copy(copy_of(cli), bad)
    spoiled(bad)
    before, log = content(cli.home), cli.log()
    answer = cli("restore", str(bad), "--yes")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert content(cli.home) == before
    assert cli.log() == log
    assert cli.ok("verify").out == "1 session, every law holds\n"


@pytest.mark.parametrize("other", [other_log, empty_database])
def test_a_database_of_another_program_is_refused(cli: Cli, tmp_path: Path, other):
    other(tmp_path / "other.db")
    before = content(cli.home)
    assert "no sound backup" in cli("restore", str(tmp_path / "other.db")).err
    assert content(cli.home) == before


def test_statements_that_would_be_lost_are_named_and_want_a_yes(cli: Cli):
    copy = copy_of(cli)
    cli.ok("statement", "issue", "acme", "--to", "2026-11-30")
    (pdf,) = cli.ok("statement", "export", "2026-0001", "--format", "pdf", "--json").json["files"]
    sent = Path(pdf).read_bytes()
    refused = cli("restore", str(copy))
    assert refused.code == 1
    assert "2026-0001 (acme)" in refused.err
    assert len(cli.ok("statement", "list", "--json").json["statements"]) == 1

    restored = cli.ok("restore", str(copy), "--yes", "--json").json
    assert restored["lost"] == ["2026-0001"]
    assert cli.ok("statement", "list", "--json").json["statements"] == []
    issued = cli.ok("statement", "issue", "acme", "--to", "2026-11-30", "--json").json
    assert issued["number"] == "2026-0002"
    cli.ok("statement", "export", "2026-0002", "--format", "pdf")
    assert Path(pdf).read_bytes() == sent
    assert cli.ok("verify").out == "1 session, every law holds\n"
    assert len(cli.ok("restore", restored["kept"], "--yes", "--json").json["lost"]) == 1


def test_documents_that_were_changed_or_are_gone_are_told_and_keep_no_log_away(cli: Cli):
    cli.ok("statement", "issue", "acme", "--to", "2026-11-30")
    copy = copy_of(cli)
    shutil.rmtree(cli.home / "backups" / "files")
    (cli.home / "documents" / "2026" / "2026-0001.csv").write_bytes(b"forged")
    (cli.home / "documents" / "2026" / "2026-0001.pdf").unlink()
    assert cli.ok("restore", str(copy), "--json").json["missing"] == ["data/documents/2026/2026-0001.pdf"]
    shutil.rmtree(cli.home / "backups" / "files", ignore_errors=True)
    copy.with_name(copy.stem + ".files.json").unlink(missing_ok=True)
    assert "missing: 2026-0001.pdf" in cli.ok("restore", str(copy)).err
    assert "was changed" in cli("verify").out


def test_a_proof_that_is_gone_is_told_in_the_person_s_language(cli: Cli, tmp_path: Path):
    ticket = tmp_path / "ticket.pdf"
    ticket.write_bytes(b"%PDF-1.4 ticket")
    cli.ok("expense", "add", "acme", "12", "Train", "--proof", str(ticket))
    (cli.home / "settings.toml").write_text('language = "fr"\ntime_zone = "Europe/Paris"\n')
    copy = copy_of(cli)
    shutil.rmtree(cli.home / "proofs")
    shutil.rmtree(cli.home / "backups" / "files")
    copy.with_name(copy.stem + ".files.json").unlink(missing_ok=True)
    told = cli.ok("restore", str(copy)).err
    assert "le justificatif de" in told
    assert "proof" not in told


def test_numbers_are_remembered_where_the_log_itself_is_gone(cli: Cli):
    copy = copy_of(cli)
    cli.ok("statement", "issue", "acme", "--to", "2026-11-30")
    (cli.home / "clepsydra.db").unlink()
    assert "2026-0001" in cli("restore", str(copy)).err
    cli.ok("restore", str(copy), "--yes")
    assert cli.ok("statement", "issue", "acme", "--to", "2026-11-30", "--json").json["number"] == "2026-0002"


def test_a_backup_whose_changes_wait_beside_it_comes_back_whole(cli: Cli, tmp_path: Path):
    with closing(sqlite3.connect(cli.home / "clepsydra.db")) as holding:
        holding.execute("SELECT count(*) FROM session").fetchone()
        cli.add("acme", "2026-11-03 9:00", "2026-11-03 10:00")
        for ending in ("", "-wal"):
            shutil.copy(cli.home / f"clepsydra.db{ending}", tmp_path / f"copy.db{ending}")
    cli.ok("remove", cli.log()[0]["id"])
    cli.ok("restore", str(tmp_path / "copy.db"))
    assert len(cli.log()) == 2


def test_a_log_that_is_gone_is_not_begun_anew_without_a_word(cli: Cli):
    copy = copy_of(cli)
    for path in cli.home.glob("clepsydra.db*"):
        path.unlink()
    for words in (["status"], ["log"], ["start", "acme"], ["verify"], ["backup"], ["report", "totals"]):
        answer = cli(*words)
        assert answer.code == 1
        assert "missing" in answer.err
        assert str(copy) in answer.err
        assert not (cli.home / "clepsydra.db").exists()
    assert "the log is missing" in cli("doctor").out
    assert cli.ok("--yes", "log").out == ""
    assert cli.log() == []


def test_a_log_without_backups_is_missed_too(cli: Cli):
    for path in [*cli.home.glob("clepsydra.db*"), *(cli.home / "backups").iterdir()]:
        path.unlink()
    assert "there is no backup" in cli("status").err
    (cli.home / "clepsydra.db").touch()
    assert "there is no backup" in cli("start", "acme").err


def test_a_disk_that_fails_while_the_log_is_placed_leaves_it_and_names_the_copy(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
):
    copy = copy_of(cli)
    cli.add("acme", "2026-11-03 9:00", "2026-11-03 10:00")
    with monkeypatch.context() as patch:
        patch.setattr("clepsydra.store.backups.restore", _full)
        answer = cli("restore", str(copy))
    assert answer.code == 1
    assert "before-restore" in answer.err
    assert len(cli.log()) == 2
    assert [path.name for path in cli.home.iterdir() if "restoring" in path.name] == []


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("key", "sessions"), [("r\n", 1), ("e\n", 0)])
def test_the_screen_asks_before_it_begins_an_empty_log(cli: Cli, key: str, sessions: int):
    copy_of(cli)
    (cli.home / "clepsydra.db").unlink()
    screen = Screen(cli.home)
    try:
        assert screen.until("start an empty log")
        assert not (cli.home / "clepsydra.db").exists()
        screen.type(key)
        assert screen.until("quit")
        screen.type("\x11")
        assert screen.ended() == 0
    finally:
        screen.close()
    assert len(cli.log()) == sessions


def test_the_screen_leaves_everything_as_it_is_when_told_so(cli: Cli):
    copy_of(cli)
    (cli.home / "clepsydra.db").unlink()
    screen = Screen(cli.home)
    try:
        assert screen.until("leave everything")
        screen.type("\n")
        assert screen.ended() == 1
    finally:
        screen.close()
    assert not (cli.home / "clepsydra.db").exists()
