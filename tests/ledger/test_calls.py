"""Detected calls in the ledger: what they interrupt, whose they are, what undo and a new derivation leave."""

from dataclasses import replace

import pytest

from clepsydra.calls.call import Rank, Rule
from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.spans import Recorder, edges_of
from clepsydra.domain.interval import Interval
from clepsydra.domain.session import Channel, Source
from clepsydra.domain.terms import CallHints
from clepsydra.ledger import editing, history, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.calls import deciding, interrupting
from clepsydra.ledger.calls.deciding import CallPart
from clepsydra.ledger.calls.deriving import rederive
from clepsydra.ledger.calls.ended_by_hand import closed_by_hand
from clepsydra.ledger.calls.explaining import explain
from clepsydra.ledger.calls.inbox import folded, inbox, listed
from clepsydra.ledger.calls.model import CalendarHint, CallState, SuggestionCause
from clepsydra.ledger.calls.recording import mend, ripen
from clepsydra.ledger.calls.titles import mark_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.settings.model import CallSettings, Interrupt
from clepsydra.store import calls, interrupted, sessions
from tests.ledger.workbench import HOUR, MINUTE, MONDAY


def stretches(desk):
    """Who owned what: client, channel and both ends in seconds since Monday nine o'clock."""
    return [
        (s.client, s.channel.value, s.started_at - MONDAY, None if s.ended_at is None else s.ended_at - MONDAY)
        for s in desk.all()
    ]


def proven(desk) -> None:
    assert verify(desk.ledger) == []


def hint(desk, slug, **hints) -> None:
    desk.terms.clients = {**desk.terms.clients, slug: replace(desk.terms.clients[slug], calls=CallHints(**hints))}


# -- interrupting


def test_a_call_pauses_the_timer_at_its_begin_and_resumes_it_at_its_end(desk, watcher):
    timers.start(desk.ledger, Work("acme", note="API"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(7)
    assert stretches(desk) == [("acme", "work", 0, None)]
    watcher.passes(1793)
    assert stretches(desk) == [("acme", "work", 0, 600)]
    watcher.leaves()
    watcher.passes(13)
    assert stretches(desk) == [("acme", "work", 0, 600), ("acme", "work", 2400, None)]
    assert desk.all()[1].note == "API"
    [call] = inbox(desk.ledger)
    assert (call.started_at - MONDAY, call.ended_at - MONDAY, call.program_name) == (600, 2400, "Zoom")
    assert (call.suggestion.client, call.suggestion.why) == ("acme", SuggestionCause.RUNNING)
    assert (call.minor, call.currency) == (5500, "EUR"), "half an hour at the rate of calls, 110"
    proven(desk)


def test_nothing_owns_the_seconds_of_a_call_until_it_is_assigned(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(1200)
    [session] = deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "call", 600, 1800), ("acme", "work", 1800, None)]
    assert (session.source, session.channel) == (Source.CALL, Channel.CALL)
    assert inbox(desk.ledger) == []
    assert [c.state for c in listed(desk.ledger, everything=True)] == [CallState.ASSIGNED]
    proven(desk)


def test_accepted_while_it_lasts_a_call_runs_and_ends_by_itself(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(60)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "call", 600, None)]
    watcher.passes(540)
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "call", 600, 1200), ("acme", "work", 1200, None)]
    assert interrupted.stack(desk.ledger.db) == []
    proven(desk)


@pytest.mark.parametrize("how", [Interrupt.INSIDE, Interrupt.NOTE])
def test_a_call_inside_leaves_the_timer_alone_until_somebody_decides(desk, watcher, how):
    desk.set(calls=CallSettings(interrupt=how))
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(1200)
    assert stretches(desk) == [("acme", "work", 0, None)]
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    if how is Interrupt.INSIDE:
        assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "call", 600, 1800), ("acme", "work", 1800, None)]
    else:
        assert stretches(desk) == [("acme", "work", 0, None), ("brel", "call", 600, 1800)]
    proven(desk)


def test_a_live_call_accepted_inside_a_timer_takes_its_seconds_and_gives_the_rest_back(desk, watcher):
    desk.set(calls=CallSettings(interrupt=Interrupt.INSIDE))
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(120)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("acme")))
    watcher.passes(480)
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 600), ("acme", "call", 600, 1200), ("acme", "work", 1200, None)]


def test_what_the_person_began_during_the_call_is_not_resumed_over(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(300)
    timers.start(desk.ledger, Work("brel"))
    watcher.passes(300)
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "work", 900, None)]
    assert [each.why for each in interrupted.stack(desk.ledger.db)] == [interrupted.PAUSE]
    timers.stop(desk.ledger)
    assert timers.resume(desk.ledger).client == "acme"


def test_a_timer_begun_for_the_caller_becomes_part_of_the_call(desk, watcher):
    watcher.takes()
    desk.wait(4)
    timers.start(desk.ledger, Work("brel", "api", note="weekly"))
    watcher.passes(600)
    [call] = inbox(desk.ledger)
    assert (call.suggestion.client, call.suggestion.project) == ("brel", "api")
    deciding.assign(desk.ledger, call.id, CallPart(Work("brel")))
    assert stretches(desk) == [("brel", "call", 0, None)]
    assert (desk.all()[0].project, desk.all()[0].note) == ("api", "weekly")
    proven(desk)


def test_two_programs_at_once_resume_the_timer_once_after_the_last(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes("zoom")
    watcher.passes(300)
    watcher.takes("teams")
    watcher.passes(300)
    watcher.leaves("zoom")
    watcher.passes(300)
    assert stretches(desk) == [("acme", "work", 0, 600)]
    watcher.leaves("teams")
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 600), ("acme", "work", 1500, None)]
    assert len(inbox(desk.ledger)) == 2
    proven(desk)


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize(("gap", "kept"), [(0, 1), (1, 1), (2, 1), (11, 1), (0, 20), (2, 20)])
def test_between_two_calls_back_to_back_the_timer_runs(desk, watcher, gap, kept, answered):
    """The second is certain before the first is known to be over."""

    def lasts(seconds) -> None:
        for _ in range(seconds):
            watcher.passes(1)
            ripen(desk.ledger)

    for slug in ("brel", "dore"):
        hint(desk, slug, ignore_under=kept)
    hint(desk, "acme", ignore_under=kept)
    timers.start(desk.ledger, Work("acme", note="API"))
    desk.wait(60)
    watcher.takes("zoom")
    lasts(100)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    watcher.leaves("zoom")
    lasts(gap)
    watcher.takes("linphone")
    answered *= 9 if kept == 1 else 21
    if answered:
        lasts(answered)
        found = next(each for each in inbox(desk.ledger) if each.program == "linphone")
        deciding.assign(desk.ledger, found.id, CallPart(Work("dore")))
    lasts(100)
    watcher.leaves("linphone")
    lasts(30)
    if not answered:
        deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("dore")))
    whole = [("acme", 0, 60), ("brel", 60, 160), *([("acme", 160, 160 + gap)] if gap else [])]
    second = 160 + gap + 100 + answered
    owned = sorted(((client, began, ended) for client, _, began, ended in stretches(desk)), key=lambda each: each[1])
    assert owned == [*whole, ("dore", 160 + gap, second), ("acme", second, None)]
    proven(desk)


def test_parallel_timers_are_all_paused_and_all_resumed(desk, watcher):
    desk.set(parallel_timers=True)
    timers.start(desk.ledger, Work("acme"))
    timers.start(desk.ledger, Work("brel"))
    desk.wait(600)
    watcher.call(600)
    assert sorted(stretches(desk)) == [
        ("acme", "work", 0, 600), ("acme", "work", 1200, None), ("brel", "work", 0, 600), ("brel", "work", 1200, None),
    ]  # fmt: skip


def test_a_call_stopped_by_hand_leaves_everything_stopped(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(60)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    desk.wait(60)
    timers.stop(desk.ledger)
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "call", 600, 720)]
    assert timers.paused(desk.ledger) == 1


# -- no calls


def test_what_was_no_call_never_happened(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(60)
    deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    assert stretches(desk) == [("acme", "work", 0, None)]
    watcher.passes(540)
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, None)]
    proven(desk)


def test_dismissed_after_its_end_it_gives_its_seconds_back(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(600)
    before = stretches(desk)
    deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    assert stretches(desk) == [("acme", "work", 0, None)]
    history.undo(desk.ledger)
    assert stretches(desk) == before
    proven(desk)


def test_a_personal_call_is_nobodys_time(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(60)
    deciding.personal(desk.ledger, inbox(desk.ledger)[0].id)
    assert stretches(desk) == [("acme", "work", 0, 600)]
    watcher.passes(540)
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 600), ("acme", "work", 1200, None)]
    assert inbox(desk.ledger) == []


def test_a_call_too_short_to_keep_leaves_the_timer_whole(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(12)
    assert listed(desk.ledger, everything=True) == []
    assert [(call.seconds(desk.now), call.folded) for call in folded(desk.ledger)] == [(12, True)]
    assert stretches(desk) == [("acme", "work", 0, None)]
    proven(desk)


def test_never_this_program_writes_the_settings_and_empties_the_inbox(desk, watcher, tmp_path):
    home = Home(tmp_path)
    for _ in range(2):
        watcher.call(60, "slack")
        watcher.passes(600)
    deciding.never(desk.ledger, home, inbox(desk.ledger)[0].id)
    assert inbox(desk.ledger) == []
    assert 'ignore = ["slack"]' in home.settings_file.read_text()
    history.undo(desk.ledger)
    assert len(inbox(desk.ledger)) == 2


# -- deciding


def test_a_call_is_split_between_clients_and_trimmed(desk, watcher):
    watcher.call(3600)
    [call] = inbox(desk.ledger)
    parts = [
        CallPart(Work("acme"), ended_at=MONDAY + 1200),
        CallPart(Work("brel", note="their half"), MONDAY + 1200, MONDAY + 3000),
    ]
    deciding.assign(desk.ledger, call.id, *parts)
    assert stretches(desk) == [("acme", "call", 0, 1200), ("brel", "call", 1200, 3000)]
    [found] = listed(desk.ledger, everything=True)
    assert (found.client, len(found.sessions)) == (None, 2)
    history.undo(desk.ledger)
    assert (stretches(desk), len(inbox(desk.ledger))) == ([], 1)
    proven(desk)


@pytest.mark.parametrize(
    "parts",
    [
        [CallPart(Work("acme"), MONDAY - 10)],
        [CallPart(Work("acme"), ended_at=MONDAY + 4000)],
        [CallPart(Work("acme"), ended_at=MONDAY + 1300), CallPart(Work("brel"), MONDAY + 1200)],
        [CallPart(Work("acme"), MONDAY + 300, MONDAY + 200)],
        [],
    ],
)
def test_parts_that_cannot_be_are_refused_and_change_nothing(desk, watcher, parts):
    watcher.call(3600)
    with pytest.raises(Refused):
        deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, *parts)
    assert (stretches(desk), len(inbox(desk.ledger))) == ([], 1)


def test_a_decision_can_be_made_anew_and_taken_back(desk, watcher):
    watcher.call(600)
    call = inbox(desk.ledger)[0].id
    deciding.assign(desk.ledger, call, CallPart(Work("acme")))
    deciding.assign(desk.ledger, call[-8:], CallPart(Work("brel")))
    assert stretches(desk) == [("brel", "call", 0, 600)]
    deciding.reopen(desk.ledger, call)
    assert (stretches(desk), len(inbox(desk.ledger))) == ([], 1)
    for _ in range(3):
        history.undo(desk.ledger)
    assert (stretches(desk), len(inbox(desk.ledger))) == ([], 1)
    proven(desk)


def test_two_that_were_one_call_become_one(desk, watcher):
    watcher.call(600)
    watcher.passes(45)
    watcher.call(300)
    first, second = inbox(desk.ledger)
    whole = deciding.merge(desk.ledger, second.id, first.id)
    assert (whole.started_at - MONDAY, whole.ended_at - MONDAY) == (0, 960)
    deciding.assign(desk.ledger, second.id, CallPart(Work("acme")))
    assert stretches(desk) == [("acme", "call", 0, 960)]
    assert [call.state for call in listed(desk.ledger, everything=True)] == [CallState.ASSIGNED]
    history.undo(desk.ledger)
    history.undo(desk.ledger)
    assert len(inbox(desk.ledger)) == 2
    proven(desk)


def test_what_a_person_typed_does_not_give_way(desk, watcher):
    editing.add(desk.ledger, Work("acme"), MONDAY - 600, MONDAY + 300)
    watcher.call(600)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    assert stretches(desk) == [("acme", "work", -600, 300), ("brel", "call", 0, 600)]


# -- suggestions


def test_suggestions_go_by_rule_then_calendar_then_habit_then_timer(desk, watcher):
    timers.start(desk.ledger, Work("cafe"))
    desk.wait(60)
    watcher.call(600)
    first = inbox(desk.ledger)[0]
    assert (first.suggestion.client, first.suggestion.why) == ("cafe", SuggestionCause.RUNNING)
    deciding.assign(desk.ledger, first.id, CallPart(Work("brel")))
    watcher.passes(HOUR)
    watcher.call(600)
    [second] = inbox(desk.ledger)
    assert (second.suggestion.client, second.suggestion.why, second.suggestion.count) == (
        "brel",
        SuggestionCause.LAST,
        1,
    )
    entry = CalendarHint(Interval(second.started_at - 60, second.ended_at + 60), "dore", "Weekly with Doré")
    [again] = inbox(desk.ledger, (entry,))
    assert (again.suggestion.client, again.suggestion.detail) == ("dore", "Weekly with Doré")
    hint(desk, "ecru", apps=("Zoom",))
    [ruled] = inbox(desk.ledger, (entry,))
    assert (ruled.suggestion.client, ruled.suggestion.why) == ("ecru", SuggestionCause.APP)


def test_where_several_clients_use_a_program_habit_chooses_among_them(desk, watcher):
    hint(desk, "ecru", apps=("zoom",))
    hint(desk, "brel", apps=("zoom",))
    timers.start(desk.ledger, Work("brel"))
    desk.wait(60)
    watcher.call(600)
    [call] = inbox(desk.ledger)
    assert (call.suggestion.client, call.suggestion.why) == ("brel", SuggestionCause.RUNNING)


@pytest.mark.parametrize("store", [False, True])
def test_a_title_suggests_and_is_kept_only_where_a_client_wants_it(desk, watcher, store):
    hint(desk, "dore", titles=("doré",), store_titles=store)
    watcher.call(600, "firefox", "Meet – Cabinet Doré weekly")
    [call] = inbox(desk.ledger)
    assert (call.suggestion.client, call.suggestion.why) == ("dore", SuggestionCause.TITLE)
    kept = "\n".join(desk.ledger.db.iterdump())
    assert ("Meet – Cabinet" in kept) is store
    assert call.title == ("Meet – Cabinet Doré weekly" if store else "")


# -- by hand


def test_a_call_by_hand_is_pushed_over_what_runs_and_popped(desk):
    timers.start(desk.ledger, Work("acme", note="API"))
    desk.wait(600)
    interrupting.begin_by_hand(desk.ledger, Work("brel"))
    with pytest.raises(Refused):
        interrupting.begin_by_hand(desk.ledger, Work("cafe"))
    desk.wait(300)
    interrupting.end_by_hand(desk.ledger)
    assert stretches(desk) == [("acme", "work", 0, 600), ("brel", "call", 600, 900), ("acme", "work", 900, None)]
    history.undo(desk.ledger)
    history.undo(desk.ledger)
    assert stretches(desk) == [("acme", "work", 0, None)]
    with pytest.raises(Refused):
        interrupting.end_by_hand(desk.ledger)
    proven(desk)


def test_a_call_timed_by_hand_is_the_call_that_is_noticed(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    desk.wait(3)
    interrupting.begin_by_hand(desk.ledger, Work("brel"))
    watcher.passes(597)
    [call] = inbox(desk.ledger)
    assert call.suggestion.client == "brel"
    deciding.assign(desk.ledger, call.id, CallPart(Work("brel")))
    assert stretches(desk) == [("acme", "work", 0, 603), ("brel", "call", 603, None)]
    watcher.leaves()
    watcher.passes(20)
    assert stretches(desk) == [("acme", "work", 0, 603), ("brel", "call", 603, 1200), ("acme", "work", 1200, None)]
    proven(desk)


# -- death and derivation


def died(desk, watcher, seen_at, until):
    """The watcher is killed; another comes `until` seconds after its last sign of life."""
    desk.now = seen_at + until
    mend(desk.ledger, seen_at, Constants(), ())


def test_a_call_whose_program_was_ignored_for_a_moment_goes_on(desk, watcher):
    """“Never this program”, then undo, while the call lasts: the watcher that begins anew finds it under way."""
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(60)
    [call] = inbox(desk.ledger)
    deciding.ignore(desk.ledger, call.id)
    watcher._tell(watcher.detector.ignore("zoom"), [])
    assert listed(desk.ledger, everything=True)[0].ended_at is not None
    history.undo(desk.ledger)
    spans = mend(desk.ledger, desk.now, Constants(), ())
    assert inbox(desk.ledger)[0].ended_at is None
    watcher.recorder, watcher.detector = Recorder(spans), Detector(Constants())
    for edge in edges_of(spans):
        watcher.detector.feed(edge)
    watcher.edge(EvidenceKind.BLIND, False)
    watcher.takes()
    watcher.passes(600)
    watcher.leaves()
    watcher.passes(20)
    [call] = inbox(desk.ledger)
    assert call.seconds(desk.now) == 660
    assert stretches(desk) == [("acme", "work", 0, 600), ("acme", "work", 1260, None)]
    proven(desk)


def test_a_watcher_killed_in_a_call_leaves_a_doubtful_end_at_the_last_evidence(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(300)
    died(desk, watcher, MONDAY + 900, 3600)
    [call] = inbox(desk.ledger)
    assert (call.ended_at - MONDAY, call.doubtful_end) == (900, True)
    assert stretches(desk) == [("acme", "work", 0, 600)]
    assert [each.why for each in interrupted.stack(desk.ledger.db)] == [interrupted.PAUSE]
    spans = calls.spans_since(desk.ledger.db, 0)
    assert [span.kind for span in spans if span.ended is None] == ["blind"]
    proven(desk)


def test_an_accepted_call_whose_watcher_was_killed_is_asked_about(desk, watcher):
    watcher.takes()
    watcher.passes(300)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    died(desk, watcher, MONDAY + 300, 7200)
    [session] = desk.all()
    assert (session.running, session.doubtful_from - MONDAY) == (True, 300)


def test_a_watcher_that_comes_back_at_once_goes_on_with_the_call(desk, watcher):
    watcher.takes()
    watcher.passes(300)
    died(desk, watcher, MONDAY + 300, 20)
    assert [call.ended_at for call in inbox(desk.ledger)] == [None]


def test_deriving_again_respects_what_was_decided(desk, watcher):
    for _ in range(3):
        watcher.call(100)
        watcher.passes(600)
    one, two, three = inbox(desk.ledger)
    deciding.assign(desk.ledger, one.id, CallPart(Work("acme")))
    before = stretches(desk)
    assert rederive(desk.ledger).changed == 0
    derived = rederive(desk.ledger, Constants(known_held=200.0, listening=200.0))
    assert (derived.removed, derived.added, derived.decided) == (2, 0, 1)
    assert (inbox(desk.ledger), stretches(desk)) == ([], before)
    derived = rederive(desk.ledger)
    assert (derived.added, [c.id for c in inbox(desk.ledger)]) == (2, [two.id, three.id])
    proven(desk)


def test_a_call_dropped_for_a_constant_is_found_again_with_its_hint(desk, watcher):
    hint(desk, "dore", titles=("doré",))
    watcher.call(600, "firefox", "Doré")
    rederive(desk.ledger, Constants(playback=9.0))
    assert inbox(desk.ledger)[0].suggestion.client == "dore"


# -- live


def test_the_value_of_waiting_calls_is_live_and_counts_no_second_twice(desk, watcher):
    hint(desk, "acme", apps=("zoom",))
    live = Live(desk.ledger)
    live.refresh()
    assert live.at(desk.now).calls.count == 0
    watcher.takes()
    watcher.passes(1800)
    assert live.refresh()
    waiting = live.at(desk.now).calls
    assert (waiting.count, waiting.seconds, waiting.minor) == (1, 1800, {"EUR": 5500})
    assert waiting.front.program == "zoom"
    assert live.at(desk.now + 1800).calls.minor == {"EUR": 11000}
    watcher.leaves()
    watcher.passes(30 * MINUTE)
    assert live.refresh()
    assert live.at(desk.now).calls.front is None
    editing.add(desk.ledger, Work("brel"), MONDAY, MONDAY + 900)
    live.refresh()
    assert live.at(desk.now).calls.seconds == 900


def test_evidence_and_calls_leave_no_trace_in_the_journal(desk, watcher):
    watcher.edge(EvidenceKind.BLIND, True)
    watcher.edge(EvidenceKind.BLIND, False)
    watcher.call(600)
    assert history.next_undo(desk.ledger) is None
    assert sessions.count(desk.ledger.db) == 0


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_call_ends_though_what_it_put_aside_has_no_place_any_more(desk, watcher, by_hand):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    if by_hand:
        interrupting.begin_by_hand(desk.ledger, Work("brel"))
    else:
        watcher.takes()
        watcher.passes(600)
    desk.terms.clients = {slug: each for slug, each in desk.terms.clients.items() if slug != "acme"}
    if by_hand:
        interrupting.end_by_hand(desk.ledger)
    else:
        watcher.leaves()
        watcher.passes(15)
        assert [call.ended_at for call in inbox(desk.ledger)] == [MONDAY + 1200]
    assert timers.running(desk.ledger) == []
    assert [each.why for each in interrupted.stack(desk.ledger.db)] == [interrupted.PAUSE]


def test_a_refused_never_leaves_the_settings_as_they_were(desk, watcher, tmp_path):
    home = Home(tmp_path)
    home.ensure()
    desk.wait(600)
    watcher.call(1200)
    [call] = inbox(desk.ledger)
    deciding.assign(desk.ledger, call.id, CallPart(Work("brel")))
    statements.issue(desk.ledger, "brel")
    with pytest.raises(Refused, match="issued statement"):
        deciding.never(desk.ledger, home, call.id)
    assert "zoom" not in home.settings_file.read_text(encoding="utf-8")


def test_a_refusal_calls_the_client_by_name(desk):
    timers.start(desk.ledger, Work("acme"))
    with pytest.raises(Refused, match=r"^Acme began after that"):
        interrupting.begin_by_hand(desk.ledger, Work("brel"), MONDAY - 60)
    desk.wait(60)
    interrupting.begin_by_hand(desk.ledger, Work("brel"))
    with pytest.raises(Refused, match=r"^Brel began after that"):
        interrupting.end_by_hand(desk.ledger, MONDAY)


def test_a_call_looks_at_what_was_decided_about_calls_under_way_alone(desk, watcher, monkeypatch):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    monkeypatch.setattr(calls, "decisions", None)
    watcher.call(600)
    assert [session.running for session in desk.all()] == [False, True]


@pytest.mark.parametrize("other", ["frobnicate", "discord"])
def test_a_call_beside_one_that_is_only_offered_or_none_interrupts(desk, watcher, other):
    timers.start(desk.ledger, Work("acme"))
    watcher.takes(other)
    watcher.passes(200)
    if other == "discord":
        ripen(desk.ledger)
        deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    watcher.passes(400)
    watcher.call(300, "zoom")
    assert stretches(desk) == [("acme", "work", 0, 600), ("acme", "work", 900, None)]
    proven(desk)


def test_a_call_that_is_only_offered_interrupts_nothing_and_can_be_assigned(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(300, "frobnicate")
    [call] = inbox(desk.ledger)
    assert call.rank is Rank.DOUBT
    assert stretches(desk) == [("acme", "work", 0, None)]
    deciding.assign(desk.ledger, call.id, CallPart(Work("brel")))
    assert stretches(desk) == [
        ("acme", "work", 0, 600), ("brel", "call", 600, 900), ("acme", "work", 900, None),
    ]  # fmt: skip
    proven(desk)


def test_a_call_that_nobody_answered_gives_its_seconds_back_and_is_called_so(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(40)
    [call] = inbox(desk.ledger)
    deciding.unanswered(desk.ledger, call.id)
    assert [each.state for each in listed(desk.ledger, everything=True)] == [CallState.UNANSWERED]
    assert stretches(desk) == [("acme", "work", 0, None)]
    history.undo(desk.ledger)
    assert len(inbox(desk.ledger)) == 1
    proven(desk)


def test_a_session_stopped_by_hand_closes_its_call_and_what_follows_is_another(desk, watcher):
    """Assigned, stopped a minute before the program lets go: the minute is in another call, and the session stays."""
    watcher.takes()
    watcher.passes(300)
    [call] = inbox(desk.ledger)
    [session] = deciding.assign(desk.ledger, call.id, CallPart(Work("acme")))
    timers.stop(desk.ledger)
    ended = desk.now
    assert [(row.id, at) for row, at in closed_by_hand(desk.ledger)] == [(call.id, ended)]
    watcher.cut("zoom", ended)
    watcher.passes(60)
    watcher.leaves()
    watcher.passes(20)
    first, second = listed(desk.ledger, everything=True)
    assert (first.ended_at, second.started_at, second.ended_at) == (ended, ended, ended + 60)
    assert sessions.by_id(desk.ledger.db, session.id).ended_at == ended
    assert second.state is CallState.INBOX
    assert rederive(desk.ledger).changed == 0
    proven(desk)


def test_never_is_said_of_a_title_and_of_no_other_page(desk, watcher, tmp_path):
    home = Home(tmp_path)
    watcher.call(100, "firefox", "Meet - Acme")
    watcher.call(100, "firefox", "Meet - Brel")
    acme, brel = inbox(desk.ledger)
    deciding.never(desk.ledger, home, acme.id, title=True)
    assert [call.id for call in inbox(desk.ledger)] == [brel.id]
    [entry] = [line for line in home.settings_file.read_text().splitlines() if "title:" in line]
    assert "Meet" not in entry
    assert mark_of(desk.ledger, acme) in entry


def test_a_call_is_explained_by_its_streams_its_rule_and_its_end(desk, watcher):
    watcher.call(100)
    [call] = inbox(desk.ledger)
    found = explain(desk.ledger, call.id)
    assert (found.rule, found.over, found.interrupted) == (Rule.CALLS, Rule.LET_GO, True)
    assert {span.kind for span in found.streams} == {EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK}
