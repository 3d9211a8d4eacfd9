"""From readings to edges."""

from __future__ import annotations

from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.programs import identify
from clepsydra.calls.streams.reading import Stream, StreamReading
from clepsydra.calls.streams.tracker import Tracker


def reading(*streams: str) -> StreamReading:
    """`mic:zoom` or `play:zoom`."""
    parts = [each.split(":") for each in streams]
    return StreamReading(tuple(Stream(identify(name), how == "mic", 7) for how, name in parts))


def told(edges) -> list[str]:
    return [f"{'+' if edge.on else '-'}{edge.kind}{':' + edge.program.id if edge.program else ''}" for edge in edges]


def test_what_is_there_at_first_was_there_already() -> None:
    edges = Tracker().read(reading("mic:zoom", "play:zoom"), 1)
    assert told(edges) == ["-blind", "+capture:zoom", "+playback:zoom"]
    assert all(edge.already for edge in edges[1:])


def test_playback_without_a_microphone_has_no_name() -> None:
    tracker = Tracker(room=True)
    assert told(tracker.read(reading("play:spotify"), 1)) == ["-blind", "+sound"]
    assert told(tracker.read(reading("play:spotify", "mic:zoom"), 2)) == ["+capture:zoom"]
    assert told(tracker.read(reading("mic:zoom"), 3)) == ["-sound"]


def test_sound_is_not_told_outside_room_mode() -> None:
    assert told(Tracker().read(reading("play:spotify"), 1)) == ["-blind"]


def test_playback_begins_and_stops_while_the_microphone_is_held() -> None:
    tracker = Tracker()
    tracker.read(reading(), 1)
    assert told(tracker.read(reading("mic:zoom"), 2)) == ["+capture:zoom"]
    assert told(tracker.read(reading("mic:zoom", "play:zoom"), 3)) == ["+playback:zoom"]
    assert told(tracker.read(reading("mic:zoom"), 4)) == ["-playback:zoom"]
    assert told(tracker.read(reading("mic:zoom", "play:zoom"), 5)) == ["+playback:zoom"]
    assert told(tracker.read(reading(), 6)) == ["-playback:zoom", "-capture:zoom"]


def test_two_streams_of_one_program_are_one_holder() -> None:
    tracker = Tracker()
    tracker.read(reading("mic:zoom", "mic:zoom"), 1)
    assert told(tracker.read(reading("mic:zoom"), 2)) == []


def test_a_new_title_is_told() -> None:
    tracker = Tracker()
    program = identify("firefox")
    tracker.read(StreamReading((Stream(program, True, 7, "A"),)), 1)
    (edge,) = tracker.read(StreamReading((Stream(program, True, 7, "B"),)), 2)
    assert (edge.kind, edge.on, edge.title) == (EvidenceKind.CAPTURE, True, "B")


def test_what_a_chat_program_played_before_its_microphone_is_dated_where_it_began() -> None:
    tracker = Tracker()
    tracker.read(reading(), 1_000)
    assert tracker.read(reading("play:slack"), 5_000) == []
    playback, capture = tracker.read(reading("mic:slack", "play:slack"), 60_000)
    assert (playback.at, playback.already, playback.afterwards) == (5_000, False, True)
    assert capture.at == 60_000


def test_a_loss_forgets_everything() -> None:
    tracker = Tracker()
    tracker.read(reading("mic:zoom"), 1)
    assert told(tracker.lose(2)) == ["+blind"]
    assert not tracker.seeing
    assert told(tracker.read(reading("mic:zoom"), 3)) == ["-blind", "+capture:zoom"]


def test_playback_that_a_browser_opens_anew_with_the_microphone_was_there_before() -> None:
    tracker, chromium = Tracker(), identify("chromium")
    tracker.read(StreamReading((Stream(chromium, False, 7, id="1.1"),)), 1_000)
    both = StreamReading((Stream(chromium, True, 7, id="1.2"), Stream(chromium, False, 7, id="1.3")))
    capture, playback = tracker.read(both, 60_000)
    assert (capture.already, playback.already) == (False, True)
