"""The leaks: each in its class, and no second in two."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.interval import Interval, total, union
from clepsydra.domain.leaks import (
    Leak,
    LeakClass,
    LeakEntry,
    LeakEvidence,
    Overage,
    Overdue,
    Unowned,
    find_leaks,
    logged_late,
)
from clepsydra.domain.rounding import EXACT, GroupScope, Model, RoundingRule
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement_lines import bundles, shared
from clepsydra.domain.terms import Client
from tests.domain.samples import NOW, client, session
from tests.domain.strategies import books, intervals, stretch

HOURLY = Decimal(90)
FEE = (Contract(date(2026, 1, 1), ContractKind.RETAINER, included=36_000),)


def evidence_of(owner: Client, sessions: list[Session], **more) -> LeakEvidence:
    entries = tuple(
        LeakEntry(
            s,
            treatment(s, owner),
            s.exact_seconds(NOW),
            owner.rate(s.project, s.channel, date.fromordinal(s.day)),
            owner.currency,
        )
        for s in sessions
    )
    billable = [e.session for e in entries if e.treatment is Treatment.BILLABLE]
    presence = tuple(union(s.span(NOW) for s in sessions))
    lines = bundles(group_sessions(billable, owner, NOW), owner)
    groups = tuple(pair for line in lines for pair in zip(line, shared(line), strict=True))
    return LeakEvidence(entries, groups, presence=presence, **more)


def leaks_of(*sessions: Session, owner: Client | None = None, **more) -> list[Leak]:
    return find_leaks(evidence_of(owner or client(), list(sessions), **more))


HOUR = session("24 09:00", "24 10:00")


@pytest.mark.parametrize(
    ("changes", "kind", "at_risk"),
    [
        ({"channel": Channel.CALL, "write_off": "courtesy"}, LeakClass.CALLS, False),
        ({"channel": Channel.MESSAGE, "write_off": "free"}, LeakClass.MESSAGES, False),
        ({"channel": Channel.FIX, "write_off": "free"}, LeakClass.MESSAGES, False),
        ({"scope": Scope.OUT, "decision": Decision.ABSORB}, LeakClass.SCOPE, False),
        ({"scope": Scope.OUT, "decision": Decision.ABSORB, "channel": Channel.CALL}, LeakClass.SCOPE, False),
        ({"scope": Scope.OUT, "decision": Decision.PENDING}, LeakClass.SCOPE, True),
        ({"scope": Scope.OUT, "write_off": "gift", "channel": Channel.CALL}, LeakClass.CALLS, False),
    ],
)
def test_a_session_leaks_in_one_class(changes, kind, at_risk):
    assert leaks_of(replace(HOUR, **changes)) == [Leak(kind, 3600, 9000, "EUR", at_risk, ("s1",))]


@pytest.mark.parametrize("changes", [{}, {"write_off": "a gift of work"}, {"scope": Scope.UNSURE}])
def test_billable_work_and_other_gifts_are_no_leak(changes):
    assert leaks_of(replace(HOUR, **changes)) == []


def test_rounding_loses_of_billable_groups_only():
    down = client(RoundingRule(Model.DOWN, 1800))
    worked = session("24 09:00", "24 10:10")
    assert leaks_of(worked, owner=down) == [Leak(LeakClass.ROUNDING, 600, 1500, "EUR", False, ("s1",))]
    assert leaks_of(worked, owner=replace(down, contracts=FEE)) == []
    given_away = replace(worked, agreed_seconds=1800)
    assert leaks_of(given_away, owner=down) == [Leak(LeakClass.ROUNDING, 600 + 1800, 6000, "EUR", False, ("s1",))]


def test_calls_and_gaps_count_where_no_session_is():
    call = Unowned(stretch("2026-11-24 09:30", "2026-11-24 11:00"), HOURLY, "EUR", "c1")
    again = Unowned(stretch("2026-11-24 10:30", "2026-11-24 11:30"), HOURLY, "EUR", "c2")
    gap = Unowned(stretch("2026-11-24 10:00", "2026-11-24 12:00"), Decimal(60), "EUR")
    assert leaks_of(HOUR, calls=(call, again), gaps=(gap,)) == [
        Leak(LeakClass.CALLS, 3600, 9000, "EUR", evidence="c1"),
        Leak(LeakClass.CALLS, 1800, 4500, "EUR", evidence="c2"),
        Leak(LeakClass.MEMORY, 1800, 3000, "EUR"),
    ]


def test_work_at_risk_by_delay_before_memory():
    late, stale = frozenset({"s1"}), frozenset({"s1"})
    assert leaks_of(HOUR, late=late) == [Leak(LeakClass.MEMORY, 3600, 9000, "EUR", True, ("s1",))]
    assert leaks_of(HOUR, late=late, stale=stale) == [Leak(LeakClass.DELAY, 3600, 9000, "EUR", True, ("s1",))]
    included = client(contracts=FEE)
    assert leaks_of(HOUR, owner=included, late=late) == [Leak(LeakClass.MEMORY, 3600, 0, "EUR", True, ("s1",))]


def test_an_overdue_balance_stands_for_its_sessions():
    bill = Overdue("2026-7", 4000, "EUR", ("s1",))
    assert leaks_of(HOUR, late=frozenset({"s1"}), overdue=(bill,)) == [
        Leak(LeakClass.DELAY, 0, 4000, "EUR", True, ("s1",), "2026-7")
    ]


def test_what_a_fee_does_not_pay():
    over = Overage(1800, HOURLY, "EUR", ("s1",))
    assert leaks_of(HOUR, owner=client(contracts=FEE), overages=(over,), late=frozenset({"s1"})) == [
        Leak(LeakClass.SCOPE, 1800, 4500, "EUR", False, ("s1",))
    ]


def test_a_late_session_of_a_day_bears_its_part_of_what_the_day_bills():
    by_day = client(RoundingRule(Model.UP, 3600, GroupScope.DAY))
    day = [session("24 09:00", "24 09:30", "a"), session("24 10:00", "24 11:00", "b")]
    assert leaks_of(*day, owner=by_day, late=frozenset({"b"})) == [
        Leak(LeakClass.MEMORY, 3600, 12_000, "EUR", True, ("b",))
    ]


def test_logged_late_is_counted_from_the_end():
    assert HOUR.ended_at is not None
    assert not logged_late(replace(HOUR, logged_at=HOUR.ended_at + 86_400), 86_400)
    assert logged_late(replace(HOUR, logged_at=HOUR.ended_at + 86_401), 86_400)
    assert not logged_late(session("24 09:00", None, logged_at=2**40), 86_400)


@st.composite
def periods(draw: st.DrawFn) -> tuple[Client, LeakEvidence]:
    """A period with everything in it: sessions of each treatment, calls, gaps, lateness, overdue statements."""
    owner, sessions = draw(books())
    owner = replace(owner, contracts=draw(st.sampled_from([(), FEE])))
    sessions = [replace(s, write_off=draw(st.sampled_from([None, None, "gift"]))) for s in sessions]
    some_ids = st.frozensets(st.sampled_from([s.id for s in sessions])) if sessions else st.just(frozenset())
    stretches = st.lists(st.builds(Unowned, intervals(), st.just(HOURLY), st.just(owner.currency)), max_size=4)
    # Gaps and calls near the sessions, so that they meet.
    near = [
        Unowned(Interval(s.started_at - 1000, (s.ended_at or 0) + 1000), HOURLY, owner.currency) for s in sessions[:2]
    ]
    calls = (*draw(stretches), *near[: draw(st.integers(0, 2))])
    gaps = (*draw(stretches), *near)
    billable = {s.id for s in sessions if treatment(s, owner) is Treatment.BILLABLE}
    billed = tuple(sorted(draw(some_ids) & billable))  # a statement holds nothing else
    overdue = (Overdue("1", draw(st.integers(0, 99_999)), owner.currency, billed),)
    return owner, evidence_of(
        owner,
        sessions,
        calls=calls,
        gaps=gaps,
        overdue=overdue,
        late=draw(some_ids),
        stale=draw(some_ids),
    )


@given(periods())
@settings(max_examples=200, deadline=None)
def test_one_second_one_leak(period):
    _, evidence = period
    leaks = find_leaks(evidence)
    lost = [leak for leak in leaks if not leak.at_risk]

    # A session loses in one class at most, and is at risk in one at most, beside rounding of what it bills.
    for chosen in (lost, [leak for leak in leaks if leak.at_risk]):
        classes = {(ident, leak.kind) for leak in chosen for ident in leak.sessions}
        assert max(Counter(ident for ident, _ in classes).values(), default=0) <= 1

    # Where nobody logged anything, each second of a call or a gap is lost once, and none that a session holds.
    unlogged = sum(leak.seconds for leak in lost if not leak.sessions)
    stretches = [u.span for u in (*evidence.calls, *evidence.gaps)]
    assert unlogged == total(union([*evidence.presence, *stretches])) - total(evidence.presence)

    # The seconds lost and at risk are never more than were worked or due, group by group and session by session.
    seconds = Counter[str]()
    for leak in leaks:
        for ident in leak.sessions[:1]:
            seconds[ident] += leak.seconds
    for entry in evidence.entries:
        if entry.treatment is not Treatment.BILLABLE:
            assert seconds[entry.session.id] in (0, entry.seconds)
    billable = {e.session.id for e in evidence.entries if e.treatment is Treatment.BILLABLE}
    due = sum(max(g.seconds.exact, g.rule_seconds) for g, _ in evidence.groups)  # rounding up can be given away
    assert sum(n for ident, n in seconds.items() if ident in billable) <= due


@given(periods())
@settings(max_examples=100, deadline=None)
def test_lost_time_of_a_treatment_is_all_of_it(period):
    _, evidence = period
    leaks = find_leaks(evidence)

    def of(kind: LeakClass, at_risk: bool) -> int:
        return sum(leak.seconds for leak in leaks if leak.kind is kind and leak.at_risk is at_risk and leak.sessions)

    def treated(*wanted: Treatment, channels: tuple[Channel, ...] = tuple(Channel)) -> int:
        return sum(e.seconds for e in evidence.entries if e.treatment in wanted and e.session.channel in channels)

    assert of(LeakClass.SCOPE, at_risk=False) == treated(Treatment.ABSORBED)
    assert of(LeakClass.SCOPE, at_risk=True) == treated(Treatment.PENDING)
    assert of(LeakClass.CALLS, at_risk=False) == treated(Treatment.WRITTEN_OFF, channels=(Channel.CALL,))
    assert of(LeakClass.MESSAGES, at_risk=False) == treated(
        Treatment.WRITTEN_OFF, channels=(Channel.MESSAGE, Channel.FIX)
    )
    rounding = sum(g.seconds.rule_loss + g.seconds.manual_loss for g, _ in evidence.groups)
    assert of(LeakClass.ROUNDING, at_risk=False) == rounding


def test_an_exact_rule_and_a_full_log_leak_nothing():
    assert leaks_of(HOUR, session("24 10:00", "24 11:00", "s2"), owner=client(EXACT)) == []
