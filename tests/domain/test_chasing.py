"""Who is reminded when: the examples of the rules, and a year of random clients with the program closed for weeks."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.chase_terms import LEAST_GAP, ChaseTerms
from clepsydra.domain.chasing import (
    NO_EVENTS,
    ChaseEvents,
    ChaseLevel,
    ChaseStop,
    SentReminder,
    chase_step,
    due_letters,
    due_reminder,
)
from clepsydra.domain.receivables import Debt, DebtKind, Part
from clepsydra.domain.records import replace

TERMS = ChaseTerms()
WEDNESDAY = date(2026, 12, 30)


def debt(due=WEDNESDAY, minor=1000, number="F1", client="acme", parts=()):
    return Debt(number, number, DebtKind.INVOICE, client, "EUR", due - timedelta(30), due, 1000, minor, parts)


def levels(days, events=NO_EVENTS, of=None, terms=TERMS):
    """The level that is due so many days after the due day."""
    found = due_reminder(of or debt(), events, WEDNESDAY + timedelta(days), terms)
    return found.level if found else None


def sent(*days_and_levels, number="F1"):
    rows = [SentReminder(number, level, WEDNESDAY, WEDNESDAY + timedelta(d)) for d, level in days_and_levels]
    return ChaseEvents(tuple(rows))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, None),
        (2, None),
        (3, None),  # a Saturday, and the Sunday after it
        (4, None),
        (5, ChaseLevel.FRIENDLY),
        (9, ChaseLevel.FRIENDLY),
        (12, ChaseLevel.FIRM),
        (20, ChaseLevel.CHARGES),
        (30, ChaseLevel.NOTICE),
        (300, ChaseLevel.NOTICE),
    ],
)
def test_the_right_letter_for_the_day_whatever_was_missed(days, expected):
    assert levels(days) == expected


def test_one_letter_for_each_level_and_nothing_after_the_notice():
    assert levels(9, sent((5, 1))) is None
    assert levels(12, sent((5, 1))) == ChaseLevel.FIRM
    assert levels(13, sent((9, 1))) is None  # five days lie between two letters
    assert levels(14, sent((9, 1))) == ChaseLevel.FIRM
    assert chase_step(debt(), sent((30, 4)), WEDNESDAY + timedelta(90), TERMS).stop is ChaseStop.LAST


def test_holidays_and_courtesy():
    holiday = TERMS._replace(holidays=((0, 1, 4),))
    assert levels(5, terms=holiday) is None
    assert levels(6, terms=holiday) == ChaseLevel.FRIENDLY
    courteous = TERMS._replace(courtesy=5)
    assert levels(-5, terms=courteous) == ChaseLevel.COURTESY
    assert levels(-5, terms=courteous._replace(holidays=((0, 12, 25),))) is None
    assert levels(1, terms=courteous) is None


def test_what_stops_it():
    today = WEDNESDAY + timedelta(12)
    promised = ChaseEvents(promised={"F1": today})
    assert chase_step(debt(), promised, today + timedelta(2), TERMS).stop is ChaseStop.PROMISED
    assert due_reminder(debt(), promised, today + timedelta(3), TERMS)
    assert chase_step(debt(), ChaseEvents(disputed=frozenset({"F1"})), today, TERMS).stop is ChaseStop.DISPUTED
    assert chase_step(debt(minor=0), NO_EVENTS, today, TERMS).stop is ChaseStop.SETTLED
    assert chase_step(debt(), NO_EVENTS, today, TERMS._replace(chase=False)).stop is ChaseStop.OFF
    kept = (Part(WEDNESDAY, 500, 0), Part(today + timedelta(9), 500, 500))
    assert chase_step(debt(parts=kept), NO_EVENTS, today, TERMS).stop is ChaseStop.PLANNED
    missed = (Part(WEDNESDAY, 500, 500), kept[1])
    assert due_reminder(debt(parts=missed), NO_EVENTS, today, TERMS).level is ChaseLevel.FIRM


def test_debts_of_one_client_go_into_one_letter_at_the_gravest_level():
    debts = [debt(number="F2", due=WEDNESDAY + timedelta(9)), debt(), debt(number="F3", client="brel")]
    letters = due_letters(debts, {}, WEDNESDAY + timedelta(12), {})
    assert [(each.client, each.level, [s.debt.number for s in each.steps]) for each in letters] == [
        ("acme", ChaseLevel.FIRM, ["F1", "F2"]),
        ("brel", ChaseLevel.FIRM, ["F3"]),
    ]


def ask(debts, history, promised, disputed, today):
    """One letter a level, five days apart by client, never on a weekend, and never to who paid, promised, disputes."""
    events = {c: ChaseEvents(tuple(history.get(c, ())), promised, frozenset(disputed)) for c in "ab"}
    for letter in due_letters(debts.values(), events, today, {}):
        before = history.setdefault(letter.client, [])
        assert all((today - each.day).days >= LEAST_GAP for each in before)
        assert today.weekday() < 5
        for step in letter.steps:
            number = step.debt.number
            late = (today - debts[number].due).days
            assert debts[number].open_minor
            assert number not in disputed
            assert number not in promised or today > promised[number] + timedelta(2)
            assert all(each.level < step.level for each in before if each.debt == number)
            assert TERMS.levels[step.level - 1] <= late
            assert step.level == 4 or late < TERMS.levels[step.level] + 4  # the next began, but for a weekend
            before.append(SentReminder(number, step.level, step.due, today))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([1, 1, 1, 1, 1, 1, 1, 24]))
def test_a_year_by_days_and_by_hours_with_the_program_closed_for_weeks(seed, asked):
    """However often a day it is asked, whoever is reminded is so by the rules, and not again."""
    chance = random.Random(seed)
    debts = {
        f"F{n}": debt(date(2026, 1, 5) + timedelta(chance.randrange(300)), 1000, f"F{n}", chance.choice("ab"))
        for n in range(6)
    }
    history, promised, disputed = dict[str, list[SentReminder]](), dict[str, date](), set[str]()
    closed_until = today = date(2026, 1, 1)
    while today < date(2027, 1, 1):
        today += timedelta(1)
        if chance.random() < 0.02:
            closed_until = today + timedelta(chance.randrange(1, 40))
        for number in debts:
            roll = chance.random()
            if roll < 0.004:
                debts[number] = replace(debts[number], open_minor=0)
            elif roll < 0.01:
                promised[number] = today + timedelta(chance.randrange(30))
            elif roll < 0.014:
                disputed.symmetric_difference_update({number})
        if today < closed_until:
            continue
        for _ in range(asked):
            ask(debts, history, promised, disputed, today)
