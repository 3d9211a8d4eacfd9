"""A detected call, and what the detector says about it while it lives."""

from __future__ import annotations

from enum import StrEnum

from clepsydra.calls.evidence import MILLISECONDS, Kind, Program
from clepsydra.domain.records import dataclass, field


class State(StrEnum):
    """Where a program stands with its call."""

    IDLE = "idle"
    """Nothing to see."""
    RINGING = "ringing"
    """It holds the microphone; not yet a call."""
    ACTIVE = "active"
    """A call."""
    HOLD = "hold"
    """A call whose microphone was lost a moment ago; it may come back."""
    DORMANT = "dormant"
    """It keeps the microphone after a call; the next one may begin at any time."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call; instants in milliseconds of UTC, dated back to the evidence."""

    id: str
    """Made of program and begin, so that the same evidence always gives the same name."""
    program: Program
    opened: int
    """When the microphone was taken: the lobby, up to a quarter of a minute before the call."""
    began: int
    ended: int | None = None
    evidence: frozenset[Kind] = frozenset()
    """Which kinds of evidence were seen in it."""
    doubtful_begin: bool = False
    """It was under way when we began to look."""
    doubtful_end: bool = False
    """We lost sight of it: it may have gone on."""
    within: str | None = None
    """The call of another program that was under way when this one began, and still was."""
    on_hold: bool = field(default=False, compare=False)
    """The microphone was lost a moment ago."""
    title: str | None = field(default=None, compare=False, repr=False)
    """Of the tab or window, for a suggestion; in memory only."""

    @property
    def began_at(self) -> int:
        """The begin as the log holds it: seconds of UTC, nearest."""
        return to_seconds(self.began)

    @property
    def ended_at(self) -> int | None:
        """The end as the log holds it: seconds of UTC, nearest; None while the call lasts."""
        return None if self.ended is None else to_seconds(self.ended)


def to_seconds(instant: int) -> int:
    """Milliseconds of UTC to the nearest second; keeps the order of instants."""
    return (instant + MILLISECONDS // 2) // MILLISECONDS


@dataclass(frozen=True, slots=True)
class CallBegan:
    """A call is certain. `at` is when that was decided, `call.began` when it began."""

    at: int
    call: Call


@dataclass(frozen=True, slots=True)
class CallChanged:
    """Something else is known of a call under way: more evidence, on hold or back, its title."""

    at: int
    call: Call


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call is over. `at` is when that was decided, `call.ended` when it was."""

    at: int
    call: Call


Event = CallBegan | CallChanged | CallEnded
