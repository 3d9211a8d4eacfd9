"""Billing groups: pure, a partition of the sessions, and figures that add up to the cent."""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date, time
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
    Treatment,
    figures,
    group_sessions,
    line_key,
    total,
    treatment,
)
from clepsydra.domain.civil import civil_day, split_by_day
from clepsydra.domain.rounding import EXACT, GroupScope, Midnight, Model, RoundingRule, rounded
from clepsydra.domain.session import OWN, Channel, Decision, Scope, Session
from clepsydra.domain.terms import Client, Contract, ContractKind, DatedRule, Project, Rate
from tests.domain.strategies import PARIS, at, books, rules

START = date(2026, 1, 1)
NOW = at("2026-12-31 12:00")


def client(rule: RoundingRule = EXACT, hourly: str = "90", **changes) -> Client:
    made = Client(
        "acme", "Acme", "EUR", PARIS, rates=(Rate(START, Decimal(hourly)),), rounding=(DatedRule(START, rule),)
    )
    return replace(made, **changes)


def session(begin: str, end: str | None, ident: str = "s1", **changes) -> Session:
    started = at(f"2026-11-{begin}")
    made = Session(
        id=ident,
        client="acme",
        project="default",
        channel=Channel.WORK,
        started_at=started,
        ended_at=None if end is None else at(f"2026-11-{end}"),
        zone="Europe/Paris",
        day=civil_day(started, PARIS).toordinal(),
    )
    return replace(made, **changes)


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


class TestTreatment:
    """Every session has one treatment."""

    retainer = Contract(date(2026, 3, 1), ContractKind.RETAINER, included=36_000)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, Treatment.BILLABLE),
            ({"scope": Scope.UNSURE}, Treatment.BILLABLE),
            ({"write_off": "courtesy"}, Treatment.WRITTEN_OFF),
            ({"write_off": "", "scope": Scope.OUT, "decision": Decision.BILL}, Treatment.WRITTEN_OFF),
            ({"scope": Scope.OUT}, Treatment.PENDING),
            ({"scope": Scope.OUT, "decision": Decision.PENDING}, Treatment.PENDING),
            ({"scope": Scope.OUT, "decision": Decision.BILL}, Treatment.BILLABLE),
            ({"scope": Scope.OUT, "decision": Decision.ABSORB}, Treatment.ABSORBED),
        ],
    )
    def test_by_the_hour(self, changes, expected):
        assert treatment(session("24 09:00", "24 10:00", **changes), client()) is expected

    def test_under_a_fee_from_the_day_it_holds_to_its_last(self):
        work = session("24 09:00", "24 10:00")
        assert treatment(work, client(contracts=(self.retainer,))) is Treatment.INCLUDED
        later = replace(self.retainer, since=date(2026, 11, 25))
        assert treatment(work, client(contracts=(later,))) is Treatment.BILLABLE
        ended = replace(self.retainer, ends=date(2026, 11, 23))
        assert treatment(work, client(contracts=(ended,))) is Treatment.BILLABLE
        last_day = replace(self.retainer, ends=date(2026, 11, 24))
        assert treatment(work, client(contracts=(last_day,))) is Treatment.INCLUDED
        late = replace(ended, kind=ContractKind.FIXED)
        assert treatment(work, client(contracts=(late,))) is Treatment.INCLUDED

    def test_extra_work_is_billed_beside_a_fee(self):
        extra = session("24 09:00", "24 10:00", scope=Scope.OUT, decision=Decision.BILL)
        assert treatment(extra, client(contracts=(self.retainer,))) is Treatment.BILLABLE

    def test_own_work_is_never_billable(self):
        assert treatment(session("24 09:00", "24 10:00"), client(slug=OWN)) is Treatment.NON_BILLABLE


class TestTerms:
    """A session uses the terms of its own civil day."""

    def test_the_last_rate_whose_date_has_come(self):
        owner = client(rates=(Rate(date(2026, 1, 1), Decimal(90)), Rate(date(2026, 7, 1), Decimal(100))))
        assert owner.rate("default", Channel.WORK, date(2025, 12, 31)) == 0
        assert owner.rate("default", Channel.WORK, date(2026, 6, 30)) == 90
        assert owner.rate("default", Channel.WORK, date(2026, 7, 1)) == 100

    def test_a_projects_terms_win_and_the_clients_fill_in(self):
        api = Project("api", "API", rates=(Rate(date(2026, 7, 1), Decimal(150), ((Channel.CALL, Decimal(170)),)),))
        owner = client(projects=(api,))
        assert owner.rate("api", Channel.WORK, date(2026, 6, 30)) == 90
        assert owner.rate("api", Channel.WORK, date(2026, 7, 1)) == 150
        assert owner.rate("api", Channel.CALL, date(2026, 7, 1)) == 170
        assert owner.project("nowhere") is None

    def test_a_rule_for_calls_stands_beside_the_general_one(self):
        calls, later = RoundingRule(Model.UP, 900), RoundingRule(Model.UP, 360)
        owner = client(
            rounding=(DatedRule(START, calls, frozenset({Channel.CALL})), DatedRule(date(2026, 6, 1), later))
        )
        assert owner.rule("default", Channel.CALL, date(2026, 7, 1)) == calls
        assert owner.rule("default", Channel.WORK, date(2026, 7, 1)) == later
        assert owner.rule("default", Channel.WORK, date(2026, 5, 31)) == EXACT


def test_a_day_that_begins_at_four_keeps_the_night_together():
    owner = client(RoundingRule(Model.UP, 3600, GroupScope.DAY), day_starts_at=time(4))
    night = session("24 23:00", "25 02:10")
    assert [day for day, _ in split_by_day(night.span(NOW), PARIS, time(4))] == [date(2026, 11, 24)]
    split = replace(owner.rounding[0].rule, midnight=Midnight.SPLIT)
    assert Counter(g.day for g in group_sessions([night], owner, NOW, split)) == {date(2026, 11, 24): 1}
