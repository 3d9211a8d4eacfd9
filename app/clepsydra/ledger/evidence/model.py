"""A happening as people see it: who tells it, whose it is, where its seconds lie, what became of it."""

from enum import StrEnum

from clepsydra.domain.contacts import Place
from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.merging import Merged
from clepsydra.domain.placing import Placement
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message
from clepsydra.ledger.evidence.owning import Owner


class HappenedState(StrEnum):
    """What became of a happening."""

    OPEN = "open"
    """It waits to be taken or left."""
    COVERED = "covered"
    """The client's own work holds all of it: there is nothing to take."""
    TAKEN = "taken"
    """It is in the log."""
    LEFT = "left"
    """A person said that it is no work."""
    STRANGER = "stranger"
    """Nobody's: it lives in memory only."""


class AskedCause(StrEnum):
    """Why a happening is never taken without a person's word, whatever rules there are.

    It speaks of the happening as it stands; a `Barrier` of the rule that would take it, which may know whose it is and
    how long it took, and may want what no rule may do. So one list does not follow from the other.
    """

    TWO_CLIENTS = "two_clients"
    SUGGESTED = "suggested"
    """No contact says whose it is."""
    UNKNOWN_LENGTH = "unknown_length"
    MINUTE_GRAIN = "minute_grain"
    DOUBTFUL = "doubtful"
    """Its begin or its end was not seen."""
    OTHERS_TIME = "others_time"
    NO_ROOM = "no_room"
    """An exchange for which no free time is left before it was sent."""
    CLOSED_DAY = "closed_day"
    OLD = "old"
    """Older than what is still written from fresh memory."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened. `minor` is what its open seconds are worth at the owner's own rate, None where nobody
    is meant; `suggested_seconds` is how long it is, or an exchange of that client usually takes."""

    id: str
    merged: Merged
    marks: tuple[str, ...]
    owner: Owner
    state: HappenedState
    placement: Placement
    asked: tuple[AskedCause, ...] = ()
    suggested_seconds: int | None = None
    minor: int | None = None
    currency: str = ""
    sessions: tuple[str, ...] = ()
    rule: str = ""
    taken_for: Place | None = None
    """The client and project whose time it was made."""

    @property
    def kind(self) -> HappeningKind:
        """What sort of thing it was."""
        return self.merged.best.kind

    @property
    def began(self) -> int:
        """When it began, or was sent."""
        return self.merged.best.began

    @property
    def ended(self) -> int | None:
        """When it ended; None for an instant and where nobody knows."""
        return self.merged.best.ended

    @property
    def asked_today(self) -> tuple[AskedCause, ...]:
        """Why it is asked, but for its age: of a day that is looked at that goes without saying."""
        return tuple(cause for cause in self.asked if cause is not AskedCause.OLD)

    @property
    def row(self) -> str:
        """The id of the stored call that it is; empty where it is none."""
        return next((each.row for each in self.merged.members if each.row), "")


@dataclass(frozen=True, slots=True)
class WhatHappened:
    """Everything that happened in a stretch of time, oldest first, and what could not be read."""

    items: tuple[Happened, ...] = ()
    problems: tuple[Message, ...] = ()


_TITLED = frozenset({HappeningKind.MAIL, HappeningKind.MEETING, HappeningKind.COMMIT})
"""What says what it was about; a call and a message only say with whom it was."""


def note_of(item: Happened) -> str:
    """What the person saw of it, for the note: the subject of a mail or a commit, the title of a meeting; of a call
    nothing."""
    return item.merged.label if item.kind in _TITLED else ""
