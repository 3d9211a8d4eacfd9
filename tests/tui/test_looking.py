"""A document in the system's viewer, and the ways from what is missing to where it is mended."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents import exporting, reading
from clepsydra.tui.dialogs import Question
from clepsydra.tui.screens.client import ClientScreen
from clepsydra.tui.screens.settings import SettingsScreen
from clepsydra.tui.screens.statement import Statements
from tests.tui.frames import watch
from tests.tui.test_money_screen import home as home
from tests.tui.test_money_screen import prepared, pressed
from tests.tui.workbench import Desk, settled, text_of

linux_only = pytest.mark.skipif(os.uname().sysname != "Linux", reason="the viewer is found another way there")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A morning's work, with the folder for what is looked at in the test's own."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    desk = Desk(tmp_path)
    desk.log("acme", "08:00", "09:00", "API")
    return desk


def viewer(folder: Path, monkeypatch, script: str) -> Path:
    """Put a program of the viewer's name on the path; the file that it may write to."""
    programs = folder / "programs"
    programs.mkdir()
    taken = folder / "taken"
    (programs / "xdg-open").write_text(f"#!/bin/sh\n{script.format(taken=taken)}\n")
    (programs / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return taken


def looked(tui, *keys):
    async def look(pilot):
        await pilot.press("p")
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        return tui.said

    return watch(tui, look)


@linux_only
@pytest.mark.parametrize("issued", [False, True])
def test_the_viewer_gets_a_private_pdf(desk, tmp_path, monkeypatch, issued):
    taken = viewer(tmp_path, monkeypatch, 'printf %s "$1" > {taken}; echo noise; echo noise >&2')
    if issued:
        statements.issue(desk.ledger, "acme")
    said = looked(desk.open(), *(["tab", "o"] if issued else ["o"]))
    path = Path(taken.read_text())
    assert path.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.name.startswith("2026-0001-" if issued else "draft-")
    assert said[-1].endswith("is open in your viewer")
    if issued:
        kept = desk.home.path / "documents"
        assert path.read_bytes() in [each.read_bytes() for each in kept.rglob("*.pdf")]


@linux_only
@pytest.mark.parametrize("script", ["exit 3", None])
def test_without_a_viewer_it_is_said_where_the_document_is(desk, tmp_path, monkeypatch, script):
    if script:
        viewer(tmp_path, monkeypatch, script)
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    said = looked(desk.open(), "o")[-1]
    assert said.startswith("No viewer could be opened; the document is /")
    assert Path(said.split(" is ")[-1]).read_bytes().startswith(b"%PDF")


@linux_only
def test_money_shows_a_draft_and_an_issued_document(home, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    taken = viewer(tmp_path, monkeypatch, 'cat "$1" >> {taken}; echo "$1" >> {taken}.names')
    tui = prepared(home, lang="en")

    async def look(pilot):
        await pressed(pilot, "acme", "enter", "o")
        await settled(pilot)
        await pilot.press("i", "enter")
        await settled(pilot)
        await pilot.press("o")
        await settled(pilot)

    watch(tui, look, (110, 36))
    (made,) = reading.listed(tui.ledger)
    names = [Path(line) for line in Path(f"{taken}.names").read_text().split()]
    assert [path.name for path in names] == ["draft-acme-1.pdf", f"{made.number}.pdf"]
    issued = exporting.bytes_of(tui.ledger, reading.row(tui.ledger, made.number), ".pdf")
    assert taken.read_bytes() == names[0].read_bytes() + issued


@linux_only
def test_money_shows_a_statement_that_is_on_no_invoice(desk, tmp_path, monkeypatch):
    taken = viewer(tmp_path, monkeypatch, 'printf %s "$1" > {taken}')
    statements.issue(desk.ledger, "acme")
    tui = desk.open()

    async def look(pilot):
        await pilot.press("P", "3", "o")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)

    watch(tui, look)
    shown = Path(taken.read_text())
    (written,) = desk.home.statements_dir.glob("*.pdf")
    assert shown.name == written.name
    assert shown.read_bytes() == written.read_bytes()
    assert shown.read_bytes().startswith(b"%PDF")


def test_the_question_names_the_keys_that_mend_and_takes_them(desk):
    tui = desk.open()

    async def mend(pilot):
        await pilot.press("p", "i")
        await settled(pilot)
        asked = text_of(tui.screen)
        seen = []
        for key in ("comma", "C"):
            await pilot.press(key)
            await settled(pilot)
            seen.append(type(tui.screen))
            await pilot.press("escape")
            await settled(pilot)
            seen.append(type(tui.screen))
            await pilot.press("i")
            await settled(pilot)
            seen.append(type(tui.screen))
        return asked, seen

    asked, seen = watch(tui, mend, (80, 24))
    assert "! The sender’s address is missing – “,” the settings" in asked
    assert "! The client’s address is missing – “C” the client’s terms" in asked
    assert "issue 2026-0001" in asked
    assert seen == [SettingsScreen, Statements, Question, ClientScreen, Statements, Question]
    assert statements.count(tui.ledger) == 0


@pytest.mark.parametrize(("key", "shown"), [("l", "LogScreen"), ("r", "DayScreen"), ("f2", "SettingsScreen")])
def test_the_preview_leads_to_what_it_is_made_of(desk, key, shown):
    tui = desk.open()

    async def go(pilot):
        await pilot.press("p", key)
        await settled(pilot)
        return type(tui.screen).__name__

    assert watch(tui, go) == shown
