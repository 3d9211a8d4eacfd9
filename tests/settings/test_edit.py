"""Writing: new files, and changes that leave every comment and unknown key where it was."""

import stat
import tomllib
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.rounding import Model
from clepsydra.domain.session import Channel
from clepsydra.settings.edit import ALWAYS, Refused, create_client, create_settings, edit_client, edit_settings
from clepsydra.settings.home import shipped
from clepsydra.settings.load import load_file, load_settings
from clepsydra.settings.model import Language, Settings

FIELDS = {
    "name": "Acme [/red] \x1b",
    "currency": "EUR",
    "time_zone": ZoneInfo("Europe/Paris"),
    "key": None,
    "rates": [{"from": date(2026, 1, 1), "hourly": Decimal("120.00"), "channel": {"call": Decimal(140)}}],
    "rounding": [{"model": "up", "step": "15m", "channels": ("call",)}],
    "touches": {},
}


def text_of(home, slug="acme"):
    return home.client_file(slug).read_text()


def test_create_and_read_again(home):
    file = create_client(home, "acme", FIELDS, Settings())
    loaded = load_file(home.client_file("acme"), Settings())
    assert loaded.problems == ()
    assert loaded.value.name == "Acme [/red] \x1b"
    assert loaded.value.rates[0].hourly == Decimal("120.00")
    assert loaded.value.zone.key == "Europe/Paris"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {"key", "touches"}.isdisjoint(tomllib.loads(text_of(home)))


def test_what_is_created_takes_more_tables_below(home):
    create_client(home, "acme", {**FIELDS, "projects": [{"slug": "api", "rates": [{"hourly": "1"}]}]}, Settings())
    more = text_of(home) + '\n[[rates]]\nfrom = 2026-06-01\nhourly = "130"\n\n[[rounding]]\nfrom = 2026-06-01\n'
    home.client_file("acme").write_text(more + 'model = "exact"\n[[projects]]\nslug = "web"\n')
    loaded = load_file(home.client_file("acme"), Settings())
    assert loaded.problems == ()
    assert [rate.hourly for rate in loaded.value.rates] == [120, 130]
    assert [(rule.since, rule.rule.model) for rule in loaded.value.rounding] == [
        (ALWAYS, Model.UP),
        (date(2026, 6, 1), Model.EXACT),
    ]
    assert dict(loaded.value.rates[0].channels) == {Channel.CALL: 140}
    assert [project.slug for project in loaded.value.projects] == ["api", "web"]
    assert loaded.value.projects[0].rates[0].hourly == 1


def test_what_is_created_does_not_follow_the_settings(home):
    then = Settings(currency="CHF", time_zone=ZoneInfo("Europe/Zurich"), language=Language.FR)
    create_client(home, "acme", {"name": "Acme", "rates": [{"hourly": "90"}]}, then)
    client = load_file(home.client_file("acme"), Settings()).value
    assert (client.currency, client.zone.key, client.language) == ("CHF", "Europe/Zurich", "fr")
    assert client.rates[0].since == ALWAYS


def test_create_replaces_nothing(home):
    create_client(home, "acme", FIELDS, Settings())
    before = text_of(home)
    with pytest.raises(FileExistsError):
        create_client(home, "acme", {"name": "Other"}, Settings())
    assert text_of(home) == before


@pytest.mark.parametrize("slug", ["own", "", "../x", "A", "a b"])
def test_create_refuses_a_name_that_cannot_be_one(home, slug):
    with pytest.raises(Refused):
        create_client(home, slug, FIELDS, Settings())


def test_create_refuses_what_could_not_be_read(home):
    with pytest.raises(Refused) as refused:
        create_client(home, "acme", {"name": "Acme", "currency": "€"}, Settings())
    (problem,) = refused.value.problems
    assert (problem.key, problem.nearest) == ("currency", '"EUR"')
    assert list(home.clients_dir.iterdir()) == []


def test_edit_keeps_every_other_line(home):
    before = (shipped("config") / "clients" / "hourly.toml").read_text() + "\n[mine]\nanything = 1  # kept\n"
    home.client_file("acme").write_text(before)
    edit_client(home, "acme", {"name": "Acme SA", "rates[1].channel.call": Decimal("150.50"), "active": False})
    after = text_of(home)
    changed = [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]
    assert [b for _, b in changed] == [
        'name = "Acme SA"',
        "active = false",
        'channel = { call = "150.50", travel = "60.00" }',
    ]
    client = load_file(home.client_file("acme"), Settings()).value
    assert (client.name, client.active) == ("Acme SA", False)


def test_edit_appends_a_dated_entry(home):
    home.client_file("acme").write_text((shipped("config") / "clients" / "hourly.toml").read_text())
    edit_client(home, "acme", {"rates[+]": {"from": date(2027, 1, 1), "hourly": Decimal(130)}})
    assert [r.hourly for r in load_file(home.client_file("acme"), Settings()).value.rates] == [110, 120, 130]
    assert "[[rates]]\nfrom = 2027-01-01" in text_of(home)


@pytest.mark.parametrize(
    "before", ['name = "A"\n', 'name = "A"\n[touches]\ndefault = "5m"\n', "rates = []\nname = 'A'\n"]
)
def test_edit_makes_lists_and_tables_that_are_missing(home, before):
    home.client_file("acme").write_text(before)
    edit_client(home, "acme", {"rates[+]": {"hourly": 1}, "touches.free_per_month": 3, "key": "a"})
    client = load_file(home.client_file("acme"), Settings()).value
    assert (client.rates[0].hourly, client.touches.free_per_month, client.key) == (1, 3, "a")


def test_edit_removes(home):
    home.client_file("acme").write_text('name = "A"\nkey = "a" # mine\n[touches]\ndefault = "1m"\n')
    edit_client(home, "acme", {"key": None, "touches.default": None, "touches.missing": None, "no.such": None})
    assert tomllib.loads(text_of(home)) == {"name": "A", "touches": {}}


@pytest.mark.parametrize("path", ["rates[0].hourly", "a..b", "", "[x]", "name.x", "name[+]", "[0]"])
def test_a_path_that_leads_nowhere(home, path):
    home.client_file("acme").write_text('name = "A"\nrates = []')
    with pytest.raises(KeyError):
        edit_client(home, "acme", {path: 1})
    assert text_of(home) == 'name = "A"\nrates = []'


def test_edit_keeps_the_line_ends_of_other_systems(home):
    home.client_file("acme").write_bytes(b'\xef\xbb\xbf# mine\r\nname = "A"\r\n[touches]\r\n')
    edit_client(home, "acme", {"key": "a", "touches.default": "2m"})
    data = home.client_file("acme").read_bytes()
    assert data.startswith(b'# mine\r\nname = "A"\r\nkey = "a"\r\n')
    assert data.count(b"\n") == data.count(b"\r\n")
    assert load_file(home.client_file("acme"), Settings()).value.touches.default == 120


def test_edit_refuses_a_new_error_only(home):
    home.client_file("acme").write_text('name = "A"\ncurrency = "x"')
    with pytest.raises(Refused) as refused:
        edit_client(home, "acme", {"key": "too long"})
    assert [problem.key for problem in refused.value.problems] == ["key"]
    edit_client(home, "acme", {"key": "a"})
    edit_client(home, "acme", {"currency": "EUR"})
    assert load_file(home.client_file("acme"), Settings()).ok


def test_edit_refuses_what_is_not_toml(home):
    home.client_file("acme").write_text("name = ")
    with pytest.raises(Refused):
        edit_client(home, "acme", {"key": "a"})
    assert text_of(home) == "name = "


def test_edit_needs_a_file(home):
    with pytest.raises(FileNotFoundError):
        edit_client(home, "acme", {"key": "a"})


def test_settings(home):
    create_settings(home, {"language": "fr", "day_starts_at": time(4)})
    with pytest.raises(FileExistsError):
        create_settings(home, {})
    edit_settings(home, {"theme": "paper", 'keys."timer.start"': "s"})
    loaded = load_settings(home, {})
    assert loaded.problems == ()
    assert (loaded.value.language, loaded.value.day_starts_at, loaded.value.theme) == ("fr", time(4), "paper")
    assert loaded.value.keys == {"timer.start": ("s",)}


def test_shipped_settings_take_a_theme_and_keep_their_comments(home):
    before = (shipped("config") / "settings.toml").read_text()
    home.settings_file.write_text(before)
    edit_settings(home, {"theme": "paper"})
    after = home.settings_file.read_text()
    assert load_settings(home, {}).value.theme == "paper"
    assert [line for line in after.split("\n") if line.startswith("#")] == [
        line for line in before.split("\n") if line.startswith("#")
    ]


def test_a_missing_settings_file_is_created_by_a_change(home):
    edit_settings(home, {"theme": "paper"})
    assert load_settings(home, {}).value.theme == "paper"


COMMENTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=10)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    COMMENTS, st.lists(COMMENTS, max_size=4), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
)
def test_comments_survive_any_change(home, unknown, comments, promised):
    lines = ['name = "A"', *(f"# {comment}" for comment in comments), "[context] # what to remember", "odd = 'x' # y"]
    home.client_file("acme").write_text("\n".join([*lines, f"[[projects]] # {unknown}", 'slug = "p"', ""]))
    edit_client(home, "acme", {"context.promised": promised, "projects[0].name": "P"})
    after = text_of(home)
    assert all(line in after for line in lines)
    assert f"# {unknown}" in after
    assert load_file(home.client_file("acme"), Settings()).value.context.promised == promised
