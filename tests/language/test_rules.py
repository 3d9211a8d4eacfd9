"""Rounding rules in words: every model, scope and option says something of its own."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.civil import zone_named
from clepsydra.domain.interval import Interval
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie, rounded
from clepsydra.language.rounding_sentence import sentence
from clepsydra.language.translator import translator

ENGLISH, FRENCH = translator("en"), translator("fr")


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        (RoundingRule(), "exact time", "temps exact"),
        (
            RoundingRule(Model.UP, 900, minimum=900),
            "by started quarter-hours, per session, minimum 15 min",
            "par quart d’heure entamé, par séance, minimum 15 min",
        ),
        (
            RoundingRule(Model.UP, 360, GroupScope.DAY),
            "by started tenths of an hour, per day",
            "par dixième d’heure entamé, par jour",
        ),
        (
            RoundingRule(Model.UP, 1200, GroupScope.LINE),
            "by started 20 min, per line",
            "par tranche de 20 min entamée, par ligne",
        ),
        (
            RoundingRule(Model.DOWN, 1800, GroupScope.STATEMENT, maximum=28800),
            "by full half-hours, on the whole statement, maximum 8 h",
            "par demi-heure complète, sur l’ensemble du relevé, maximum 8 h",
        ),
        (
            RoundingRule(Model.NEAREST, 900, GroupScope.CUMULATIVE, tie=Tie.EVEN),
            "to the nearest quarter-hour, an exact half goes to the even step, "
            "what is left over carried to the next session",
            "au quart d’heure le plus proche, une moitié exacte va au pas pair, reste reporté à la séance suivante",
        ),
        (
            RoundingRule(Model.GRACE, 900, grace=180),
            "by started quarter-hours, with 3 min of grace after the first step, per session",
            "par quart d’heure entamé, avec 3 min de tolérance après la première tranche, par séance",
        ),
        (
            RoundingRule(Model.FIRST, 900, first=3600),
            "1 h due from the start, then by started quarter-hours, per session",
            "1 h dès le début, puis par quart d’heure entamé, par séance",
        ),
        (
            RoundingRule(Model.CLOCK, 900),
            "between clock times by 15 min, start rounded earlier, end rounded later, per session",
            "entre heures d’horloge par 15 min, début avancé, fin retardée, par séance",
        ),
        (
            RoundingRule(Model.TIERS, tiers=((14400, 12600), (None, 25200)), scope=GroupScope.DAY),
            "up to 4 h: 3h 30m · beyond: 7 h, per day",
            "jusqu’à 4 h : 3 h 30 · au-delà : 7 h, par jour",
        ),
        (
            RoundingRule(Model.FLAT, flat=720),
            "12 min flat, however long it took, per session",
            "12 min au forfait, quelle que soit la durée, par séance",
        ),
    ],
)
def test_sentence(rule, english, french):
    assert said(sentence(rule, ENGLISH)) == english
    assert said(sentence(rule, FRENCH)) == french


RULES = st.builds(
    RoundingRule,
    model=st.sampled_from(Model),
    step=st.sampled_from([60, 300, 360, 900, 1200, 1800, 3600]),
    scope=st.sampled_from(GroupScope),
    minimum=st.none() | st.sampled_from([600, 900]),
    maximum=st.none() | st.sampled_from([7200, 28800]),
    tie=st.sampled_from(Tie),
    grace=st.sampled_from([60, 180]),
    grace_first=st.booleans(),
    first=st.sampled_from([1800, 3600]),
    begin=st.sampled_from(Edge),
    finish=st.sampled_from(Edge),
    tiers=st.sampled_from([((14400, 12600), (None, 25200)), ((3600, 3600), (None, 25200))]),
    flat=st.sampled_from([720, 900]),
    midnight=st.sampled_from(Midnight),
)
OPTIONS = st.sampled_from(
    ["step", "scope", "minimum", "maximum", "tie", "grace", "grace_first", "first", "begin", "finish", "tiers", "flat"]
)
SPANS = st.integers(0, 4 * 3600).flatmap(
    lambda begin: st.integers(1, 10 * 3600).map(lambda n: Interval(1_795_000_000 + begin, 1_795_000_000 + begin + n))
)


@given(RULES, RULES, OPTIONS, st.lists(SPANS, min_size=1, max_size=8))
def test_rules_that_bill_differently_read_differently(rule, other, option, spans):
    changed = replace(rule, **{option: getattr(other, option)})
    zone = zone_named("Europe/Paris")
    if any(rounded(rule, [span], zone) != rounded(changed, [span], zone) for span in spans):
        assert sentence(rule, ENGLISH) != sentence(changed, ENGLISH)
        assert sentence(rule, FRENCH) != sentence(changed, FRENCH)


@given(RULES, st.sampled_from(GroupScope))
def test_groups_read_differently_where_they_matter(rule, scope):
    """Grouping cannot matter only for exact time without bounds."""
    free = rule.model is Model.EXACT and rule.minimum is None and rule.maximum is None
    if scope is not rule.scope and not free:
        assert sentence(rule, FRENCH) != sentence(replace(rule, scope=scope), FRENCH)


def test_a_day_cut_at_its_end_is_said():
    rule = RoundingRule(Model.UP, 900, GroupScope.DAY)
    assert sentence(replace(rule, midnight=Midnight.SPLIT), ENGLISH) != sentence(rule, ENGLISH)
