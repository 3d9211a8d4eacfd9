"""The log in the formats of other programs: exact, inert, and read by those programs where they are there."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.session import Channel, Session
from clepsydra.exchange.doors import ics as ics_door
from clepsydra.exchange.doors import toggl as toggl_door
from clepsydra.exchange.doors.shape import Answers, DoorSource, Found
from clepsydra.exchange.exits import registry
from clepsydra.exchange.exits.shape import About, Exit, LogRow
from clepsydra.exchange.plugins import BrokenFormat
from clepsydra.language.translator import translator

PARIS = ZoneInfo("Europe/Paris")
NASTY = 'He said "ok"; then | #1 =1+1 \\ <b>été</b> \x1b[31m\u202e 日本 🚀\nsecond line'
AUTUMN = 1_792_888_200
"""25 October 2026, 02:30 in Paris for the first time."""


def session(number: int, begin: int, seconds: int, note: str = "", **more) -> Session:
    return Session(
        id=f"01TEST{number:020}", client=more.pop("client", "acme"), project=more.pop("project", "default"),
        channel=Channel.WORK, started_at=begin, ended_at=begin + seconds, zone="Europe/Paris", day=739_000, note=note,
        **more,
    )  # fmt: skip


ROWS = [
    LogRow(session(1, 1_774_744_200, 3600, "spring", project="api"), "Acme SARL", "API rewrite"),
    LogRow(session(2, AUTUMN, 3600, "autumn"), "Acme SARL", "default", "2026-0001"),
    LogRow(session(3, 1_795_420_931, 4364, NASTY, client="a_b"), "Brel; & | Cie"),
    LogRow(session(4, 1_795_420_931, 93_600, "(x) ! *", client="a-b"), '* Étude "Doré"'),
    LogRow(session(5, 1_795_420_931, 0), "Acme SARL"),
]
TOTAL = 3600 + 3600 + 4364 + 93_600


def written(name: str, rows=ROWS, lang: str = "en") -> bytes:
    found = registry.named(name)
    assert isinstance(found, Exit)
    stream = io.BytesIO()
    about = About(
        translator(lang), 1_795_881_600, "Me", "me@example.test", (("v", ("client", "exact_seconds", "day")),)
    )
    assert found.write(iter(rows), stream, about) in (len(rows), 0)
    return stream.getvalue()


def program(name: str) -> str:
    """The path of a real program; the test is skipped, and says so, where it is not installed."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not installed: its reading of our files was not tried")
    return found


def run(*words: str) -> str:
    words_of = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=words_of)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def file(tmp_path):
    def put(name: str, content: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return put


def test_hledger_reads_every_second(file):
    journal = file("log.journal", written("hledger"))
    run(program("hledger"), "-f", journal, "check")
    total = run(program("hledger"), "-f", journal, "balance", "-N", "--depth", "1", "--format", "%(total)")
    assert total.split()[:2] == [str(TOTAL), "s"]
    listed = run(program("hledger"), "-f", journal, "print", "tag:start=2026-10-25")
    assert "autumn" in listed
    assert f"({ROWS[1].session.id})" in listed


def test_ledger_reads_the_same_journal(file):
    journal = file("log.journal", written("hledger"))
    shown = run(
        program("ledger"), "-f", journal, "balance", "--depth", "1", "--no-total", "--format", "%(quantity(total))"
    )
    assert round(float(shown.strip())) == TOTAL or f"{TOTAL / 3600:.2f}" in shown


def test_beancount_takes_every_name(file):
    journal = file("log.beancount", written("beancount"))
    assert run(program("bean-check"), journal) == ""
    loader = pytest.importorskip("beancount.loader")
    entries, errors, _ = loader.load_file(journal)
    assert errors == []
    posted = [p for e in entries if hasattr(e, "postings") for p in e.postings if p.account.startswith("Expenses")]
    assert sum(p.units.number for p in posted) == TOTAL
    assert len({p.account for p in posted}) == 4, "a_b and a-b are two accounts"


def test_a_calendar_comes_back_through_its_door():
    content = written("ics")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    answers = Answers(zone=PARIS, now=1_800_000_000, as_sessions=True)
    found = [each for each in ics_door.DOOR.read(DoorSource("log.ics", content), answers) if isinstance(each, Found)]
    assert sorted((each.begin, each.end) for each in found) == sorted(
        (row.session.started_at, row.session.ended_at) for row in ROWS
    )
    assert {each.key for each in found} == {f"{row.session.id}@clepsydra" for row in ROWS}


@settings(max_examples=60)
@given(
    begins=st.lists(st.integers(1_767_225_600, 1_798_761_599), min_size=1, max_size=8),
    seconds=st.integers(1, 90_000),
    note=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(str.strip),
)
def test_toggls_columns_come_back_exactly(begins, seconds, note):
    rows = [LogRow(session(i, begin, seconds, note), "Acme") for i, begin in enumerate(begins)]
    content = written("toggl", rows)
    for place, each in enumerate(toggl_door.DOOR.read(DoorSource("x.csv", content), Answers(zone=PARIS))):
        assert isinstance(each, Found) or place is not None
        if isinstance(each, Found):
            assert (each.begin, each.end) == (begins[place], begins[place] + seconds)
            assert each.note == note


def test_a_sheet_has_numbers_and_no_formula():
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed: no sheet was written")
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert f"<v>{4364 / 86400!r}"[:12] in sheet
    assert "Brel; &amp; | Cie" in texts


def test_a_page_is_one_file_without_script_and_every_text_is_data():
    page = written("html", lang="fr").decode()
    assert '<html lang="fr">' in page
    assert "<script" not in page
    assert "<b>été" not in page
    assert "&lt;b&gt;été" in page
    assert "\x1b" not in page
    assert "29:12:44" in page, "what it adds up to"


def test_datasette_is_told_units_and_facets():
    content = json.loads(written("datasette"))
    table = content["databases"]["clepsydra"]["tables"]["v"]
    assert table == {"facets": ["client"], "columns": {"exact_seconds": "in seconds"}, "sort_desc": "day"}


def test_the_own_csv_carries_the_statement():
    lines = written("csv").decode().splitlines()
    assert lines[0].endswith("statement,precision")
    assert lines[2].endswith(",2026-0001,")


def test_another_package_adds_an_exit_and_ours_wins(monkeypatch):
    class Point:
        def __init__(self, name: str, value: object) -> None:
            self.name, self._value = name, value

        def load(self) -> object:
            if isinstance(self._value, Exception):
                raise self._value
            return self._value

    other = Exit("other", ".txt", lambda rows, stream, about: 0)
    points = [Point("csv", other), Point("other", other), Point("broken", ImportError("no such module"))]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points if group == "clepsydra.exports" else [])
    assert registry.named("other") is other
    assert registry.named("csv") is not other
    assert registry.named("broken") == BrokenFormat("broken", "ImportError: no such module")
    assert registry.named("nothing") is None


def test_a_statement_as_a_page():
    from clepsydra.exchange.statement.registry import content_of
    from tests.exchange.samples import SELLER, statement

    page = content_of(statement(), "html", SELLER, translator("fr")).decode()
    assert "<script" not in page
    assert "Camille Moreau EI" in page
    assert page.count("<tr") > 4
