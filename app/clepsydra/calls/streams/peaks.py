"""Peak values of one playback stream, where the person allowed it: is it silent?

Twenty-five values a second, each one number, for ten seconds at most; no audio comes here. Desktops show such a stream
as a recording, under our own name. PulseAudio and PipeWire only: other systems have no such values.
"""

from __future__ import annotations

from typing import Any, Final

from clepsydra.calls.streams.linux import connect_pulse

LONGEST: Final = 10.0
"""Seconds."""

_SILENT: Final = 0.002
"""Peak below which nothing is played: -54 dB."""

_STEP: Final = 0.5
"""Seconds looked at at once: what is not silent is known as soon."""


def audible(stream: str, server: str | None = None, connect: Any = connect_pulse) -> bool:
    """Whether a playback stream, by the id the sound server's readings give it, is not silent.

    False too where it has gone, or the server does not tell.
    """
    index = stream.rpartition(".")[2]
    if not index.isdigit():
        return False
    try:
        with connect(server) as pulse:
            playing = pulse.sink_input_info(int(index))
            monitor = pulse.sink_info(playing.sink).monitor_source_name
            for _ in range(round(LONGEST / _STEP)):
                if pulse.get_peak_sample(monitor, _STEP, playing.index) > _SILENT:
                    return True
    except Exception:  # the stream, its device or the server went: nothing is known of it
        return False
    return False
