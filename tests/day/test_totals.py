"""Totals to agree: asked about where that is the habit with a client, of nobody else, and as one question a day."""

from datetime import date

import pytest

from clepsydra.ledger import editing, history
from clepsydra.ledger.billing.agreed_time import agree_day, agree_session
from clepsydra.ledger.day.answers import Because, DayAnswer, Item, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.days import day_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work, start
from clepsydra.ledger.verify import verify
from tests.ledger.workbench import Desk, wall

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def desk():
    return Desk.at(now=wall("2026-11-27 19:00"))


def worked(desk: Desk, day: int, begin: str, end: str, slug: str = "acme", **more):
    times = (wall(f"2026-11-{day} {clock}") for clock in (begin, end))
    return editing.add(desk.ledger, Work(slug, note="x", **more), *times)


def habit(desk: Desk, slug: str = "acme", days: tuple[int, ...] = (23, 24), seconds: int = 3600) -> None:
    for day in days:
        agree_session(desk.ledger, worked(desk, day, "09:00", "11:00", slug).id, seconds)


def totals(desk: Desk) -> list[Item]:
    return [i for i in open_items(desk.ledger, day_of(desk.ledger, FRIDAY)) if i.kind is ItemKind.AGREED]


def test_who_never_agrees_on_a_total_is_never_asked(desk):
    for day in (23, 24, 25, 26, 27):
        worked(desk, day, "09:00", "11:00")
    assert totals(desk) == []


def test_a_habit_with_one_client_asks_about_that_client_alone(desk):
    habit(desk)
    worked(desk, 27, "09:00", "10:10")
    worked(desk, 27, "10:10", "11:00", "brel")
    [item] = totals(desk)
    assert [session.client for session in item.sessions] == ["acme"]
    assert (item.seconds, item.minor, item.currency) == (4200, 11_250, "EUR")  # 70 min are billed as 75, at 90.00
    assert (item.suggestion.answer.verb, item.suggestion.source) == (Verb.KEEP, Because.RULE)


def test_once_is_no_habit_and_one_that_was_given_up_is_forgotten(desk):
    habit(desk, days=(16,))
    worked(desk, 27, "09:00", "10:00")
    assert totals(desk) == []
    habit(desk, days=(17,))
    assert len(totals(desk)) == 1
    for day in (19, 20, 23, 24):
        worked(desk, day, "14:00", "15:00")
    assert totals(desk) == []


def test_sessions_that_are_billed_one_by_one_are_one_question(desk):
    habit(desk)
    worked(desk, 27, "09:00", "10:00")
    worked(desk, 27, "10:00", "10:20")
    [item] = totals(desk)
    solve(desk.ledger, item, DayAnswer(Verb.AGREE, seconds=4000))
    assert sum(s.agreed_seconds for s in desk.all() if s.day == FRIDAY.toordinal()) == 4000
    assert totals(desk) == []
    assert verify(desk.ledger) == []
    history.undo(desk.ledger)
    assert totals(desk) == [item]


def test_the_rules_own_result_is_kept_until_the_day_changes(desk):
    habit(desk)
    worked(desk, 27, "09:00", "10:00")
    [item] = totals(desk)
    solve(desk.ledger, item, item.suggestion.answer)
    assert totals(desk) == []
    worked(desk, 27, "11:00", "12:00")
    assert len(totals(desk)) == 1


def test_what_is_not_complete_or_reaches_beyond_the_day_is_not_asked(desk):
    habit(desk)
    habit(desk, "cafe")
    habit(desk, "fjord")
    worked(desk, 27, "09:00", "10:00", "cafe")  # one total for the whole statement
    worked(desk, 27, "10:00", "11:00", "fjord")  # a fee pays for it
    start(desk.ledger, Work("acme"))
    assert totals(desk) == []


def test_a_total_for_what_has_changed_meanwhile_is_refused(desk):
    habit(desk)
    session = worked(desk, 27, "09:00", "10:00")
    [item] = totals(desk)
    editing.write_off(desk.ledger, session.id, "gift")
    with pytest.raises(Refused, match="has changed"):
        solve(desk.ledger, item, DayAnswer(Verb.AGREE, seconds=60))
    with pytest.raises(Refused, match="is no answer"):
        solve(desk.ledger, item, DayAnswer(Verb.NOTE, text="x"))


def test_a_total_is_for_the_work_it_was_asked_about_alone(desk):
    habit(desk, "brel")  # its days are billed whole
    worked(desk, 27, "09:00", "10:00", "brel")
    [item] = totals(desk)
    worked(desk, 27, "11:00", "14:00", "brel")
    before = desk.all()
    with pytest.raises(Refused, match="has changed"):
        solve(desk.ledger, item, DayAnswer(Verb.AGREE, seconds=3600))
    assert desk.all() == before
    [item] = totals(desk)
    solve(desk.ledger, item, DayAnswer(Verb.AGREE, seconds=4 * 3600))
    assert totals(desk) == []


def test_one_agreed_by_another_way_is_no_question_any_more(desk):
    habit(desk)
    worked(desk, 27, "09:00", "10:00")
    agree_day(desk.ledger, "acme", None, FRIDAY, 1800)
    assert totals(desk) == []
