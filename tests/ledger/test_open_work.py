"""The lean pass over open work says what whole sessions and their billing groups say, whatever the terms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.rounding import GroupScope, Model, RoundingRule
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.open_work import open_work
from clepsydra.ledger.reports import Period
from clepsydra.store import sessions
from tests.domain.strategies import books
from tests.ledger.unbilled import open_work_of
from tests.ledger.workbench import Desk


@given(st.data(), books())
@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
def test_rows_and_sessions_agree(data, book):
    client, found = book
    desk = Desk.at()
    desk.terms.clients = {client.slug: client}
    for session in found:
        fate = data.draw(st.sampled_from(["open", "open", "open", "running", "doubtful", "written off"]))
        changes = {
            "open": {},
            "running": {"ended_at": None},
            "doubtful": {"doubtful_from": session.started_at},
            "written off": {"write_off": "gift"},
        }[fate]
        sessions.add(desk.ledger.db, replace(session, statement=None, **changes))
    days = sorted({session.day for session in found})
    for first in (None, *days[1:2]):
        for running in (False, True):
            wanted = open_work_of(desk.ledger, client, first, running=running)
            assert open_work(desk.ledger, client, first, running=running) == wanted
    desk.ledger.db.close()


def test_reading_what_is_open_writes_nothing(tmp_path):
    desk = Desk.at(tmp_path / "clepsydra.db")
    desk.ledger.db.execute("PRAGMA query_only = ON")
    for client in desk.terms.clients.values():
        assert open_work(desk.ledger, client).sessions == 0


RULES = (
    None,
    RoundingRule(Model.UP, step=900),
    RoundingRule(Model.UP, step=1800, scope=GroupScope.DAY),
    RoundingRule(Model.NEAREST, step=360, scope=GroupScope.LINE),
    RoundingRule(Model.CLOCK, step=900),
)


@given(st.data(), books(), st.sampled_from(RULES))
@settings(max_examples=80, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_simulation_by_rows_is_one_by_sessions(data, book, rule):
    client, found = book
    desk = Desk.at()
    desk.terms.clients = {client.slug: client}
    for session in found:
        typed = data.draw(st.sampled_from([None, None, None, 0, 3600]))
        sessions.add(desk.ledger.db, replace(session, statement=None, agreed_seconds=typed))
    change = what_if.Change(rule=rule, factor=Decimal("1.1") if rule is None else None)
    days = sorted({session.day for session in found})
    for first in (None, *(date.fromordinal(day) for day in days[1:2])):
        period = Period(first, desk.ledger.today)
        wanted = what_if.by_sessions(desk.ledger, client, change, period)
        billed = wanted.actual.billed_minor or wanted.actual_fee_minor
        told = wanted.actual.exact_seconds or billed or wanted.simulated.billed_minor or wanted.simulated_fee_minor
        assert what_if.simulate(desk.ledger, change, period) == ([wanted] if told else [])
    desk.ledger.db.close()
