"""Calendars as programs write them: one small file for each thing that one of them does."""

import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.civil import day_bounds, wall
from clepsydra.exchange.calendar import Planned, planned
from tests.clock import PARIS

NOV3 = date(2026, 11, 3)  # a Tuesday
AT_TEN = "DTSTART;TZID=Europe/Paris:20261103T100000\nDTEND;TZID=Europe/Paris:20261103T110000"
ME = frozenset({"Me@example.org"})


def event(*lines: str, uid: str = "u1", title: str = "Review") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"])


def written(folder: Path, *parts: str, name: str = "cal.ics", end: str = "\nEND:VCALENDAR\n") -> Path:
    file = folder / name
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts]) + end
    file.write_bytes(text.replace("\n", "\r\n").encode())
    return file


def on(where: Path, day: date = NOV3, zone: ZoneInfo = PARIS) -> Planned:
    return planned(where, day_bounds(day, zone), zone, ME)


def shown(where: Path, day: date = NOV3) -> list[str]:
    return [
        f"{wall(e.span.started_at, PARIS):%H:%M}-{wall(e.span.ended_at, PARIS):%H:%M} {e.title}"
        for e in on(where, day).events if e.busy
    ]  # fmt: skip


def said(where: Path, day: date = NOV3) -> list[str]:
    return [str(problem) for problem in on(where, day).problems]


WEEKLY = "DTSTART;TZID=Europe/Paris:20261020T100000\nDTEND;TZID=Europe/Paris:20261020T110000\nRRULE:FREQ=WEEKLY"
DAYS = "DTSTART;VALUE=DATE:20261101\nRRULE:FREQ=DAILY;COUNT=5"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART;TZID=Europe/Paris:20261103T100000\nDTEND;TZID=America/New_York:20261103T083000", "10:00-14:30"),
        ("DTSTART;TZID=Europe/Paris:20261103T100000\nDTEND:20261103T103000Z", "10:00-11:30"),
        ("DTSTART:20261103T100000\nDTEND:20261103T110000Z", "10:00-11:00"),
        ("DTSTART;TZID=Europe/Paris:20261103T230000\nDURATION:P1D", "23:00-23:00"),
        ("DTSTART;TZID=Europe/Paris:20261103T100000\nDURATION:PT1H30M\nDURATION:PT2H", "10:00-11:30"),
        ("DTSTART;TZID=Europe/Paris;TZID=Asia/Tokyo:20261103T100000\nDURATION:PT1H", "10:00-11:00"),
        ('DTSTART;TZID="Romance Standard Time":20261103T100000\nDURATION:PT1H', "10:00-11:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20261103T100000\nDURATION:PT1H", "10:00-11:00"),
        ("DTSTART;TZID=UTC+2:20261103T110000\nDURATION:PT1H", "10:00-11:00"),
        (f"{WEEKLY}\nEXDATE;VALUE=DATE:20261027", "10:00-11:00"),
        (f"{WEEKLY}\nRDATE;VALUE=PERIOD:20261103T130000Z/PT2H", "10:00-11:00|14:00-16:00"),
        ("DTSTART:20261001T080000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261103T130000Z/20261103T133000Z",
         "14:00-14:30"),
        (f"{WEEKLY}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=3\nEXRULE:FREQ=WEEKLY;INTERVAL=20", "10:00-11:00"),
        ("DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\nEND:VALARM",
         "10:00-11:00"),
        ("DTSTART;VALUE=DATE:20261103\nDTEND;VALUE=DATE:20261103", "00:00-00:00"),
        ("DTSTART;VALUE=DATE:20261103\nDURATION:PT0S", "00:00-00:00"),
        ("DTSTART:20261103", "00:00-00:00"),
        ("DTSTART;TZID=Europe/Paris:20261103T000000\nDTEND;TZID=Europe/Paris:20261104T000000\n"
         "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "00:00-00:00"),
        (DAYS, "00:00-00:00"),
        ("DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nSTATUS:TENTATIVE\nSTATUS:CANCELLED", "10:00-11:00"),
        ("DTSTART:20260103T090000Z\nDTEND:20260103T100000Z\nRRULE:FREQ=DAILY;UNTIL=20261103T090000Z", "10:00-11:00"),
    ],
)  # fmt: skip
def test_when_it_is(tmp_path, lines, expected):
    file = written(tmp_path, event(lines))
    assert "|".join(each.removesuffix(" Review") for each in shown(file)) == expected
    assert said(file) == []


@pytest.mark.parametrize(
    "lines",
    [
        f"{WEEKLY}\nEXDATE;VALUE=DATE:20261103",
        f"{WEEKLY}\nEXDATE:20261103T100000",  # of nobody's zone: the event's own clock
        f"{WEEKLY}\nEXDATE;TZID=America/New_York:20261103T040000",
        f"{WEEKLY}\nEXDATE:20261027T090000Z,20261103T090000Z",
        f"{WEEKLY}\nEXDATE:20261027T090000Z\nEXDATE;VALUE=DATE:20261103,20261110",
        f"{DAYS}\nEXDATE:20261103T000000",
        f"{DAYS}\nEXDATE:20261102T230000Z",
        f"{WEEKLY}\nEXRULE:FREQ=MONTHLY;BYMONTHDAY=3",
        f"{AT_TEN}\nSTATUS:CANCELLED",
        f"{AT_TEN}\nTRANSP:TRANSPARENT",
        f"{AT_TEN}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        f"{AT_TEN}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:you@example.org\nATTENDEE;PARTSTAT=declined:MAILTO:me@Example.org",
        f"{AT_TEN}\nATTENDEE;PARTSTAT=DECLINED;EMAIL=me@example.org:urn:uuid:1",
    ],
)
def test_what_does_not_take_place(tmp_path, lines):
    file = written(tmp_path, event(lines))
    assert (shown(file), said(file)) == ([], [])


@pytest.mark.parametrize("title", ["Canceled: Review", "Cancelled: Review", "Annulé : point", "Abgesagt: Termin"])
def test_a_title_that_says_called_off_is_believed(tmp_path, title):
    assert shown(written(tmp_path, event(AT_TEN, title=title))) == []


def test_what_somebody_else_declined_still_takes_place(tmp_path):
    lines = f"{AT_TEN}\nATTENDEE;PARTSTAT=DECLINED:mailto:you@example.org"
    assert shown(written(tmp_path, event(lines))) == ["10:00-11:00 Review"]


MOVED = "DTSTART;TZID=Europe/Paris:20261103T140000\nDTEND;TZID=Europe/Paris:20261103T153000"


@pytest.mark.parametrize("instance", [":20261103T090000Z", ";VALUE=DATE:20261103", ":20261103T100000",
                                      ";TZID=America/New_York:20261103T040000"])  # fmt: skip
def test_an_instance_is_moved_however_its_begin_is_written(tmp_path, instance):
    file = written(tmp_path, event(WEEKLY), event(f"RECURRENCE-ID{instance}", MOVED, title="Moved"))
    assert shown(file) == ["14:00-15:30 Moved"]
    assert shown(file, date(2026, 11, 10)) == ["10:00-11:00 Review"]


def test_a_series_goes_on_as_it_was_moved_until_it_is_moved_again(tmp_path):
    ahead = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris"
    file = written(
        tmp_path, event(WEEKLY, "EXDATE;VALUE=DATE:20261117"), event(f"{ahead}:20261103T100000", MOVED, title="Later"),
        event("RECURRENCE-ID:20261110T090000Z", "DTSTART:20261111T060000Z", "DURATION:PT1H", title="Once"),
        event(f"{ahead}:20261201T100000", "DTSTART:20261202T070000Z", "DURATION:PT1H", title="Next day"),
    )  # fmt: skip
    days = {27: (10, []), 3: (11, []), 10: (11, []), 11: (11, []), 17: (11, []), 24: (11, [])}
    found = {day: shown(file, date(2026, month, day)) for day, (month, _) in days.items()}
    assert found == {27: ["10:00-11:00 Review"], 3: ["14:00-15:30 Later"], 10: [], 11: ["07:00-08:00 Once"], 17: [],
                     24: ["14:00-15:30 Later"]}  # fmt: skip
    assert shown(file, date(2026, 12, 8)) == []
    assert shown(file, date(2026, 12, 9)) == ["08:00-09:00 Next day"]


def test_the_highest_sequence_counts_in_whichever_file_it_stands(tmp_path):
    written(tmp_path, event(AT_TEN, "SEQUENCE:2", title="Newest"), name="a.ics")
    written(tmp_path, event(MOVED, "SEQUENCE:1", title="Older"), name="b.ics")
    written(tmp_path, event(MOVED, title="Oldest"), event(MOVED, uid="u2", title="Other"), name="c.ics")
    assert shown(tmp_path) == ["10:00-11:00 Newest", "14:00-15:30 Other"]
    assert [e.title for e in planned([tmp_path / "c.ics", tmp_path / "a.ics"], day_bounds(NOV3, PARIS), PARIS).events] \
        == ["Newest", "Other"]  # fmt: skip


def test_a_cancellation_takes_away_what_it_names_in_other_files(tmp_path):
    written(tmp_path, event(AT_TEN), event(WEEKLY, uid="s", title="Series"), name="a.ics")
    instance = event("RECURRENCE-ID:20261103T090000Z", AT_TEN, "SEQUENCE:1", uid="s", title="Series")
    written(tmp_path, "METHOD:CANCEL", event(AT_TEN, "SEQUENCE:1"), instance, name="b.ics")
    assert shown(tmp_path) == []
    assert shown(tmp_path, date(2026, 11, 10)) == ["10:00-11:00 Series"]


def test_an_older_cancellation_does_not_take_away_a_newer_invitation(tmp_path):
    written(tmp_path, event(AT_TEN, "SEQUENCE:3"), name="a.ics")
    written(tmp_path, "METHOD:CANCEL", event(AT_TEN, "SEQUENCE:2"), name="b.ics")
    assert shown(tmp_path) == ["10:00-11:00 Review"]


ODD = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0400
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0300
TZOFFSETTO:+0400
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize("name", ["Odd", "Europe/Paris"])
def test_the_zone_of_the_file_is_believed_before_its_name(tmp_path, name):
    lines = (f"DTSTART;TZID={name}:20260701T120000", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    file = written(tmp_path, ODD.format(name=name), event(*lines))
    assert shown(file) == ["10:00-11:00 Review"]
    assert shown(file, date(2026, 7, 3)) == ["10:00-11:00 Review"]
    # Between 1:00 and 2:00 UTC of 25 October the file's clocks show 4:00 to 5:00, then 3:00 again.
    assert on(written(tmp_path, ODD.format(name=name), event(f"DTSTART;TZID={name}:20261025T010000",
                                                             f"DTEND;TZID={name}:20261025T050000")),
              date(2026, 10, 24)).events[0].span.seconds == 5 * 3600  # fmt: skip


def test_a_zone_whose_definition_is_broken_is_taken_by_its_name(tmp_path):
    broken = ODD.format(name="Europe/Paris").replace("+0300", "three")
    assert shown(written(tmp_path, broken, event(AT_TEN))) == ["10:00-11:00 Review"]


def test_an_unknown_zone_is_said_and_its_times_are_read(tmp_path):
    file = written(tmp_path, event("DTSTART;TZID=Mars/Olympus:20261103T100000", "DURATION:PT1H"))
    assert shown(file) == ["10:00-11:00 Review"]
    assert said(file) == ["cal.ics: the zone “Mars/Olympus” is unknown; its times are read by your own clock"]


@pytest.mark.parametrize("rest", ["\nBEGIN:VEVENT\nUID:u2\nDTSTART:2026", "\nEND:VCAL", ""])
def test_a_file_cut_at_its_end_gives_what_is_whole(tmp_path, rest):
    file = written(tmp_path, event(AT_TEN), end=rest)
    assert shown(file) == ["10:00-11:00 Review"]
    assert said(file) == ["cal.ics: the file breaks off before its end; what is whole counts"]


def test_an_event_that_never_ends_costs_itself_alone(tmp_path):
    file = written(tmp_path, "BEGIN:VEVENT\nUID:x\nDTSTART:20261103T100000", event(AT_TEN))
    assert shown(file) == ["10:00-11:00 Review"]
    assert said(file) == ["cal.ics: 1 event could not be read"]


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        ("Réunion \u2028 à deux".encode(), ["Réunion à deux"]),
        ("Réunion".encode("cp1252"), ["Réunion"]),
        (b"R\xc3\r\n \xa9union", ["Réunion"]),
        (b"a\\, b\\; c\\nd \\\\ e", ["a, b; c d \\ e"]),
    ],
)
def test_letters_arrive_as_they_were_meant(tmp_path, content, titles):
    file = written(tmp_path, event(AT_TEN, title="TITLE"))
    file.write_bytes(file.read_bytes().replace(b"TITLE", content))
    assert [e.title for e in on(file).events] == titles
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\r\n", b"\n"))
    assert [e.title for e in on(file).events] == titles


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), lambda path: path.mkdir()])
def test_what_is_no_plain_file_is_one_line_and_no_wait(tmp_path, make):
    place = tmp_path / "folder.ics"
    place.mkdir()
    make(place / "odd.ics")
    assert said(place) == ["odd.ics: this is no plain file"]


def test_a_file_beyond_all_measure_is_not_read(tmp_path):
    file = tmp_path / "large.ics"
    file.touch()
    os.truncate(file, 100 * 1024 * 1024)
    assert said(file) == ["large.ics: the file is larger than 16777216 bytes"]


def test_nesting_without_end_is_one_line(tmp_path):
    file = written(tmp_path, "BEGIN:X\n" * 100_000)
    assert said(file) == ["cal.ics: this is not a calendar file (iCalendar)"]
