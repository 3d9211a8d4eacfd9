"""A watcher for this machine, from the values of the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, time, tzinfo

from clepsydra.calls.clock import SystemClock
from clepsydra.calls.constants import Constants
from clepsydra.calls.evidence import Span
from clepsydra.calls.hours import office_hours
from clepsydra.calls.runner import News, Runner
from clepsydra.calls.status import Mode
from clepsydra.calls.voice.ear import Listener


def watcher(
    tell: Callable[[News], None],
    *,
    evidence: str = Mode.STREAMS,
    device: str = "",
    hours: Mapping[int, tuple[tuple[time, time], ...]] | None = None,
    zone: tzinfo = UTC,
    ignore: Sequence[str] = (),
    constants: Mapping[str, object] | None = None,
    history: Sequence[Span] = (),
) -> Runner:
    """A runner, not yet started; raises `ConstantError` when a constant of the settings cannot be used.

    `tell` is called in the runner's thread. `hours` are the office hours of room mode in `zone`, by weekday,
    0 is Monday; none means always. `history`: spans of the last hour, so that a call goes on over a change of
    watcher. When settings change, stop the runner and start another one with its history.
    """
    mode, clock = Mode(evidence), SystemClock()
    chosen = Constants.from_mapping(constants or {})
    listener: Listener | None = None
    if mode is Mode.ROOM:
        from clepsydra.calls.voice.room import RoomListener

        listener = RoomListener(device, within=office_hours(hours or {}, zone), clock=clock)
    return Runner(
        tell,
        mode=mode,
        constants=chosen,
        ignored=ignore,
        history=history,
        listener=listener,
        clock=clock,
    )
