"""Which keys do what, and what is told about those that cannot."""

from datetime import date
from zoneinfo import ZoneInfo

from clepsydra.domain.terms import Client
from clepsydra.language.translator import translator
from clepsydra.ledger.demo.clients import sample_clients
from clepsydra.tui.actions import keymap

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
