"""Reading: typed values, the environment, and texts of every sort, which never raise."""

import subprocess
import sys
import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from clepsydra.domain.agreement import ContractPeriod
from clepsydra.domain.rounding import Model, RoundingRule
from clepsydra.domain.session import Channel
from clepsydra.settings import system
from clepsydra.settings.lines import TomlLines
from clepsydra.settings.load import load_clients, load_file, load_settings, parse_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.times import duration, spelled

SETTINGS = """
language = "fr"
time_zone = "Europe/Paris"
currency = "CHF"
day_starts_at = "04:00"
working_hours = { mon-thu = "9:00-12:30, 14:00-18:00", "fri, sun" = "22:00-24:00" }
late_after = "2 days"
calendars = ["work.ics", "/abs/home.ics"]
[calls]
evidence = "room"
keep_evidence = "90 days"
constants = { hold = 12.5, silence = "30s" }
[reminders]
close_day_at = "18:15"
[cost]
income = "30000.00"
hours_per_day = "6h30"
[keys]
"timer.start" = "s, f5"
"timer.stop" = ""
"""


def test_settings(home):
    home.settings_file.write_text(SETTINGS)
    loaded = load_settings(home, {})
    settings = loaded.value
    assert loaded.problems == ()
    assert (settings.language, settings.time_zone, settings.currency) == ("fr", ZoneInfo("Europe/Paris"), "CHF")
    assert settings.day_starts_at == time(4)
    assert sorted(settings.working_hours) == [0, 1, 2, 3, 4, 6]
    assert settings.working_hours[3] == ((time(9), time(12, 30)), (time(14), time(18)))
    assert settings.working_hours[6] == ((time(22), time(0)),)
    assert settings.late_after == 2 * 86_400
    assert settings.calendars == (home.path / "work.ics", Path("/abs/home.ics"))
    assert settings.calls.keep_evidence == 90 * 86_400
    assert settings.calls.constants == {"hold": 12.5, "silence": 30.0}
    assert settings.reminders.close_day_at == time(18, 15)
    assert (settings.cost.income, settings.cost.hours_per_day) == (Decimal("30000.00"), 6 * 3600 + 1800)
    assert settings.keys == {"timer.start": ("s", "f5"), "timer.stop": ()}


def test_without_any_file(home):
    loaded = load_settings(home, {"LANG": "fr_FR.UTF-8", "TZ": ":Asia/Kathmandu"})
    assert loaded.problems == ()
    assert (loaded.value.language, loaded.value.time_zone.key) == ("fr", "Asia/Kathmandu")


def test_a_wrong_value_stands_at_its_default_and_spoils_no_other(home):
    home.settings_file.write_text('currency = "x"\nday_starts_at = "04:00"')
    loaded = load_settings(home, {})
    assert not loaded.ok
    assert (loaded.value.currency, loaded.value.day_starts_at) == ("EUR", time(4))


@pytest.mark.parametrize(
    ("tz", "localtime", "timezone", "zone"),
    [
        ("", "/usr/share/zoneinfo/Europe/Lisbon", "Europe/Paris", "Europe/Lisbon"),
        ("CET-1CEST", "/usr/share/zoneinfo/Europe/Lisbon", "", "Europe/Lisbon"),
        ("", "", "Europe/Paris\n", "Europe/Paris"),
        ("nowhere", "", "", "UTC"),
    ],
)
def test_system_zone(tmp_path, tz, localtime, timezone, zone):
    if localtime:
        (tmp_path / "localtime").symlink_to(localtime)
    if timezone:
        (tmp_path / "timezone").write_text(timezone)
    assert system.system_zone({"TZ": tz}, tmp_path).key == zone


def test_a_client_inherits_from_the_settings(home):
    home.settings_file.write_text(SETTINGS)
    home.client_file("acme").write_text('name = "Acme"')
    settings = load_settings(home, {}).value
    client = load_file(home.client_file("acme"), settings).value
    assert (client.currency, client.zone.key, client.language) == ("CHF", "Europe/Paris", "fr")


def test_own_work_is_always_there(home):
    settings = Settings(currency="CHF")
    assert load_clients(home, settings).value["own"].currency == "CHF"
    home.client_file("own").write_text('name = "Moi"\nkey = "o"\n[[projects]]\nslug = "sales"')
    assert load_clients(home, settings).value["own"].project("sales")


def test_rules_and_contracts_come_in_the_order_of_their_dates(home):
    home.client_file("acme").write_text("""
name = "Acme"
rounding = [
    { from = 2026-06-01, model = "up", step = 900 },
    { model = "nearest", step = "6m", channels = ["call", "travel"] },
]
[[contract]]
type = "retainer"
from = "2026-06-01"
period = "quarter"
included = "60h"
[[contract]]
type = "hourly"
""")
    client = load_file(home.client_file("acme"), Settings()).value
    first, second = client.rounding
    assert (first.since, first.channels) == (date.min, {Channel.CALL, Channel.TRAVEL})
    assert second.rule == RoundingRule(Model.UP, 900)
    assert [contract.period for contract in client.contracts] == [ContractPeriod.MONTH, ContractPeriod.QUARTER]


def test_a_project_overrides_in_part(home):
    home.client_file("acme").write_text("""
name = "Acme"
calls = { apps = ["zoom"], ignore_under = "45s" }
touches = { default = "10m", free_per_month = 3 }
[[projects]]
slug = "api"
touches = { default = "2m" }
[projects.calls]
apps = ["teams"]
[[projects]]
slug = "site"
""")
    api, site = load_file(home.client_file("acme"), Settings()).value.projects
    assert (api.touches.default, api.touches.free_per_month, api.touches.shared) == (120, 3, True)
    assert (api.calls.apps, api.calls.ignore_under) == (("teams",), 45)
    assert (api.name, site.touches, site.calls) == ("api", None, None)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        *[("90s", 90), ("15m", 900), ("1h30", 5400), ("1h30m", 5400), ("1h 05", 3900), ("2 days", 172_800)],
        *[("1h30m20s", 5420), ("20 hours", 72_000), ("15 min", 900), ("1 day", 86_400), (0, 0), (77, 77), ("0s", 0)],
    ],
)
def test_durations(typed, seconds):
    assert duration(typed) == seconds


@given(st.integers(0, 10**8))
def test_a_duration_is_read_as_it_is_spelled(seconds):
    assert duration(spelled(seconds)) == seconds


def test_the_hot_path_is_light(home):
    """A command that starts a timer reads two files with the standard library alone."""
    home.settings_file.write_text(SETTINGS)
    home.client_file("acme").write_text('name = "Acme"\n[[rates]]\nhourly = "120.00"')
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from clepsydra.settings.home import Home\n"
        "from clepsydra.settings.asked import Asked\n"
        "home = Home.find(sys.argv[2], {})\n"
        "assert Asked(home, {}).clients['acme'].rates\n"
        "print(*sys.modules)"
    )
    app = Path(system.__file__).parents[2]
    run = [sys.executable, "-c", code, str(app), str(home.path)]
    loaded = set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())
    heavy = {"difflib", "tomlkit", "tomli_w", "platformdirs", "hashlib", "json", "tempfile", "gettext", "babel"}
    assert not loaded & heavy
    assert "clepsydra.settings.lines" not in loaded


WORDS = ["name", "key", "rates", "from", "hourly", "channel", "rounding", "model", "step", "tiers", "contract", "type"]
WORDS += ["warn", "calls", "keys", "working_hours", "constants", "projects", "slug", "statement", "cost", "time_zone"]
KEYS = st.sampled_from(WORDS) | st.text(max_size=8)
LEAVES = (
    st.text(max_size=12)
    | st.sampled_from(["up", "15m", "120.00", "retainer", "2026-01-01", "mon-fri", "9:00-12:00", "Europe/Paris"])
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.times().map(lambda t: t.replace(tzinfo=None))
    | st.datetimes()
)
TABLES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=6,
)


def never_raises(data: bytes) -> None:
    file = Path("clients/acme.toml")
    for loaded in (parse_settings(file, data, {}), load_file(file, Settings(), data)):
        for problem in loaded.problems:
            assert problem.line >= 1
            assert problem.line <= data.count(b"\n") + 1
        assert loaded.ok or loaded.problems


@given(TABLES)
@example({"rates": [{"hourly": 1.0}, {"hourly": 0.1}]})
@example({"contract": {"type": "fixed", "carry": 3}})
def test_any_tables_give_settings_or_problems(tables):
    never_raises(tomli_w.dumps(tables).encode())


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"x = 0x" + b"f" * 6000)
@example(b"late_after = 0x" + b"f" * 6000)
@example(b"x = 1e99999999999999999999")
@example(b"[cost]\nincome = 1e-99999999")
@example(b"time_zone = '" + b"a" * 5000 + b"'")
@example(b"time_zone = 'Europe'")
@example(b"time_zone = '../../etc/passwd'")
@example(b"time_zone = 'a\\u0000b'")
@example(b'language = "\\uD7FF"')
@example(b"\xef\xbb\xbfname = 'A'\r\n")
@example(b"name = [" + b"[" * 200 + b"]" * 201)
def test_any_bytes_give_settings_or_problems(data):
    never_raises(data)


@given(TABLES, st.booleans())
def test_every_key_is_found_on_its_line(tables, lists_on_lines):
    """The line found for a key is one where that key, its table or its value begins."""
    text = tomli_w.dumps(tables, indent=2 if lists_on_lines else 4)
    rows, lines = text.split("\n"), TomlLines(text)

    def walk(value, path):
        if path and isinstance(path[-1], str):
            row = rows[lines.of(path) - 1]
            spelled_keys = [k for k in (path[-1], tomli_w.dumps({path[-1]: 1})[:-5]) if k in row]
            assert spelled_keys, (path, row)
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in pairs:
            assert lines.of((*path, key)) >= lines.of(path)
            walk(inner, (*path, key))

    walk(tomllib.loads(text), ())


NOTATIONS = """# comment [x]
a.b."c d" = 1
s = \"\"\"
[not.a.table]
t = 1 \\" \"\"\"\"\"
l = '''
[[no]]
'''
m = [ 1, # one ] }
  { x = 1, y = [2,
  3] } ]
[t.'u v']
k = "#"
[[t.w]]
[[t.w]]
z = 1
[t.w.deep]
"\\u00e9" = 2
"""


def test_lines_of_every_notation():
    parsed, rows, lines = tomllib.loads(NOTATIONS), NOTATIONS.split("\n"), TomlLines(NOTATIONS)
    assert parsed["t"]["w"][1]["deep"] == {"é": 2}
    for path, start in {
        ("a", "b", "c d"): "a.b",
        ("s",): "s =",
        ("l",): "l =",
        ("m", 0): "m =",
        ("m", 1, "y"): "  { x",
        ("m", 1, "y", 1): "  3]",
        ("t", "u v", "k"): "k =",
        ("t", "w", 0): "[[t.w]]",
        ("t", "w", 1, "z"): "z =",
        ("t", "w", 1, "deep", "é"): '"\\u00e9"',
        ("t", "w", 1, "missing"): "[[t.w]]",
        ("missing",): "# comment",
    }.items():
        assert rows[lines.of(path) - 1].startswith(start), path
    assert lines.of(("t", "w", 1)) == lines.of(("t", "w", 0)) + 1
