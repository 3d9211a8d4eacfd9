"""Every door against files of its program and what they truly say: to the second, entry by entry."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.shape import Answers, Door, DoorSource, Found, LeftOut, RowProblem
from clepsydra.exchange.problems import RowReason

SAMPLES = Path(__file__).parent / "samples"
PARIS = ZoneInfo("Europe/Paris")
NOW = 1_795_881_600  # 28 November 2026, 16:00 UTC


def source(path: Path) -> DoorSource:
    members = {}
    if path.is_dir():
        members = {each.name: each.read_bytes() for each in sorted(path.iterdir())}
        return DoorSource(path.name, b"\n".join(members.values()), members)
    if path.suffix == ".zip":
        with ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    return DoorSource(path.name, path.read_bytes(), members)


def read(path: Path, **answers) -> list[Found | RowProblem | LeftOut]:
    given = source(path)
    (door,) = registry.recognise(given)
    return list(door.read(given, Answers(**{"zone": PARIS, "now": NOW} | answers)))


def told(found: Found) -> dict[str, object]:
    """An entry in the words of a truth."""
    tags = [*([found.task] if found.task else []), *found.tags]
    content: dict[str, object] = {
        "client": found.client,
        "project": found.project,
        "note": found.note,
        "tags": ", ".join(sorted(tag.lstrip("#") for tag in ", ".join(tags).split(", "))),
        "billable": found.billable is not False,
        "channel": (found.channel or "work"),
        "precision": found.precision.value,
    }
    if found.begin is not None and found.end is not None:
        return content | {"start": stamp(found.begin), "end": stamp(found.end), "seconds": found.end - found.begin}
    return content | {"start": str(found.day), "end": None, "seconds": found.seconds}


def stamp(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def truths(name: str, **changes) -> list[dict[str, object]]:
    """What the truth of a sample says, in the same words."""
    held = json.loads((SAMPLES / name / "truth.json").read_text())["sessions"]
    return [
        {
            "client": each["client"] or "",
            "project": each["project"] or "",
            "note": each["note"],
            "tags": ", ".join(sorted(tag.lstrip("#") for tag in ", ".join(each["tags"]).split(", "))),
            "billable": each["billable"] is not False,
            "channel": each["channel"],
            "precision": each["precision"],
            "start": each["start"],
            "end": each["end"],
            "seconds": each.get("exact_seconds", each.get("seconds")),
        }
        | changes
        for each in held
    ]


def same(got: list[dict[str, object]], wanted: list[dict[str, object]]) -> None:
    def key(each: dict[str, object]) -> tuple[str, str, str]:
        return str(each["start"]), str(each["note"]), str(each["seconds"])

    assert sorted(got, key=key) == sorted(wanted, key=key)


WHOLE = {
    "activitywatch/aw-buckets-export.json": {},
    "clio/activities.csv": {},
    "clockify/detailed-dmy-24h.csv": {},
    "clockify/detailed-mdy-12h.csv": {},
    "clockify/detailed-ymd-24h.csv": {},
    "freshbooks/time.csv": {},
    "generic/sheet.csv": {},
    "gtimelog/timelog.txt": {},
    "hamster/hamster.db": {"fold": "first"},
    "hamster/out.xml": {"fold": "first"},
    "harvest/time.csv": {},
    "ics/calendar.ics": {"as_sessions": True},
    "kimai/api.json": {},
    "klog/times.klg": {},
    "ledes/invoice-1998b.txt": {},
    "org/log.org": {},
    "solidtime/export.zip": {},
    "superproductivity/backup.json": {},
    "timecamp/report.csv": {},
    "timeclock/timelog": {},
    "timetrap/timetrap.db": {},
    "timewarrior/data": {},
    "timewarrior/export.json": {},
    "timing/time-entries.json": {},
    "toggl/detailed.csv": {},
    "watson/frames": {},
}
"""The files that hold all of their truth, and what has to be answered for them."""


@pytest.mark.parametrize("file", WHOLE)
def test_a_file_says_what_it_truly_says(file):
    found = read(SAMPLES / file, **WHOLE[file])
    same([told(each) for each in found if isinstance(each, Found)], truths(file.partition("/")[0]))


LEFT = {
    "activitywatch/aw-buckets-export.json": ["running", "watched", "watched"],
    "clio/activities.csv": ["not_time"],
    "gtimelog/timelog.txt": ["absence"] * 3,
    "hamster/hamster.db": ["running"],
    "hamster/out.xml": ["running"],
    "klog/times.klg": ["running"],
    "ledes/invoice-1998b.txt": ["not_time"],
    "org/log.org": ["running"],
    "solidtime/export.zip": ["running"],
    "timeclock/timelog": ["running"],
    "timetagger/records.csv": ["not_time"],
    "timetagger/records.json": ["deleted", "running"],
    "timetrap/timetrap.db": ["archived", "running"],
    "timewarrior/data": ["running"],
    "timewarrior/export.json": ["running"],
    "watson/state": ["running"],
}


@pytest.mark.parametrize("file", LEFT)
def test_what_is_no_session_is_left_out_and_named(file):
    assert sorted(each.why.value for each in read(SAMPLES / file) if isinstance(each, LeftOut)) == LEFT[file]


REFUSED = {
    "clockify/ambiguous.csv": [(1, RowReason.DATE_ORDER)],
    "hamster/hamster.db": [(2, RowReason.TWICE)],
    "klog/times.klg": [(7, RowReason.DEDUCTION), (11, RowReason.TWICE)],
    "org/log.org": [(8, RowReason.TWICE)],
    "timeclock/timelog": [(3, RowReason.TWICE)],
    "watson/log.csv": [(1, RowReason.NOT_THIS_FORM)],
    "watson/log.json": [(1, RowReason.NOT_THIS_FORM)],
}


@pytest.mark.parametrize("file", REFUSED)
def test_what_cannot_be_told_is_refused_with_its_line(file):
    assert [(each.line, each.reason) for each in read(SAMPLES / file) if isinstance(each, RowProblem)] == REFUSED[file]


@pytest.mark.parametrize("file", sorted({*WHOLE, *LEFT} - {*REFUSED}))
def test_nothing_else_is_refused(file):
    assert [each for each in read(SAMPLES / file, **WHOLE.get(file, {})) if isinstance(each, RowProblem)] == []


def test_an_answer_settles_the_order_of_the_dates():
    (day,) = read(SAMPLES / "clockify/ambiguous.csv", dates="dmy")
    (month,) = read(SAMPLES / "clockify/ambiguous.csv", dates="mdy")
    assert isinstance(day, Found)
    assert isinstance(month, Found)
    assert (stamp(day.begin or 0), stamp(month.begin or 0)) == ("2026-04-03T08:23:52Z", "2026-03-04T09:23:52Z")


def test_minutes_on_the_clock_beside_seconds_in_the_duration():
    found = [told(each) for each in read(SAMPLES / "clockify/detailed-dots.csv") if isinstance(each, Found)]
    wanted = truths("clockify", precision="minute")
    wanted[0] |= {"start": "2026-11-23T08:02:00Z", "end": "2026-11-23T09:14:44Z"}
    same(found, wanted)


def test_the_american_form_of_toggl():
    found = [told(each) for each in read(SAMPLES / "toggl/detailed-us.csv") if isinstance(each, Found)]
    same(found, [each | {"tags": "", "billable": True} for each in truths("toggl")[:3]])


def test_kimais_table_has_minutes():
    found = [told(each) for each in read(SAMPLES / "kimai/export.csv") if isinstance(each, Found)]
    wanted = truths("kimai", precision="minute")
    wanted[0] |= {"start": "2026-11-23T08:02:00Z", "end": "2026-11-23T09:14:00Z", "seconds": 4320}
    wanted[2] |= {"end": "2026-11-25T13:50:00Z", "seconds": 3000}
    same(found, wanted)


def test_timetaggers_two_forms():
    exact, minutes = truths("timetagger")
    same([told(each) for each in read(SAMPLES / "timetagger/records.json") if isinstance(each, Found)], [exact])
    table = [told(each) for each in read(SAMPLES / "timetagger/records.csv") if isinstance(each, Found)]
    rounded = exact | {"start": "2026-11-23T08:02:00Z", "end": "2026-11-23T09:15:00Z", "seconds": 4380}
    same(table, [rounded | {"precision": "minute"}, minutes])


def test_what_was_billed_there():
    assert [each.billed_as for each in read(SAMPLES / "harvest/time.csv") if isinstance(each, Found)] == ["", "yes", ""]
    (fee, _) = read(SAMPLES / "ledes/invoice-1998b.txt")
    assert isinstance(fee, Found)
    assert (fee.billed_as, fee.billed_minor) == ("2026-0007", 18750)


@pytest.mark.parametrize("name", registry.NAMES)
def test_every_door_has_its_name_and_asks_known_things(name):
    door = registry.own(name)
    assert isinstance(door, Door)
    assert door.name == name
