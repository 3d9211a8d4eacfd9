"""Billing groups: pure, a partition of the sessions, and figures that add up to the cent."""

import itertools
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.billing import (
    FIGURE_NAMES,
    Figures,
    Group,
    figures,
    group_sessions,
    line_key,
    total,
)
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule, rounded
from clepsydra.domain.session import Decision
from clepsydra.domain.terms import Client
from tests.clock import at
from tests.domain.samples import NOW, client, session
from tests.domain.strategies import books, rules


def assert_identities(f: Figures) -> None:
    for unit in ("seconds", "minor"):
        part = {name: getattr(f, f"{name}_{unit}") for name in ("exact", "billed", "underbilled", "overbilled")}
        gain = getattr(f, f"rule_gain_{unit}") + getattr(f, f"manual_gain_{unit}")
        loss = getattr(f, f"rule_loss_{unit}") + getattr(f, f"manual_loss_{unit}")
        assert part["billed"] == part["exact"] - loss + gain
        assert part["billed"] == part["exact"] - part["underbilled"] + part["overbilled"]
        assert getattr(f, f"net_{unit}") == gain - loss
    assert all(getattr(f, name) >= 0 for name in FIGURE_NAMES)


def expected_figures(group: Group, client: Client) -> tuple[int, int, int, int]:
    """Exact and billed, in seconds and in money by Decimal, from the group's pieces alone."""
    exact = sum(p.span.ended_at - p.span.started_at for p in group.pieces)
    agreed = [
        p.session.agreed_seconds
        for p in group.pieces
        if p.session.agreed_seconds is not None and p.span.started_at == p.session.started_at
    ]
    billed = sum(agreed) if agreed else group.rule_seconds
    unit = {"EUR": 100, "JPY": 1, "TND": 1000}[client.currency]

    def money(seconds: int) -> int:
        return floor(Fraction(group.key.hourly) * seconds * unit / 3600 + Fraction(1, 2))

    return exact, billed, money(exact), money(billed)


@given(books())
@settings(max_examples=300, deadline=None)
def test_identities_hold_to_the_cent_in_each_group_and_in_total(book):
    owner, sessions = book
    groups = group_sessions(sessions, owner, NOW)
    for group in groups:
        f = group.figures
        assert_identities(f)
        assert (f.exact_seconds, f.billed_seconds, f.exact_minor, f.billed_minor) == expected_figures(group, owner)
    whole = total(groups)
    assert_identities(whole)
    assert whole.exact_seconds == sum(s.exact_seconds(NOW) for s in sessions)
    assert whole == sum((g.figures for g in groups), Figures())


@given(books())
@settings(max_examples=200, deadline=None)
def test_every_second_is_in_one_group(book):
    owner, sessions = book
    pieces = [piece for group in group_sessions(sessions, owner, NOW) for piece in group.pieces]
    for one in sessions:
        own = sorted(p.span for p in pieces if p.session.id == one.id)
        assert own[0].started_at == one.started_at
        assert own[-1].ended_at == one.ended_at
        assert all(a.ended_at == b.started_at for a, b in itertools.pairwise(own))
    assert len(pieces) == len(set(pieces))


@given(books())
@settings(max_examples=200, deadline=None)
def test_a_group_never_mixes_terms(book):
    owner, sessions = book
    for group in group_sessions(sessions, owner, NOW):
        days = {date.fromordinal(p.session.day) for p in group.pieces}
        terms = {
            (
                p.session.project,
                owner.rate(p.session.project, p.session.channel, date.fromordinal(p.session.day)),
                owner.rule(p.session.project, p.session.channel, date.fromordinal(p.session.day)),
                p.session.scope,
                p.session.decision,
                p.session.statement,
            )
            for p in group.pieces
        }
        assert len(terms) == 1
        rule, first = group.key.rule, group.pieces[0]
        if rule.scope is GroupScope.ENTRY:
            assert len({p.session.id for p in group.pieces}) == 1
        if rule.scope is GroupScope.DAY:
            assert len({p.day for p in group.pieces}) == 1
            assert rule.midnight is Midnight.SPLIT or {p.day for p in group.pieces} == days
        if rule.scope is GroupScope.LINE:
            assert len({line_key(owner.statement.lines, p.session, p.day) for p in group.pieces}) == 1
        if rule.scope is GroupScope.CUMULATIVE:
            assert len(group.pieces) == 1
        else:
            assert group.rule_seconds == rounded(rule, [p.span for p in group.pieces], owner.zone)
        assert group.day == first.day


@given(books(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_log_does_not_matter(book, random):
    owner, sessions = book
    shuffled = random.sample(sessions, len(sessions))
    assert group_sessions(shuffled, owner, NOW) == group_sessions(sessions, owner, NOW)


@given(books(), rules())
@settings(deadline=None)
def test_a_simulated_rule_moves_billed_time_and_never_exact_time(book, rule):
    owner, sessions = book
    simulated = group_sessions(sessions, owner, NOW, rule_for_all=rule)
    assert {g.key.rule for g in simulated} <= {rule}
    assert total(simulated).exact_seconds == total(group_sessions(sessions, owner, NOW)).exact_seconds


@pytest.mark.parametrize(
    ("scope", "billed"),
    [
        (GroupScope.ENTRY, [900, 900, 900]),
        (GroupScope.DAY, [900, 900]),
        (GroupScope.LINE, [900, 900]),
        (GroupScope.STATEMENT, [900]),
        (GroupScope.CUMULATIVE, [900, 0, 0]),
    ],
)
def test_three_calls_by_quarters_up_in_every_scope(scope, billed):
    calls = [
        session("24 09:00", "24 09:05", "a"),
        session("24 11:00", "24 11:05", "b"),
        session("25 09:00", "25 09:05", "c"),
    ]
    groups = group_sessions(calls, client(RoundingRule(Model.UP, 900, scope)), NOW)
    assert [g.figures.billed_seconds for g in groups] == billed


@pytest.mark.parametrize(("midnight", "minor"), [(Midnight.SPLIT, 4500), (Midnight.START, 3000)])
def test_midnight_cut_or_kept(midnight, minor):
    """23:50 to 00:20 by quarters up, once a day, at 60 an hour."""
    rule = RoundingRule(Model.UP, 900, GroupScope.DAY, midnight=midnight)
    groups = group_sessions([session("24 23:50", "25 00:20")], client(rule, "60"), NOW)
    assert total(groups).billed_minor == minor


def test_lets_say_two_hours():
    """2 h 50 at 90 by quarters up is 3 h; the person says 2 h: an hour given against the contract, 50 min of work."""
    owner = client(RoundingRule(Model.UP, 900))
    (group,) = group_sessions([session("24 09:00", "24 11:50", agreed_seconds=7200)], owner, NOW)
    f = group.figures
    assert (f.rule_gain_seconds, f.manual_loss_seconds, f.underbilled_seconds) == (600, 3600, 3000)
    assert (f.rule_gain_minor, f.manual_loss_minor, f.underbilled_minor) == (1500, 9000, 7500)
    assert (f.net_seconds, f.net_minor) == (-3000, -7500)


def test_losses_and_gains_are_not_netted():
    owner = client(RoundingRule(Model.NEAREST, 900))
    sessions = [session("24 09:00:00", "24 09:07:29", "a"), session("24 10:00:00", "24 10:07:30", "b")]
    whole = total(group_sessions(sessions, owner, NOW))
    assert (whole.rule_loss_seconds, whole.rule_gain_seconds, whole.net_seconds) == (449, 450, 1)


def test_an_agreed_time_replaces_the_whole_group():
    owner = client(RoundingRule(Model.UP, 900, GroupScope.DAY))
    day = [session("24 09:00", "24 10:00", "a"), session("24 11:00", "24 12:00", "b", agreed_seconds=3600)]
    (group,) = group_sessions(day, owner, NOW)
    assert (group.agreed, group.rule_seconds, group.figures.billed_seconds) == (True, 7200, 3600)


def test_an_agreed_time_of_zero_is_an_agreed_time():
    (group,) = group_sessions([session("24 09:00", "24 10:00", agreed_seconds=0)], client(), NOW)
    assert (group.agreed, group.figures.billed_minor, group.figures.manual_loss_minor) == (True, 0, 9000)


def test_a_split_day_bills_its_agreed_time_once():
    rule = RoundingRule(Model.UP, 900, GroupScope.DAY, midnight=Midnight.SPLIT)
    groups = group_sessions([session("24 23:00", "25 01:00", agreed_seconds=1800)], client(rule), NOW)
    assert [(g.agreed, g.figures.billed_seconds) for g in groups] == [(True, 1800), (False, 3600)]


def test_a_decision_that_no_longer_counts_splits_no_group():
    owner = client(RoundingRule(Model.UP, 900, GroupScope.DAY))
    day = [session("24 09:00", "24 09:05", "a"), session("24 10:00", "24 10:05", "b", decision=Decision.PENDING)]
    assert len(group_sessions(day, owner, NOW)) == 1


def test_a_running_session_counts_up_to_now():
    (group,) = group_sessions([session("24 09:00", None)], client(), at("2026-11-24 09:30"))
    assert group.figures.exact_seconds == 1800
    (ahead,) = group_sessions([session("24 09:00", None)], client(), at("2026-11-24 08:30"))
    assert ahead.figures.exact_seconds == 0


def test_currencies_are_never_added():
    euros = group_sessions([session("24 09:00", "24 10:00")], client(), NOW)
    yen = group_sessions([session("24 09:00", "24 10:00")], client(currency="JPY"), NOW)
    with pytest.raises(ValueError, match="currencies"):
        total([*euros, *yen])
    assert total([]) == Figures()


def test_figures_subtract_to_a_difference():
    a, b = figures(600, 900, 900, Decimal(90), "EUR"), figures(600, 600, 300, Decimal(90), "EUR")
    assert (a - b).billed_minor == a.billed_minor - b.billed_minor == 1500


def test_a_night_is_cut_at_midnight_where_days_are():
    owner = client(RoundingRule(Model.UP, 3600, GroupScope.DAY, midnight=Midnight.SPLIT))
    groups = group_sessions([session("24 23:00", "25 02:10")], owner, NOW)
    assert [g.day for g in groups] == [date(2026, 11, 24), date(2026, 11, 25)]
