"""Calls from the command line."""

from datetime import UTC, datetime

import pytest

from clepsydra.ledger.opening import open_ledger
from clepsydra.settings.home import Home
from clepsydra.store import calls
from clepsydra.store.calls import CallRow, SpanRow
from clepsydra.store.database import transaction
from tests.cli.conftest import NOW


@pytest.fixture
def noticed(cli):
    """A call of half an hour, an hour ago."""
    begin = NOW - 3600
    ledger = open_ledger(Home(cli.home), {}, lambda: NOW)
    with transaction(ledger.db):
        row = CallRow(f"zoom:{begin}000", "zoom", "Zoom \x1b[31m", begin, begin + 1800, '["capture", "playback"]')
        calls.keep_call(ledger.db, row)
        for kind in ("capture", "playback"):
            ends = (begin * 1000, (begin + 1800) * 1000)
            calls.keep_span(ledger.db, SpanRow(f"{kind}:zoom:{begin}000", kind, "zoom", "Zoom", "call", *ends, 1, 0))
    ledger.db.close()
    return row.id


def test_a_call_is_listed_assigned_dismissed_and_taken_back(cli, noticed):
    [call] = cli.ok("calls", "list", "--json").json["calls"]
    assert call | {"started_at": "", "ended_at": ""} == call | {
        "id": noticed, "program": "zoom", "state": "inbox", "suggestion": None, "client": None,
        "evidence": ["capture", "playback"], "exact_seconds": 1800, "started_at": "", "ended_at": "",
    }  # fmt: skip
    shown = cli.ok("calls").out
    assert "\x1b" not in shown
    assert "0:30:00" in shown
    made = cli.ok("calls", "assign", noticed[-8:], "acme/api", "weekly", "--json").json["session"]
    assert (made["client"], made["project"], made["channel"], made["note"]) == ("acme", "api", "call", "weekly")
    assert cli.ok("calls", "--json").json["calls"] == []
    [call] = cli.ok("calls", "list", "--all", "--json").json["calls"]
    assert (call["state"], call["client"], call["sessions"]) == ("assigned", "acme", [made["id"]])
    cli.ok("undo")
    assert cli.log() == []
    cli.ok("calls", "dismiss", noticed)
    assert cli.ok("calls").out == ""
    assert cli.ok("calls", "list", "--all", "--json").json["calls"][0]["state"] == "dismissed"
    assert "dismissed" in cli.ok("calls", "list", "--all").out
    cli.ok("undo")
    cli.ok("calls", "dismiss", noticed, "--personal")
    assert cli.ok("calls", "list", "--all", "--json").json["calls"][0]["state"] == "personal"
    assert cli.ok("calls", "rederive", "--json").json["rederived"]["decided"] == 1
    cli.ok("verify")


def test_a_call_that_was_written_off_is_its_clients_and_told_as_written_off(cli, noticed):
    made = cli.ok("calls", "assign", noticed, "acme/api", "--json").json["session"]
    assert "written off" not in cli.ok("calls", "list", "--all").out
    cli.ok("write-off", made["id"], "--reason", "a favour")
    for words in (["list", "--all"], ["show", noticed]):
        assert "Acme SARL · written off" in cli.ok("calls", *words).out
        assert "Acme SARL · offert" in cli.ok("--language", "fr", "calls", *words).out
    [call] = cli.ok("calls", "list", "--all", "--json").json["calls"]
    assert (call["state"], call["client"], call["written_off"]) == ("assigned", "acme", True)
    said = cli.ok("report", "leaks").out
    assert "billing the calls of Acme SARL that were written off would win back €60.00." in said
    assert "nobody" not in said
    cli.ok("undo")
    assert "Acme SARL · written off" not in cli.ok("calls", "list", "--all").out


def test_a_call_that_went_to_nobody_is_told_so(cli, noticed):
    with (cli.home / "clients" / "acme.toml").open("a") as file:
        file.write('\n[calls]\napps = ["zoom"]\n')
    cli.ok("calls", "dismiss", noticed, "--personal")
    assert "billing the calls that went to nobody would win back" in cli.ok("report", "leaks").out
    assert cli.ok("calls", "list", "--all", "--json").json["calls"][0]["written_off"] is False


def test_a_part_of_a_call_is_assigned(cli, noticed):
    made = cli.ok("calls", "assign", noticed, "brel", "--from", "13:40", "--to", "13:50", "--json").json["session"]
    assert made["exact_seconds"] == 600
    assert cli("calls", "assign", noticed, "brel", "--from", "12:00").code == 1


def test_what_cannot_be_is_one_clear_line(cli, noticed):
    assert cli("calls", "assign", "nothing", "acme").code == 1
    assert cli("calls", "assign", noticed, "nobody").code == 1
    assert cli("calls", "assign", noticed).code == 2
    assert cli("call", "stop").err.count("\n") == 1


def test_a_call_by_hand_puts_the_timer_aside_and_brings_it_back(cli):
    cli.ok("start", "acme", "plans")
    cli.now += 600
    cli.ok("call", "start", "brel", "urgent")
    assert [s["client"] for s in cli.ok("status", "--json").json["running"]] == ["brel"]
    cli.now += 300
    assert "goes on" in cli.ok("call", "stop").out
    assert [(s["client"], s["channel"], s["exact_seconds"]) for s in cli.log()] == [
        ("acme", "work", 600), ("brel", "call", 300), ("acme", "work", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "sign"), [("systemd", "ExecStart="), ("launchd", "<key>ProgramArguments</key>")])
def test_the_watcher_prints_what_keeps_it_running(cli, kind, sign):
    shown = cli.ok("watch", "--print-unit", kind).out
    assert sign in shown
    assert str(cli.home) in shown


def test_the_calendar_says_whose_a_call_was(cli, noticed):
    begin = datetime.fromtimestamp(NOW - 3600, UTC).strftime("%Y%m%dT%H%M%SZ")
    event = f"BEGIN:VEVENT\nUID:1\nSUMMARY:Point hebdo Acme\nDTSTART:{begin}\nDURATION:PT1H\nEND:VEVENT\n"
    (cli.home / "work.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}END:VCALENDAR\n")
    settings = cli.home / "settings.toml"
    before = settings.read_text() if settings.exists() else ""
    settings.write_text('calendars = ["work.ics", "gone.ics"]\n' + before)
    shown = cli.ok("calls")
    assert "calendar: Point hebdo Acme" in shown.out
    assert "gone.ics: there is no such calendar" in shown.err
    [call] = cli.ok("calls", "--json").json["calls"]
    assert (call["suggestion"], call["reason"], call["reason_detail"]) == ("acme", "calendar", "Point hebdo Acme")


def test_a_call_is_shown_with_its_streams_and_why(cli, noticed) -> None:
    """The keys that scripts read."""
    [call] = cli.ok("calls", "--json").json["calls"]
    assert (call["certainty"], call["seams"]) == ("certain", [])
    shown = cli.ok("calls", "show", call["id"], "--json").json["call"]
    assert (shown["rule"], shown["ended_by"], shown["interrupts"]) == ("calls", "let-go", True)
    assert {stream["kind"] for stream in shown["streams"]} == {"capture", "playback"}
    text = cli.ok("calls", "show", call["id"]).out
    assert "a call because: a program made for calls held the microphone and played" in text
    dismissed = cli.ok("calls", "dismiss", call["id"], "--unanswered", "--json").json["call"]
    assert dismissed["state"] == "unanswered"


def test_never_this_program_from_the_command_line(cli, noticed) -> None:
    [call] = cli.ok("calls", "--json").json["calls"]
    assert cli("calls", "never", call["id"], "--title").code == 1, "zoom tells no titles"
    cli.ok("calls", "never", call["id"])
    assert '"zoom"' in (cli.home / "settings.toml").read_text()
    assert cli.ok("calls", "--json").json == {"calls": [], "folded": []}
