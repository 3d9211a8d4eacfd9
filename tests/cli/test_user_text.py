"""Whatever people, clients and calendars write stays text on every way to a terminal."""

import io
import unicodedata

import pytest

from clepsydra.cli.context import Streams
from clepsydra.cli.main import main

EVIL = "\\u001b]0;PWN\\u0007 \\u202eX\\u009b31m\\u2028Y\\u0000"
TYPED = "\x1b]0;PWN\x07 \u202eX\x9b31m\u2028Y\r\nZ\x1b[2J"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def obeyed(text):
    return sorted({hex(ord(c)) for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\n"})


@pytest.fixture
def evil(cli):
    """A home where every text that somebody writes would take over the terminal."""
    (cli.home / "clients" / "evil.toml").write_text(
        f'name = "Evil {EVIL}"\naddress = "{EVIL}"\ncurrency = "EUR"\nkey = "e"\n"{EVIL}" = 1\n'
        f'[[rates]]\nfrom = 2026-01-01\nhourly = "100"\n[[projects]]\nslug = "p"\nname = "P {EVIL}"\n'
    )
    settings = cli.home / "settings.toml"
    settings.write_text(
        settings.read_text() + f'calendars = ["cal.ics", "{EVIL.replace(chr(92) + "u0000", "")}.ics"]\n'
        f'working_hours = {{ mon-sun = "8:00-18:00" }}\n[seller]\nname = "{EVIL}"\n[keys]\n"{EVIL}" = "{EVIL}"\n'
    )
    (cli.home / "cal.ics").write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:m {TYPED}\nDTSTART;TZID={TYPED[:3]}:20261123T120000\nDTEND:"
        "20261123T130000\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    cli("add", "evil/p", "yesterday 9:00", "10:00", TYPED)
    cli("add", "evil", "yesterday 13:30", "15:00", TYPED, "--out")
    cli("add", "evil", "yesterday 9:30", "9:45", TYPED)
    cli("day", "away", "yesterday 15:00", "15:30", TYPED)
    cli("write-off", cli.log()[0]["id"], "--reason", TYPED)
    cli("start", "evil", TYPED, "--at", "9:00")
    return cli


COMMANDS = (
    "status", "log", "log --client evil", "log PWN", "day yesterday", "day", "report totals", "report rounding",
    "report scope", "report leaks", "report rates", "report aging", "report dso", "report forecast", "report dormant",
    "simulate --model up --step 15m", "statement preview evil", "statement preview evil --csv",
    "statement preview evil --markdown", "clients list", "clients show evil", "clients check", "export csv",
    "export json", "verify", "undo", "redo", "calls list", "doctor", "status --format {client}|{note}|{project}",
    "statement issue evil --to today --yes", "statement list", "statement show 2026-0001",
    "statement export 2026-0001 --to out", "statement void 2026-0001 --reason {evil}", "stop", "start evil {evil}",
    "start {evil}", "{evil}", "add {evil} 9:00 {evil}", "log --from {evil}", "--home {evil} log",
    "import csv {evil}", "clients new {evil}", "help {evil}", "statement pay 2026-0001 {evil}",
    "edit {evil} --note {evil}", "status --json", "log --json", "day yesterday --json",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_hands_on_what_a_terminal_would_obey(evil, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if "2026-0001" in command:
        evil("statement", "issue", "evil", "--to", "today", "--yes")
    out, err = Terminal(), Terminal()
    words = [word.replace("{evil}", TYPED) for word in command.split()]
    code = main(words, evil.environ, Streams(io.StringIO(), out, err), lambda: evil.now)
    assert code in (0, 1, 2)
    assert "fault of the program" not in err.getvalue()
    assert (obeyed(out.getvalue()), obeyed(err.getvalue())) == ([], [])
