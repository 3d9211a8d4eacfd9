"""Rules about evidence at the command line: tried without a trace, taken at the close, remembered when undone."""

import hashlib
import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import SETTINGS, Cli
from tests.clock import at

NUMBER = "33612345678"

ACME = """name = "Acme"
currency = "EUR"
time_zone = "Europe/Paris"
[contact]
phone = ["+33 6 12 34 56 78"]
[[rates]]
hourly = "140.00"
[[projects]]
slug = "support"
name = "Support"

"""

CLOSE = '[[decide]]\nwhen = { evidence = "call", with = "+33 6 12 *", over = "1m" }\nthen = { take = "close" }\n'


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    (tmp_path / "clients").mkdir()
    (tmp_path / "lists").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS + '[phone]\ncountry = "FR"\nlists = ["lists"]\n')
    (tmp_path / "clients" / "acme.toml").write_text(ACME + CLOSE)
    (tmp_path / "clients" / "brel.toml").write_text('name = "Brel"\ncurrency = "EUR"\n[[rates]]\nhourly = "90.00"\n')
    called(tmp_path, ("2026-11-24 12:41:12", 754))
    return Cli(tmp_path)


def called(home: Path, *calls: tuple[str, int]) -> None:
    """A phone's list of answered calls from Acme: when, and how many seconds."""
    rows = "".join(
        f'<call number="+{NUMBER}" duration="{seconds}" date="{at(when) * 1000}" type="1" presentation="1" />'
        for when, seconds in calls
    )
    (home / "lists" / "calls.xml").write_text(f'<?xml version="1.0"?><calls count="{len(calls)}">{rows}</calls>')


def rules(home: Path, text: str) -> None:
    (home / "clients" / "acme.toml").write_text(ACME + text)


def checksum(home: Path) -> dict[str, str]:
    files = (path for path in home.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def tried(cli: Cli) -> dict[str, int]:
    (rule,) = cli.ok("rules", "try", "--json").json["rules"]
    return {key: rule[key] for key in ("matched", "would_take", "would_take_seconds", "would_take_minor")}


def by_rule(cli: Cli) -> list[tuple[str, str, int]]:
    return [(s["client"], s["channel"], s["exact_seconds"]) for s in cli.log() if s["source"] == "rule"]


def test_a_dry_run_writes_nothing_and_tells_what_the_person_did(cli):
    called(cli.home, ("2026-11-23 09:00:00", 120), ("2026-11-24 12:41:12", 754), ("2026-11-24 14:00:00", 30))
    by_hand = [each["id"] for each in cli.ok("evidence", "2026-11-23", "--json").json["happened"]]
    cli.ok("evidence", "take", by_hand[0])
    before = checksum(cli.home)
    found = cli.ok("rules", "try", "--from", "2026-11-01", "--json").json
    (rule,) = found["rules"]
    figures = {key: rule[key] for key in ("matched", "would_take", "would_take_seconds", "would_take_minor")}
    # 120 s taken by hand and 754 s, at 140.00: 4.67 and 29.32.
    assert figures == {"matched": 2, "would_take": 2, "would_take_seconds": 874, "would_take_minor": 467 + 2932}
    assert (rule["line"], rule["agreed"], rule["differed"], rule["hidden"]) == (12, 1, 0, 0)
    assert [each["reasons"] for each in found["asked"]] == [["no_rule"]]
    assert "12" in cli.ok("rules").out
    assert checksum(cli.home) == before


def test_one_close_takes_and_confirms(cli):
    day = cli.ok("day", "--json").json
    first = day["items"][0]
    assert (first["kind"], first["seconds"], first["minor"]) == ("happened", 754, 2932)
    cli.ok("day", "close", "--unknown")
    assert by_rule(cli) == [("acme", "call", 754)]
    assert cli.ok("statement", "preview", "acme", "--json").json["doubts"] == []
    cli.ok("day", "reopen", "--reason", "late call")
    assert [each["kind"] for each in cli.ok("statement", "preview", "acme", "--json").json["doubts"]] == ["rule"]
    assert "⚙" in cli.ok("log").out
    assert cli("statement", "issue", "acme").code == 1
    assert cli.ok("statement", "issue", "acme", "--yes").code == 0
    cli.ok("verify")


def test_what_was_undone_is_never_taken_again(cli):
    cli.ok("day", "accept", "--only", "1")
    assert by_rule(cli) == [("acme", "call", 754)]
    (session,) = [each["id"] for each in cli.log()]
    why = cli.ok("rules", "why", session, "--json").json
    assert why["rule"]["line"] == 12
    assert why["owner"]["line"] == 5
    assert why["billed"] == [
        {"session": session, "statement": None, "exact_seconds": 754, "billed_seconds": 754, "model": "exact"}
    ]
    cli.ok("undo")
    assert all(item["kind"] != "happened" for item in cli.ok("day", "--json").json["items"])
    (each,) = cli.ok("evidence", "--json").json["happened"]
    assert cli.ok("rules", "why", each["id"], "--json").json["reasons"] == ["refused"]
    cli.ok("day", "close", "--unknown")
    assert by_rule(cli) == []
    cli.ok("verify")


def test_a_rule_at_once_waits_until_its_dry_run_was_seen(cli):
    rules(cli.home, CLOSE.replace("close", "now"))
    assert cli.ok("rules", "take", "--json").json["sessions"] == []
    assert cli.ok("rules", "accept", "--json").json["accepted"] == 1
    assert [s["exact_seconds"] for s in cli.ok("rules", "take", "--json").json["sessions"]] == [754]
    assert cli.ok("rules", "take", "--json").json["sessions"] == []
    rules(cli.home, CLOSE.replace("close", "now").replace("1m", "2m"))
    assert cli.ok("rules", "accept", "--json").json["accepted"] == 1


def test_the_log_keeps_the_rule_and_no_number(cli):
    rules(cli.home, CLOSE.replace("+33 6 12 *", f"+{NUMBER}"))
    cli.ok("day", "close", "--unknown")
    assert by_rule(cli) == [("acme", "call", 754)]
    written = b"".join(path.read_bytes() for path in cli.home.glob("clepsydra.db*"))
    assert NUMBER.encode() not in written
    assert b'take = \\"close\\"' in written or b'take = "close"' in written


def test_editing_a_rule_changes_no_session_and_its_day_is_kept(cli):
    cli.ok("day", "accept", "--only", "1")
    before = json.dumps(cli.log())
    rules(cli.home, CLOSE.replace("[[decide]]", "[[decide]]\nfrom = 2026-11-25").replace("close", "ask"))
    assert json.dumps(cli.log()) == before
    assert tried(cli)["matched"] == 0
    cli.ok("verify")


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        (("brel", "2026-11-24T12:45", "2026-11-24T12:50"), "typed"),
        (("brel", "2026-11-24T12:30", "2026-11-24T13:00"), "other_client"),
    ],
)
def test_time_that_somebody_holds_is_asked(cli, session, reason):
    cli.add(*session)
    (each,) = cli.ok("evidence", "--json").json["happened"]
    assert reason in cli.ok("rules", "why", each["id"], "--json").json["reasons"]
    cli.ok("day", "close", "--unknown")
    assert by_rule(cli) == []


def test_two_hours_of_a_client_and_day_at_most(cli):
    called(cli.home, ("2026-11-24 08:00:00", 3600), ("2026-11-24 10:00:00", 3000), ("2026-11-24 12:00:00", 601))
    cli.ok("day", "close", "--unknown")
    assert [seconds for _, _, seconds in by_rule(cli)] == [3600, 3000]
    asked = cli.ok("rules", "try", "--json").json["asked_reasons"]
    assert asked == {"too_much": 1}


def test_short_calls_are_given_and_said_to_be(cli):
    rules(cli.home, '[[decide]]\nwhen = { evidence = "call", under = "20m" }\n'
                    'then = { give = "courtesy", project = "support", take = "close" }\n')  # fmt: skip
    cli.ok("day", "close", "--unknown")
    (session,) = cli.log()
    assert (session["write_off"], session["project"], session["source"]) == ("courtesy", "support", "rule")


@pytest.mark.parametrize(
    ("forged", "law"),
    [
        ("UPDATE session SET source = 'manual' WHERE source = 'rule'", "does not say so"),
        ("DELETE FROM evidence_decision", "no rule is known"),
        ("INSERT INTO session (id, client, project, channel, started_at, ended_at, zone, day, logged_at, source) "
         "SELECT 'X' || id, 'brel', project, channel, started_at, ended_at, zone, day, 0, 'manual' FROM session",
         "owns the same seconds"),
    ],
)  # fmt: skip
def test_verify_fails_a_log_whose_rules_do_not_own_their_seconds(cli, forged, law):
    cli.ok("day", "accept", "--only", "1")
    cli.ok("verify")
    with sqlite3.connect(cli.home / "clepsydra.db") as db:
        db.execute(forged)
    answer = cli("verify")
    assert answer.code == 1
    assert law in answer.out + answer.err


def traces(cli) -> str:
    """A repository with one commit, of 10:30, and a calendar with one meeting, from 10:00 on; what names the first."""
    repository = cli.home / "acme-api"
    repository.mkdir()
    stamp = f"{at('2026-11-24 10:30')} +0100"
    env = {"PATH": os.environ["PATH"], "HOME": str(cli.home), "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    for words in ("init -q", "config user.email x@y", "config user.name x", "commit -q --allow-empty -m sign-in"):
        subprocess.run(["git", *words.split()], cwd=repository, env=env, check=True)
    (cli.home / "plan.ics").write_text(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T093000Z\r\n"
        "SUMMARY:Point Acme\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (cli.home / "settings.toml").write_text(SETTINGS + 'calendars = ["plan.ics"]\n')
    return f'[context]\nrepositories = ["{repository}"]\n'


def test_commits_and_planned_meetings_are_told_and_never_taken_by_themselves(cli):
    rules(cli.home, traces(cli) + '[[decide]]\nwhen = { evidence = "any" }\nthen = { take = "close" }\n')
    found = cli.ok("evidence", "--json").json["happened"]
    assert [(each["kind"], each["suggestion"], each["why"]) for each in found] == [
        ("meeting", "acme", "mention"), ("commit", "acme", "repository"),
    ]  # fmt: skip
    reasons = cli.ok("rules", "try", "--json").json["asked_reasons"]
    assert reasons == {"doubtful": 1, "guessed": 1, "no_length": 1}
    cli.ok("day", "close", "--unknown")
    assert by_rule(cli) == []


def test_commits_and_planned_meetings_are_placed_before_they_are_counted(cli):
    """What the client's own time holds is no question; what is taken ends at the commit, around what others hold."""
    rules(cli.home, traces(cli))

    def seen() -> dict[str, dict]:
        return {each["kind"]: each for each in cli.ok("evidence", "--json").json["happened"]}

    assert (seen()["commit"]["state"], seen()["commit"]["asked"]) == ("open", ["unknown_length"])
    assert "it was planned, and perhaps not held" in cli.ok("evidence").out  # its client is only suggested, too
    cli.add("brel", "2026-11-24 10:15", "2026-11-24 10:45")
    assert seen()["meeting"]["placed"] == {"covered_seconds": 0, "other_seconds": 900, "free_seconds": 900}
    assert seen()["commit"]["asked"] == ["unknown_length", "others_time"]
    assert cli("evidence", "take", seen()["commit"]["id"]).code == 1
    taken = cli.ok("evidence", "take", seen()["commit"]["id"], "--minutes", "30", "--json").json["session"]
    assert (taken["started_at"], taken["ended_at"]) == ("2026-11-24T09:00:00Z", "2026-11-24T09:15:00Z")
    assert (taken["note"], taken["channel"], taken["client"]) == ("sign-in", "work", "acme")
    cli.ok("verify")
    cli.ok("undo", "2")
    cli.add("acme", "2026-11-24 9:30", "2026-11-24 11:00")
    assert {kind: each["state"] for kind, each in seen().items()} == {"meeting": "covered", "commit": "covered"}


def test_an_invoice_of_open_work_wants_a_yes_for_what_nobody_saw(cli):
    cli.ok("day", "accept", "--only", "1")
    refused = cli("invoice", "issue", "acme", "--work")
    assert refused.code == 1
    assert "no close of that day has confirmed it" in refused.err


def test_what_a_person_takes_is_theirs_with_what_the_rule_suggests(cli):
    rules(cli.home, CLOSE.replace('take = "close"', 'project = "support", note = "hotline", take = "ask"'))
    (each,) = cli.ok("evidence", "--json").json["happened"]
    assert each["ruling"] == {"client": "acme", "rule": 1, "take": "ask", "ready": False, "reasons": ["asked"]}
    cli.ok("evidence", "take", each["id"])
    (session,) = cli.log()
    assert (session["project"], session["note"], session["source"]) == ("support", "hotline", "call")
