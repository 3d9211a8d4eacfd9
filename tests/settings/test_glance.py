"""What is read at a glance is what is read in full, asked for whatever."""

from dataclasses import fields

import pytest

from clepsydra.settings.asked import Asked
from clepsydra.settings.glance import Glance, Glanced
from clepsydra.settings.home import shipped

PROJECTS = """
name = "Acme "
[[rates]]
from = 2020-01-01
hourly = "90.00"
[[projects]]
slug = "api"
name = "API"
[[projects.rates]]
from = 2020-01-01
hourly = "100.00"
[[projects]]
slug = "web"
"""


@pytest.fixture
def filled(home):
    home.settings_file.write_text('language = "fr"\ntime_zone = "Europe/Paris"\ntheme = "paper"\n')
    home.client_file("acme").write_text(PROJECTS)
    for example in (shipped("config") / "clients").glob("*.toml"):
        home.client_file(example.stem).write_text(example.read_text("utf-8"))
    return home


@pytest.fixture
def whole(filled):
    whole = Asked(filled, {})
    assert len(list(whole.clients.items())) > 2  # read, and so kept as good
    return whole


def same(seen, read) -> None:
    """Every field of what was seen is that of what was read."""
    assert {each.name: plain(getattr(seen, each.name)) for each in fields(read)} == {
        each.name: getattr(read, each.name) for each in fields(read)
    }


def plain(value):
    """What was read in full, in the place of what was seen."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value._whole() if isinstance(value, Glanced) else value


def test_settings_seen_at_a_glance_say_all_that_the_file_says(filled, whole):
    seen = Glance(filled, {}).settings
    assert isinstance(seen, Glanced)
    same(seen, whole.settings)
    same(seen.warn, whole.settings.warn)


def test_clients_and_projects_seen_at_a_glance_say_all_that_their_files_say(filled, whole):
    for slug, read in whole.clients.items():
        seen = Glance(filled, {}).clients[slug]
        assert isinstance(seen, Glanced)
        same(seen, read)
        assert seen.own == read.own
        for project in (*(each.slug for each in read.projects), "default"):
            same(seen.project(project), read.project(project))
        assert seen.project("nowhere") is read.project("nowhere") is None
