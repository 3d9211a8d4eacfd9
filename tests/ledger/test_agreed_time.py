"""Agreed times: a total for a billing group, of one entry, of a day, of a pool; what it costs is counted by hand."""

from datetime import date

import pytest

from clepsydra.domain.checks import Check, Finding
from clepsydra.domain.rounding import GroupScope, Model
from clepsydra.domain.session import Scope
from clepsydra.ledger import editing, reports, timers
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.ledger.warnings import findings
from tests.ledger.workbench import HOUR, MINUTE, MONDAY, Desk, client, rule, wall

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
