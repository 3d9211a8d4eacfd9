"""The lean pass over open work says what whole sessions and their billing groups say, whatever the terms."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import Burn, Contract, ContractKind
from clepsydra.domain.rounding import GroupScope, Model, RoundingRule
from clepsydra.domain.session import Channel, Session
from clepsydra.domain.terms import DatedRule
from clepsydra.ledger.agreements.contracts import agreements
from clepsydra.ledger.agreements.fees import due_of
from clepsydra.ledger.agreements.overage import open_overage
from clepsydra.ledger.agreements.plain_use import finished_open
from clepsydra.ledger.agreements.usage import CountedWork
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.open_work import open_since, open_work
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
    since = [open_work(desk.ledger, client, first).figures for first in days]
    finished = finished_open(desk.ledger, client)
    assert open_since(desk.ledger, client, finished, days) == (open_work(desk.ledger, client), since)
    desk.ledger.db.close()


@given(st.data(), books())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_agreements_used_is_what_their_groups_say(data, book):
    """By columns or by billing groups; days that a statement holds a part of are for groups alone."""
    client, found = book
    burn = data.draw(st.sampled_from(Burn))
    kind = data.draw(st.sampled_from([ContractKind.RETAINER, ContractKind.FIXED, ContractKind.HOURLY]))
    client = replace(
        client,
        contracts=(
            Contract(date(2020, 1, 1), kind, included=data.draw(st.sampled_from([600, 36_000])), estimate=9, burn=burn),
        ),
    )
    desk = Desk.at()
    desk.terms.clients = {client.slug: client}
    for session in found:
        typed = data.draw(st.sampled_from([None, None, 0, 3600]))
        sessions.add(desk.ledger.db, replace(session, statement=None, agreed_seconds=typed))
    for agreement in agreements(desk.ledger, client):
        plain, grouped = CountedWork(desk.ledger, agreement), CountedWork(desk.ledger, agreement)
        vars(grouped)["_plain"] = None
        for last in (date.max, *(date.fromordinal(session.day) for session in found[:1])):
            assert plain.use(last).seconds == grouped.use(last).seconds
        read = CountedWork(desk.ledger, agreement, finished_open(desk.ledger, client))
        assert read.use().seconds == plain.use().seconds
        for some in (plain, read):
            assert _told(desk, client, some) == _told(desk, client, grouped)
    with mock.patch.object(CountedWork, "light", return_value=None):
        grouped = _sessions_beyond(desk, client)
    assert _sessions_beyond(desk, client) == grouped
    desk.ledger.db.close()


def _sessions_beyond(desk, client):
    return [(g.day, g.seconds, [(p.session, p.span) for p in g.pieces]) for g in open_overage(desk.ledger, client)]


def _told(desk, client, work):
    """What is due for some work; of overage what it bills, and when it was worked."""
    found = due_of(desk.ledger, client, [work])
    overage = [(g.day, g.seconds, g.key.hourly, sorted(piece.span for piece in g.pieces)) for g in found.overage]
    return replace(found, overage=overage)


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
    """Also where a rest is carried on: each of its sessions is a group, and an agreed total leaves one of them out."""
    client, found = book
    if data.draw(st.booleans()):
        retainer = Contract(date(2020, 1, 1), ContractKind.RETAINER, included=3_600, fee=Decimal(90))
        client = replace(client, contracts=(retainer,))
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


def test_an_agreed_total_leaves_out_its_own_group_alone(tmp_path):
    """Of work whose rest is carried on each session is a group: one of two was agreed on, the other is simulated."""
    desk = Desk.at(tmp_path / "clepsydra.db")
    carried = DatedRule(date(2020, 1, 1), RoundingRule(Model.EXACT, scope=GroupScope.CUMULATIVE))
    acme = replace(desk.terms.clients["acme"], rounding=(carried,), contracts=(), projects=())
    desk.terms.clients = {"acme": acme}
    today = desk.ledger.today
    began = int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    for n, typed in enumerate((None, 600)):
        made = Session(f"s{n}", "acme", "default", Channel.WORK, began, began + 60, "Europe/Paris", today.toordinal())
        sessions.add(desk.ledger.db, replace(made, agreed_seconds=typed))
    change = what_if.Change(rule=RoundingRule(Model.UP, step=900))
    (row,) = what_if.simulate(desk.ledger, change, Period(today, today))
    assert (row.agreed, row.actual.exact_seconds, row.simulated.billed_seconds) == (1, 60, 900)
