"""The digits that start clients follow the order people read names in."""

from clepsydra.domain.terms import Client
from clepsydra.settings.client_keys import client_keys
from tests.clock import PARIS


def test_an_accent_does_not_send_a_name_behind_all_others():
    clients = [Client(slug, name, "EUR", PARIS) for slug, name in (("z", "Zola"), ("e", "Étude Brel"), ("d", "dumas"))]
    assert client_keys(clients, ()) == {"1": "d", "2": "e", "3": "z"}
