"""Suggestions: each names its source, none is stored before it is accepted, and each is right when accepted."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from clepsydra.domain.interval import Interval
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.domain.terms import Touches
from clepsydra.exchange.calendar import CalendarEvent
from clepsydra.exchange.commits import Commit
from clepsydra.language.translator import translator
from clepsydra.ledger import absences, editing, history, timers
from clepsydra.ledger.day import answers, wording
from clepsydra.ledger.day.answers import Because, DayAnswer, Item, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.outside import NOWHERE, ClientCommit, Outside
from clepsydra.ledger.day.slices import sliced
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.days import day_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.mentions import Mentions
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.ledger.call_watcher import Watcher
from tests.ledger.workbench import Desk, client, wall

TUESDAY = date(2026, 11, 24)


def at(text: str) -> int:
    return wall(f"2026-11-24 {text}")


@pytest.fixture
def desk():
    return Desk.at(now=wall("2026-11-26 12:00"))


def worked(desk: Desk, begin: str, end: str, slug: str = "acme", note: str = "x", **more) -> None:
    editing.add(desk.ledger, Work(slug, note=note, **more), at(begin), at(end))


def items(desk: Desk, outside: Outside = NOWHERE) -> list[Item]:
    return open_items(desk.ledger, day_of(desk.ledger, TUESDAY), outside)


def only(desk: Desk, outside: Outside = NOWHERE) -> Item:
    [item] = items(desk, outside)
    return item


def planned(title: str, begin: str, end: str, **more) -> Outside:
    return Outside(events=(CalendarEvent(Interval(at(begin), at(end)), title, **more),))


def test_nothing_is_stored_before_it_is_accepted(desk):
    worked(desk, "09:00", "10:00")
    worked(desk, "10:10", "11:00")
    before = (desk.all(), history.next_undo(desk.ledger))
    assert only(desk).suggestion is not None
    assert (desk.all(), history.next_undo(desk.ledger)) == before


def test_a_short_gap_in_the_same_work_goes_on_with_the_session_before(desk):
    worked(desk, "09:00", "10:00")
    worked(desk, "10:10", "11:00")
    item = only(desk)
    assert item.suggestion.source is Because.NEIGHBOURS
    solve(desk.ledger, item, item.suggestion.answer)
    assert [s.exact_seconds(0) for s in desk.all()] == [4200, 3000]


def test_a_longer_one_becomes_a_session_of_its_own(desk):
    worked(desk, "09:00", "10:00", note="x")
    worked(desk, "10:25", "11:00", note="y")
    item = only(desk)
    solve(desk.ledger, item, item.suggestion.answer)
    assert [(s.note, s.exact_seconds(0)) for s in desk.all()] == [("x", 3600), ("x", 1500), ("y", 2100)]
    assert desk.all()[1].logged_at == desk.now


def test_an_event_that_names_a_client_is_a_meeting_with_it(desk):
    worked(desk, "09:00", "10:00")
    worked(desk, "12:00", "12:30")
    item = only(desk, planned("Brel: review", "10:30", "11:30"))
    assert item.suggestion.source is Because.CALENDAR
    solve(desk.ledger, item, item.suggestion.answer)
    [_, met, _] = desk.all()
    assert (met.client, met.channel, met.note) == ("brel", Channel.MEETING, "Brel: review")
    assert (met.started_at, met.ended_at) == (at("10:30"), at("11:30"))


@pytest.mark.parametrize(
    ("title", "more", "expected"),
    [
        ("Lunch with Ann", {}, "Lunch with Ann"),
        ("Holidays", {"all_day": True}, "Holidays"),
        ("Someone else's birthday", {"all_day": True, "busy": False}, None),
        ("Free slot", {"busy": False}, None),
    ],
)
def test_events_that_are_no_work(desk, title, more, expected):
    worked(desk, "08:00", "09:00")
    worked(desk, "11:00", "12:00")
    span = ("00:00", "23:59") if more.get("all_day") else ("09:00", "11:00")
    suggestion = only(desk, planned(title, *span, **more)).suggestion
    assert (suggestion.answer.parts[0].reason if suggestion else None) == expected


def test_commits_tell_whose_the_time_was_and_what_was_done(desk):
    worked(desk, "08:00", "09:00")
    worked(desk, "11:00", "12:00")
    found = [("brel", "09:40", "Start"), ("brel", "10:20", "Finish the export"), ("cafe", "10:00", "Fix")]
    commits = tuple(ClientCommit(slug, Commit(at(when), what, "repo")) for slug, when, what in found)
    item = only(desk, Outside(commits=commits))
    assert item.suggestion.source is Because.COMMITS
    [part] = item.suggestion.answer.parts
    assert (part.work.client, part.work.note) == ("brel", "Finish the export")
    assert (part.span.started_at, part.span.ended_at) == (at("09:00"), at("10:20"))


def test_the_pause_between_working_hours_is_a_break(desk):
    desk.set(working_hours={1: ((time(9), time(12, 30)), (time(14), time(18)))})
    worked(desk, "09:00", "12:30")
    worked(desk, "14:00", "18:00")
    suggestion = only(desk).suggestion
    assert (suggestion.source, suggestion.answer.parts[0].reason) == (Because.HOURS, "break")


def test_the_same_hours_of_the_weeks_before(desk):
    for weeks in (1, 2, 3):
        begin = wall("2026-11-24 15:00") - weeks * 7 * 86_400
        editing.add(desk.ledger, Work("cafe", note="x"), begin, begin + 7200)
    worked(desk, "14:00", "15:00")
    worked(desk, "17:00", "18:00")
    suggestion = only(desk).suggestion
    assert suggestion.source is Because.USUAL
    assert suggestion.answer.parts[0].work.client == "cafe"
    assert suggestion.reason.values["times"] == 3


def test_nothing_is_suggested_where_nothing_is_known(desk):
    worked(desk, "14:00", "15:00")
    worked(desk, "17:00", "18:00", "brel")
    assert only(desk).suggestion is None


def test_a_note_comes_from_the_calendar_else_from_last_time(desk):
    worked(desk, "09:00", "10:00", "brel", "")
    assert only(desk).suggestion is None
    assert only(desk, planned("Planning", "09:00", "10:00")).suggestion.answer.text == "Planning"
    begin = wall("2026-11-23 09:00")
    editing.add(desk.ledger, Work("brel", note="as ever"), begin, begin + 600)
    item = only(desk)
    assert (item.suggestion.source, item.suggestion.answer.text) == (Because.HABIT, "as ever")
    solve(desk.ledger, item, item.suggestion.answer)
    assert items(desk) == []


def test_scope_follows_the_last_decision_about_the_client(desk):
    begin = wall("2026-11-23 09:00")
    absorbed = Work("brel", note="x", scope=Scope.OUT, decision=Decision.ABSORB)
    worked(desk, "09:00", "10:00", "brel", scope=Scope.OUT)
    assert only(desk).suggestion.answer.decision is Decision.BILL
    editing.add(desk.ledger, absorbed, begin, begin + 600)
    assert only(desk).suggestion.answer.decision is Decision.ABSORB


def test_an_over_long_session_ends_with_the_working_hours(desk):
    desk.set(working_hours={1: ((time(9), time(18)),)})
    worked(desk, "09:00", "23:00")
    item = only(desk)
    assert (item.kind, item.suggestion.answer.at) == (ItemKind.OVER_LONG, at("18:00"))
    solve(desk.ledger, item, item.suggestion.answer)
    assert desk.all()[0].ended_at == at("18:00")


def test_a_session_that_is_still_long_once_its_end_was_named_is_not_asked_about_again(desk):
    worked(desk, "02:00", "23:00")
    item = only(desk)
    solve(desk.ledger, item, DayAnswer(Verb.END, at=at("17:00")))
    assert (desk.all()[0].ended_at, items(desk)) == (at("17:00"), [])
    history.undo(desk.ledger)
    assert only(desk) == item


# -- calls


def noticed(desk: Desk, begin: str, end: str, ident: str = "call-1") -> None:
    desk.ledger.db.execute(
        "INSERT INTO detected_call (id, program, program_name, started_at, ended_at) VALUES (?, 'zoom', 'Zoom', ?, ?)",
        (ident, at(begin), at(end)),
    )


def test_a_call_in_a_gap_is_asked_about_before_the_gap_around_it(desk):
    worked(desk, "09:00", "10:00")
    noticed(desk, "10:20", "10:50")
    worked(desk, "12:00", "13:00", "brel")
    assert [(i.kind, i.span.seconds) for i in items(desk)] == [
        (ItemKind.GAP, 1200), (ItemKind.CALL, 1800), (ItemKind.GAP, 4200),
    ]  # fmt: skip
    call = next(i for i in items(desk) if i.kind is ItemKind.CALL)
    solve(desk.ledger, call, answers.worked(call.span, Work("brel", channel=Channel.CALL)))
    made = next(s for s in desk.all() if s.channel is Channel.CALL)
    assert (made.client, made.exact_seconds(0)) == ("brel", 1800)
    with pytest.raises(Refused, match="decided already"):
        solve(desk.ledger, call, answers.worked(call.span, Work("acme", channel=Channel.CALL)))
    history.undo(desk.ledger)
    assert [i.kind for i in items(desk)].count(ItemKind.CALL) == 1


def test_a_personal_call_explains_its_time_and_no_call_leaves_the_gap(desk):
    worked(desk, "09:00", "10:00")
    noticed(desk, "10:20", "10:50")
    noticed(desk, "11:00", "11:10", "call-2")
    worked(desk, "12:00", "13:00", "brel")
    first, second = (i for i in items(desk) if i.kind is ItemKind.CALL)
    solve(desk.ledger, first, DayAnswer(Verb.PERSONAL))
    solve(desk.ledger, second, DayAnswer(Verb.IGNORE))
    timeline = day_of(desk.ledger, TUESDAY).timeline
    assert (timeline.explained_seconds, timeline.unexplained_seconds) == (1800, 5400)
    states = desk.ledger.db.execute("SELECT state FROM call_decision ORDER BY id").fetchall()
    assert [row[0] for row in states] == ["personal", "ignored"]


@pytest.fixture
def interrupted(desk):
    """A timer that a call of half an hour has paused; it runs again, until a quarter to twelve."""
    desk.now = at("09:00")
    watcher = Watcher(desk)
    timers.start(desk.ledger, Work("acme", note="x"))
    desk.now = at("10:00")
    watcher.call(1800)
    desk.now = at("11:45")
    timers.stop(desk.ledger)
    desk.now = wall("2026-11-26 12:00")
    return next(i for i in items(desk) if i.kind is ItemKind.CALL)


def stretches(desk: Desk) -> list[tuple[int, int]]:
    return [((s.started_at - at("09:00")) // 60, (s.ended_at - at("09:00")) // 60) for s in desk.all()]


def test_what_was_no_call_gives_its_seconds_back_to_the_timer(desk, interrupted):
    assert stretches(desk) == [(0, 60), (90, 165)]
    solve(desk.ledger, interrupted, DayAnswer(Verb.IGNORE))
    assert stretches(desk) == [(0, 165)]
    timeline = day_of(desk.ledger, TUESDAY).timeline
    assert (timeline.presence_seconds, timeline.unexplained_seconds) == (9900, 0)
    assert verify(desk.ledger) == []
    history.undo(desk.ledger)
    assert stretches(desk) == [(0, 60), (90, 165)]


def test_a_call_that_was_a_break_gives_nothing_back(desk, interrupted):
    """Whoever says what the time was says it of the call's own time: no second is a break and the timer's at once."""
    solve(desk.ledger, interrupted, answers.absent(interrupted.span, "break"))
    assert stretches(desk) == [(0, 60), (90, 165)]
    timeline = day_of(desk.ledger, TUESDAY).timeline
    assert (timeline.presence_seconds, timeline.explained_seconds, timeline.unexplained_seconds) == (8100, 1800, 0)
    assert [i.kind for i in items(desk)] == []
    assert verify(desk.ledger) == []


def test_what_was_no_call_is_a_gap_where_the_timer_was_not_resumed(desk):
    desk.now = at("09:00")
    watcher = Watcher(desk)
    timers.start(desk.ledger, Work("acme", note="x"))
    desk.now = at("10:00")
    watcher.takes()
    watcher.passes(1800)
    timers.start(desk.ledger, Work("brel", note="x"))  # gone on with something else while it lasted
    watcher.leaves()
    watcher.passes(60)
    timers.stop(desk.ledger)
    desk.now = wall("2026-11-26 12:00")
    call = next(i for i in items(desk) if i.kind is ItemKind.CALL)
    solve(desk.ledger, call, DayAnswer(Verb.IGNORE))
    assert [(i.kind, i.span.seconds) for i in items(desk)] == [(ItemKind.GAP, 1800)]
    assert verify(desk.ledger) == []


# -- slices and names


def test_slices_are_read_in_order_and_the_last_takes_the_rest(desk):
    span = Interval(at("10:00"), at("11:00"))
    answer = sliced(desk.ledger, span, "acme 20m, pause 15m, brel/api", {"break": "pause"})
    shown = [(p.work.client if p.work else p.reason, p.span.seconds) for p in answer.parts]
    assert shown == [("acme", 1200), ("break", 900), ("brel", 1500)]
    assert answer.parts[2].work.project == "api"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "say what it was"),
        ("acme, brel 10m", "needs a length"),
        ("acme 2h", "does not fit"),
        ("acme 1h, brel", "does not fit"),
        ("nobody 10m", "neither one client"),
        ("brel/none 10m", "no project"),
    ],
)
def test_slices_that_do_not_fit_are_refused(desk, typed, why):
    with pytest.raises(Refused, match=why):
        sliced(desk.ledger, Interval(at("10:00"), at("11:00")), typed, {})


def test_names_are_whole_words_and_the_longest_wins():
    clients = [client("acme"), replace(client("legal"), name="Acme Legal"), client("own-ly"), client("ab")]
    mentions = Mentions([*clients, replace(client("x"), name="Ünïcode & Söhne", touches=Touches())])
    assert mentions.place("Call with ACME") == ("acme", "default")
    assert mentions.place("acmeology") is None
    assert mentions.place("ab ovo") is None
    assert mentions.place("nothing", "Ünïcode & Söhne") == ("x", "default")
    assert mentions.leisure("Déjeuner d'équipe")
    assert not mentions.leisure("Breakfast club review of the gymkhana")


def test_an_absence_can_be_edited_removed_and_undone(desk):
    row = absences.add(desk.ledger, Interval(at("10:00"), at("11:00")), "break")
    absences.edit(desk.ledger, row.id[-6:], reason="school", span=Interval(at("10:00"), at("10:30")))
    [after] = absences.within(desk.ledger, Interval(at("00:00"), at("23:00")))
    assert (after.reason, after.span.seconds) == ("school", 1800)
    absences.remove(desk.ledger, row.id)
    with pytest.raises(Refused, match="no absence"):
        absences.find(desk.ledger, row.id)
    for _ in range(2):
        history.undo(desk.ledger)
    assert absences.find(desk.ledger, row.id) == row
    for span, reason in ((Interval(5, 5), "x"), (Interval(5, 6), " ")):
        with pytest.raises(Refused):
            absences.add(desk.ledger, span, reason)


def test_a_week_of_habit_does_not_look_into_the_future(desk):
    begin = wall("2026-12-01 15:00")
    for weeks in range(3):
        when = begin + weeks * timedelta(weeks=1).total_seconds()
        editing.add(desk.ledger, Work("cafe", note="x"), int(when), int(when) + 7200)
    worked(desk, "14:00", "15:00")
    worked(desk, "17:00", "18:00")
    assert only(desk).suggestion is None


@pytest.mark.parametrize(
    ("lang", "gives_way", "why"),
    [
        ("en", "the first gives way", "the later one lies within it"),
        ("fr", "la première cède", "la suivante y est comprise"),
    ],
)
def test_two_sessions_of_one_client_are_told_apart_by_their_order(desk, lang, gives_way, why):
    worked(desk, "09:00", "10:00")
    worked(desk, "09:30", "09:35", channel=Channel.MESSAGE)
    item = next(each for each in items(desk) if each.kind is ItemKind.OVERLAP)
    tr = translator(lang)
    assert wording.answer(desk.ledger, item, item.suggestion.answer, tr) == gives_way
    assert item.suggestion.reason.said(tr) == why
