"""Every setting can be changed without leaving the program, and the file keeps what the person wrote into it."""

from dataclasses import fields, is_dataclass, replace

import pytest

from clepsydra.language.translator import translator
from clepsydra.settings.load import load_settings
from clepsydra.settings.model import Cost, Settings
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.present.settings import BY_KEY, FIELDS, Field, Typed, as_typed, meant, to_write
from clepsydra.tui.screens.settings import SettingsScreen
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in


def downs_to(key):
    """The presses of Down from the first setting: headings are passed over."""
    return [field.key for _, fields in FIELDS for field in fields].index(key)


def test_a_goal_is_typed_read_back_and_kept_beside_the_comments(tmp_path):
    desk = Desk(tmp_path)
    desk.home.settings_file.write_text("# mine\n" + desk.home.settings_file.read_text())
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("comma", *["down"] * downs_to("goals.day"), "enter")
        assert isinstance(tui.screen, Prompt)
        await type_in(pilot, "soon")
        await settled(pilot)
        wrong = text_of(tui.screen)
        await pilot.press("ctrl+a", "ctrl+k")
        await type_in(pilot, "6h")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(tui.screen, SettingsScreen)
        return wrong

    assert "6h" in watch(tui, work, (100, 40))  # what is allowed is said
    text = desk.home.settings_file.read_text()
    assert text.startswith("# mine\n")
    assert load_settings(desk.home, {}).value.goals.day.seconds == 6 * 3600


def test_the_language_takes_four_keys(tmp_path):
    desk = Desk(tmp_path)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("comma", "enter")
        assert isinstance(tui.screen, Picker)
        await type_in(pilot, "fr")
        await pilot.press("enter")
        await settled(pilot)
        return text_of(tui.screen)

    assert "Réglages" in watch(tui, work, (100, 40))


LEFT_TO_THE_FILE = {
    "calls.office_hours", "calls.peaks", "calls.keep_evidence", "calls.constants", "phone.tables", "phone.bluetooth",
    "mnemonic", "filters", "seller.address", "seller.mentions", "seller.siret", "seller.register", "seller.capital",
    "seller.bic", "seller.account_name", "seller.vat_on", "seller.routing", "seller.colour", "seller.zone", "taxes",
    "invoice.start", "invoice.annul", "invoice.formats", "invoice.cash_step", "chase",
}  # fmt: skip
"""Tables, texts of several lines, and what is set once if ever; `keys.mnemonic` is in the form under its own name."""


def test_every_setting_is_in_the_form_or_left_to_the_file_on_purpose():
    usual = replace(Settings(), cost=Cost())
    every = set()
    for each in fields(usual):
        table = getattr(usual, each.name)
        every |= {f"{each.name}.{key.name}" for key in fields(table)} if is_dataclass(table) else {each.name}
    shown = {key for key in every if any(f"{field}.".startswith(f"{key}.") for field in BY_KEY)}
    assert every - shown == LEFT_TO_THE_FILE


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_what_is_written_is_what_was_typed(key):
    field = BY_KEY[key]
    typed = (
        field.choices[-1]
        if field.choices
        else {"yes or no": "true", "whole": "200", "list": "a, b"}.get(field.typed.value, "text")
    )
    written: dict = {}
    place = written
    *parents, last = key.split(".")
    for parent in parents:
        place = place.setdefault(parent, {})
    place[last] = to_write(field, typed)
    assert as_typed(written, field) == typed


@pytest.mark.parametrize(
    ("typed", "value", "said"),
    [
        (Typed.LENGTH, "5m", "5 min"), (Typed.LENGTH, "300", "5 min"), (Typed.LENGTH, "1h30", "1 h 30"),
        (Typed.LENGTH, "1 day", "1 jour"), (Typed.LENGTH, "30 days", "30 jours"), (Typed.LENGTH, "soon", "soon"),
        (Typed.AMOUNT, "1800.00", "1 800,00"), (Typed.AMOUNT, "6h", "6 h"), (Typed.AMOUNT, "42000", "42 000,00"),
        (Typed.TERMS, "30 days", "30 jours"), (Typed.TERMS, "45 days end of month", "45 jours, fin de mois"),
        (Typed.TERMS, "30", "30 jours"), (Typed.LIST, "{a}, b", "{a}, b"),
        (Typed.TAX, "20.0", "20 %"), (Typed.TAX, "5.5", "5,5 %"), (Typed.TAX, "reduced", "reduced"),
    ],
)  # fmt: skip
def test_values_of_the_file_are_said_as_the_person_says_them(typed, value, said):
    shown = meant(Field("some.key", "Some", typed=typed), value, translator("fr"))
    assert shown.replace("\u00a0", " ").replace("\u202f", " ") == said
