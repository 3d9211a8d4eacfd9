"""What people call a client: a beginning of its name, or of one word of it, that only one has."""

import pytest

from clepsydra.domain.records import replace
from clepsydra.domain.terms import Project
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.name_lookup import client_meant, fitting, fitting_projects
from tests.ledger.workbench import client

NAMES = {"etude-roy": "Étude Roy", "brel": "Brel & Cie", "musee": "Musée d’Orsay", "royan": "Ville de Royan",
         "acme": "Acme SARL"}  # fmt: skip
CLIENTS = {slug: replace(client(slug), name=name) for slug, name in NAMES.items()}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("étude", ["etude-roy"]), ("ETUDE R", ["etude-roy"]), ("cie", ["brel"]), ("orsay", ["musee"]),
        ("sarl", ["acme"]), ("ville", ["royan"]), ("de roy", ["royan"]), ("brel & c", ["brel"]),
        ("roya", ["royan"]),  # the beginning of a whole name or slug comes before one of a word
        ("oy", []), ("ie", []), ("", []), (" ", []), ("..", []), ("-r", []),
    ],
)  # fmt: skip
def test_a_beginning_of_any_word_is_meant(typed, found):
    assert fitting(typed, CLIENTS) == found


def test_a_beginning_that_two_have_names_them_both(desk):
    desk.ledger.catalogue.clients |= {
        "etude-roy": CLIENTS["etude-roy"],
        "mairie": replace(client("mairie"), name="Mairie de Roy"),
    }
    with pytest.raises(Refused) as refused:
        client_meant(desk.ledger, "roy")
    assert refused.value.message.values["names"] == "Étude Roy (etude-roy), Mairie de Roy (mairie)"
    assert client_meant(desk.ledger, "etude") == "etude-roy"


def test_a_project_is_meant_by_any_word_of_it():
    shop = replace(client("acme"), projects=(Project("web", "Online shop"), Project("api", "API of the warehouse")))
    assert [fitting_projects(typed, shop) for typed in ("shop", "ware", "on", "hop", "")] == [
        ["web"], ["api"], ["web"], [], [],
    ]  # fmt: skip
