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
from clepsydra.settings.edit import ALWAYS, EditRefused, create_client, create_settings, edit_settings
from clepsydra.settings.home import shipped
from clepsydra.settings.load import load_file, load_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.toml_change import changed

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
    return home.client_file(slug).read_text("utf-8")


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
    then = Settings(currency="CHF", time_zone=ZoneInfo("Europe/Zurich"), language="fr")
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
    with pytest.raises(EditRefused):
        create_client(home, slug, FIELDS, Settings())


def test_create_refuses_what_could_not_be_read(home):
    with pytest.raises(EditRefused) as refused:
        create_client(home, "acme", {"name": "Acme", "currency": "€"}, Settings())
    (problem,) = refused.value.problems
    assert (problem.key, problem.nearest) == ("currency", '"EUR"')
    assert list(home.clients_dir.iterdir()) == []


BEFORE = """\
# mine
theme = "night"  # by day too
working_hours = { mon-fri = "9:00-12:00" }

[calls]
ignore = [
  "obs",  # films
  "loom",
]

[unknown]  # to the program
anything = 1  # kept
"""


def change(home, before, changes):
    """The text of settings that said `before`, after some changes."""
    home.settings_file.write_text(before)
    edit_settings(home, changes)
    return home.settings_file.read_text("utf-8")


def test_edit_keeps_every_other_line(home):
    after = change(home, BEFORE, {"theme": "paper", "working_hours.mon-fri": "9:00-13:00", "late_after": "2 days"})
    assert sorted(set(after.split("\n")) - set(BEFORE.split("\n"))) == [
        'late_after = "2 days"',
        'theme = "paper"  # by day too',
        'working_hours = { mon-fri = "9:00-13:00" }',
    ]
    assert len(after.split("\n")) == len(BEFORE.split("\n")) + 1
    loaded = load_settings(home, {}).value
    assert (loaded.theme, loaded.late_after, loaded.working_hours[4]) == ("paper", 172_800, ((time(9), time(13)),))


def test_edit_adds_to_a_list_and_takes_out_of_it(home):
    after = change(home, BEFORE, {"calls.ignore[+]": "krisp", "calls.ignore[1]": None})
    assert '"obs",  # films' in after
    assert load_settings(home, {}).value.calls.ignore == ("obs", "krisp")


@pytest.mark.parametrize("before", ["", "theme = 'night'\n", "[calls]\ninterrupt = 'note'\n", "[calls]\nignore = []\n"])
def test_edit_makes_lists_and_tables_that_are_missing(home, before):
    change(home, before, {"calls.ignore[+]": "obs", "reminders.close_day_at": time(18), "theme": "paper"})
    loaded = load_settings(home, {}).value
    assert (loaded.calls.ignore, loaded.reminders.close_day_at, loaded.theme) == (("obs",), time(18), "paper")


def test_edit_removes(home):
    before = 'theme = "night"\ncurrency = "CHF" # mine\n[warn]\ngap_over = "1m"\n'
    after = change(home, before, {"currency": None, "warn.gap_over": None, "warn.missing": None, "no.such": None})
    assert tomllib.loads(after) == {"theme": "night", "warn": {}}


HEADED = """# first
[[rates]]
from = 2025-01-01
hourly = "110.00"

# second
[[rates]]
from = 2026-01-01
hourly = "120.00"

# on paper
[contract]
type = "hourly"

[[projects]]
slug = "api"

# why so low
[[projects.rates]]
hourly = "90.00"

# the other one
[[projects]]
slug = "web"
"""


@pytest.mark.parametrize(
    ("changes", "gone", "kept"),
    [
        ({"rates[0]": None}, ["110.00"], "# first\n\n# second\n[[rates]]"),
        ({"rates[1]": None}, ["120.00"], "# second\n\n# on paper\n[contract]"),
        ({"rates": None}, ["110.00", "120.00"], "# first\n\n# on paper\n[contract]"),
        ({"projects[0].rates": None}, ["90.00"], "# why so low\n\n# the other one\n[[projects]]"),
        ({"projects[0]": None, "contract": None}, ["90.00", 'hourly = "90'], "# the other one\n[[projects]]"),
        ({"projects[0].name": "API", "rates[0].channel.call": "140"}, [], 'channel = {call = "140"}\n\n# second'),
        ({"projects[0].contract": {"type": "hourly"}}, [], 'type = "hourly"\n\n# the other one'),
        ({"projects[0].touches.default": "2m"}, [], '[projects.touches]\ndefault = "2m"\n\n# the other one'),
    ],
)
def test_comments_stay_with_the_heading_below_them(changes, gone, kept):
    after = changed(HEADED.encode(), changes).decode()
    assert kept in after
    assert not any(text in after for text in gone)


@pytest.mark.parametrize("path", ["calendars[0].x", "a..b", "", "[x]", "theme.x", "theme[+]", "[0]"])
def test_a_path_that_leads_nowhere(home, path):
    before = 'theme = "night"\ncalendars = []'
    with pytest.raises(KeyError):
        change(home, before, {path: 1})
    assert home.settings_file.read_text("utf-8") == before


def test_edit_keeps_the_line_ends_of_other_systems(home):
    home.settings_file.write_bytes(b'\xef\xbb\xbf# mine\r\ntheme = "night"\r\n[warn]\r\n')
    edit_settings(home, {"currency": "CHF", "warn.gap_over": "2m"})
    data = home.settings_file.read_bytes()
    assert data.startswith(b'# mine\r\ntheme = "night"\r\ncurrency = "CHF"\r\n')
    assert data.count(b"\n") == data.count(b"\r\n")
    assert load_settings(home, {}).value.day.gap_under == 120


def test_edit_refuses_a_new_error_only(home):
    with pytest.raises(EditRefused) as refused:
        change(home, 'time_zone = "nowhere"', {"currency": "too long"})
    assert [problem.key for problem in refused.value.problems] == ["currency"]
    edit_settings(home, {"currency": "CHF"})
    edit_settings(home, {"time_zone": "Europe/Paris"})
    assert load_settings(home, {}).ok


def test_edit_refuses_what_is_not_toml(home):
    with pytest.raises(EditRefused):
        change(home, "theme = ", {"theme": "paper"})
    assert home.settings_file.read_text("utf-8") == "theme = "


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
    before = (shipped("config") / "settings.toml").read_text("utf-8")
    home.settings_file.write_text(before)
    edit_settings(home, {"theme": "paper"})
    after = home.settings_file.read_text("utf-8")
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
@given(COMMENTS, st.lists(COMMENTS, max_size=4), TEXTS)
def test_comments_survive_any_change(home, unknown, comments, name):
    lines = ["theme = 'night'", *(f"# {comment}" for comment in comments), "[seller] # who bills", "odd = 'x' # y"]
    before = "\n".join([*lines, f"[calls] # {unknown}", "ignore = ['obs']", ""])
    after = change(home, before, {"seller.name": name, "calls.ignore[0]": "loom"})
    assert all(line in after for line in lines)
    assert f"# {unknown}" in after
    loaded = load_settings(home, {}).value
    assert (loaded.seller.name, loaded.calls.ignore) == (name, ("loom",))
