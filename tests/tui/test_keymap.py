"""Which keys do what, and what is told about those that cannot."""

from datetime import date
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules
from zoneinfo import ZoneInfo

import pytest
from textual.app import App
from textual.keys import _normalize_key_list

from clepsydra.domain.terms import Client
from clepsydra.language.translator import translator
from clepsydra.ledger.demo.clients import sample_clients
from clepsydra.tui import screens
from clepsydra.tui.keys import keymap
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.letters import LETTERS
from clepsydra.tui.keys.table import BY_ID, SHARED, ScreenName, at, together
from tests.client_files import brel
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled

ZONE = ZoneInfo("Europe/Paris")
CLIENTS = (
    Client("acme", "Acme", "EUR", ZONE, key="v"),
    Client("brel", "Brel", "EUR", ZONE, key="n"),
    Client("doré", "", "EUR", ZONE),
)


def test_a_clients_key_that_an_action_has_is_told():
    assert keymap.build({}).problems == ()
    ((_, problem),) = keymap.displaced(keymap.build({}), CLIENTS)
    said = problem.said(translator("en"))
    assert said.startswith("key “n” of Brel is ")
    assert "clients/brel.toml" in said


def test_a_clients_key_is_its_own_once_the_action_has_another():
    (owner,) = (id_ for id_, keys in keymap.build({}).keys.items() if "n" in keys and id_.startswith("session."))
    mended = keymap.build({owner: ("ctrl+n",)})
    assert mended.problems == ()
    assert keymap.displaced(mended, CLIENTS) == ()


def test_one_key_goes_back_on_one_screen_and_quits_on_another():
    assert keymap.build({"app.quit": ("escape",)}).problems == ()
    for id_, taken in (("app.back", "N"), ("app.exit", "escape"), ("app.back", "slash")):
        assert len(keymap.build({id_: (taken,)}).problems) == (taken != "N"), id_


def test_the_sample_clients_keys_are_free():
    fields = sample_clients(date(2026, 1, 1), "en")
    clients = [Client(slug, slug, "EUR", ZONE, key=each.get("key")) for slug, each in fields.items()]
    assert keymap.displaced(keymap.build({}), clients) == ()


@pytest.mark.parametrize("lang", sorted(LETTERS))
def test_the_letters_of_a_language_are_real_and_meet_on_no_screen(lang):
    letters = LETTERS[lang]
    assert letters.keys() <= BY_ID.keys()
    assert all(keymap.is_key(key) for keys in letters.values() for key in keys)
    keys = keymap.build({}, letters).keys
    meet = [
        (key, one.id, other.id)
        for screen in ScreenName
        if screen not in SHARED
        for one, other in combinations(at(screen), 2)
        if together(one, other.screen)
        for key in set(keys[one.id]) & set(keys[other.id])
    ]
    assert meet == []
    assert all(set(keys) != set(BY_ID[id_].keys) for id_, keys in letters.items()), "nothing stands there for nothing"


def test_letters_leave_digits_and_the_way_to_any_client_alone():
    for letters in LETTERS.values():
        keys = keymap.build({}, letters)
        assert not any(key.isdigit() for keys in letters.values() for key in keys)
        assert keys.of(BY_ID["timer.switch"]) == ("s",)


def test_the_persons_own_keys_stand_over_those_of_the_language():
    letters = LETTERS["fr"]
    assert keymap.build({"timer.pause": ("f7",)}, letters).keys["timer.pause"] == ("f7",)
    (problem,) = keymap.build({"timer.pause": ("z",)}, letters).problems
    assert "history.undo" in problem.said(translator("en"))


def test_keys_that_sentences_name_are_those_in_force():
    names = keymap.build({}, LETTERS["fr"]).names()
    said = translator("fr").pressing(names).t("close the day: {press[go.day]}")
    assert said.endswith(": j")
    assert translator("en").t("close the day: {press[go.day]}") == "close the day: go.day"
    unbound = keymap.build({"go.day": ()}).names()
    assert unbound["go.day"] == "^p"


def _screens() -> list[type[ActionScreen]]:
    modules = [import_module(f"clepsydra.tui.screens.{found.name}") for found in iter_modules(screens.__path__)]
    classes = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return [
        each
        for each in classes
        if issubclass(each, ActionScreen) and vars(each).get("SCREEN", ScreenName.ANY) is not ScreenName.ANY
    ]


@pytest.mark.parametrize(
    ("own", "letters"),
    [({}, {}), ({}, LETTERS["fr"]), ({"session.note": ("f7", "ctrl+n"), "timer.pause": ("n",)}, {})],
    ids=["the table's", "of French", "a person's, one of which was another's"],
)
def test_textual_binds_each_key_in_force_to_its_action_alone(own, letters):
    keys = keymap.build(own, letters)
    assert keys.problems == ()
    given = App._normalize_keymap(keys.remapped())  # what it makes of them when they are set
    for screen in _screens():
        bound = screen._merge_bindings()
        bound.apply_keymap(given)
        for action in at(screen.SCREEN):
            for key in keys.of(action):
                found = {each.action for each in bound.key_to_bindings[_normalize_key_list(key)]}
                assert found == {f"do('{action.id}')"}, (screen, key)


def test_every_action_opens_a_screen_or_has_its_method():
    placed = _screens()
    assert {screen.SCREEN for screen in placed} == set(ScreenName) - set(SHARED)
    for screen in placed:
        for action in at(screen.SCREEN):
            assert bool(action.opens) != hasattr(screen, action.method), (screen, action.id)
    names = {f"{screen.__module__.rpartition('.')[2]}:{screen.__name__}" for screen in placed}
    assert {action.opens for action in BY_ID.values()} - {""} <= names


def test_many_keys_that_give_way_are_told_in_one_line(tmp_path):
    desk = Desk(tmp_path)
    desk.home.client_file("brel").write_text(brel(key="n"))
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)

    watch(tui, work, (80, 24))
    assert [said for said in tui.said if "main screen" in said] == [
        "the keys a, n do something else on the main screen, so digits start Acme SARL, Brel & Cie"
    ]
