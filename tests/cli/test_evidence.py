"""What happened, on the command line: listed, taken, left, undone, and nothing written of anybody before."""

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import SETTINGS, Cli
from tests.clock import at

DAY = "2026-11-26"
CALLS = """<?xml version="1.0" encoding="UTF-8"?>
<calls count="4">
  <call number="0612345678" duration="754" date="{jeanne}" type="1" presentation="1" contact_name="Jeanne Martin" />
  <call number="0032474123456" duration="185" date="{luc}" type="2" presentation="1" contact_name="Luc Brel" />
  <call number="0612345678" duration="0" date="{jeanne}" type="3" presentation="1" contact_name="Jeanne Martin" />
  <call number="0699887766" duration="610" date="{maman}" type="2" presentation="1" contact_name="Maman" />
</calls>
"""


@pytest.fixture
def phone(cli: Cli, tmp_path: Path) -> Cli:
    """A home with a drop folder that holds one backup."""
    cli.now = at(f"{DAY} 20:00:00")
    folder = tmp_path / "phone"
    folder.mkdir()
    times = {"jeanne": "12:41:07", "luc": "17:31:20", "maman": "19:45:00"}
    text = CALLS.format(**{name: at(f"{DAY} {clock}") * 1000 for name, clock in times.items()})
    (folder / "calls-20261126.xml").write_text(text)
    (cli.home / "settings.toml").write_text(SETTINGS + f'[phone]\ncountry = "FR"\nlists = ["{folder}"]\n')
    for slug, number in (("acme", "+33 6 12 34 56 78"), ("brel", "+32474123456")):
        with (cli.home / "clients" / f"{slug}.toml").open("a") as file:
            file.write(f'\n[contact]\nphone = ["{number}"]\n')
    return cli


def happened(cli: Cli) -> list[dict]:
    return cli.ok("evidence", DAY, "--json").json["happened"]


def test_a_call_of_the_phone_is_taken_left_and_comes_back(phone):
    jeanne, luc, maman = happened(phone)
    assert (jeanne["client"], jeanne["seconds"], jeanne["state"], jeanne["asked"]) == ("acme", 754, "open", [])
    assert (luc["client"], luc["placed"]["free_seconds"]) == ("brel", 185)
    assert (maman["state"], maman["client"]) == ("stranger", None)
    session = phone.ok("evidence", "take", jeanne["id"], "--json").json["session"]
    assert (session["channel"], session["exact_seconds"]) == ("call", 754)
    phone.ok("evidence", "leave", luc["id"])
    assert [each["state"] for each in happened(phone)] == ["taken", "left", "stranger"]
    assert phone("evidence", "take", jeanne["id"]).code == 1
    assert phone.ok("verify")
    phone.ok("undo", "2")
    assert [each["state"] for each in happened(phone)] == ["open", "open", "stranger"]
    assert phone.log() == []


def test_a_number_becomes_a_contact_with_the_list_that_tells_it(phone, tmp_path):
    file = str(tmp_path / "phone" / "calls-20261126.xml")
    preview = phone.ok("import", file, "--dry-run").out
    assert "Luc Brel" in preview
    assert "87766" not in preview
    assert phone.ok("import", file, "--contact", "06 99 88 77 66=acme", "--json").json["calls"]["new"] == 3
    assert '"+33699887766"' in (phone.home / "clients" / "acme.toml").read_text()
    assert phone.ok("import", file, "--contact", "+33699887766=acme", "--json").json["calls"]["known"] == 3
    refused = phone("import", file, "--contact", "3615=acme")
    assert (refused.code, "3615" in refused.err) == (2, True)


def test_only_the_seconds_that_nobody_settled_are_taken(phone):
    phone.add("acme", f"{DAY} 12:30", f"{DAY} 12:45")
    phone.add("brel", f"{DAY} 12:50", f"{DAY} 13:00")
    call = happened(phone)[0]
    assert call["placed"] == {"covered_seconds": 233, "other_seconds": 221, "free_seconds": 300}
    assert call["asked"] == ["others_time"]
    phone.ok("evidence", "take", call["id"])
    assert [each["exact_seconds"] for each in phone.log()] == [900, 300, 600]
    phone.ok("verify")


def test_looking_writes_nothing_of_anybody(phone, tmp_path):
    phone.add("acme", f"{DAY} 9:00", f"{DAY} 9:10")
    before = _sums(tmp_path / "phone")
    happened(phone)
    phone.ok("evidence", "strangers", DAY)
    assert "0699887766" not in phone.ok("evidence", "strangers", DAY).out
    jeanne = happened(phone)[0]
    phone.ok("evidence", "take", jeanne["id"])
    assert _sums(tmp_path / "phone") == before
    said = b"".join(path.read_bytes() for path in phone.home.glob("clepsydra.db*"))
    for secret in (b"612345678", b"474123456", b"699887766", b"Jeanne", b"Maman", b"Luc"):
        assert secret not in said


def test_a_second_copy_is_not_asked_again(phone, tmp_path):
    jeanne, luc, _ = happened(phone)
    phone.ok("evidence", "leave", luc["id"])
    phone.ok("evidence", "take", jeanne["id"])
    shutil.copy(tmp_path / "phone" / "calls-20261126.xml", tmp_path / "phone" / "calls-20261127.xml")
    assert [each["state"] for each in happened(phone)] == ["taken", "left", "stranger"]


def _sums(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_verify_names_a_taken_second_that_is_owned_twice(phone, monkeypatch):
    """Were placing left out, the log would say so."""
    phone.add("brel", f"{DAY} 12:45", f"{DAY} 13:00")
    item = happened(phone)[0]
    monkeypatch.setattr("clepsydra.ledger.evidence.deciding.takeable", lambda _, placed: [*placed.free, *placed.other])
    phone.ok("evidence", "take", item["id"])
    answer = phone("verify")
    assert answer.code == 1
    assert "own the same seconds" in answer.out + answer.err


def test_a_timer_gives_way_only_when_the_person_takes(phone):
    """A call over another client's timer is asked about; taken, the day is a union."""
    phone.now = at(f"{DAY} 12:30:00")
    phone.ok("start", "brel")
    phone.now = at(f"{DAY} 13:30:00")
    phone.ok("stop")
    call = happened(phone)[0]
    assert call["placed"] == {"covered_seconds": 0, "other_seconds": 754, "free_seconds": 0}
    assert "others_time" in call["asked"]
    phone.ok("evidence", "take", call["id"])
    assert sorted(each["exact_seconds"] for each in phone.log()) == [667, 754, 2179]
    assert phone.ok("day", DAY, "--json").json["presence_seconds"] == 3600
    phone.ok("verify")


def test_a_name_in_a_chat_names_calls_of_the_desktop_too(phone):
    from clepsydra.ledger.calls.suggesting import titled
    from clepsydra.ledger.opening import open_with
    from clepsydra.settings.asked import Asked
    from clepsydra.settings.home import Home

    with (phone.home / "clients" / "brel.toml").open("a") as file:
        file.write('chat = ["whatsapp:Luc Brel"]\n')
    home = Home(phone.home)
    ledger = open_with(home, Asked(home, phone.environ), lambda: phone.now)
    assert titled(ledger, "Call with Luc Brel - WhatsApp") == ("brel", False)
    assert titled(ledger, "Luc Brelan") is None
    ledger.db.close()


def test_wrong_contacts_are_said_with_what_is_allowed(phone):
    with (phone.home / "clients" / "acme.toml").open("a") as file:
        file.write('mail = ["acme.fr"]\nchat = ["Jeanne"]\n')
    said = phone("clients", "check").out + phone("clients", "check").err
    assert '"@acme.fr"' in said
    assert '"telegram:Jeanne Martin"' in said


def test_what_happened_outside_every_gap_is_asked_when_the_day_is_reconciled(phone):
    """A call after the last session lies in no gap: it is an open item, taken, given to another, or left."""
    phone.add("acme", f"{DAY} 9:00", f"{DAY} 12:00", "review")

    def waiting() -> list[dict]:
        items = phone.ok("day", DAY, "--json").json["items"]
        return [item for item in items if item["kind"] == "waiting"]

    jeanne, luc = waiting()
    assert (jeanne["seconds"], jeanne["suggestion"]["answer"], jeanne["suggestion"]["source"]) == (
        754,
        "take",
        "evidence",
    )
    assert phone.ok("day", "accept", DAY).out
    assert [each["client"] for each in phone.log()] == ["acme", "acme", "brel"]
    assert waiting() == []
    phone.ok("verify")
    phone.ok("undo")
    phone.ok("day", "solve", jeanne["id"], "fill", "brel", "--date", DAY)
    phone.ok("day", "solve", luc["id"], "ignore", "--date", DAY)
    assert [(each["client"], each["channel"], each["exact_seconds"]) for each in phone.log()][1:] == [
        ("brel", "call", 754)
    ]
    assert [each["state"] for each in happened(phone)] == ["taken", "left", "stranger"]
    phone.ok("verify")


def test_all_that_waits_of_the_last_weeks_is_one_list(phone):
    """Whatever its day was; what was taken, left or is nobody's is not in it."""
    jeanne, luc, _ = happened(phone)
    phone.now = at("2026-12-20 10:00:00")
    assert phone.ok("evidence", "--json").json["happened"] == []
    phone.ok("evidence", "leave", luc["id"])
    assert [each["id"] for each in phone.ok("evidence", "--waiting", "--json").json["happened"]] == [jeanne["id"]]
    assert "26 Nov 12:41:07" in phone.ok("evidence", "--waiting").out
    assert phone("evidence", DAY, "--waiting").code == 2
    phone.now = at("2026-12-25 10:00:00")
    assert phone.ok("evidence", "--waiting", "--json").json["happened"] == []
