"""As a newcomer: from an empty home through the form to a first statement on paper, in both sizes and languages."""

import re
from contextlib import suppress

import pytest
from textual.worker import WorkerCancelled

from clepsydra.ledger.billing import statements
from clepsydra.ledger.demo import visit_demo
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.settings.load import load_file
from clepsydra.settings.model import Settings
from clepsydra.tui import program
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.dialogs import Question
from clepsydra.tui.screens.client_form import ClientForm
from clepsydra.tui.screens.main import Main
from clepsydra.tui.screens.statement import Statements
from clepsydra.tui.screens.welcome import Welcome
from clepsydra.tui.widgets.choice import Choice
from tests.clock import Clock, at
from tests.tui.frames import frame, watch
from tests.tui.workbench import text_of, type_in

NOON = at("2026-11-24 12:00")
EVERY = pytest.mark.parametrize(("size", "lang"), [((80, 24), "en"), ((80, 24), "fr"), ((120, 40), "en")])


def opened(tmp_path, lang="en", clock=None):
    home = Home(tmp_path / "home")
    env = {"TZ": "Europe/Paris", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    return Clepsydra(home, env, clock=clock or Clock(NOON), monotonic=lambda: 0.0, language=lang)


async def written(pilot):
    while not all(worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.01)
    await pilot.pause()


@EVERY
def test_from_nothing_to_a_first_statement(tmp_path, size, lang):
    clock = Clock(NOON)
    tui = opened(tmp_path, lang, clock)

    async def work(pilot):
        assert isinstance(tui.screen, Welcome)
        await pilot.press("n")
        assert isinstance(tui.screen, ClientForm)
        await type_in(pilot, "Zoé & Cie")
        await pilot.press("tab")
        await type_in(pilot, "120,50")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(tui.screen, Question)  # how calls are noticed, asked once
        await pilot.press("o")
        await pilot.pause()
        assert 'evidence = "off"' in tui.home.settings_file.read_text()
        assert isinstance(tui.screen, Main)
        await pilot.press("enter")  # the cursor is on the new client
        for _ in range(65):  # seen minute by minute: a jump would be asked about
            clock.now += 60
            tui.tick()
        await pilot.press("space", "p")
        await pilot.pause()
        assert isinstance(tui.screen, Statements)
        assert "Zoé & Cie" in text_of(tui.screen)
        await pilot.press("i")  # nobody is named as the sender yet: that is asked first, and only now
        await type_in(pilot, "Jeanne Durand")
        await pilot.press("enter")
        await type_in(pilot, "1 rue Haute, 75001 Paris")
        await pilot.press("enter")
        await pilot.pause()
        assert "2026-0001" in text_of(tui.screen)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("x", "enter")
        await written(pilot)
        return text_of(tui.screen)

    shown = watch(tui, work, size)
    assert "2026-0001" in shown
    assert {"en": "€150.63", "fr": "150,63 €"}[lang] in shown.replace("\u00a0", " ")
    client = load_file(tui.home.client_file("zoe-cie"), Settings()).value
    assert str(client.rates[0].hourly) == "120.50"
    seller = tui.catalogue.settings.seller
    assert (seller.name, seller.address) == ("Jeanne Durand", "1 rue Haute\n75001 Paris")
    issued = statements.show(tui.ledger, "2026-0001")
    assert (issued.totals.exact_seconds, issued.totals.billed_seconds) == (65 * 60, 75 * 60)
    files = sorted(path.name for path in tui.home.statements_dir.iterdir())
    assert files == ["2026-0001-zoe-cie.csv", "2026-0001-zoe-cie.pdf"]
    assert (tui.home.statements_dir / files[1]).read_bytes().startswith(b"%PDF-")
    assert verify(tui.ledger) == []


def test_a_home_with_a_broken_client_is_no_first_run(tmp_path):
    home = Home(tmp_path / "home")
    home.ensure()
    home.client_file("acme").write_text("name = ")
    tui = opened(tmp_path)

    async def look(pilot):
        return type(tui.screen)

    assert watch(tui, look) is Main


def test_language_and_zone_are_kept(tmp_path):
    tui = opened(tmp_path, "en")

    async def choose(pilot):
        await pilot.press("l")
        assert "Quitter" in text_of(tui.screen)
        await pilot.press("z")
        await pilot.pause()
        await type_in(pilot, "Réunion".replace("é", "e"))
        await pilot.press("enter")
        await pilot.pause()
        return text_of(tui.screen)

    assert "Indian/Reunion" in watch(tui, choose)
    text = tui.home.settings_file.read_text()
    assert 'language = "fr"' in text
    assert 'time_zone = "Indian/Reunion"' in text


def test_looking_around_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tui = opened(tmp_path, "fr")
    before = sorted(tui.home.path.rglob("*"))

    async def look(pilot):
        await pilot.press("s")
        with suppress(WorkerCancelled):  # leaving for the sample ends the program, and its workers with it
            await written(pilot)

    watch(tui, look)
    assert tui.visit is not None
    assert tui.visit.home.path.parent == tmp_path
    assert tui.visit.home.path.stat().st_mode & 0o777 == 0o700
    sample = Clepsydra(tui.visit.home, {}, clock=Clock(), monotonic=lambda: 0.0, sample=True)

    async def title(pilot):
        return frame(sample.screen)[0]

    assert "exemple" in watch(sample, title)
    tui.visit.end()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert [path for path in sorted(tui.home.path.rglob("*")) if path.suffix == ".toml"] == []
    assert set(before) <= set(tui.home.path.rglob("*"))


def test_the_sample_is_gone_when_it_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened_homes = []

    def run(tui, **_):
        opened_homes.append(tui.home.path)
        assert tui.home.path.exists() or not tui.sample
        if len(opened_homes) == 1:
            tui.visit = visit_demo({"TZ": "Europe/Paris"}, NOON, "en")
        elif tui.sample:
            raise KeyboardInterrupt

    monkeypatch.setattr(Clepsydra, "run", run)
    with pytest.raises(KeyboardInterrupt):
        program.run(Home(tmp_path / "home"), {"TZ": "Europe/Paris"})
    own, sample = opened_homes
    assert own == tmp_path / "home"
    assert sample.parent == tmp_path
    assert not sample.exists()


@EVERY
def test_the_form_says_what_is_wrong_in_words(tmp_path, size, lang):
    tui = opened(tmp_path, lang)

    async def fill_in(pilot):
        await pilot.press("n", "enter")
        said = [text_of(tui.screen)]
        await type_in(pilot, "[/red] =cmd()")
        await pilot.press("tab")
        await type_in(pilot, "lots")
        said.append(text_of(tui.screen))
        await pilot.press("enter")
        assert isinstance(tui.screen, ClientForm)
        return said

    nameless, rateless = watch(tui, fill_in, size)
    assert {"en": "A client needs a name", "fr": "Un client a besoin d’un nom"}[lang] in nameless
    assert {"en": "An amount is needed", "fr": "Il faut un montant"}[lang] in rateless
    assert "[/red] =cmd()" in rateless
    assert list(tui.home.clients_dir.iterdir()) == []


def test_the_digits_of_clients_stay_when_one_is_created_before_them(tmp_path):
    tui = opened(tmp_path)
    tui.home.ensure()
    for slug, name in (("berg", "Berg"), ("claudel", "Claudel")):
        tui.home.client_file(slug).write_text(f'name = "{name}"\n[[rates]]\nfrom = 2020-01-01\nhourly = "90"\n')
    tui = opened(tmp_path)

    def digits():
        return dict(re.findall(r"(\d)\s+(Aaron|Berg|Claudel)", text_of(tui.screen)))

    async def create(pilot):
        assert digits() == {"1": "Berg", "2": "Claudel"}
        await pilot.press("N")
        await type_in(pilot, "Aaron")
        await pilot.press("tab", "9", "0", *["tab"] * 6)
        hint = text_of(tui.screen)
        await pilot.press("2")
        taken = text_of(tui.screen)
        await pilot.press("backspace", "enter")
        await pilot.pause()
        return hint, taken, digits()

    hint, taken, after = watch(tui, create)
    assert "empty: 3, which stays its own" in hint
    assert "“2” is the key of “Claudel” already" in taken
    assert after == {"3": "Aaron", "1": "Berg", "2": "Claudel"}
    assert 'key = "3"' in tui.home.client_file("aaron").read_text()


def test_a_retainer_and_a_key_that_is_taken(tmp_path):
    tui = opened(tmp_path)

    async def fill_in(pilot):
        await pilot.press("n")
        await type_in(pilot, "Cabinet Doré")
        form = tui.screen
        assert not form.query_one("#fee-line").display
        await pilot.press("tab", "tab", "tab", "tab", "right")
        assert form.query_one("#fee-line").display
        await pilot.press("tab")
        await type_in(pilot, "2000")
        await pilot.press("tab")
        await type_in(pilot, "20")
        await pilot.press("tab", "tab", "tab", "p")
        taken = text_of(tui.screen)
        await pilot.press("backspace", "d", "enter")
        await pilot.pause()
        return taken

    assert "“p” is the key of “statement” already" in watch(tui, fill_in)
    client = load_file(tui.home.client_file("cabinet-dore"), Settings()).value
    contract = client.contracts[0]
    assert (contract.kind.value, contract.included, str(contract.fee)) == ("retainer", 20 * 3600, "2000")
    assert contract.since.isoformat() == "2026-11-01"
    assert client.key == "d"


def test_a_field_that_an_agreement_brings_is_the_next_one_at_once(tmp_path):
    tui = opened(tmp_path)

    async def work(pilot):
        await pilot.press("n", *["tab"] * 4)
        form = tui.screen
        form.query_one("#kind", Choice).action_turn(1)
        form.action_move(1)  # before the screen was drawn again
        first = form.focused.id
        await pilot.press("down", "up", "shift+tab", "up")
        return first, form.focused.id

    assert watch(tui, work, (80, 24)) == ("fee", "rounding")
