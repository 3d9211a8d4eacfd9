"""Every kind of mistake gives its file, line, key, what was found, what is allowed and what was meant."""

from datetime import date

import pytest

from clepsydra.language.translator import translator
from clepsydra.settings.asked import Asked
from clepsydra.settings.load import load_clients, load_file, load_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import _EXPECTED, _SENTENCES, WARNINGS, Expected, ProblemKind

ENGLISH, FRENCH = translator("en"), translator("fr")

SETTINGS = [
    ('langage = "fr"', 1, "langage", ProblemKind.UNKNOWN_KEY, "language"),
    ('language = "fre"', 1, "language", ProblemKind.WRONG, '"fr"'),
    ('\ntime_zone = "paris"', 2, "time_zone", ProblemKind.WRONG, '"Europe/Paris"'),
    ('time_zone = "Europe/Pariss"', 1, "time_zone", ProblemKind.WRONG, '"Europe/Paris"'),
    ('currency = "€"', 1, "currency", ProblemKind.WRONG, '"EUR"'),
    ('day_starts_at = "4h70"', 1, "day_starts_at", ProblemKind.WRONG, ""),
    ("day_starts_at = 04:00:30", 1, "day_starts_at", ProblemKind.WRONG, ""),
    ('parallel_timers = "yes"', 1, "parallel_timers", ProblemKind.WRONG, "true"),
    ("parallel_timers = 1", 1, "parallel_timers", ProblemKind.WRONG, ""),
    ('late_after = "45"', 1, "late_after", ProblemKind.WRONG, '"45m"'),
    ("late_after = true", 1, "late_after", ProblemKind.WRONG, ""),
    ('[warn]\nsession_over = "6.5"', 2, "warn.session_over", ProblemKind.WRONG, ""),
    ('warn.session_ovr = "6m"', 1, "warn.session_ovr", ProblemKind.UNKNOWN_KEY, "session_over"),
    ('[warn]\ngap_over = "0m"', 2, "warn.gap_over", ProblemKind.WRONG, ""),
    ("warn = 3", 1, "warn", ProblemKind.WRONG, ""),
    ('[calls]\nevidence = "stream"', 2, "calls.evidence", ProblemKind.WRONG, '"streams"'),
    ("[calls]\nignore = [\n  'x',\n  3,\n]", 4, "calls.ignore[1]", ProblemKind.WRONG, ""),
    ("calls = { constants = { hold = -1 } }", 1, "calls.constants.hold", ProblemKind.WRONG, ""),
    ('working_hours = { mon-fry = "9:00-12:00" }', 1, "working_hours.mon-fry", ProblemKind.WRONG, ""),
    ('[working_hours]\nmon-fri = ""\nwed = ""', 3, "working_hours.wed", ProblemKind.WRONG, ""),
    ('[working_hours]\nmon = "9:00-12:00, 11:00-13:00"', 2, "working_hours.mon", ProblemKind.WRONG, ""),
    ('[working_hours]\nmon = "18:00-9:00"', 2, "working_hours.mon", ProblemKind.WRONG, ""),
    ("[cost]\nincome = 30000.50", 2, "cost.income", ProblemKind.WRONG, '"30000.50"'),
    ("[cost]\nworking_days = 367", 2, "cost.working_days", ProblemKind.WRONG, ""),
    ('[keys]\n"timer.start" = 3', 2, "keys.'timer.start'", ProblemKind.WRONG, ""),
    ("[seller]\nmentions = 'x'", 2, "seller.mentions", ProblemKind.WRONG, ""),
    ("calendars = [3]", 1, "calendars[0]", ProblemKind.WRONG, ""),
    ("theme = ''", 1, "theme", ProblemKind.WRONG, ""),
    ("a = 1\nb = [1,\n2", 3, "", ProblemKind.SYNTAX, ""),
    ("a = 1\nb 2\n", 2, "", ProblemKind.SYNTAX, ""),
    ("a = 1\n\na = 2\n", 3, "", ProblemKind.TWICE, ""),
    ("[a]\n[a]\n", 2, "", ProblemKind.TWICE, ""),
    ("x = " + "[" * 5000, 1, "", ProblemKind.SYNTAX, ""),
    ("x = " + "1" * 5000, 1, "", ProblemKind.SYNTAX, ""),
]

_DECIDE = 'name = "A"\n\n[[decide]]\nwhen = {{ {} }}\nthen = {{ {} }}'

CLIENT = [
    ("", 1, "name", ProblemKind.MISSING, ""),
    ('name = " "', 1, "name", ProblemKind.WRONG, ""),
    ('name = "A"\ncurrency = "eur"', 2, "currency", ProblemKind.WRONG, '"EUR"'),
    ('name = "A"\nkey = "ab"', 2, "key", ProblemKind.WRONG, ""),
    ('name = "A"\nactive = "no"', 2, "active", ProblemKind.WRONG, "false"),
    ('name = "A"\n[[rates]]\nfrom = 2026-01-01', 2, "rates[0].hourly", ProblemKind.MISSING, ""),
    ('name = "A"\n[[rates]]\nhourly = 120.5', 3, "rates[0].hourly", ProblemKind.WRONG, '"120.5"'),
    ('name = "A"\n[[rates]]\nhourly = "1,245"', 3, "rates[0].hourly", ProblemKind.WRONG, '"1.245"'),
    ('name = "A"\n[[rates]]\nhourly = -1', 3, "rates[0].hourly", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rates]]\nhourly = 1e-999999', 3, "rates[0].hourly", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rates]]\nhourly = inf', 3, "rates[0].hourly", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rates]]\nhourly=1\nfrom="01/02"', 4, "rates[0].from", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rates]]\nhourly=1\nfrom=2026-01-01T00:00:00', 4, "rates[0].from", ProblemKind.WRONG, "2026-01-01"),
    ('name = "A"\n[[rates]]\nhourly=1\nchannel={cal="1"}', 4, "rates[0].channel.cal", ProblemKind.WRONG, "call"),
    ('name = "A"\n[[rates]]\nhourly=1\n[[rates]]\nhourly=2', 4, "rates[1].from", ProblemKind.MISSING, ""),
    (
        'name = "A"\n[[rates]]\nfrom=2026-01-01\nhourly=1\n[[rates]]\nhourly=2\nfrom=2026-01-01',
        7,
        "rates[1].from",
        ProblemKind.DUPLICATE,
        "",
    ),
    ('name = "A"\nrates = 3', 2, "rates", ProblemKind.WRONG, ""),
    ('name = "A"\n[rates]\nhourly = 3', 2, "rates", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rounding]]\nstep="15m"', 2, "rounding[0].model", ProblemKind.MISSING, ""),
    ('name = "A"\n[[rounding]]\nmodel="upp"', 3, "rounding[0].model", ProblemKind.WRONG, '"up"'),
    *(
        (f'name = "A"\n[[rounding]]\nmodel="{model}"', 2, f"rounding[0].{key}", ProblemKind.NEEDED, "")
        for model, key in [
            ("up", "step"),
            ("down", "step"),
            ("nearest", "step"),
            ("clock", "step"),
            ("tiers", "tiers"),
            ("flat", "flat"),
        ]
    ),
    ('name = "A"\n[[rounding]]\nmodel="grace"\nstep="15m"', 2, "rounding[0].grace", ProblemKind.NEEDED, ""),
    ('name = "A"\n[[rounding]]\nmodel="grace"\ngrace="1m"', 2, "rounding[0].step", ProblemKind.NEEDED, ""),
    ('name = "A"\n[[rounding]]\nmodel="first"\nstep="15m"', 2, "rounding[0].first", ProblemKind.NEEDED, ""),
    ('name = "A"\n[[rounding]]\nmodel="first"\nfirst="15m"', 2, "rounding[0].step", ProblemKind.NEEDED, ""),
    ('name = "A"\n[[rounding]]\nmodel="grace"\nstep="5m"\ngrace="5m"', 5, "rounding[0].grace", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rounding]]\nmodel="up"\nstep="0m"', 4, "rounding[0].step", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rounding]]\nmodel="up"\nstep="25h"', 4, "rounding[0].step", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rounding]]\nmodel="flat"\nflat="3m"\nstep="3m"', 5, "rounding[0].step", ProblemKind.UNUSED, ""),
    ('name = "A"\n[[rounding]]\nmodel="exact"\nmidnight="split"', 4, "rounding[0].midnight", ProblemKind.UNUSED, ""),
    (
        'name = "A"\n[[rounding]]\nmodel="exact"\nminimum="2h"\nmaximum="1h"',
        5,
        "rounding[0].maximum",
        ProblemKind.WRONG,
        "",
    ),
    (
        'name = "A"\n[[rounding]]\nmodel="exact"\nchannels=["cal"]',
        4,
        "rounding[0].channels[0]",
        ProblemKind.WRONG,
        '"call"',
    ),
    ('name = "A"\n[[rounding]]\nmodel="exact"\nscope="dai"', 4, "rounding[0].scope", ProblemKind.WRONG, '"day"'),
    (
        'name = "A"\n[[rounding]]\nmodel="tiers"\ntiers=[["4h","1h"],\n["3h","2h"],\n["","3h"]]',
        5,
        "rounding[0].tiers[1]",
        ProblemKind.WRONG,
        "",
    ),
    (
        'name = "A"\n[[rounding]]\nmodel="tiers"\ntiers=[["4h","2h"],\n["","1h"]]',
        5,
        "rounding[0].tiers[1]",
        ProblemKind.WRONG,
        "",
    ),
    ('name = "A"\n[[rounding]]\nmodel="tiers"\ntiers=[["4h","1h"]]', 4, "rounding[0].tiers[0]", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rounding]]\nmodel="tiers"\ntiers=[]', 4, "rounding[0].tiers", ProblemKind.WRONG, ""),
    (
        'name = "A"\n[[rounding]]\nmodel="exact"\nchannels=["call"]\n'
        '[[rounding]]\nmodel="exact"\nchannels=["call", "work"]',
        5,
        "rounding[1].from",
        ProblemKind.MISSING,
        "",
    ),
    ('name = "A"\n[contract]\nfrom=2026-01-01', 2, "contract.type", ProblemKind.MISSING, ""),
    ('name = "A"\n[contract]\ntype="retainr"', 3, "contract.type", ProblemKind.WRONG, '"retainer"'),
    ('name = "A"\n[contract]\ntype="retainer"', 2, "contract.included", ProblemKind.NEEDED, ""),
    ('name = "A"\n[contract]\ntype="fixed"', 2, "contract.fee", ProblemKind.NEEDED, ""),
    ('name = "A"\n[contract]\ntype="retainer"\nincluded=20', 4, "contract.included", ProblemKind.WRONG, '"20h"'),
    ('name = "A"\n[contract]\ntype="retainer"\nincluded="20"', 4, "contract.included", ProblemKind.WRONG, '"20h"'),
    (
        'name = "A"\n[contract]\ntype="retainer"\nincluded="20h"\nbudget="1h"',
        5,
        "contract.budget",
        ProblemKind.WRONG,
        "",
    ),
    (
        'name = "A"\n[contract]\ntype="retainer"\nincluded="20h"\ncarry={expires=1}',
        5,
        "contract.carry.expires",
        ProblemKind.WRONG,
        '"1 months"',
    ),
    ('name = "A"\n[contract]\ntype="hourly"\nfee="3"', 4, "contract.fee", ProblemKind.UNUSED, ""),
    ('name = "A"\n[contract]\ntype="hourly"\nalerts=[0.5,0]', 4, "contract.alerts[1]", ProblemKind.WRONG, ""),
    (
        'name = "A"\n[contract]\ntype="hourly"\nfrom=2026-02-01\nends=2026-01-31',
        5,
        "contract.ends",
        ProblemKind.WRONG,
        "",
    ),
    (
        'name = "A"\n[contract]\ntype="fixed"\nfee=1\n[[contract.deliverables]]\nname="x"\nweight=0',
        7,
        "contract.deliverables[0].weight",
        ProblemKind.WRONG,
        "",
    ),
    (
        'name = "A"\n[contract]\ntype="fixed"\nfee=1\n[[contract.changes]]\ntitle="x"',
        5,
        "contract.changes[0].accepted",
        ProblemKind.MISSING,
        "",
    ),
    (
        'name = "A"\n[[contract]]\ntype="retainer"\nincluded="1h"\n[[contract.top_ups]]\nday=2026-01-01',
        5,
        "contract[0].top_ups[0].included",
        ProblemKind.MISSING,
        "",
    ),
    ('name = "A"\n[statement]\nformats=["pdf", "cvs"]', 3, "statement.formats[1]", ProblemKind.WRONG, '"csv"'),
    (
        'name = "A"\n[statement]\nterms="45 weeks"',
        3,
        "statement.terms",
        ProblemKind.WRONG,
        "",
    ),
    ('name = "A"\n[statement]\ntax="120"', 3, "statement.tax", ProblemKind.WRONG, ""),
    ('name = "A"\n[[rounding]]\nmodel="upp"\nstep="15m"', 3, "rounding[0].model", ProblemKind.WRONG, '"up"'),
    ('name = "A"\n[statement]\ntax="20 %"', 3, "statement.tax", ProblemKind.WRONG, ""),
    ('name = "A"\n[touches]\nfree_per_month=-1', 3, "touches.free_per_month", ProblemKind.WRONG, ""),
    ('name = "A"\n[context]\nrepositories=["x", ""]', 3, "context.repositories[1]", ProblemKind.WRONG, ""),
    ('name = "A"\n[[projects]]\nname="x"', 2, "projects[0].slug", ProblemKind.MISSING, ""),
    ('name = "A"\n[[projects]]\nslug="Ap i"', 3, "projects[0].slug", ProblemKind.WRONG, '"ap-i"'),
    (
        'name = "A"\n[[projects]]\nslug="api"\n[[projects]]\nslug="api"',
        5,
        "projects[1].slug",
        ProblemKind.DUPLICATE,
        "",
    ),
    (
        'name = "A"\n[[projects]]\nslug="a"\n[[projects]]\nslug="b"\n  [[projects.rates]]\n  hourly="x"',
        7,
        "projects[1].rates[0].hourly",
        ProblemKind.WRONG,
        "",
    ),
    (_DECIDE.format('evidence = "mail", over = "1m"', ""), 4, "decide[0].when.over", ProblemKind.IMPOSSIBLE, ""),
    (_DECIDE.format('evidence = ["call", "cal"]', ""), 4, "decide[0].when.evidence[1]", ProblemKind.WRONG, '"call"'),
    (_DECIDE.format('wth = "x"', ""), 4, "decide[0].when.wth", ProblemKind.WRONG, "with"),
    (_DECIDE.format('over = "5m", under = "2m"', ""), 4, "decide[0].when.under", ProblemKind.IMPOSSIBLE, ""),
    (_DECIDE.format("", 'project = "api"'), 5, "decide[0].then.project", ProblemKind.WRONG, ""),
    (_DECIDE.format("", 'take = "nw"'), 5, "decide[0].then.take", ProblemKind.WRONG, '"now"'),
    (_DECIDE.format("", 'decision = "absorb"'), 5, "decide[0].then.decision", ProblemKind.IMPOSSIBLE, ""),
    (
        _DECIDE.format("", 'scope = "out", decision = "bill", take = "now"'),
        5,
        "decide[0].then.take",
        ProblemKind.UNUSED,
        "",
    ),
    ('name = "A"\n[[decide]]\nthen = {}', 2, "decide[0].when", ProblemKind.MISSING, ""),
    (
        _DECIDE.format("", "") + '\n[[decide]]\nwhen = { evidence = "call" }\nthen = {}',
        6,
        "decide[1]",
        ProblemKind.HIDDEN,
        "",
    ),
]


def told(problems):
    return [(p.line, p.key, p.message_id, p.nearest) for p in problems]


@pytest.mark.parametrize(("text", "line", "key", "kind", "nearest"), SETTINGS)
def test_settings(home, text, line, key, kind, nearest):
    home.settings_file.write_text(text)
    loaded = load_settings(home, {})
    assert (line, key, kind, nearest) in told(loaded.problems)
    assert all(problem.file == home.settings_file for problem in loaded.problems)
    assert loaded.ok is (kind in WARNINGS)


@pytest.mark.parametrize(("text", "line", "key", "kind", "nearest"), CLIENT)
def test_client(home, text, line, key, kind, nearest):
    home.client_file("acme").write_text(text)
    loaded = load_file(home.client_file("acme"), Settings())
    assert told(loaded.problems) == [(line, key, kind, nearest)]
    assert loaded.problems[0].file == home.client_file("acme")
    assert (loaded.value is not None) is (kind in WARNINGS)


def test_every_problem_of_every_file_at_once(home):
    home.client_file("a").write_text('currency = "x"\n[[rates]]\n')
    home.client_file("b").write_text('name = "B"\nkey="xx"\nlang="fr"\n')
    home.client_file("Bad Name").write_text("")
    problems = load_clients(home, Settings()).problems
    assert [(p.file.name, p.line, p.key) for p in problems] == [
        ("Bad Name.toml", 1, ""),
        ("a.toml", 1, "name"),
        ("a.toml", 1, "currency"),
        ("a.toml", 2, "rates[0].hourly"),
        ("b.toml", 2, "key"),
        ("b.toml", 3, "lang"),
    ]


def test_two_clients_claim_one_key(home):
    home.client_file("a").write_text('name = "A"\nkey = "x"')
    home.client_file("b").write_text('name = "B"\n\nkey = "x"')
    loaded = load_clients(home, Settings())
    (problem,) = loaded.problems
    assert (problem.file.name, problem.line, problem.key, problem.other) == ("b.toml", 3, "key", "a")
    assert [loaded.value["a"].key, loaded.value["b"].key] == ["x", None]


def test_not_utf_8(home):
    home.client_file("a").write_bytes(b'name = "A"\naddress = "\xe9t\xe9"')
    (problem,) = load_file(home.client_file("a"), Settings()).problems
    assert (problem.line, problem.message_id) == (2, ProblemKind.ENCODING)


def test_a_folder_is_not_a_file(home):
    home.client_file("a").mkdir()
    (problem,) = load_file(home.client_file("a"), Settings()).problems
    assert problem.message_id is ProblemKind.NOT_PLAIN


@pytest.mark.parametrize("slug", ["../settings", "", "A", "a/b", "a" * 101])
def test_no_slug_leads_out_of_the_folder(home, slug):
    home.settings_file.write_text('name = "x"')
    assert Asked(home, {}).clients.get(slug) is None


def test_own_work_has_no_rate(home):
    home.client_file("own").write_text("[[rates]]\nhourly = 3")
    loaded = load_file(home.client_file("own"), Settings())
    assert [(p.key, p.message_id) for p in loaded.problems] == [("rates", ProblemKind.UNUSED)]
    assert loaded.value.own


def test_words(home):
    home.client_file("acme").write_text('name = "A"\n[[rounding]]\nmodel = "upp"')
    (problem,) = load_file(home.client_file("acme"), Settings()).problems
    assert problem.text(ENGLISH) == (
        'clients/acme.toml:3: rounding[0].model: found "upp", '
        'allowed: exact, up, down, nearest, grace, first, clock, tiers, flat; did you mean "up"?'
    )
    assert problem.text(FRENCH) == (
        'clients/acme.toml:3: rounding[0].model: trouvé "upp", '
        'permis\u00a0: exact, up, down, nearest, grace, first, clock, tiers, flat\u202f; vouliez-vous dire "up"\u202f?'
    )


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ('"0m"', 'a duration above zero and of a day at most, such as "15m"'),
        ("0", 'a duration above zero and of a day at most, such as "15m"'),
        ('"25h"', 'a duration above zero and of a day at most, such as "15m"'),
        ('"999999h"', "a duration of 100000 hours at most"),
        ("999999999999", "a duration of 100000 hours at most"),
        ('"soon"', 'a duration such as "90s", "15m", "1h30" or "2 days", or whole seconds'),
        ('""', 'a duration such as "90s", "15m", "1h30" or "2 days", or whole seconds'),
    ],
)
def test_what_a_step_may_be_is_told_by_what_is_wrong_with_it(home, value, allowed):
    home.client_file("acme").write_text(f'name = "A"\n[[rounding]]\nmodel = "up"\nstep = {value}')
    (problem,) = load_file(home.client_file("acme"), Settings()).problems
    assert problem.sentence(ENGLISH) == f"found {value}, allowed: {allowed}"


def test_what_must_be_longer_than_nothing_says_so(home):
    home.client_file("acme").write_text('name = "A"\n[[rounding]]\nmodel = "up"\nstep = "15m"\nmaximum = "0m"')
    (problem,) = load_file(home.client_file("acme"), Settings()).problems
    assert problem.sentence(ENGLISH) == 'found "0m", allowed: a duration above zero, such as "15m"'


@pytest.mark.parametrize("speaker", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_no_escape_code_reaches_a_terminal(home, speaker):
    home.client_file("acme").write_text('name = "A"\nkey = "\\u001b]0;x\\u0007"\n"\\u001b[31m" = 1\n"a{b}" = "{c}"')
    for problem in load_file(home.client_file("acme"), Settings()).problems:
        bare = problem.text(speaker).replace("\u00a0", "").replace("\u202f", "")
        assert bare.isprintable()


def test_there_are_words_for_everything():
    assert set(_EXPECTED) == set(Expected)
    assert set(_SENTENCES) == set(ProblemKind)


def test_a_rule_is_kept_on_one_line_that_can_be_read_again(home):
    text = """name = "A"
[[decide]]
from = 2026-11-01
[decide.when]
title = ["*\\"d\u00e9\u00e7u\\"*", 'b\\c']
hours = { mon-fri = "9:00-12:00" }
[decide.then]
take = "close"
"""
    home.client_file("acme").write_text(text)
    (rule,) = load_file(home.client_file("acme"), Settings()).value.decide
    home.client_file("brel").write_text(
        'name = "B"\n[[decide]]\n' + rule.text.replace(", when", "\nwhen").replace(", then", "\nthen")
    )
    assert load_file(home.client_file("brel"), Settings()).value.decide == (rule,)
    assert rule.when.title == ('*"decu"*', r"b\c")
    assert rule.when.hours == (((540, 720),),) * 5 + ((), ())


def test_a_rate_without_date_has_always_held(home):
    home.client_file("acme").write_text('name="A"\n[[rates]]\nfrom=2026-01-01\nhourly=2\n[[rates]]\nhourly=1')
    rates = load_file(home.client_file("acme"), Settings()).value.rates
    assert [(rate.since, rate.hourly) for rate in rates] == [(date.min, 1), (date(2026, 1, 1), 2)]
