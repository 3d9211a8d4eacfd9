"""First-use hints: a line names a key until it was used; nothing but counts is kept, and one setting hides them."""

import json
import stat

import pytest
from rich.cells import cell_len

from clepsydra.language.translator import LANGUAGES, translator
from clepsydra.tui.hints import HINTS, Hints
from clepsydra.tui.keys import keymap
from clepsydra.tui.keys.letters import LETTERS
from clepsydra.tui.keys.table import BY_ID, SHARED, Needs, ScreenName
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of

ROOM = 78
"""Cells of a line on a terminal of eighty columns."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_hint_is_one_line_and_teaches_a_key_of_its_own_screen(lang):
    for letters in ({}, LETTERS.get(lang, {})):
        tr = translator(lang).pressing(keymap.build({}, letters).names())
        for hint in HINTS:
            said = tr.t(hint.words)
            assert cell_len(said) <= ROOM, said
            assert not set(said.split()) & BY_ID.keys(), said
            screens = {BY_ID[id_].screen for id_ in hint.learned}
            assert screens <= {hint.screen, *SHARED}, said


def test_a_hint_goes_once_its_key_was_used_as_often_as_it_takes(tmp_path):
    file = tmp_path / "hints.json"
    hints, met = Hints(file), {Needs.CLIENT, Needs.SUGGESTION}
    first = hints.at(ScreenName.DAY, met)
    assert (first.learned, first.times) == (("day.accept",), 3)
    assert hints.used("day.accept")
    assert hints.used("day.accept")
    assert hints.at(ScreenName.DAY, met) is first
    assert hints.used("day.accept")
    assert not hints.used("day.accept"), "known, and no more counted"
    assert not hints.used("app.theme"), "nothing hints at it"
    hints.keep()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == {"day.accept": 3}
    assert Hints(file).at(ScreenName.DAY, met).learned == ("day.close",)


@pytest.mark.parametrize("text", ["", "[1]", '{"day.accept": "often"}', "\xff{", "[" * 9000])
def test_a_file_of_anything_else_only_shows_the_hints_again(tmp_path, text):
    file = tmp_path / "hints.json"
    file.write_text(text, "latin-1")
    assert Hints(file).at(ScreenName.DAY, {Needs.CLIENT}) is not None
    Hints(tmp_path / "missing" / "hints.json").keep()


@pytest.mark.parametrize("shown", [True, False])
def test_the_first_timer_is_hinted_at_and_then_what_it_is_about(tmp_path, shown):
    desk = Desk(tmp_path)
    own = desk.home.settings_file.read_text().replace("hints = false", f"hints = {str(shown).lower()}")
    desk.home.settings_file.write_text(own)
    tui = desk.open()
    seen = []

    async def work(pilot):
        await settled(pilot)
        seen.append(text_of(tui.screen))
        await pilot.press("1")
        await settled(pilot)
        seen.append(text_of(tui.screen))
        await pilot.press("n", "x", "enter")
        await settled(pilot)
        seen.append(text_of(tui.screen))

    watch(tui, work, (80, 24))
    timer, note = "A client’s key starts its timer, ␣ ends it", "n says what it is about"
    assert [(timer in each, note in each) for each in seen] == [(shown, False), (False, shown), (False, False)]
    assert desk.home.settings_file.read_text() == own
    assert json.loads(desk.home.hints_file.read_text()) == {"timer.client": 1, "session.note": 1}
