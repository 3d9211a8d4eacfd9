"""A disk that refuses a read while a screen is used: it is told, nothing ends, and no screen stands half made."""

import sqlite3

import pytest

from clepsydra.store.database import Log
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.screens.help import Help
from clepsydra.tui.screens.main import Main
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, TableRow
from tests.tui.frames import watch
from tests.tui.one_widget import seen
from tests.tui.workbench import Desk, settled

SCREENS = {"log": "l", "day": "r"}
"""Those that keep what they read first for all that follows, by their keys."""


def refuse(*_, **__):
    raise sqlite3.OperationalError("disk I/O error")


@pytest.fixture
def desk(tmp_path):
    """A morning's work."""
    desk = Desk(tmp_path)
    desk.log("acme", "08:00", "09:00", "API")
    return desk


class Refusing:
    """Counts what the log is asked for, and refuses one of it."""

    def __init__(self, monkeypatch) -> None:
        monkeypatch.setattr(Log, "execute", self._execute(), raising=False)
        self.asked, self.refused = 0, 0

    def begin(self, refused: int) -> None:
        self.asked, self.refused = 0, refused

    def _execute(self):
        def execute(connection, sql, *values):
            self.asked += "busy_timeout" not in sql
            if self.refused and self.asked == self.refused:
                self.refused = 0
                refuse()
            return sqlite3.Connection.execute(connection, sql, *values)

        return execute


async def _answers(pilot) -> bool:
    """Whether a tick and a key still do what they do."""
    pilot.app.tick()
    while not isinstance(pilot.app.screen, Main):
        await pilot.press("escape")
        await settled(pilot)
    await pilot.press("question_mark")
    await settled(pilot)
    return isinstance(pilot.app.screen, Help)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_that_cannot_be_read_is_not_opened_by_halves(desk, monkeypatch, screen):
    log, tui = Refusing(monkeypatch), desk.open()

    async def open_it(pilot):
        await settled(pilot)
        for statement in range(1, 25):
            log.begin(refused=statement)
            await pilot.press(SCREENS[screen])
            await settled(pilot)
            told, log.refused = not log.refused, 0
            assert await _answers(pilot)
            await pilot.press("escape")
            await settled(pilot)
            if not told:
                break

    watch(tui, open_it)
    assert not tui.fault
    assert any("disk I/O error" in said for said in tui.said)


@pytest.mark.parametrize(
    "later",
    [
        lambda tui: tui.screen.call_after_refresh(refuse),
        lambda tui: tui.screen.set_timer(0.001, refuse),
        lambda tui: tui.screen.call_next(refuse),
        lambda tui: tui.call_next(refuse),
    ],
    ids=["after a refresh", "in a timer", "after a dialog of a screen", "after a dialog of the program"],
)
def test_what_is_refused_where_nothing_answers_is_told(desk, later):
    tui = desk.open()

    async def wait(pilot):
        await settled(pilot)
        later(tui)
        await pilot.pause(0.1)
        return await _answers(pilot)

    assert watch(tui, wait)
    assert not tui.fault
    assert any("disk I/O error" in said for said in tui.said)


def test_a_fault_of_the_program_still_ends_it(desk, monkeypatch):
    tui = desk.open()
    monkeypatch.setattr(Clepsydra, "tick", lambda self: None)

    async def fail(pilot):
        await settled(pilot)
        tui.screen.call_after_refresh(lambda: [][0])
        await pilot.pause(0.1)

    with pytest.raises(IndexError):
        watch(tui, fail)
    assert tui.fault


class Damaged:
    """Rows of which only the first page can be read."""

    def count(self) -> int:
        return 300

    def page(self, offset: int, limit: int) -> list[TableRow]:
        if offset:
            refuse()
        return [TableRow(str(index), (Cell(f"row {index}"),)) for index in range(limit)]


def test_a_page_that_cannot_be_read_is_drawn_empty():
    table = LogTable([Column("Name", 10, share=1)], Damaged())
    assert "row 0" in "\n".join(seen(table, (30, 6)))
    table = LogTable([Column("Name", 10, share=1)], Damaged())
    assert "row" not in "\n".join(seen(table, (30, 6), "end"))
