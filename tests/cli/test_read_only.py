"""A home that cannot be written, a backup on a read-only disk or somebody else's folder: all can be read, nothing is
changed, and what refuses says so in one line.
"""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clepsydra.store.database import connect
from tests.cli.conftest import NOW, Answer

APP = Path(__file__).parents[2] / "app"

POWERLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"]
"""Root writes everywhere; so runs a command without that power."""

PREFIX = POWERLESS if os.geteuid() == 0 else []

pytestmark = pytest.mark.skipif(bool(PREFIX) and not shutil.which(PREFIX[0]), reason="root may write everywhere")

ASK = f"""
import io, json, sys
from clepsydra.cli.context import Streams
from clepsydra.cli.main import main
def asked(words):
    out, err = io.StringIO(), io.StringIO()
    environ = {{"CLEPSYDRA_HOME": sys.argv[1], "TERM": "dumb"}}
    code = main(words, environ, Streams(io.StringIO(), out, err), lambda: {NOW})
    return code, out.getvalue(), err.getvalue()
print(json.dumps([asked(words) for words in json.loads(sys.argv[2])]))
"""

READING = [
    ["status"],
    ["log", "--json"],
    ["report", "totals", "--json"],
    ["report", "leaks", "--json"],
    ["report", "rates"],
    ["report", "aging"],
    ["simulate", "--model", "up", "--step", "6m"],
    ["clients"],
    ["clients", "show", "acme"],
    ["clients", "check"],
    ["statement", "list"],
    ["statement", "show", "2026-0001"],
    ["statement", "preview", "acme"],
    ["calls"],
    ["day"],
    ["review"],
    ["export", "csv"],
    ["verify"],
]

CHANGING = [
    ["start", "acme"],
    ["add", "acme", "9:00", "10:00"],
    ["undo"],
    ["statement", "issue", "acme"],
    ["day", "close", "2026-11-20"],
    ["clients", "new", "Zola"],
    ["backup"],
]


def ask(home: Path, *commands: list[str]) -> list[Answer]:
    """What a process without special powers answers to each command."""
    command = [*PREFIX, sys.executable, "-c", ASK, str(home), json.dumps(commands)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(APP), "LANG": "C.UTF-8"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [Answer(*each) for each in json.loads(ended.stdout)]


@pytest.fixture
def home(cli):
    """A home with a statement and open work, closed against writing for the test."""
    cli.add("acme", "2026-11-20 9:00", "2026-11-20 10:10")
    cli.ok("statement", "issue", "acme")
    cli.add("acme", "9:00", "10:10")
    yield cli.home
    cli.home.chmod(0o700)


def close(home: Path) -> None:
    for each in (*home.rglob("*"), home):
        each.chmod(0o500 if each.is_dir() else 0o400)


def finding(answer: Answer) -> list[dict[str, str]]:
    return [check for check in answer.json["checks"] if check["check"] == "log"]


def test_every_reading_command_answers_as_it_does_on_a_home_that_can_be_written(home):
    written = ask(home, *READING)
    assert [answer.code for answer in written] == [0] * len(READING)
    close(home)
    assert ask(home, *READING) == written


def test_a_folder_alone_that_cannot_be_written_changes_nothing_either(home):
    written = ask(home, *READING)
    home.chmod(0o500)
    assert ask(home, *READING) == written


def test_every_change_is_refused_in_one_line(home):
    close(home)
    for answer in ask(home, *CHANGING):
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), answer
        assert "written" in answer.err or "not allowed" in answer.err


def test_a_refused_file_is_named_as_the_person_knows_it(home):
    (home / "clients").chmod(0o500)
    (home / "backups").chmod(0o500)
    made, backed_up = ask(home, ["clients", "new", "Zola"], ["backup"])
    assert made.err.startswith(f"clepsydra: {home / 'clients' / 'zola.toml'}: ")
    assert backed_up.err.startswith(f"clepsydra: {home / 'backups' / 'clepsydra-'}")
    assert ".tmp" not in made.err
    assert ".partial" not in backed_up.err


def test_the_doctor_calls_it_read_only_and_not_damaged(home):
    close(home)
    (answer,) = ask(home, ["doctor", "--json"])
    assert [(each["grade"], each["what"].partition(":")[0]) for each in finding(answer)] == [
        ("good", "the log is sound"),
        ("bad", "the log can be read here and not written"),
    ]


def test_what_still_waits_beside_the_log_is_never_passed_over(home):
    copy = home.with_name("copy")
    with closing(connect(home / "clepsydra.db")) as log:
        log.execute("PRAGMA wal_autocheckpoint = 0")
        log.execute("UPDATE session SET note = 'not yet in the file' WHERE statement IS NULL")
        shutil.copytree(home, copy)  # as a crash leaves it: a change that is not yet in the file
    (copy / "clepsydra.db-shm").unlink()
    close(copy)
    said, doctor = ask(copy, ["log", "--json"], ["doctor", "--json"])
    copy.chmod(0o700)
    assert said.code == 0
    assert "not yet in the file" in {each["note"] for each in json.loads(said.out)["sessions"]}
    assert [each["what"].partition(":")[0] for each in finding(doctor)] == [
        "the log is sound", "the log can be read here and not written",
    ]  # fmt: skip
