"""Agreed times: a total for a billing group, of one entry, of a day, of a pool; what it costs is counted by hand."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.checks import Check, Finding
from clepsydra.domain.rounding import GroupScope, Model, rounded
from clepsydra.domain.session import Scope
from clepsydra.domain.statement import StatementState
from clepsydra.ledger import editing, reports, timers
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.ledger.warnings import findings
from tests.ledger.workbench import HOUR, MINUTE, MONDAY, PARIS, Desk, client, rule, wall

TODAY = date(2026, 11, 23)


def add(desk: Desk, slug: str, begin: int, length: int, **work):
    return editing.add(desk.ledger, Work(slug, **work), MONDAY + begin, MONDAY + begin + length)


def figures(desk: Desk, slug: str):
    (row,) = reports.rounding(desk.ledger, reports.Period(), slug)
    return row.figures


def test_an_entry(desk):
    session = add(desk, "acme", 0, 170 * MINUTE)
    (group,) = agreed_time.agree_session(desk.ledger, session.id, 2 * HOUR)
    assert group.agreed
    f = figures(desk, "acme")
    assert (f.exact_seconds, f.billed_seconds) == (10_200, 7200)
    assert (f.rule_gain_seconds, f.manual_loss_seconds, f.underbilled_seconds) == (600, 3600, 3000)
    assert (f.rule_gain_minor, f.manual_loss_minor, f.underbilled_minor) == (1500, 9000, 7500)
    assert f.net_seconds == -3000
    agreed_time.agree_session(desk.ledger, session.id, None)
    assert figures(desk, "acme").billed_seconds == 3 * HOUR


def test_a_day_rounded_entry_by_entry_shares_one_total(desk):
    add(desk, "acme", 0, 20 * MINUTE)
    add(desk, "acme", HOUR, 50 * MINUTE)
    groups = agreed_time.agree_day(desk.ledger, "acme", None, TODAY, 45 * MINUTE)
    assert [g.seconds.billed for g in groups] == [900, 1800]
    assert figures(desk, "acme").manual_loss_seconds == 45 * MINUTE


def test_a_day_that_is_one_group(desk):
    first, second = add(desk, "brel", 0, 20 * MINUTE), add(desk, "brel", HOUR, 50 * MINUTE)
    (group,) = agreed_time.agree_session(desk.ledger, second.id, HOUR)
    assert {p.session.id for p in group.pieces} == {first.id, second.id}
    assert figures(desk, "brel").billed_seconds == HOUR
    agreed_time.agree_day(desk.ledger, "brel", None, TODAY, 2 * HOUR)
    assert figures(desk, "brel").billed_seconds == 2 * HOUR
    agreed_time.agree_day(desk.ledger, "brel", None, TODAY, None)
    assert figures(desk, "brel").billed_seconds == 75 * MINUTE


def test_a_day_within_a_pool_that_began_earlier(desk):
    for day in range(3):
        add(desk, "cafe", -day * 24 * HOUR, 50 * MINUTE)
    (group,) = agreed_time.agree_day(desk.ledger, "cafe", None, TODAY, HOUR)
    assert (len(group.pieces), group.seconds.billed) == (3, HOUR)


def test_work_that_joins_an_agreed_group_is_told(desk):
    """A day agreed at two hours bills two hours, whatever is added to it: whoever adds hears so."""
    first = add(desk, "brel", 0, HOUR)
    desk.wait(8 * HOUR)
    assert findings(desk.ledger, first) == []
    agreed_time.agree_session(desk.ledger, first.id, 2 * HOUR)
    more = add(desk, "brel", 2 * HOUR, 3 * HOUR)
    assert findings(desk.ledger, more) == [Finding(Check.AGREED, more.id, 2 * HOUR)]
    assert findings(desk.ledger, timers.start(desk.ledger, Work("brel")))[0].check is Check.AGREED
    assert findings(desk.ledger, add(desk, "brel", -24 * HOUR, HOUR)) == []


def test_a_simulation_compares_rules_and_leaves_agreed_times_out(desk):
    add(desk, "acme", 0, 20 * MINUTE)
    second = add(desk, "acme", HOUR, 50 * MINUTE)
    agreed_time.agree_session(desk.ledger, second.id, 3 * HOUR)
    another = what_if.Change(rule(Model.UP, HOUR, GroupScope.DAY))
    (row,) = what_if.simulate(desk.ledger, another, reports.Period(), "acme")
    assert (row.actual.exact_seconds, row.actual.billed_seconds) == (20 * MINUTE, 30 * MINUTE)
    assert (row.simulated.exact_seconds, row.simulated.billed_seconds, row.agreed) == (20 * MINUTE, HOUR, 1)


def test_a_pool(desk):
    for day in range(3):
        last = add(desk, "cafe", -day * 24 * HOUR, 50 * MINUTE)
    agreed_time.agree_session(desk.ledger, last.id, HOUR)
    assert figures(desk, "cafe").billed_seconds == HOUR


def test_a_session_cut_at_midnight_is_agreed_where_it_began(desk):
    zone = desk.terms.clients["dore"].zone
    begin = wall("2026-11-23 23:30", zone)
    session = editing.add(desk.ledger, Work("dore"), begin, begin + HOUR)
    assert figures(desk, "dore").billed_seconds == HOUR
    (first,) = agreed_time.agree_session(desk.ledger, session.id, 600)
    assert (first.day, first.seconds.billed) == (date(2026, 11, 23), 600)
    assert figures(desk, "dore").billed_seconds == 600 + 1800
    with pytest.raises(Refused, match="day it began"):
        agreed_time.agree_day(desk.ledger, "dore", None, date(2026, 11, 24), 600)


def test_a_total_does_not_cover_several_terms(desk):
    add(desk, "brel", 0, HOUR)
    add(desk, "brel", HOUR, HOUR, project="api")
    with pytest.raises(Refused, match="agree on one session"):
        agreed_time.agree_day(desk.ledger, "brel", None, TODAY, HOUR)
    assert agreed_time.agree_day(desk.ledger, "brel", "api", TODAY, HOUR)


def test_what_is_not_billed_has_no_agreed_time(desk):
    absorbed = add(desk, "acme", 0, HOUR, scope=Scope.OUT)
    for deed in (
        lambda: agreed_time.agree_session(desk.ledger, absorbed.id, 60),
        lambda: agreed_time.agree_day(desk.ledger, "acme", None, TODAY, 60),
        lambda: agreed_time.agree_session(desk.ledger, absorbed.id, -1),
    ):
        with pytest.raises(Refused):
            deed()


def test_cumulative_agrees_on_one_stretch(desk):
    desk.terms.clients = {"acme": client("acme", "60", rule("nearest", 900, "cumulative"))}
    sessions = [add(desk, "acme", n * HOUR, 5 * MINUTE) for n in range(3)]
    assert figures(desk, "acme").billed_seconds == 900
    agreed_time.agree_session(desk.ledger, sessions[1].id, 60)
    f = figures(desk, "acme")
    assert (f.billed_seconds, f.manual_loss_seconds) == (60, 840)


# -- a day that statements hold a part of ------------------------------------------------------------------------------

DAILY = rule(Model.UP, 900, GroupScope.DAY)
SOLD = rule(Model.TIERS, None, GroupScope.DAY, tiers=((4 * HOUR, 12_600), (None, 25_200)))


def billed(desk: Desk, slug: str) -> int:
    return sum(
        s.totals.billed_seconds for s in statements.listed(desk.ledger, slug) if s.state is not StatementState.VOID
    )


@pytest.mark.parametrize("slug", ["acme", "brel"])
@pytest.mark.parametrize("early", [False, True])
def test_what_is_billed_of_a_day_counts_in_its_total(slug, early):
    """An hour is billed, half an hour comes late, the day is agreed at three hours: two are left, whatever the rule."""
    desk = Desk.at()
    add(desk, slug, 0, HOUR)
    first = statements.issue(desk.ledger, slug)
    add(desk, slug, 2 * HOUR, HOUR // 2)
    groups = agreed_time.agree_day(desk.ledger, slug, None, TODAY, 3 * HOUR)
    assert [g.seconds.billed for g in groups] == [2 * HOUR]
    assert agreed_time.billed_on(desk.ledger, groups, TODAY) == HOUR
    f = figures(desk, slug)
    assert (f.exact_seconds, f.billed_seconds, f.manual_gain_seconds) == (5400, 3 * HOUR, 5400)
    second = statements.issue(desk.ledger, slug)
    assert (second.totals.billed_seconds, billed(desk, slug)) == (2 * HOUR, 3 * HOUR)
    for each in (first, second) if early else (second, first):
        statements.void(desk.ledger, each.number, "again")
        assert (figures(desk, slug).billed_seconds, verify(desk.ledger)) == (3 * HOUR, [])
    assert statements.issue(desk.ledger, slug).totals.billed_seconds == 3 * HOUR


@pytest.mark.parametrize("slug", ["acme", "brel"])
def test_a_total_below_what_is_billed_bills_nothing_more(slug):
    desk = Desk.at()
    add(desk, slug, 0, 2 * HOUR)
    statements.issue(desk.ledger, slug)
    add(desk, slug, 3 * HOUR, HOUR)
    (group,) = agreed_time.agree_day(desk.ledger, slug, None, TODAY, HOUR)
    assert (group.seconds.billed, group.seconds.manual_loss) == (0, HOUR)
    statements.issue(desk.ledger, slug)
    assert (billed(desk, slug), verify(desk.ledger)) == (2 * HOUR, [])


def test_work_that_joins_a_day_billed_at_a_total_is_told_and_adds_nothing(desk):
    add(desk, "brel", 0, HOUR)
    agreed_time.agree_day(desk.ledger, "brel", None, TODAY, 2 * HOUR)
    statements.issue(desk.ledger, "brel")
    desk.wait(8 * HOUR)
    late = add(desk, "brel", 2 * HOUR, HOUR)
    assert [(f.check, f.seconds) for f in findings(desk.ledger, late)] == [(Check.AGREED, 2 * HOUR)]
    assert figures(desk, "brel").billed_seconds == 2 * HOUR
    agreed_time.agree_day(desk.ledger, "brel", None, TODAY, 150 * MINUTE)
    assert figures(desk, "brel").billed_seconds == 150 * MINUTE
    statements.issue(desk.ledger, "brel")
    assert (billed(desk, "brel"), verify(desk.ledger)) == (150 * MINUTE, [])


def test_a_total_of_all_is_not_taken_for_one_of_a_part(desk):
    """Both totals are on sessions: that of the whole day counts when the first statement is voided after the second."""
    first_work = add(desk, "brel", 0, HOUR)
    agreed_time.agree_day(desk.ledger, "brel", None, TODAY, 2 * HOUR)
    first = statements.issue(desk.ledger, "brel")
    add(desk, "brel", 2 * HOUR, HOUR)
    agreed_time.agree_day(desk.ledger, "brel", None, TODAY, 3 * HOUR)
    statements.issue(desk.ledger, "brel")
    statements.void(desk.ledger, first.number, "again")
    assert desk.ledger.session(first_work.id).agreed_seconds is None
    assert figures(desk, "brel").billed_seconds == 3 * HOUR
    statements.issue(desk.ledger, "brel")
    assert (billed(desk, "brel"), verify(desk.ledger)) == (3 * HOUR, [])


@given(st.data(), st.sampled_from([DAILY, SOLD, rule(Model.UP, 900)]))
@settings(max_examples=80, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_day_is_billed_at_its_total_whatever_the_order(data, of):
    """Agreeing, issuing, voiding and late work in any order: what is billed of the day is its total, or where more was
    billed before that was agreed, not a second more; and all of it voided and issued again is the total.
    """
    desk = Desk.at()
    desk.terms.clients = {"acme": client("acme", "97.13", of)}
    by_day, total, taken, late = of.scope is GroupScope.DAY, None, 0, False
    live: list[str] = []
    for n in range(data.draw(st.integers(3, 12))):
        desk.wait(data.draw(st.integers(0, 1)))
        free = any(s.statement is None for s in desk.all())
        deed = data.draw(st.sampled_from(["work", *(["agree", "issue"] if free else []), *(["void"] if live else [])]))
        before = billed(desk, "acme")
        if deed == "work":
            add(desk, "acme", n * HOUR // 2 - 4 * HOUR, data.draw(st.sampled_from([61, 900, 2000])))
            late = True
        elif deed == "agree":
            total, taken, late = data.draw(st.sampled_from([0, 600, 2 * HOUR, 5 * HOUR])), before, False
            agreed_time.agree_day(desk.ledger, "acme", None, TODAY, total)
        elif deed == "issue":
            live.append(statements.issue(desk.ledger, "acme").number)
            if total is not None and (by_day or not late):  # session by session, what comes later is billed beside it
                assert billed(desk, "acme") == max(total, before if by_day else taken)
        else:
            number = data.draw(st.sampled_from(live))
            live.remove(number)
            statements.void(desk.ledger, number, "again")
        assert [str(b.what) for b in verify(desk.ledger)] == []
    if any(s.statement is None for s in desk.all()):
        live.append(statements.issue(desk.ledger, "acme").number)
    for number in data.draw(st.permutations(live)):
        statements.void(desk.ledger, number, "again")
    if desk.all():
        again = statements.issue(desk.ledger, "acme")
        if by_day:
            spans = sorted(s.span(desk.now) for s in desk.all())
            assert again.totals.billed_seconds == (rounded(of, spans, PARIS) if total is None else total)
        assert verify(desk.ledger) == []
