"""Evidence from outside the log: calendars as real programs write them, broken ones, and commits."""

import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.civil import day_bounds, wall
from clepsydra.domain.interval import Interval
from clepsydra.exchange import commits
from clepsydra.exchange.calendar import Planned, planned
from clepsydra.exchange.commits import written
from tests.clock import PARIS, at

CALENDARS = Path(__file__).parent / "calendars"
TUESDAY = date(2026, 11, 24)


def on(day: date, name: str, zone: ZoneInfo = PARIS) -> Planned:
    return planned(CALENDARS / name, day_bounds(day, zone), zone)


def shown(found: Planned, zone: ZoneInfo = PARIS) -> list[str]:
    return [
        f"{wall(e.span.started_at, zone):%H:%M}-{wall(e.span.ended_at, zone):%H:%M} {e.title}" for e in found.events
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 1), ["09:30-10:00 Acme stand-up"]),
        (date(2026, 10, 22), ["09:30-10:00 Acme stand-up"]),  # summer time
        (date(2026, 10, 27), ["09:30-10:00 Acme stand-up"]),  # winter time, the same hour on the wall
        (date(2026, 11, 18), []),  # a Wednesday
        (date(2026, 11, 17), []),  # taken out
        (TUESDAY, ["14:00-14:30 Acme stand-up (moved)"]),
        (date(2026, 11, 26), []),  # cancelled
        (date(2026, 12, 31), ["09:30-10:00 Acme stand-up"]),
        (date(2027, 1, 5), []),  # after its last day
        (date(2026, 8, 27), []),  # before its first
    ],
)
def test_a_recurring_event_with_exceptions(day, expected):
    assert shown(on(day, "google.ics")) == expected


def test_a_whole_day_is_a_civil_day_of_the_person():
    tokyo = ZoneInfo("Asia/Tokyo")
    [event] = [e for e in on(date(2026, 12, 25), "google.ics", tokyo).events if e.all_day]
    assert event.span == Interval(at("2026-12-24 00:00", tokyo), at("2026-12-27 00:00", tokyo))


def test_whole_days_end_with_their_last_day():
    titles = {day: [e.title for e in on(date(2026, 12, day), "google.ics").events if e.all_day] for day in (23, 26, 27)}
    assert titles == {23: [], 26: ["Holidays"], 27: []}


def test_zones_of_the_file_itself_and_zones_by_their_other_names():
    found = on(TUESDAY, "outlook.ics")
    assert shown(found) == ["11:00-12:00 Quarterly review", "16:00-16:30 Standard name of a zone"]
    assert "Brel & Cie" in found.events[0].about
    assert found.problems == ()


def test_floating_times_are_the_persons_and_utc_is_utc():
    assert shown(on(TUESDAY, "apple.ics"))[:2] == ["08:00-08:30 On some days", "12:30-13:30 Lunch"]
    tokyo = ZoneInfo("Asia/Tokyo")
    assert "12:30-13:30 Lunch" in shown(on(TUESDAY, "apple.ics", tokyo), tokyo)
    [call] = [e for e in on(TUESDAY, "apple.ics").events if e.title.startswith("Call")]
    assert (call.span.started_at, call.span.seconds) == (at("2026-11-24 17:00"), 45 * 60)
    assert call.title.endswith("folds in the middle of a word as the standard wants it")


def test_what_is_broken_is_counted_in_one_line_and_the_rest_is_read():
    found = on(TUESDAY, "partly.ics")
    assert shown(found) == ["09:00-10:00 Good one"]
    assert [str(problem) for problem in found.problems] == ["partly.ics: 5 events could not be read"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello, world\n",
        bytes(range(256)) * 20,
        b"BEGIN:VEVENT\r\nDTSTART:20261124T090000\r\nEND:VEVENT\r\n",
        b"<html><body>Sign in to see this calendar</body></html>",
    ],
)
def test_a_file_that_is_no_calendar_is_one_clear_line(tmp_path, content):
    file = tmp_path / "broken.ics"
    file.write_bytes(content)
    found = planned(file, day_bounds(TUESDAY, PARIS), PARIS)
    assert found.events == ()
    assert [str(p) for p in found.problems] == ["broken.ics: this is not a calendar file (iCalendar)"]


def test_a_folder_is_all_its_calendars_and_a_missing_one_is_told(tmp_path):
    for name in ("apple.ics", "outlook.ics"):
        shutil.copy(CALENDARS / name, tmp_path)
    (tmp_path / "notes.txt").write_text("nothing")
    assert len(planned(tmp_path, day_bounds(TUESDAY, PARIS), PARIS).events) == 5
    [problem] = planned(tmp_path / "none.ics", day_bounds(TUESDAY, PARIS), PARIS).problems
    assert str(problem) == "none.ics: there is no such calendar"


def test_a_changed_file_is_read_again(tmp_path):
    file = tmp_path / "mine.ics"
    shutil.copy(CALENDARS / "outlook.ics", file)
    bounds = day_bounds(TUESDAY, PARIS)
    assert len(planned(file, bounds, PARIS).events) == 2
    shutil.copy(CALENDARS / "apple.ics", file)
    assert len(planned(file, bounds, PARIS).events) == 3


# -- commits


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "api"
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "config", "user.email", "me@example.com")
    git(folder, "config", "user.name", "Me")
    for when, who, what in (
        ("2026-11-24T10:30:00+01:00", "me@example.com", "Read the file"),
        ("2026-11-24T11:45:00+01:00", "me@example.com", "Écrire « tout »"),
        ("2026-11-24T11:50:00+01:00", "else@example.com", "By somebody else"),
        ("2026-11-23T11:45:00+01:00", "me@example.com", "The day before"),
    ):
        committed(folder, when, who, what)
    return folder


def git(folder: Path, *words: str, **more: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", **more}
    subprocess.run(["git", "-C", str(folder), *words], check=True, env=environment, capture_output=True)


def committed(folder: Path, when: str, who: str, what: str) -> None:
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": "2026-11-25T09:00:00+01:00", "GIT_AUTHOR_EMAIL": who}
    git(folder, "commit", "-q", "--allow-empty", "-m", what, **dates)


def test_own_commits_count_by_the_time_they_were_written(repository):
    found = written([repository], day_bounds(TUESDAY, PARIS))
    assert [(c.at, c.subject, c.repository) for c in found.commits] == [
        (at("2026-11-24 10:30"), "Read the file", "api"),
        (at("2026-11-24 11:45"), "Écrire « tout »", "api"),
    ]
    assert found.problems == ()
    assert written([repository], day_bounds(TUESDAY + timedelta(days=1), PARIS)).commits == ()


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_line_ends_of_other_alphabets_in_a_subject_break_nothing(repository, end):
    committed(repository, "2026-11-24T10:40:00+01:00", "me@example.com", f"fix {end} it")
    committed(repository, "2026-11-24T10:50:00+01:00", "me@example.com", "long " * 10_000)
    found = written([repository], day_bounds(TUESDAY, PARIS))
    assert found.commits[1].subject == "fix it"
    assert found.commits[2].subject.startswith("long long")
    assert len(found.commits[2].subject) < 400
    assert (len(found.commits), found.problems) == (4, ())


def test_a_hook_of_another_repository_does_not_change_whose_commits_are_read(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert len(written([repository], day_bounds(TUESDAY, PARIS)).commits) == 2


def test_a_folder_without_a_repository_and_a_missing_one_are_told(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    found = written([tmp_path / "plain", tmp_path / "none", repository], day_bounds(TUESDAY, PARIS))
    assert len(found.commits) == 2
    said = [str(p) for p in found.problems]
    assert said[0].endswith("plain: git cannot read this repository")
    assert said[1].endswith("none: there is no such repository")


def test_without_git_one_line_says_so(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    found = commits.written([repository, repository], day_bounds(TUESDAY, PARIS))
    assert found.commits == ()
    assert [str(p) for p in found.problems] == ["git is not installed: commits suggest nothing"]
