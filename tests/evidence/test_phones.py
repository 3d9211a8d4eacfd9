"""Lists of calls: each format gives its truth, all together one list, and many backups one log."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import replace
from clepsydra.evidence.lists import CallLists, read
from clepsydra.evidence.phone.phone_numbers import number, party, pattern
from clepsydra.settings.model import Settings
from clepsydra.settings.named_sources import PhoneSettings
from tests.cli.conftest import Cli
from tests.clock import PARIS, at
from tests.evidence import phone_samples as samples

SETTINGS = Settings(time_zone=PARIS)


@pytest.mark.parametrize("text", ["06 12 34 XX XX", "+336123456****", "3179", "112", "-2", "", "Private", "0800ACME99"])
def test_what_is_no_number(text):
    assert number(text, "FR") is None


@pytest.mark.parametrize(
    "text",
    ["#31#0612345678", "sip:+33612345678@sip.ovh.fr", "+33 (0)6 12 34 56 78", "33612345678", "tel:06-12-34-56-78",
     "0033612345678"],
)  # fmt: skip
def test_what_is_one_number(text):
    assert number(text, "FR") == "+33612345678"


def test_masks_and_patterns():
    assert number("01 23 45 67 89;12", "FR") == "+33123456789"
    assert party("00324741234XX", "FR") == ("+324741234*",)
    assert party("06 12 34 XX XX", "FR") == ("+3361234*",)
    assert pattern("01 42 68 53 *", "FR") == pattern("+33 1 42 68 53 *", "FR") == "+331426853*"
    assert number("612345678", "") is None


def told(folder: Path, name: str, text: str, settings: Settings = SETTINGS) -> list[tuple]:
    (folder / name).write_text(text, "utf-8")
    found = read(folder / name, settings)
    assert isinstance(found, list), found
    return [(_clock(each.began), each.seconds, *each.party) for each in found]


def _clock(instant: int) -> str:
    return datetime.fromtimestamp(instant, PARIS).strftime("%H:%M:%S")


ANDROID = [("12:41:07", 754, "+33612345678"), ("17:31:20", 185, "+32474123456"), ("14:01:00", 95),
           ("19:45:00", 610, "+33699887766")]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "truth"),
    [
        ("calls.xml", samples.backup(), ANDROID),
        ("log.txt", samples.printed(), ANDROID),
        ("Master.csv", samples.MASTER, [("10:05:09", 990, "+33142685300")]),
        ("cdr.csv", samples.FREEPBX, [("09:02:11", 764, "+33612345678")]),
        ("calllog.csv", samples.THREECX, [("09:02:11", 764, "+33612345678")]),
        ("neu.csv", samples.FRITZ, [("10:05:00", 1020, "+33142685300"), ("15:12:00", 60, "+32474123456")]),
        ("alt.csv", samples.FRITZ_OLD, [("15:12:00", 60, "+32474123456")]),
        ("cch.vcf", samples.CARDS, [("12:41:07", None, "+33612345678"), ("17:31:20", None, "+32474123456")]),
        ("wa.txt", samples.WHATSAPP, [("16:05:04", 720, "whatsapp:Luc Brel", "whatsapp:Moi")]),
    ],
)
def test_a_list_gives_its_truth(tmp_path, name, text, truth):
    assert told(tmp_path, name, text) == truth


def test_a_chat_tells_what_was_sent_and_said(tmp_path):
    chat = told(tmp_path, "result.json", samples.telegram())
    assert chat == [("09:31:00", None, "telegram:Luc Brel"), ("09:33:10", None, "telegram:Luc Brel"),
                    ("13:30:00", 420, "telegram:Luc Brel")]  # fmt: skip


@pytest.mark.parametrize("name", ["participants.csv", "attendance.csv"])
def test_a_meeting_is_the_persons_own_stays(tmp_path, name):
    stays = told(tmp_path, name, {"participants.csv": samples.ZOOM, "attendance.csv": samples.TEAMS}[name])
    assert stays == [("09:02:11", 1669, "anna@acme.test"), ("09:32:00", 2575, "anna@acme.test")]


def test_what_waits_beside_a_database_is_read_and_nothing_is_touched(tmp_path):
    samples.history(tmp_path / "CallHistory.storedata", waiting=True)
    before = sums(tmp_path)
    assert len(before) == 2
    found = read(tmp_path / "CallHistory.storedata", SETTINGS)
    assert isinstance(found, list)
    answered = [each for each in found if each.answered]
    assert [(_clock(each.began), each.seconds) for each in answered] == [
        ("12:41:08", 753), ("16:05:04", 752), ("18:02:00", 301)
    ]  # fmt: skip
    assert answered[1].party == ("+32474123456",)
    assert sums(tmp_path) == before


def test_a_whole_backup_of_an_iphone_gives_its_calls_alone(tmp_path):
    inner = tmp_path / "5a"
    inner.mkdir()
    samples.history(inner / "5a4935c78a5255723f707230a451d79c540d2741")
    (tmp_path / "Manifest.db").write_bytes(b"not read")
    settings = replace(SETTINGS, phone=PhoneSettings(lists=(tmp_path,)))
    found = CallLists().look(settings, Interval(at("2026-11-26 0:00"), at("2026-11-27 0:00")))
    assert (len([each for each in found.happenings if each.answered]), found.problems) == (3, ())


def test_a_table_nobody_knows_shows_its_headings(tmp_path):
    (tmp_path / "liste.csv").write_text("Jour;Correspondant;Temps\n26/11;0612345678;3\n")
    assert "jour, correspondant, temps" in str(read(tmp_path / "liste.csv", SETTINGS))


# -- all of them together


@pytest.fixture
def phones(tmp_path: Path) -> Cli:
    samples.drop(tmp_path / "phone")
    samples.home(tmp_path / "home", tmp_path / "phone")
    cli = Cli(tmp_path / "home")
    cli.now = at("2026-11-26 20:30:00")
    return cli


def listed(cli: Cli) -> list[tuple]:
    found = cli.ok("evidence", samples.DAY, "--json").json
    assert found["problems"] == []
    calls = [each for each in found["happened"] if each["kind"] == "call"]
    zone = ZoneInfo("Europe/Paris")
    return [
        (f"{datetime.fromisoformat(each['started_at']).astimezone(zone):%H:%M:%S}", each["seconds"], each["client"],
         each["sources"])
        for each in calls
    ]  # fmt: skip


TOGETHER = [
    ("10:05:09", 990, "acme", ["asterisk", "fritz"]),
    ("12:41:07", 754, "acme", ["android", "bluetooth", "iphone"]),
    ("13:30:00", 420, "brel", ["telegram"]),
    ("14:01:00", 95, None, ["android"]),
    ("15:12:00", 60, "brel", ["fritz"]),
    ("16:05:04", 752, "brel", ["iphone", "whatsapp"]),
    ("17:31:20", 185, "brel", ["android", "bluetooth", "operator"]),
    ("18:02:00", 301, "dumas", ["iphone"]),
    ("19:45:00", 610, None, ["android"]),
]


def test_one_call_told_four_ways_is_one_before_and_after_import(phones, tmp_path):
    assert listed(phones) == TOGETHER
    before = sums(tmp_path / "phone")
    for path in sorted((tmp_path / "phone").iterdir()):
        phones.ok("import", str(path))
    assert listed(phones) == TOGETHER
    assert len(phones.ok("calls", "--json").json["calls"]) == 7
    assert sums(tmp_path / "phone") == before
    phones.ok("verify")
    log = b"".join(
        path.read_bytes() for path in phones.home.rglob("*") if path.suffix not in (".toml",) and path.is_file()
    )
    assert [secret for secret in samples.SECRETS if secret.encode() in log] == []


def test_minutes_are_not_taken_for_seconds(phones):
    minute = next(
        each for each in phones.ok("evidence", samples.DAY, "--json").json["happened"] if each["sources"] == ["fritz"]
    )
    assert minute["asked"] == ["minute_grain"]
    session = phones.ok("evidence", "take", minute["id"], "--json").json["session"]
    assert session["precision"] == "minute-up"


def test_an_operators_minutes_stay_minutes_until_somebody_tells_seconds(phones, tmp_path):
    """A list in minutes beside the phone's own seconds: the finest times win, whatever came first."""
    with (phones.home / "settings.toml").open("a") as file:
        file.write('[[phone.tables]]\nfiles = "minutes-*.csv"\nwhen = ["Begin"]\nnumber = "With"\n'
                   'length = "Minutes"\nunit = "minutes"\n')  # fmt: skip
    (tmp_path / "minutes-1.csv").write_text(
        f"Begin;With;Minutes\n{samples.DAY} 12:41;0612345678;13\n{samples.DAY} 17:31;0032474123456;4\n"
    )
    phones.ok("import", str(tmp_path / "minutes-1.csv"))
    _, luc = phones.ok("calls", "--json").json["calls"]
    phones.ok("calls", "assign", luc["id"], "brel")
    assert [each["precision"] for each in phones.log()] == ["minute"]
    phones.ok("import", str(tmp_path / "phone" / "calls-20261126200000.xml"))
    (waiting,) = phones.ok("calls", "--json").json["calls"]
    assert (waiting["started_at"], waiting["ended_at"]) == ("2026-11-26T11:41:07Z", "2026-11-26T11:53:41Z")
    phones.ok("calls", "assign", waiting["id"], "acme")
    assert [each["precision"] for each in phones.log()] == ["second", "minute"]
    phones.ok("verify")


def test_an_import_of_calls_is_one_undo(phones, tmp_path):
    """What a list brought goes and comes as one; what a second list told more exactly goes back to the first."""

    def known() -> list[tuple]:
        return [(each["id"], each["started_at"], each["ended_at"], each["evidence"], each["suggestion"])
                for each in phones.ok("calls", "--json").json["calls"]]  # fmt: skip

    folder, states = tmp_path / "phone", [known()]
    names = ("FRITZ.Box_neu.csv", "operateur-novembre.csv", "calls-20261126200000.xml", "Master.csv")
    for name in names:
        phones.ok("import", str(folder / name))
        states.append(known())
    assert "1 was known already" in phones.ok("import", str(folder / "Master.csv")).out
    assert known() == states[-1]
    for before in reversed(states[:-1]):
        phones.ok("undo")
        assert known() == before
        phones.ok("verify")
    for after in states[1:]:
        phones.ok("redo")
        assert known() == after
    phones.ok("verify")
    assert [len(each) for each in states] == [0, 2, 3, 4, 4]


def test_backups_in_any_order_are_one_log(tmp_path):
    """Ten backups, growing by a call and with rows cut, from the newest back, twice, and the last alone."""
    logs = []
    rows = [row for row in samples.PHONE for _ in (0,)]
    for n, order in enumerate(([8], range(1, 9), [8, 3, 5, 1, 7, 2, 6, 4, 8, 8])):
        home = tmp_path / f"home{n}"
        samples.home(home, tmp_path / "none")
        cli = Cli(home)
        cli.now = at("2026-11-26 20:30:00")
        for upto in order:
            (tmp_path / "calls.xml").write_text(samples.backup(rows[:upto]))
            cli.ok("import", str(tmp_path / "calls.xml"))
        cli.ok("verify")
        logs.append(cli.ok("calls", "--json").json)
    assert logs[0] == logs[1] == logs[2]
    assert len(logs[0]["calls"]) == 2


def test_a_backup_with_rows_cut_gives_the_same_calls_less_those(tmp_path):
    kept = samples.PHONE[::2]
    whole, cut = (
        {tuple(each) for each in told(tmp_path, "calls.xml", samples.backup(rows))} for rows in (samples.PHONE, kept)
    )
    assert cut == {("12:41:07", 754, "+33612345678"), ("14:01:00", 95)}
    assert cut < whole


def test_taken_and_left_stay_so_when_a_list_is_imported(phones, tmp_path):
    items = {each["started_at"]: each["id"] for each in phones.ok("evidence", samples.DAY, "--json").json["happened"]}
    phones.ok("evidence", "take", items["2026-11-26T11:41:07Z"])
    phones.ok("evidence", "leave", items["2026-11-26T16:31:20Z"])
    for name in ("CallHistory.storedata", "calls-20261126200000.xml", "adb-call-log.txt"):
        phones.ok("import", str(tmp_path / "phone" / name))
    states = {
        each["started_at"]: each["state"] for each in phones.ok("evidence", samples.DAY, "--json").json["happened"]
    }
    assert states["2026-11-26T11:41:07Z"] == "taken"
    assert states["2026-11-26T16:31:20Z"] == "left"
    assert len(phones.log()) == 1
    phones.ok("verify")


def test_a_call_that_was_written_down_before_is_not_billed_again(phones, tmp_path):
    phones.add("acme", f"{samples.DAY} 12:30", f"{samples.DAY} 12:50")
    phones.add("brel", f"{samples.DAY} 17:00", f"{samples.DAY} 18:00")
    phones.ok("import", str(tmp_path / "phone" / "calls-20261126200000.xml"))
    jeanne, luc = phones.ok("calls", "--json").json["calls"]
    phones.ok("calls", "assign", jeanne["id"], "acme")
    assert phones("calls", "assign", luc["id"], "brel").code == 1
    assert [each["exact_seconds"] for each in phones.log()] == [1200, 221, 3600]
    assert phones("calls", "never", luc["id"]).code == 1
    phones.ok("verify")


def test_a_length_beyond_a_day_is_a_mistake_of_the_list(tmp_path):
    assert told(tmp_path, "neu.csv", samples.FRITZ.replace("0:17", "931:17")) == [("15:12:00", 60, "+32474123456")]


def test_an_hour_that_comes_twice_is_in_doubt(tmp_path):
    (tmp_path / "neu.csv").write_text(samples.FRITZ.replace("26.11.26 15:12", "25.10.26 02:30"))
    found = read(tmp_path / "neu.csv", SETTINGS)
    assert isinstance(found, list)
    assert [each.doubtful for each in found] == [False, True]


def test_a_desktop_call_gets_its_client_from_the_phone(phones, tmp_path):
    """A program held the microphone from 16:05:10 to 16:17:42; nobody said whose it was, and the iPhone knows."""
    from clepsydra.calls.call import Rank
    from clepsydra.store.calls import CallRow, keep_call
    from clepsydra.store.opening import open_log

    phones.ok("status")
    row = CallRow("01HEARD", "whatsapp", "WhatsApp", at(f"{samples.DAY} 16:05:10"), at(f"{samples.DAY} 16:17:42"),
                  '["capture", "playback"]', rank=Rank.CERTAIN)  # fmt: skip
    log = open_log(phones.home / "clepsydra.db")
    keep_call(log, row)
    log.close()
    assert ("16:05:10", 752, "brel", ["iphone", "streams", "whatsapp"]) in listed(phones)
    phones.ok("import", str(tmp_path / "phone" / "CallHistory.storedata"))
    call = next(each for each in phones.ok("calls", "--json").json["calls"] if each["id"] == "01HEARD")
    assert (call["suggestion"], call["started_at"]) == ("brel", "2026-11-26T15:05:10Z")


@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: the system calls are not looked at"
)
def test_looking_opens_no_connection_and_writes_nothing(phones, tmp_path):
    trace = tmp_path / "trace"
    command = [sys.executable, "-m", "clepsydra", "--home", str(phones.home), "evidence", samples.DAY]
    phones.ok("status")
    done = subprocess.run(
        ["strace", "-f", "-e", "trace=socket,connect,openat,unlink,rename,mkdir", "-o", str(trace), *command],
        env=os.environ | {"PYTHONPATH": "app", "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = trace.read_text()
    assert "AF_INET" not in text
    assert "calls-20261126200000.xml" in text
    written = re.findall(
        r'(?:openat\([^,]+, |unlink\(|rename\(|mkdir\()"([^"]+)"[^\n]*(?:O_WRONLY|O_RDWR|O_CREAT)', text
    )
    assert [path for path in written if not path.startswith((str(phones.home), "/dev/"))] == []


def sums(folder: Path) -> dict[str, str]:
    """What stands in a folder, to the byte."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_stretch_is_looked_at_alone(tmp_path):
    from clepsydra.evidence.registry import look

    samples.drop(tmp_path)
    settings = Settings(time_zone=PARIS, phone=PhoneSettings(lists=(tmp_path,)))
    noon = Interval(at("2026-11-26 12:00:00"), at("2026-11-26 13:00:00"))
    assert {each.source for each in look(settings, noon).happenings} == {"android", "bluetooth", "iphone"}


def test_numbers_and_buses_are_loaded_only_where_they_are_read(phones):
    """Starting a timer must not wait for what reads telephone numbers."""
    for verb in (["start", "acme"], ["status"], ["stop"]):
        code = (
            "import sys, runpy; sys.argv = ['clepsydra', *sys.argv[1:]]\n"
            "try:\n    runpy.run_module('clepsydra', run_name='__main__')\n"
            "except SystemExit as end:\n    assert not end.code, end.code\n"
            "assert not {'phonenumbers', 'jeepney', 'clepsydra.evidence.lists'} & set(sys.modules)"
        )
        command = [sys.executable, "-c", code, "--home", str(phones.home), *verb]
        environ = os.environ | {"PYTHONPATH": "app"}
        done = subprocess.run(command, env=environ, capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
