"""import, export, backup, restore, clients, verify, doctor."""

import io
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clepsydra.cli.context import Streams
from clepsydra.cli.main import main
from tests.cli.conftest import SETTINGS
from tests.ledger.workbench import wall

CSV = """id,client,project,channel,started_at,ended_at,zone,scope,decision,agreed_seconds,write_off,note
,acme,api,call,2026-11-02T09:00:00+01:00,2026-11-02T09:50:00+01:00,Europe/Paris,in,,,,a call
,acme,,,2026-11-03T09:00:00+01:00,2026-11-03T10:00:00+01:00,,,,,,
"""
BAD = CSV + ",nobody,,,2026-11-03T09:00:00+01:00,2026-11-03T10:00:00+01:00,,,,,,\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(CSV)
    return str(path)


def test_import_takes_the_logs_own_csv(cli, file):
    assert cli.ok("import", "csv", file, "--dry-run").out.splitlines() == [
        "Acme SARL  2  1h 50m  2 Nov 2026 – 3 Nov 2026",
        "2 sessions to add",
    ]
    assert cli.log() == []
    assert cli.ok("import", "csv", file).out == "2 sessions added\n"
    assert [(s["project"], s["channel"], s["exact_seconds"]) for s in cli.log()] == [
        ("api", "call", 3000),
        ("default", "work", 3600),
    ]
    cli.ok("undo")
    assert cli.log() == []


def test_import_reads_standard_input(cli):
    cli.ok("import", "csv", "-", stdin=CSV)
    assert len(cli.log()) == 2


def test_nothing_is_imported_while_a_line_is_bad(cli, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text(BAD)
    answer = cli("import", "csv", str(file))
    assert answer.code == 1
    assert "line 4" in answer.err
    assert cli.log() == []
    found = cli("import", "csv", str(file), "--dry-run", "--json")
    assert (found.code, found.json["problems"][0]["line"], found.json["stored"]) == (1, 4, False)
    assert "2 sessions added" in cli.ok("import", "csv", str(file), "--skip-bad").out
    assert len(cli.log()) == 2


def test_what_is_exported_comes_back_the_same(cli, file, tmp_path):
    cli.ok("import", "csv", file)
    before = cli.log()
    cli.ok("start", "brel")
    copy = tmp_path / "copy.csv"
    answer = cli.ok("export", "csv", str(copy))
    assert "left out" in answer.err
    assert copy.stat().st_mode & 0o077 == 0
    for session in before:
        cli.ok("remove", session["id"])
    cli.ok("import", "csv", str(copy))
    assert [s for s in cli.log() if s["client"] == "acme"] == before
    assert "were in the log already" in cli.ok("import", "csv", str(copy)).out
    assert len(cli.ok("export", "json", "--client", "acme").json["sessions"]) == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["import", "csv", "/nowhere.csv"], 1),
        (["import", "csv", "/"], 1),
        (["import", "xls", "x"], 2),
        (["export", "xls"], 2),
        (["export", "csv", "/nowhere/at/all.csv"], 1),
        (["restore", "/nowhere.db"], 1),
    ],
)
def test_files_that_are_not_there_are_one_line(cli, words, code):
    answer = cli(*words)
    assert answer.code == code
    assert answer.err.count("\n") == 1


def test_restore_brings_a_backup_back_and_keeps_what_was_there(cli):
    cli.add("acme", "9:00", "10:00")
    copy = cli.ok("backup").out.strip()
    cli.add("acme", "11:00", "12:00")
    kept = cli.ok("restore", copy, "--json").json["kept"]
    assert len(cli.log()) == 1
    cli.ok("restore", kept)
    assert len(cli.log()) == 2


def test_restore_refuses_what_is_no_backup(cli, tmp_path):
    cli.add("acme", "9:00", "10:00")
    other = tmp_path / "other.db"
    other.write_bytes(b"nothing" * 1000)
    assert cli("restore", str(other)).code == 1
    assert len(cli.log()) == 1


def test_a_damaged_log_is_said_and_can_be_replaced(cli):
    cli.add("acme", "9:00", "10:00")
    copy = cli.ok("backup").out.strip()
    (cli.home / "clepsydra.db").write_bytes(b"not a log at all" * 1000)
    for suffix in ("-wal", "-shm"):
        (cli.home / f"clepsydra.db{suffix}").unlink(missing_ok=True)
    answer = cli("log")
    assert answer.code == 1
    assert "damaged" in answer.err
    assert answer.err.count("\n") == 1
    assert cli("doctor").code == 1
    assert "kept as it was" in cli.ok("restore", copy).out
    assert len(cli.log()) == 1


def test_a_newer_log_is_refused(cli):
    cli.ok("status")
    connection = sqlite3.connect(cli.home / "clepsydra.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    answer = cli("status")
    assert (answer.code, answer.err) == (
        1, "clepsydra: this log was written by a newer Clepsydra; install that version to open it\n",
    )  # fmt: skip
    assert cli("doctor").code == 1


def test_a_locked_log_is_one_line(cli, monkeypatch):
    monkeypatch.setattr("clepsydra.store.database.BUSY_SECONDS", 0)
    cli.ok("status")
    holder = sqlite3.connect(cli.home / "clepsydra.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    answer = cli("start", "acme")
    holder.close()
    assert answer.code == 1
    assert "another program is holding the log" in answer.err


def test_verify_names_what_breaks_a_law(cli):
    cli.add("acme", "9:00", "10:00")
    assert cli.ok("verify").out == "1 session, every law holds\n"
    assert cli.ok("verify", "--json").json["ok"] is True
    (cli.home / "clients" / "acme.toml").unlink()
    (cli.home / "kept" / "acme.toml").unlink()
    answer = cli("verify")
    assert answer.code == 1
    assert "law 2, every second is owned once: acme has sessions but no client file" in answer.out


def test_doctor_says_how_to_mend(cli):
    cli.ok("backup")
    (cli.home / "settings.toml").chmod(0o644)
    found = {check["check"]: check for check in cli.ok("doctor", "--json").json["checks"] if check["grade"] != "note"}
    assert found["log"]["grade"] == "good"
    assert found["settings"]["grade"] == "good"
    assert f"chmod 600 {cli.home / 'settings.toml'}" in cli.ok("doctor").out
    (cli.home / "clients" / "brel.toml").write_text("name = 3\n")
    answer = cli("doctor")
    assert answer.code == 1
    assert "clepsydra clients check" in answer.out


def test_doctor_and_verify_name_a_trigger_that_somebody_added(cli):
    cli.add("acme", "9:00", "10:00")
    with closing(sqlite3.connect(cli.home / "clepsydra.db")) as log:
        log.execute("CREATE TRIGGER late_fee AFTER INSERT ON receipt BEGIN DELETE FROM noted; END")
    for command in ("doctor", "verify"):
        answer = cli(command)
        assert answer.code == 1
        assert "not its own: late_fee" in answer.out


def test_the_demo_is_a_home_of_its_own_that_keeps_every_law(cli, tmp_path):
    cli.environ["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    home = cli.ok("demo", "--json").json["home"]
    assert home.startswith(str(tmp_path / "cache"))
    assert cli.ok("--home", home, "verify", "--json").json["sessions"] > 100
    assert cli.log() == []
    assert f"clepsydra --home {home} report" in cli.ok("demo").out


def test_clients_are_listed_shown_and_made(cli):
    assert [c["client"] for c in cli.ok("clients", "--json").json["clients"]] == ["own", "acme", "brel"]
    assert "by started quarter-hours" in cli.ok("clients", "show", "acme").out
    made = cli.ok("clients", "new", "Cabinet", "Doré", "--hourly", "95,50", "--step", "15m", "--json").json
    assert made["client"] == "cabinet-dore"
    assert (cli.home / "clients" / "cabinet-dore.toml").stat().st_mode & 0o077 == 0
    cli.add("cabinet-dore", "9:00", "9:50")
    assert cli.ok("report", "rounding", "--json").json["clients"][0]["billed_minor"] == 9550
    assert cli("clients", "new", "Cabinet Doré").code == 1
    wrong = cli("clients", "new", "Wrong", "--currency", "EURO")
    assert wrong.code == 1
    assert "did you mean" in wrong.err


def test_a_new_client_takes_the_lowest_digit_that_is_nobodys_and_says_so_in_its_file(cli):
    def key_of(slug):
        return next(c["key"] for c in cli.ok("clients", "--json").json["clients"] if c["client"] == slug)

    cli.ok("clients", "new", "Aaron")  # acme and brel have no key: the screens show 1 and 2 beside them
    assert 'key = "3"' in (cli.home / "clients" / "aaron.toml").read_text()
    (cli.home / "settings.toml").write_text(SETTINGS + '[keys]\n"timer.toggle" = "space, 4"\n')
    cli.ok("clients", "new", "Abel", "--key", "h")
    cli.ok("clients", "new", "Adam")
    assert key_of("adam") == "6"  # 4 is an action's, and 5 is Abel's on a screen where h is one too
    for taken in ("1", "6", "h"):
        answer = cli("clients", "new", "Ada", "--key", taken)
        assert (answer.code, f"“{taken}” is the key of" in answer.err) == (1, True)
    for name in ("N7", "N8", "N9"):
        cli.ok("clients", "new", name)
    cli.ok("clients", "new", "Late")
    assert key_of("late") is None


def test_check_names_every_problem_of_every_file_at_once(cli):
    cli.ok("clients", "check")
    (cli.home / "clients" / "acme.toml").write_text('name = "Acme"\ncurency = "EUR"\n[[rates]]\nhourly = "a lot"\n')
    (cli.home / "clients" / "brel.toml").write_text("[[rounding]]\nmodel = 3\n")
    (cli.home / "settings.toml").write_text('languge = "fr"\n')
    answer = cli("clients", "check")
    assert answer.code == 1
    for said in ("settings.toml:1", "acme.toml:2", "acme.toml:4", "brel.toml:2", "language"):
        assert said in answer.out
    assert {p["line"] for p in cli("clients", "check", "--json").json["problems"]} >= {1, 2, 4}


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        return True


def test_an_export_is_exact_in_a_pipe_and_harmless_on_a_terminal(cli):
    cli.add("acme", "9:00", "10:00", "bell\a and \x1b[31mred")
    assert "\x1b[31mred" in cli.ok("export", "csv").out
    seen = Terminal()
    assert main(["export", "csv"], cli.environ, Streams(io.StringIO(), seen, io.StringIO()), lambda: cli.now) == 0
    assert not {"\x1b", "\a"} & set(seen.getvalue())
    assert "[31mred" in seen.getvalue()
    assert len(seen.getvalue().splitlines()) == 2


def test_the_latest_backup_is_of_the_persons_own_day(cli):
    """Half past midnight in Paris is the evening before in UTC."""
    copy, made = Path(cli.ok("backup").out.strip()), wall("2026-11-24 00:30", ZoneInfo("Europe/Paris"))
    os.utime(copy, (made, made))
    assert "backups: 1, the latest from 2026-11-24" in cli.ok("doctor").out
