"""A disk that refuses a read while a screen is used: it is told, nothing ends, and no screen stands half made."""

import sqlite3

import pytest
from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from clepsydra.settings.home import Home
from clepsydra.store.database import Log
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.screens.client_form import ClientForm
from clepsydra.tui.screens.help import Help
from clepsydra.tui.screens.main import Main
from clepsydra.tui.screens.welcome import Welcome
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, TableRow
from tests.tui.frames import watch
from tests.tui.one_widget import seen
from tests.tui.sample_app import Listening
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


@pytest.mark.parametrize(("screen", "key"), [("l", "enter"), ("l", "slash"), ("r", "enter"), ("P", "down"), ("I", "d")])
def test_a_key_whose_reading_was_refused_leaves_its_screen_usable(desk, monkeypatch, screen, key):
    log, tui = Refusing(monkeypatch), desk.open()

    async def use(pilot):
        await settled(pilot)
        await pilot.press(screen)
        await settled(pilot)
        here = tui.screen
        assert not isinstance(here, Main)
        for statement in range(1, 12):
            log.begin(refused=statement)
            await pilot.press(key)
            await settled(pilot)
            told, log.refused = not log.refused, 0
            while tui.screen is not here:
                await pilot.press("escape")
                await settled(pilot)
            await pilot.press("f1")
            await settled(pilot)
            assert isinstance(tui.screen, Help)
            await pilot.press("escape")
            await settled(pilot)
            if not told:
                break

    watch(tui, use)
    assert not tui.fault


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


class Reader(Widget):
    """Reads when it is asked to, of which the first time is refused."""

    class Asked(Message):
        pass

    read = 0

    def on_reader_asked(self) -> None:
        self.read += 1
        if self.read == 1:
            refuse()


def test_a_widget_that_was_refused_answers_what_comes_next(desk):
    tui, reader = desk.open(), Reader()

    async def ask(pilot):
        await settled(pilot)
        await tui.screen.mount(reader)
        for _ in range(3):
            reader.post_message(Reader.Asked())
        await settled(pilot)
        return await _answers(pilot)

    assert watch(tui, ask)
    assert (reader.read, tui.fault) == (3, "")
    assert any("disk I/O error" in said for said in tui.said)


class Unread(Widget):
    """Reads while it is made: before what stands in it is, or when it stands."""

    def __init__(self, begin: str) -> None:
        super().__init__()
        self.begin = begin

    def compose(self):
        if self.begin == "compose":
            refuse()
        yield Reader()

    def on_mount(self) -> None:
        self.query_one(Reader)
        if self.begin == "mount":
            refuse()


class Around(Screen[None]):
    """A screen with something in it that cannot be read."""

    def __init__(self, begin: str) -> None:
        super().__init__()
        self.begin = begin

    def compose(self):
        if self.begin == "screen":
            refuse()
        yield Unread(self.begin)

    def on_mount(self) -> None:
        self.query_one(Reader)

    def on_screen_resume(self) -> None:
        self.query_one(Reader)

    def on_key(self, event: events.Key) -> None:
        self.query_one(Reader)


@pytest.mark.parametrize("begin", ["compose", "mount", "screen"])
def test_what_cannot_be_read_while_it_is_made_is_not_shown_by_halves(desk, begin):
    tui = desk.open()
    left = []

    async def open_it(pilot):
        await settled(pilot)
        tui.push_screen(Around(begin), left.append)
        await pilot.press("down")
        await settled(pilot)
        assert isinstance(tui.screen, Main)
        return await _answers(pilot)

    assert watch(tui, open_it)
    assert (left, tui.fault) == ([None], "")
    assert any("disk I/O error" in said for said in tui.said)


def test_a_main_screen_that_cannot_be_made_ends_the_program_with_the_reason(desk, monkeypatch):
    monkeypatch.setattr(Main, "compose", refuse)
    tui = desk.open()

    async def wait(pilot):
        await pilot.pause(0.1)

    watch(tui, wait)
    assert (tui.return_code, tui.fault) == (1, "")


def test_the_first_screen_of_an_empty_home_tells_what_is_refused(tmp_path, monkeypatch):
    home = Home(tmp_path / "home")
    home.ensure()
    tui = Listening(home, {}, language="en")
    choose, asked = Welcome._choose, []

    def refused_once(screen, what):
        asked.append(what)
        if len(asked) == 1:
            refuse()
        choose(screen, what)

    monkeypatch.setattr(Welcome, "_choose", refused_once)

    async def begin(pilot):
        await settled(pilot)
        assert isinstance(tui.screen, Welcome)
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(tui.screen, Welcome)
        await pilot.press("n")
        await settled(pilot)
        return isinstance(tui.screen, ClientForm)

    assert watch(tui, begin)
    assert (asked, tui.fault) == (["new", "new"], "")
    assert any("disk I/O error" in said for said in tui.said)


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
