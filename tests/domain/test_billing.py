"""Billing groups and the lines they are priced in: a partition of the sessions, and figures that add up to the cent."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.billing import Group, Seconds, counters, day_key, group_sessions, line_key, summed
from clepsydra.domain.chained import chained
from clepsydra.domain.figures import FIGURE_NAMES, Figures, SameRateLines, line_figures
from clepsydra.domain.held import Held
from clepsydra.domain.money import hourly_of, per_second
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule, rounded
from clepsydra.domain.session import Channel, Decision
from clepsydra.domain.statement_lines import bundles, priced, shared, total
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from tests.clock import at
from tests.domain.samples import NOW, client, session
from tests.domain.strategies import books, rules


def assert_identities(f: Figures) -> None:
    for unit in ("seconds", "minor"):
        part = {name: getattr(f, f"{name}_{unit}") for name in ("exact", "billed", "underbilled", "overbilled")}
        gain = sum(getattr(f, f"{made}_gain_{unit}") for made in ("rule", "unit", "manual"))
        loss = sum(getattr(f, f"{made}_loss_{unit}") for made in ("rule", "unit", "manual"))
        assert part["billed"] == part["exact"] - loss + gain
        assert part["billed"] == part["exact"] - part["underbilled"] + part["overbilled"]
        assert getattr(f, f"net_{unit}") == gain - loss
    assert all(getattr(f, name) >= 0 for name in FIGURE_NAMES)


def expected_seconds(group: Group) -> tuple[int, int]:
    """Exact and billed, from the group's pieces alone."""
    exact = sum(p.span.ended_at - p.span.started_at for p in group.pieces)
    agreed = [
        p.session.agreed_seconds
        for p in group.pieces
        if p.session.agreed_seconds is not None and p.span.started_at == p.session.started_at
    ]
    return exact, sum(agreed) if agreed else group.rule_seconds


def money(seconds: int, group: Group) -> int:
    unit = {"EUR": 100, "JPY": 1, "TND": 1000}[group.currency]
    return floor(Fraction(group.key.hourly) * seconds * unit / 3600 + Fraction(1, 2))


@given(books())
@settings(max_examples=300, deadline=None)
def test_identities_hold_to_the_cent_in_each_line_and_in_total(book):
    owner, sessions = book
    groups = group_sessions(sessions, owner, NOW)
    lines = bundles(groups, owner)
    assert sorted(g.pieces[0].session.id for line in lines for g in line) == sorted(
        g.pieces[0].session.id for g in groups
    )
    for line in lines:
        f = priced(line)
        assert_identities(f)
        assert all((g.seconds.exact, g.seconds.billed) == expected_seconds(g) for g in line)
        assert (f.exact_minor, f.billed_minor) == (money(f.exact_seconds, line[0]), money(f.billed_seconds, line[0]))
        assert sum(shared(line), Figures()) == f
    whole = total(groups, owner)
    assert_identities(whole)
    assert whole.exact_seconds == sum(s.exact_seconds(NOW) for s in sessions)
    assert whole == sum(map(priced, lines), Figures())


@given(
    st.lists(st.integers(0, 40_000), min_size=8, max_size=8), st.integers(0, 30_000), st.sampled_from(["EUR", "JPY"])
)
@settings(deadline=None)
def test_the_odd_cent_leaves_no_counter_below_zero(seconds, rate, currency):
    losses, gains = seconds[:4], seconds[4:]
    net = sum(gains[:3]) - sum(losses[:3])
    exact = max(0, -net) + 1000
    under, over = max(0, -net) + losses[3], max(0, net) + losses[3]
    three = [each for pair in zip(losses[:3], gains[:3], strict=True) for each in pair]
    assert_identities(line_figures(Seconds(exact, exact + net, *three, under, over), Decimal(rate) / 100, currency))


_GROUPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 9000), st.integers(0, 9000), st.none() | st.integers(0, 9000)),
    max_size=8,
)
_WAYS = {"up": max, "down": min, "nearest": lambda exact, ruled: ruled, "exact": lambda exact, ruled: exact}


@given(
    st.lists(st.tuples(_GROUPS, st.sampled_from(sorted(_WAYS)), st.booleans(), st.booleans()), max_size=3),
    st.sampled_from([Decimal("99.99"), Decimal("0.07"), Fraction(650, 7)]),
)
@settings(max_examples=150, deadline=None)
def test_lines_summed_in_bulk_are_lines_summed_one_by_one(work, rate):
    """Lines differ one way, both ways, by hand or as a unit of sale: in bulk they come to what their groups say."""
    bulk, lines = SameRateLines(), {}
    for groups, way, typed, unit in work:
        found = [(line, a, _WAYS[way](a, b), agreed if typed else None) for line, a, b, agreed in groups]
        bulk.add(*(list(each) for each in zip(*found, strict=True)), unit=unit) if found else None
        for line, exact, ruled, agreed in found:
            lines.setdefault(line, []).append(counters(exact, ruled, ruled if agreed is None else agreed, unit))
    wanted = [line_figures(summed(counted), rate, "EUR") for counted in lines.values()]
    assert bulk.figures(per_second(rate, "EUR")) == sum(wanted, Figures())


def test_a_hundred_calls_on_one_line_are_their_time_times_the_rate():
    """100 calls of 61 s at 90.00 on one day's line are 152.50, not 153.00."""
    calls = [session(f"24 09:{n // 2:02}:00", f"24 09:{n // 2 + 1:02}:01", f"c{n:03}") for n in range(100)]
    owner = client(statement=StatementTerms(lines=LineKind.DAY))
    assert total(group_sessions(calls, owner, NOW), owner).billed_minor == 15_250
    apart = client(statement=StatementTerms(lines=LineKind.SESSION))
    assert total(group_sessions(calls, apart, NOW), apart).billed_minor == 15_300


def test_lines_mix_rules_but_no_rates():
    calls = RoundingRule(Model.UP, 900)
    owner = client(hourly="90")
    both = replace(owner, rounding=(*owner.rounding, replace(owner.rounding[0], rule=calls, channels={Channel.CALL})))
    day = [session("24 09:00", "24 09:20", "a"), session("24 10:00", "24 10:05", "b", channel=Channel.CALL)]
    (line,) = bundles(group_sessions(day, both, NOW), both)
    assert priced(line).billed_minor == 5250
    dearer = replace(both, rates=(replace(both.rates[0], channels=((Channel.CALL, Decimal(120)),)),))
    assert [priced(one).billed_minor for one in bundles(group_sessions(day, dearer, NOW), dearer)] == [3000, 3000]


def test_a_day_that_is_sold_is_no_rounding():
    """Up to 4 h half a day of 3 h 30, beyond a day of 7 h, at 650.00 a day: 6 h are a day, and nothing was rounded."""
    tiers = RoundingRule(Model.TIERS, scope=GroupScope.DAY, tiers=((14_400, 12_600), (None, 25_200)))
    owner = client(tiers)
    owner = replace(owner, rates=(replace(owner.rates[0], hourly=hourly_of(Decimal(650), 25_200), day=25_200),))
    f = total(group_sessions([session("24 09:00", "24 15:00")], owner, NOW), owner)
    assert (f.billed_minor, f.unit_gain_seconds, f.rule_gain_seconds, f.rule_loss_seconds) == (65_000, 3600, 0, 0)
    assert f.unit_gain_minor == 65_000 - f.exact_minor == 9286
    g = total(group_sessions([session("24 09:00", "24 18:00")], owner, NOW), owner)
    assert (g.billed_minor, g.unit_loss_seconds, g.rule_loss_seconds) == (65_000, 7200, 0)
    flagged = total(
        group_sessions([session("24 09:00", "24 09:50")], client(RoundingRule(Model.UP, 3600, unit=True)), NOW), owner
    )
    assert (flagged.unit_gain_seconds, flagged.rule_gain_seconds) == (600, 0)


@pytest.mark.parametrize(("first", "late", "more"), [(21_600, 3600, 0), (10_800, 7200, 12_600), (10_800, 1800, 0)])
def test_late_work_of_a_day_counts_with_what_was_billed_of_it(first, late, more):
    tiers = RoundingRule(Model.TIERS, scope=GroupScope.DAY, tiers=((14_400, 12_600), (None, 25_200)))
    owner, begin = client(tiers), at("2026-11-24 08:00")
    early = replace(session("24 08:00", "24 09:00", "a"), ended_at=begin + first)
    after = replace(session("24 15:00", "24 16:00", "b"), ended_at=at("2026-11-24 15:00") + late)
    billed, open_ = chained([[early], [after]], owner, NOW)
    assert [g.seconds.billed for g in open_] == [more]
    assert [g.rule_seconds for g in billed] == [25_200 if first > 14_400 else 12_600]
    key = day_key(open_[0].key, date(2026, 11, 24))
    held = {key: Held((early.span(NOW),), billed[0].rule_seconds, billed[0].seconds.billed)}
    assert group_sessions([after], owner, NOW, held=held) == open_


@given(books(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_day_on_two_statements_is_billed_like_one_day(book, data):
    owner, sessions = book
    sessions = [replace(s, agreed_seconds=None, statement=None) for s in sessions]
    cut = data.draw(st.integers(0, len(sessions)))
    parts = chained([sessions[:cut], sessions[cut:]], owner, NOW)
    whole = {g.key: g for g in group_sessions(sessions, owner, NOW) if g.key.rule.scope is GroupScope.DAY}
    for key, group in whole.items():
        mine = [g for part in parts for g in part if g.key == key]
        billed, alone = sum(g.seconds.billed for g in mine), [g.seconds.billed for g in mine]
        assert billed == max(group.seconds.billed, alone[0])


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
    assert total(simulated, owner).exact_seconds == total(group_sessions(sessions, owner, NOW), owner).exact_seconds


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
    assert [g.seconds.billed for g in groups] == billed


@pytest.mark.parametrize(("midnight", "minor"), [(Midnight.SPLIT, 4500), (Midnight.START, 3000)])
def test_midnight_cut_or_kept(midnight, minor):
    """23:50 to 00:20 by quarters up, once a day, at 60 an hour."""
    rule = RoundingRule(Model.UP, 900, GroupScope.DAY, midnight=midnight)
    owner = client(rule, "60")
    assert total(group_sessions([session("24 23:50", "25 00:20")], owner, NOW), owner).billed_minor == minor


def test_lets_say_two_hours():
    """2 h 50 at 90 by quarters up is 3 h; the person says 2 h: an hour given against the contract, 50 min of work."""
    owner = client(RoundingRule(Model.UP, 900))
    (group,) = group_sessions([session("24 09:00", "24 11:50", agreed_seconds=7200)], owner, NOW)
    f = priced([group])
    assert (f.rule_gain_seconds, f.manual_loss_seconds, f.underbilled_seconds) == (600, 3600, 3000)
    assert (f.rule_gain_minor, f.manual_loss_minor, f.underbilled_minor) == (1500, 9000, 7500)
    assert (f.net_seconds, f.net_minor) == (-3000, -7500)


def test_losses_and_gains_are_not_netted():
    owner = client(RoundingRule(Model.NEAREST, 900))
    sessions = [session("24 09:00:00", "24 09:07:29", "a"), session("24 10:00:00", "24 10:07:30", "b")]
    whole = total(group_sessions(sessions, owner, NOW), owner)
    assert (whole.rule_loss_seconds, whole.rule_gain_seconds, whole.net_seconds) == (449, 450, 1)


def test_an_agreed_time_replaces_the_whole_group():
    owner = client(RoundingRule(Model.UP, 900, GroupScope.DAY))
    day = [session("24 09:00", "24 10:00", "a"), session("24 11:00", "24 12:00", "b", agreed_seconds=3600)]
    (group,) = group_sessions(day, owner, NOW)
    assert (group.agreed, group.rule_seconds, group.seconds.billed) == (True, 7200, 3600)


def test_an_agreed_time_of_zero_is_an_agreed_time():
    (group,) = group_sessions([session("24 09:00", "24 10:00", agreed_seconds=0)], client(), NOW)
    f = priced([group])
    assert (group.agreed, f.billed_minor, f.manual_loss_minor) == (True, 0, 9000)


def test_a_split_day_bills_its_agreed_time_once():
    rule = RoundingRule(Model.UP, 900, GroupScope.DAY, midnight=Midnight.SPLIT)
    groups = group_sessions([session("24 23:00", "25 01:00", agreed_seconds=1800)], client(rule), NOW)
    assert [(g.agreed, g.seconds.billed) for g in groups] == [(True, 1800), (False, 3600)]


def test_a_decision_that_no_longer_counts_splits_no_group():
    owner = client(RoundingRule(Model.UP, 900, GroupScope.DAY))
    day = [session("24 09:00", "24 09:05", "a"), session("24 10:00", "24 10:05", "b", decision=Decision.PENDING)]
    assert len(group_sessions(day, owner, NOW)) == 1


def test_a_running_session_counts_up_to_now():
    (group,) = group_sessions([session("24 09:00", None)], client(), at("2026-11-24 09:30"))
    assert group.seconds.exact == 1800
    (ahead,) = group_sessions([session("24 09:00", None)], client(), at("2026-11-24 08:30"))
    assert ahead.seconds.exact == 0


def test_figures_subtract_to_a_difference():
    a, b = (line_figures(counters(600, rule, billed), Decimal(90), "EUR") for rule, billed in ((900, 900), (600, 300)))
    assert (a - b).billed_minor == a.billed_minor - b.billed_minor == 1500


def test_a_night_is_cut_at_midnight_where_days_are():
    owner = client(RoundingRule(Model.UP, 3600, GroupScope.DAY, midnight=Midnight.SPLIT))
    groups = group_sessions([session("24 23:00", "25 02:10")], owner, NOW)
    assert [g.day for g in groups] == [date(2026, 11, 24), date(2026, 11, 25)]
