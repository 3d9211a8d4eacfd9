"""Whatever a program does with its streams: its calls end, share no time, and are the same from stored evidence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.calls.spans import derive
from tests.calls.scene import Scene
from tests.calls.scripted_evidence import instant

PROGRAMS = ("zoom", "slack", "Discord", "brave", "firefox-esr", "linphone", "frobnicate", "signal-desktop")
TITLES = (None, "Meet - A", "Meet - B", "Notes", "Ready to join? - Meet", "YouTube", "Voice typing", "WhatsApp")
ACTS = (Scene.mic, Scene.plays, Scene.both)

begins = st.one_of(st.integers(0, 30).map(lambda n: n * 10.0), st.floats(0, 300))
lengths = st.one_of(st.floats(0.2, 3), st.floats(3, 40), st.floats(40, 400))


@st.composite
def scenes(draw) -> Scene:
    made, program = Scene(), draw(st.sampled_from(PROGRAMS))
    for number in range(draw(st.integers(1, 7))):
        act, began, lasts = draw(st.sampled_from(ACTS)), draw(begins), draw(lengths)
        more = {"device": draw(st.sampled_from(["mic", "usb"]))}
        if program == "firefox-esr":
            more["title"] = draw(st.sampled_from(TITLES))
        pause = draw(st.sampled_from([0, 0, 0, 5, 60]))
        if act is not Scene.both and pause:  # paused, and gone on with
            more["id"] = f"paused {number}"
            act(made, program, began + lasts, began + lasts + pause, corked=True, **more)
            act(made, program, began + lasts + pause, began + lasts + 2 * pause, **more)
        act(made, program, began, began + lasts, **more)
    if draw(st.booleans()):
        died = draw(begins)
        made.unwatched(died, died + draw(st.sampled_from([1, 5, 30, 200])))
    if draw(st.booleans()):
        lost = draw(begins)
        made.without("usb", lost, lost + draw(lengths))
    return made


@given(scenes())
@settings(max_examples=150)
def test_calls_end_share_no_time_and_are_derived_again(made) -> None:
    calls = made.calls()
    assert all(call.ended is not None for call in calls)
    assert all(first.ended <= second.began for first, second in pairwise(calls))
    assert derive(made.spans.values(), until=instant(20_000)) == calls
