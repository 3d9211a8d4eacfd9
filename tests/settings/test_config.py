"""What ships in config/ is valid, and its comments tell the truth about the defaults."""

import re
import shutil
import tomllib
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.agreement import ContractKind
from clepsydra.settings.home import shipped
from clepsydra.settings.load import load_clients, load_file, load_settings
from clepsydra.settings.model import Cost, Settings

CONFIG = shipped("config")
ENVIRONMENT = {"TZ": "UTC"}


def uncommented(text: str) -> str:
    """Settings are commented by a # right before the key, prose by a # and a space."""
    return re.sub(r"(?m)^#(?=\S)", "", text)


def test_commented_settings_are_the_defaults(home):
    shutil.copy(CONFIG / "settings.toml", home.settings_file)
    loaded = load_settings(home, ENVIRONMENT)
    assert loaded.problems == ()
    assert loaded.value == Settings()


def test_defaults_in_comments_are_those_of_the_code(home):
    home.settings_file.write_text(uncommented((CONFIG / "settings.toml").read_text("utf-8")))
    loaded = load_settings(home, ENVIRONMENT)
    assert loaded.problems == ()
    assert loaded.value == replace(Settings(), cost=Cost())


def test_every_setting_is_in_the_file():
    written = tomllib.loads(uncommented((CONFIG / "settings.toml").read_text("utf-8")))
    usual = replace(Settings(), cost=Cost())
    assert {each.name for each in fields(usual)} - {"mnemonic"} == written.keys()
    for name, keys in written.items():
        told = getattr(usual, name)
        if is_dataclass(told):
            assert {each.name for each in fields(told)} == keys.keys(), name


@pytest.mark.parametrize("slug", ["hourly", "retainer", "fixed"])
def test_each_example_is_valid(home, slug):
    shutil.copy(CONFIG / "clients" / f"{slug}.toml", home.clients_dir)
    loaded = load_file(home.client_file(slug), Settings())
    assert loaded.problems == ()
    assert loaded.value is not None
    assert loaded.value.contracts[0].kind == ContractKind(slug)


def test_the_examples_live_together(home):
    shutil.copytree(CONFIG / "clients", home.clients_dir, dirs_exist_ok=True)
    loaded = load_clients(home, Settings())
    assert loaded.problems == ()
    assert list(loaded.value) == ["own", "fixed", "hourly", "retainer"]


def test_an_example_means_what_it_says(home):
    shutil.copy(CONFIG / "clients" / "retainer.toml", home.clients_dir)
    client = load_file(home.client_file("retainer"), Settings()).value
    first, second = client.contracts
    assert (first.included, first.fee, first.borrow) == (20 * 3600, Decimal("2000.00"), 7200)
    assert (first.carry.cap, first.carry.expires_months) == (5 * 3600, 1)
    assert first.top_ups[0].seconds == 5 * 3600
    assert second.since.isoformat() == "2026-07-01"
    assert client.zone == ZoneInfo("Europe/Paris")
    assert client.statement.terms.days == 45
    assert client.statement.terms.end_of_month
    assert client.project("training").rates[0].hourly == 150
