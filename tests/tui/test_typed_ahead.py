"""Keys typed ahead go where they were meant; what is no text ends nothing and is typed nowhere."""

from contextlib import closing
from types import SimpleNamespace

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color

from clepsydra.language.plain import pasted
from clepsydra.ledger import timers
from clepsydra.ledger.timers import Work
from clepsydra.store import readers, sessions
from clepsydra.tui.keys.terminal_input import known, without_unknown
from clepsydra.tui.reading_thread import ANSWER
from clepsydra.tui.widgets.only_text import OnlyText
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled


@pytest.mark.parametrize(
    ("typed", "whole", "rest"),
    [
        ("abc", "abc", ""),
        ("a\x1b[Ab", "a\x1b[Ab", ""),  # a key
        ("a\x1b[99;99zb", "ab", ""),  # nobody knows it: it would be typed as text
        ("a\x1b[?62;22cb", "ab", ""),  # what a terminal says of itself
        ("a\x1b]11;rgb:00/00/00\x07b\x1bP1$r0m\x1b\\c", "abc", ""),
        ("a\x1b[<0;10;10Mb", "a\x1b[<0;10;10Mb", ""),  # the mouse
        ("a\x1b[M !!b", "a\x1b[M !!b", ""),
        ("a\x1b[99999999999ub", "ab", ""),  # no character has that number
        ("a\x1b[55296ub", "ab", ""),  # half of a pair
        ("a\x1b[97;5ub", "a\x1b[97;5ub", ""),
        ("a\x1b[200~x\x1b[201~", "a\x1b[200~x\x1b[201~", ""),
        ("a\x1b", "a", "\x1b"),
        ("a\x1b[9", "a", "\x1b[9"),
        ("a\x1b]52;c;", "a", "\x1b]52;c;"),
    ],
)
def test_what_nobody_knows_is_typed_nowhere(typed, whole, rest):
    assert without_unknown(typed) == (whole, rest)


def test_a_sequence_cut_by_a_read_is_one_all_the_same():
    _whole, rest = without_unknown("a\x1b[9")
    assert without_unknown(rest + "9;99zb") == ("b", "")
    assert known("\x1b[A")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four\n", "one\ntwo\nthree\nfour"),
        ("a\tb\x1b[31mc\x00\u202ed", "a b[31mcd"),
        ("👩‍👩‍👧 é", "👩‍👩‍👧 é"),
    ],
)
def test_a_paste_keeps_all_its_text(text, kept):
    assert pasted(text) == kept


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


async def at_once(pilot, *what):
    """Keys and pastes that are all there before the first is looked at."""
    for each in what:
        pilot.app.post_message(each if isinstance(each, events.Paste) else key(each))
    for _ in range(6):
        await settled(pilot)


def key(name):
    return events.Key(name, {"enter": "\r", "escape": "\x1b", "space": " "}.get(name, name))


@pytest.mark.parametrize("behind", ["m5", "xyz", "u", "n"])
def test_what_is_typed_behind_enter_does_not_get_into_what_enter_took(desk, behind):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 600)

    async def note(pilot):
        await settled(pilot)
        await at_once(pilot, "n", *"hello", "enter", *behind)

    watch(desk.open(), note)
    noted = [
        session.note for session in sessions.select(desk.ledger.db, sessions.Filter()) if session.channel == "work"
    ]
    assert noted == ([""] if behind == "u" else ["hello"])


def test_a_time_that_was_fine_at_enter_is_not_read_with_what_follows(desk):
    session = timers.start(desk.ledger, Work("acme"), desk.clock.now - 600)

    async def begin(pilot):
        await settled(pilot)
        await at_once(pilot, "b", *"9:30", "enter", *"zzz", "enter")

    watch(desk.open(), begin)
    assert sessions.by_id(desk.ledger.db, session.id).started_at == at("2026-11-24 9:30")


def test_pasted_lines_are_kept_whole(desk):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 600)

    async def note(pilot):
        await settled(pilot)
        await at_once(pilot, "n", events.Paste("Asked by mail:\r\n- the form\r\n- two fields\r\n"), "enter")

    watch(desk.open(), note)
    assert timers.running(desk.ledger)[0].note == "Asked by mail:\n- the form\n- two fields"


def test_no_text_that_anybody_draws_commands_the_terminal():
    style = Style(bold=True)
    fine, evil = Segment("Acme é 👩‍👩‍👧", style), Segment("a\x1b]0;P\x07b\u202e\x9b", style)
    assert OnlyText().apply([fine], Color.parse("black")) == [fine]
    assert [s.text for s in OnlyText().apply([fine, evil], Color.parse("black"))] == [fine.text, "a]0;Pb"]


def test_who_reads_the_log_waits_while_a_key_is_answered(desk, monkeypatch):
    tui, slept = desk.open(), []
    monkeypatch.setattr("clepsydra.tui.reading_thread.time", SimpleNamespace(perf_counter=float, sleep=slept.append))

    def read():
        slept.clear()
        with closing(readers.reader(tui.ledger.db)) as other:
            return list(readers.paced(other, range(200)))

    async def press(pilot):
        await settled(pilot)
        read()
        before = list(slept)
        await pilot.press("down")
        await settled(pilot)
        read()
        return before, list(slept)

    before, after = watch(tui, press)
    assert before == []
    assert set(after) == {ANSWER}
