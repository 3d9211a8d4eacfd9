"""The palette reaches everything from anywhere, by its name or another word for it, in either language."""

import pytest

from clepsydra.tui.actions.commands import SYNONYMS, WAYS
from clepsydra.tui.dialogs import Picker
from clepsydra.tui.keys.table import ACTIONS, BY_ID, SHARED, ScreenName, at
from clepsydra.tui.screens.log import LogScreen
from clepsydra.tui.screens.log_filter import FilterForm
from clepsydra.tui.screens.reminders import RemindersScreen
from clepsydra.tui.widgets.client_list import ClientList
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, type_in


def test_every_screen_can_be_reached_and_every_other_word_is_of_an_action():
    assert WAYS.keys() == set(ScreenName) - {*SHARED, ScreenName.MAIN}
    assert SYNONYMS.keys() <= BY_ID.keys()
    for steps in WAYS.values():
        assert BY_ID[steps[0]] in at(ScreenName.MAIN)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_finds_by_the_words_of_both_languages(tmp_path, lang):
    desk = Desk(tmp_path, lang)
    wanted = {"paiement": "in:money.receipt", "payment": "in:money.receipt", "find replace": "in:log.replace",
              "sauvegarder": "app.backup", "préférences": "go.settings", "acme.toml": "file:clients/acme.toml",
              "iban": "set:seller.iban", "vendeur logo": "set:seller.logo", "tarifs acme": "of:acme",
              "émetteur": "set:seller.name", "sender": "set:seller.name", "monnaie": "set:currency",
              "fusionner": "in:log.join", "holiday": "go.day", "statistiques": "go.insights",
              "clavier": "app.help"}  # fmt: skip

    async def work(pilot):
        await settled(pilot)
        await pilot.press("l", "ctrl+p")
        await settled(pilot)
        rows = pilot.app.screen.query_one(ClientList)
        known = {row.slug.removeprefix("in:") for row in rows._rows}
        assert known >= {action.id for action in ACTIONS if action.screen not in SHARED}
        for typed, slug in wanted.items():
            rows.find(typed)
            found = {row.slug.removeprefix("in:") for row in rows._shown}
            assert slug.removeprefix("in:") in found, typed
            assert len(found) < 16, typed
        rows.find({"en": "invo", "fr": "factu"}[lang])
        assert rows._shown[0].name.startswith({"en": "invoices", "fr": "factures"}[lang])

    watch(desk.open(), work, (120, 40))


def test_it_opens_the_screen_and_does_it_there(tmp_path):
    async def work(pilot):
        await settled(pilot)
        for typed, screens in (
            ("filter by days", (LogScreen, FilterForm)),
            ("write letter mail", (RemindersScreen,)),
        ):
            await pilot.press("ctrl+p")
            await settled(pilot)
            assert isinstance(pilot.app.screen, Picker)
            await type_in(pilot, typed)
            await pilot.press("enter")
            for _ in range(4):
                await settled(pilot)
            assert tuple(map(type, pilot.app.screen_stack))[-len(screens) :] == screens
            await pilot.press(*["escape"] * (len(screens) + 1))
            await settled(pilot)

    watch(Desk(tmp_path).open(), work, (120, 40))


def test_a_backup_is_made_beside_the_work(tmp_path):
    desk = Desk(tmp_path)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("f8")
        await settled(pilot)

    watch(tui, work, (80, 24))
    assert any("copied to" in said for said in tui.said)
    assert list(desk.home.backups_dir.glob("*.db"))
