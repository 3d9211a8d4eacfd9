"""What holds for the detector whatever the evidence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from clepsydra.calls.call import Call, CallBegan, CallEnded
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import ROOM, Evidence, EvidenceKind, EvidenceSpan
from clepsydra.calls.programs import identify
from clepsydra.calls.spans import Recorder, calls_of, derive, edges_of, interrupted
from tests.calls.scripted_evidence import DAWN

WHOM = ["zoom", "firefox", "whatsapp", "frobnicate", "obs", "gather"]
LATER = 10 * 60_000

switches = st.one_of(
    st.tuples(st.sampled_from([EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK]), st.booleans(), st.sampled_from(WHOM)),
    st.tuples(
        st.sampled_from(
            [
                EvidenceKind.VOICE,
                EvidenceKind.VOICE,
                EvidenceKind.MUSIC,
                EvidenceKind.SOUND,
                EvidenceKind.BLIND,
                EvidenceKind.DEAF,
            ]
        ),
        st.booleans(),
        st.none(),
    ),
)
pauses = st.one_of(st.integers(0, 3_000), st.integers(0, 15_000), st.integers(0, 90_000))
stray = st.tuples(pauses, switches).map(lambda edge: [edge])


@st.composite
def chapters(draw):
    """A call as programs make it, in full or broken off by something else."""
    program = draw(st.sampled_from(WHOM))
    talk = draw(st.integers(5_000, 200_000))
    story = [
        (draw(pauses), (EvidenceKind.CAPTURE, True, program)),
        (draw(st.integers(0, 6_000)), (EvidenceKind.PLAYBACK, True, program)),
        (draw(pauses), draw(switches)),
        (talk, (EvidenceKind.PLAYBACK, False, program)),
        (draw(st.integers(0, 30_000)), (EvidenceKind.CAPTURE, False, program)),
    ]
    return [edge for n, edge in enumerate(story) if n < 2 or draw(st.integers(0, 9)) > 0]


@st.composite
def talks(draw):
    """Speech in the room."""
    bursts = draw(st.lists(st.tuples(st.integers(300, 4_000), st.integers(200, 9_000)), max_size=25))
    return [edge for pause, long in bursts for edge in ((pause, VOICE_ON), (long, VOICE_OFF))]


VOICE_ON, VOICE_OFF = (EvidenceKind.VOICE, True, None), (EvidenceKind.VOICE, False, None)


@st.composite
def holds(draw):
    """A talk long enough to be a call, music on hold, and perhaps more talk."""
    begun = [(500, VOICE_ON), (draw(st.integers(31_000, 90_000)), VOICE_OFF)]
    music = [
        (draw(st.integers(0, 40_000)), (EvidenceKind.MUSIC, True, None)),
        (draw(st.integers(0, 900_000)), MUSIC_OFF),
    ]
    return [*begun, *music, *draw(talks())]


MUSIC_OFF = (EvidenceKind.MUSIC, False, None)
days = st.lists(st.one_of(stray, chapters(), talks(), holds()), max_size=12).map(
    lambda parts: [e for part in parts for e in part]
)


def edges_from(day) -> list[Evidence]:
    at, edges = DAWN, []
    for pause, (kind, on, program) in day:
        at += pause
        edges.append(Evidence(at, kind, on, identify(program) if program else None))
    return edges


def lived(day, ticks=(), ignored=("gather",)):
    """The events and spans of a day seen live."""
    recorder, detector = Recorder(), Detector(ignored=ignored)
    events, spans = [], {}
    edges = edges_from(day)
    last = edges[-1].at + LATER if edges else DAWN
    moments = sorted([(each.at, 1, each) for each in edges] + [(at, 0, None) for at in ticks], key=lambda m: m[:2])
    for at, _, edge in moments:
        if edge is None:
            events += detector.advance(at)
            continue
        accepted, changed = recorder.accept(edge)
        spans.update({span.id: span for span in changed})
        for each in accepted:
            events += detector.feed(each)
    return events + detector.advance(last), list(spans.values()), last


def owner(span: EvidenceSpan) -> str:
    return span.program.id if span.program else ""


@given(days)
@settings(max_examples=300)
def test_boundaries_are_ordered_and_decided_after_the_fact(day) -> None:
    events, _, _ = lived(day)
    for event in events:
        call = event.call
        assert call.opened <= call.began <= event.at
        assert call.ended is None or call.began <= call.ended <= event.at
        assert call.ended_at is None or call.began_at <= call.ended_at
    assert [event.at for event in events] == sorted(event.at for event in events)


@given(days)
@settings(max_examples=300)
def test_calls_of_one_program_are_disjoint(day) -> None:
    by_program: dict[str, list[Call]] = {}
    for call in calls_of(lived(day)[0]):
        by_program.setdefault(call.program.id, []).append(call)
    for calls in by_program.values():
        for earlier, later in pairwise(calls):
            assert earlier.ended is not None
            assert earlier.ended <= later.began


SILENT_AFTER_A_BLINK = [
    (0, (EvidenceKind.CAPTURE, True, "zoom")),
    (0, (EvidenceKind.PLAYBACK, True, "zoom")),
    (9_000, (EvidenceKind.CAPTURE, False, "zoom")),
    (500, (EvidenceKind.PLAYBACK, False, "zoom")),
    (500, (EvidenceKind.CAPTURE, True, "zoom")),
]
"""The sound stopped while the microphone was lost: the call ends with the microphone, not with the sound."""


SPOKEN_IN_A_BLINK = [
    (0, (EvidenceKind.CAPTURE, True, "zoom")),
    (0, (EvidenceKind.CAPTURE, False, "zoom")),
    (300, (EvidenceKind.VOICE, True, None)),
    (200, (EvidenceKind.VOICE, False, None)),
    (0, (EvidenceKind.CAPTURE, True, "zoom")),
    (0, (EvidenceKind.PLAYBACK, True, "zoom")),
]
"""Speech while the microphone was lost: the call begins when it is taken again."""

SPOKEN_OVER_A_SEAM = [
    (0, (EvidenceKind.VOICE, True, None)),
    (0, (EvidenceKind.CAPTURE, True, "zoom")),
    (3_000, (EvidenceKind.PLAYBACK, True, "zoom")),
    (5_000, (EvidenceKind.PLAYBACK, False, "zoom")),
    (0, (EvidenceKind.CAPTURE, False, "zoom")),
    (1_002, (EvidenceKind.CAPTURE, True, "zoom")),
    (1_001, (EvidenceKind.PLAYBACK, True, "zoom")),
]
"""Somebody went on speaking while one call ended and another began: the second begins with its microphone."""


@st.composite
def murmurs(draw):
    """Lone words, too few to be talk and close enough to keep a call from ending."""
    words = draw(st.lists(st.tuples(st.integers(3_000, 29_000), st.integers(50, 600)), max_size=12))
    return [edge for pause, long in words for edge in ((pause, VOICE_ON), (long, VOICE_OFF))]


@given(st.lists(st.one_of(talks(), murmurs()), max_size=8).map(lambda parts: [e for part in parts for e in part]))
@settings(max_examples=300)
def test_a_call_in_the_room_ends_with_the_last_dense_talk(day) -> None:
    """Two seconds of speech within eight, half a minute after its start at the earliest; else where speech stopped."""
    events, spans, _ = lived(day)
    bursts = [(span.began, span.ended) for span in spans]
    for event in (each for each in events if isinstance(each, CallEnded)):
        ends = [ended for _, ended in bursts if event.call.began < ended <= event.at]
        spoken = {end: sum(max(0, min(b, end) - max(a, end - 8_000)) for a, b in bursts) for end in ends}
        dense = [end for end in ends if end >= event.call.began + 30_000 and spoken[end] >= 2_000]
        assert event.call.ended == max(dense or ends)


@given(days)
@example(SILENT_AFTER_A_BLINK)
@example(SPOKEN_IN_A_BLINK)
@example(SPOKEN_OVER_A_SEAM)
@settings(max_examples=300)
def test_a_call_lies_within_its_evidence(day) -> None:
    events, spans, last = lived(day)
    for call in calls_of(events):
        own = (EvidenceKind.VOICE,) if call.program == ROOM else (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK)
        name = "" if call.program == ROOM else call.program.id
        mine = [(s.began, s.ended or last) for s in spans if s.kind in own and owner(s) == name]
        assert any(began <= call.began < ended for began, ended in mine)
        assert call.ended is None or any(began <= call.ended <= ended for began, ended in mine)


@given(days, st.lists(st.integers(0, 3_000_000), max_size=30))
def test_the_rhythm_of_the_ticks_changes_nothing(day, ticks) -> None:
    with_ticks, _, last = lived(day, ticks=tuple(DAWN + tick for tick in ticks))
    without, _, _ = lived(day)
    assert [e for e in with_ticks if e.at <= last] == [e for e in without if e.at <= last]


@given(days)
@settings(max_examples=300)
def test_calls_derived_from_stored_spans_are_those_seen_live(day) -> None:
    events, spans, last = lived(day)
    assert derive(reversed(spans), ignored=("gather",), until=last) == calls_of(events)


@given(days)
def test_a_call_begins_once_and_ends_once(day) -> None:
    events, _, _ = lived(day)
    lives: dict[str, list[object]] = {}
    for event in events:
        lives.setdefault(event.call.id, []).append(type(event))
    for life in lives.values():
        assert life[0] is CallBegan
        assert life.count(CallBegan) == 1
        assert life.count(CallEnded) <= 1
        assert CallEnded not in life[:-1]


@given(days)
def test_ignored_programs_never_call(day) -> None:
    assert {call.program.id for call in calls_of(lived(day)[0])}.isdisjoint({"obs", "gather"})


@given(days)
def test_every_edge_has_an_instant_of_its_own(day) -> None:
    _, spans, _ = lived(day)
    instants = [edge.at for edge in edges_of(spans)]
    assert len(instants) == len(set(instants))
    assert all(span.ended is None or span.began < span.ended for span in spans)


@given(days, days, st.integers(0, 50_000))
def test_a_new_watcher_goes_on_where_a_killed_one_stopped(before, after, away) -> None:
    """Replaying what was stored, then watching, gives what one watcher would have derived."""
    _, spans, last = lived(before)
    spans = interrupted(spans, last)
    recorder, detector = Recorder(spans), Detector(ignored=("gather",))
    events = [event for edge in edges_of(spans) for event in detector.feed(edge)]
    stored = {span.id: span for span in spans}
    shift = max(edge.at for edge in edges_of(spans)) + away - DAWN
    late = [Evidence(e.at + shift, e.kind, e.on, e.program) for e in edges_from(after)]
    for edge in [Evidence(DAWN + shift, EvidenceKind.BLIND, False), *late]:
        accepted, changed = recorder.accept(edge)
        stored.update({span.id: span for span in changed})
        for each in accepted:
            events += detector.feed(each)
    assert derive(stored.values(), ignored=("gather",)) == calls_of(events)


@st.composite
def cut_days(draw):
    """Days in which a person ends sessions of calls now and then."""
    day = draw(days)
    cuts = draw(st.lists(st.tuples(st.integers(0, len(day)), st.sampled_from(WHOM)), max_size=4))
    for place, program in cuts:
        day = [*day[:place], (draw(pauses), (EvidenceKind.CUT, True, program)), *day[place:]]
    return day


@given(cut_days())
@settings(max_examples=150)
def test_a_call_whose_session_was_ended_never_grows(day) -> None:
    events, spans, last = lived(day)
    cuts = [(span.began, owner(span)) for span in spans if span.kind is EvidenceKind.CUT]
    calls = calls_of(events)
    for call in calls:
        inside = [at for at, program in cuts if program == call.program.id and call.began < at < (call.ended or last)]
        decided = {event.at for event in events if isinstance(event, CallBegan) and event.call.id == call.id}
        assert all(at <= min(decided) for at in inside), "only a cut from before it was known to be a call"
    assert derive(spans, ignored=("gather",), until=last) == calls


@given(st.integers(30_000, 300_000), st.integers(1_000, 200_000), st.integers(30_000, 300_000))
@settings(max_examples=60)
def test_no_second_of_a_certain_call_is_in_no_call(before, cut, after) -> None:
    """Whenever the person ends the session of a call that goes on, the rest is the next call's from that instant on."""
    at = before + cut % before
    day = [
        (0, (EvidenceKind.CAPTURE, True, "zoom")),
        (0, (EvidenceKind.PLAYBACK, True, "zoom")),
        (at, (EvidenceKind.CUT, True, "zoom")),
        (after, (EvidenceKind.PLAYBACK, False, "zoom")),
        (0, (EvidenceKind.CAPTURE, False, "zoom")),
    ]
    first, second = calls_of(lived(day)[0])
    assert first.ended is not None
    assert 0 <= second.began - first.ended <= 1
    assert second.ended == DAWN + at + after + 1
