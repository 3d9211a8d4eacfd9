"""The digits that start clients follow the order people read names in."""

from clepsydra.domain.terms import Client
from clepsydra.settings.client_keystrokes import client_keys
from tests.clock import PARIS


def test_an_accent_does_not_send_a_name_behind_all_others():
    clients = [Client(slug, name, "EUR", PARIS) for slug, name in (("z", "Zola"), ("e", "Étude Brel"), ("d", "dumas"))]
    assert client_keys(clients, ()) == {"1": "d", "2": "e", "3": "z"}


def test_a_client_keeps_its_key_on_every_screen_unless_the_screen_needs_it():
    clients = [Client("z", "Zola", "EUR", PARIS, key="d"), Client("e", "Eco", "EUR", PARIS, key="n"),
               Client("b", "Brel", "EUR", PARIS)]  # fmt: skip
    main = client_keys(clients, {"n"})
    assert main == {"d": "z", "1": "b", "2": "e"}
    assert client_keys(clients, {"n"}, {"C", "E"}) == main
    assert client_keys(clients, {"n"}, {"d", "3"}) == {"1": "b", "2": "e", "4": "z"}
