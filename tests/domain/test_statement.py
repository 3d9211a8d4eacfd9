"""Statements: lines that lose no group, totals that are the sum of the lines, tax on the total."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.billing import group_sessions
from clepsydra.domain.figures import Figures
from clepsydra.domain.rounding import GroupScope, Model, RoundingRule
from clepsydra.domain.session import Channel
from clepsydra.domain.statement import LineSort, compose, due_on, lines_from, tax_on
from clepsydra.domain.statement_lines import total
from clepsydra.domain.statement_terms import LineKind, PaymentTerms, StatementTerms
from tests.domain.samples import NOW, client, session
from tests.domain.strategies import books

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@given(books())
@settings(max_examples=200, deadline=None)
def test_totals_are_the_sum_of_the_lines_and_of_the_groups(book):
    owner, sessions = book
    groups = group_sessions(sessions, owner, NOW)
    statement = compose(owner, lines_from(groups, owner), FIRST, LAST)
    assert statement.totals == sum((line.figures for line in statement.lines), Figures()) == total(groups, owner)
    billed = Decimal(statement.totals.billed_minor) * owner.statement.tax / 100
    assert statement.tax_minor == int(billed.quantize(Decimal(1), ROUND_HALF_UP))
    assert statement.total_minor == statement.net_minor + statement.tax_minor
    assert {ident for line in statement.lines for ident in line.sessions} == {s.id for s in sessions}


@given(books())
@settings(deadline=None)
def test_a_line_has_one_rate_and_scope_and_names_its_rules(book):
    owner, sessions = book
    by_id = {s.id: s for s in sessions}
    for line in lines_from(group_sessions(sessions, owner, NOW), owner):
        for one in (by_id[ident] for ident in line.sessions):
            day = date.fromordinal(one.day)
            assert owner.rate(one.project, one.channel, day) == line.hourly
            assert owner.rule(one.project, one.channel, day) in line.rules
            assert (one.project, one.scope, one.decision) == (line.project, line.scope, line.decision)


def lined(kind: LineKind, rule: RoundingRule | None = None):
    owner = client(rule or RoundingRule(), statement=StatementTerms(lines=kind, tax=Decimal(20)))
    sessions = [
        session("24 09:00", "24 10:00", "a", note="login"),
        session("24 10:00", "24 11:00", "b", note="review", channel=Channel.CALL),
        session("25 09:00", "25 10:00", "c", note="login"),
        session("25 10:00", "25 11:00", "d"),
    ]
    return lines_from(group_sessions(sessions, owner, NOW), owner)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (LineKind.SESSION, [("a",), ("b",), ("c",), ("d",)]),
        (LineKind.DAY, [("a", "b"), ("c", "d")]),
        (LineKind.CHANNEL, [("a", "c", "d"), ("b",)]),
        (LineKind.PROJECT, [("a", "b", "c", "d")]),
        (LineKind.NOTE, [("a", "c"), ("b",), ("d",)]),
    ],
)
def test_what_makes_a_line(kind, expected):
    assert [line.sessions for line in lined(kind)] == expected


def test_groups_that_reach_over_several_lines_are_not_thrown_together():
    by_day = RoundingRule(Model.UP, 900, GroupScope.DAY)
    assert [line.sessions for line in lined(LineKind.SESSION, by_day)] == [("a", "b"), ("c", "d")]
    assert [line.sessions for line in lined(LineKind.NOTE, by_day)] == [("a", "b"), ("c", "d")]


def test_days_of_the_same_mixed_notes_keep_a_line_each():
    owner = client(RoundingRule(Model.UP, 900, GroupScope.DAY), statement=StatementTerms(lines=LineKind.NOTE))
    sessions = [
        session(f"{day} {hour}:00", f"{day} {hour}:30", f"{day}{note}", note=note)
        for day in (24, 25)
        for hour, note in ((10, "login"), (11, "review"))
    ]
    lines = lines_from(group_sessions(sessions, owner, NOW), owner)
    assert [line.sessions for line in lines] == [("24login", "24review"), ("25login", "25review")]


def test_what_a_line_says():
    first, second = lined(LineKind.DAY)
    assert (first.note, first.channel, first.first_day, first.last_day) == (
        "login · review",
        None,
        date(2026, 11, 24),
        date(2026, 11, 24),
    )
    assert (second.note, second.channel) == ("login", Channel.WORK)
    assert lined(LineKind.PROJECT)[0].note == ""


def test_tax_is_taken_on_the_total():
    """Three lines of 3.33 at 20 %: 2.00 on the total, where line by line would make 2.01."""
    assert tax_on(3 * 333, Decimal(20)) == 200
    assert 3 * tax_on(333, Decimal(20)) == 201


def test_included_lines_inform_and_bill_nothing():
    owner = client()
    (line,) = lines_from(group_sessions([session("24 09:00", "24 10:00")], owner, NOW), owner)
    statement = compose(owner, (line, replace(line, sort=LineSort.INCLUDED)), FIRST, LAST)
    assert statement.totals == line.figures
    assert replace(statement, paid_minor=4000).balance_minor == 5000


@pytest.mark.parametrize(
    ("issued", "terms", "due"),
    [
        (date(2026, 1, 15), PaymentTerms(30), date(2026, 2, 14)),
        (date(2026, 1, 15), PaymentTerms(45, end_of_month=True), date(2026, 3, 31)),
        (date(2026, 11, 20), PaymentTerms(30, end_of_month=True), date(2026, 12, 31)),
        (date(2026, 12, 31), PaymentTerms(0), date(2026, 12, 31)),
    ],
)
def test_due_dates(issued, terms, due):
    assert due_on(issued, terms) == due


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 90))
def test_the_end_of_a_month_is_its_last_day(issued, days):
    due = due_on(issued, PaymentTerms(days, end_of_month=True))
    plain = due_on(issued, PaymentTerms(days))
    assert (due.year, due.month) == (plain.year, plain.month)
    assert date.fromordinal(due.toordinal() + 1).day == 1
