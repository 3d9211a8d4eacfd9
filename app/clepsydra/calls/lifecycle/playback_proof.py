"""What makes a call of playback beside a microphone: one table, by the kind of program and by when playback began.

Each row is how long, by the name of a constant, and what it is then. A program is offered by `DOUBT` and counted by
`CERTAIN`; where a row is missing, playback of that kind proves nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from clepsydra.calls.call import Rank, Rule
from clepsydra.calls.evidence import Facts, Family, Program, Sense
from clepsydra.calls.lifecycle.streams_held import PHONE, PlaybackStart
from clepsydra.calls.programs import HAS_ROOMS, PLAYS_WITH_MICROPHONE
from clepsydra.domain.records import dataclass


class Habit(StrEnum):
    """How a program behaves, as far as it decides what its playback proves."""

    CALLS = "calls"
    """Made for calls, or says of its stream that it is one."""
    CHATS = "chats"
    """Calls, and sends voice messages."""
    ROOMS = "rooms"
    """The same, with rooms in which one waits alone for the others."""
    MEETING = "meeting"
    """A page whose title names a meeting."""
    PAGE = "page"
    """A page whose title says nothing. Such browsers open playback with every microphone."""
    BROWSER = "browser"
    """A browser that tells no titles, and opens playback only for a page that plays."""
    CHAT_PAGE = "chat-page"
    """A page whose title names a chat: a voice message opens microphone and playback as a call does."""
    PHONE = "phone"
    """Nobody knows it, and it says that it calls."""
    UNKNOWN = "unknown"
    NEVER = "never"
    """A page that is no meeting: dictation, a join screen, a video."""


@dataclass(frozen=True, slots=True)
class Step:
    """So much playback, by the name of a constant, makes it this."""

    needs: str
    rank: Rank
    rule: Rule


_SURE = (Step("playback", Rank.CERTAIN, Rule.CALLS),)
_OFFERED = (Step("playback", Rank.DOUBT, Rule.UNKNOWN),)
_LATE = (Step("late_playback", Rank.CERTAIN, Rule.OTHER_SIDE),)
_LATE_CHAT = (
    Step("late_playback", Rank.DOUBT, Rule.OTHER_SIDE), Step("late_surely", Rank.CERTAIN, Rule.OTHER_SIDE),
)  # fmt: skip
_KEPT = (Step("in_doubt", Rank.DOUBT, Rule.KEPT),)
_MUTED_SOON = (Step("with_microphone", Rank.CERTAIN, Rule.JOINED_MUTED),)

_JOINED_ROOM = (Step("chat", Rank.DOUBT, Rule.JOINED_MUTED), Step("kept", Rank.CERTAIN, Rule.JOINED_MUTED))

_CHAT: Final[dict[PlaybackStart, tuple[Step, ...]]] = {
    PlaybackStart.BEFORE: (Step("kept", Rank.DOUBT, Rule.KEPT), Step("kept_surely", Rank.CERTAIN, Rule.KEPT)),
    PlaybackStart.WITH: (Step("chat", Rank.CERTAIN, Rule.WITH_MICROPHONE),),
    PlaybackStart.JOINED: (
        Step("kept", Rank.DOUBT, Rule.JOINED_MUTED), Step("kept_surely", Rank.CERTAIN, Rule.JOINED_MUTED),
    ),
    PlaybackStart.AFTER: (Step("chat", Rank.CERTAIN, Rule.OTHER_SIDE),),
}  # fmt: skip

TABLE: Final[dict[Habit, dict[PlaybackStart, tuple[Step, ...]]]] = {
    Habit.CALLS: {
        PlaybackStart.BEFORE: (Step("playback", Rank.CERTAIN, Rule.JOINED_MUTED),),
        PlaybackStart.WITH: _SURE, PlaybackStart.AFTER: _SURE, PlaybackStart.LATE: _SURE,
    },
    Habit.CHATS: {**_CHAT, PlaybackStart.LATE: _LATE_CHAT},
    Habit.ROOMS: {**_CHAT, PlaybackStart.JOINED: _JOINED_ROOM, PlaybackStart.LATE: _LATE},
    Habit.MEETING: {
        PlaybackStart.BEFORE: (Step("with_microphone", Rank.CERTAIN, Rule.JOINED_MUTED),),
        PlaybackStart.WITH: (Step("with_microphone", Rank.CERTAIN, Rule.TITLE),),
        PlaybackStart.AFTER: (Step("playback", Rank.CERTAIN, Rule.TITLE),),
        PlaybackStart.LATE: (Step("playback", Rank.CERTAIN, Rule.TITLE),),
    },
    Habit.PAGE: {
        PlaybackStart.BEFORE: _KEPT, PlaybackStart.JOINED: _MUTED_SOON,
        PlaybackStart.WITH: (Step("in_doubt", Rank.DOUBT, Rule.WITH_MICROPHONE),),
        PlaybackStart.AFTER: (Step("page", Rank.CERTAIN, Rule.OTHER_SIDE),),
        PlaybackStart.LATE: _LATE,
    },
    Habit.BROWSER: {
        PlaybackStart.BEFORE: _KEPT, PlaybackStart.JOINED: _MUTED_SOON,
        PlaybackStart.WITH: (Step("with_microphone", Rank.CERTAIN, Rule.WITH_MICROPHONE),),
        PlaybackStart.AFTER: (Step("page", Rank.CERTAIN, Rule.OTHER_SIDE),),
        PlaybackStart.LATE: _LATE,
    },
    Habit.CHAT_PAGE: {
        PlaybackStart.WITH: (
            Step("in_doubt", Rank.DOUBT, Rule.WITH_MICROPHONE), Step("kept_surely", Rank.CERTAIN, Rule.WITH_MICROPHONE),
        ),
        PlaybackStart.AFTER: (Step("chat", Rank.CERTAIN, Rule.OTHER_SIDE),),
        PlaybackStart.LATE: _LATE_CHAT,
    },
    Habit.PHONE: dict.fromkeys(PlaybackStart, _OFFERED),
    Habit.UNKNOWN: dict.fromkeys((PlaybackStart.WITH, PlaybackStart.AFTER, PlaybackStart.LATE), _OFFERED),
    Habit.NEVER: {},
}  # fmt: skip


def habit_of(program: Program, microphone: Facts, playback: Facts) -> Habit:
    """How a program behaves, by its family, the roles of its streams and the title of its page."""
    says = bool(PHONE & {microphone.role, playback.role})
    match program.family:
        case Family.CALL:
            return Habit.CALLS
        case Family.CHAT:
            chats = Habit.ROOMS if program.id in HAS_ROOMS else Habit.CHATS
            return Habit.CALLS if says else chats
        case Family.BROWSER:
            return _page(program, microphone)
        case _:
            return Habit.PHONE if says else Habit.UNKNOWN


def _page(program: Program, microphone: Facts) -> Habit:
    match microphone.sense:
        case Sense.MEETING:
            return Habit.MEETING
        case Sense.CHAT:
            return Habit.CHAT_PAGE
        case Sense.NOTHING:
            return Habit.PAGE if microphone.mark or program.id in PLAYS_WITH_MICROPHONE else Habit.BROWSER
        case _:
            return Habit.NEVER


def listens(program: Program, playback: Facts) -> bool:
    """Whether playback alone may be somebody listening: a program made for calls, a page that names a meeting."""
    if program.family is Family.CALL:
        return True
    return program.family is Family.BROWSER and playback.sense is Sense.MEETING
