"""A detected call as people see it: what was noticed, what became of it, whose it may have been."""

from enum import StrEnum

from clepsydra.calls.call import Rank
from clepsydra.calls.evidence import EvidenceKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT


class CallState(StrEnum):
    """What became of a detected call."""

    INBOX = "inbox"
    """Nobody has said who it was for."""
    ASSIGNED = "assigned"
    """It is a client's, and has sessions."""
    PERSONAL = "personal"
    """A call, but no work."""
    IGNORED = "ignored"
    """No call at all."""
    MERGED = "merged"
    """A part of another call."""
    UNANSWERED = "unanswered"
    """Somebody was called and nobody answered."""

    @property
    def told(self) -> str:
        """What scripts read: after the command that made it so."""
        return "dismissed" if self is CallState.IGNORED else self.value


class SuggestionCause(StrEnum):
    """What a suggestion rests on."""

    CONTACT = "contact"
    """A number or a name of the client's contacts, told by a list of calls or the line itself."""
    TITLE = "title"
    """A client's rule on the title of the window."""
    APP = "app"
    """A client's rule on the program."""
    CALENDAR = "calendar"
    """An entry of the calendar lies over it."""
    LAST = "last"
    """The last calls of that program were this client's."""
    RUNNING = "running"
    """The timer that ran when it began."""


@dataclass(frozen=True, slots=True)
class CallSuggestion:
    """Whose a call may have been, and why. `count` is how many of the last calls of the program in a row were this
    client's; `detail` names the entry of the calendar."""

    client: str
    project: str
    why: SuggestionCause
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CalendarHint:
    """An entry of a calendar that names a client."""

    span: Interval
    client: str
    reason: str
    project: str = DEFAULT_PROJECT


@dataclass(frozen=True, slots=True)
class Announced:
    """A call of which people are to be told that it began; UTC seconds."""

    id: str
    program: str
    program_name: str
    started_at: int
    rank: Rank


@dataclass(frozen=True, slots=True)
class DetectedCall:
    """One call; instants are UTC seconds, `ended_at` is None while it is under way.

    `minor` and `currency` are what its time so far is worth at the suggested client's own rate for calls; None and ""
    where nobody is suggested. `sessions` are those that were made of it; it is `written_off` when all of them are.
    """

    id: str
    program: str
    program_name: str
    started_at: int
    ended_at: int | None
    evidence: tuple[str, ...]
    doubtful_begin: bool
    doubtful_end: bool
    title: str
    state: CallState
    client: str | None
    sessions: tuple[str, ...]
    suggestion: CallSuggestion | None
    minor: int | None
    currency: str
    rank: Rank = Rank.CERTAIN
    """Only a certain call interrupts; the others are offered."""
    seams: tuple[int, ...] = ()
    """Where it may be two calls."""
    written_off: bool = False
    folded: bool = False
    """So short that nobody is asked about it."""

    @property
    def listed(self) -> bool:
        """Whether only lists of calls tell it: nothing on this machine noticed it."""
        return bool(self.evidence) and not set(self.evidence) & set(EvidenceKind)

    def span(self, now: int) -> Interval:
        """Its stretch so far."""
        end = max(now, self.started_at) if self.ended_at is None else self.ended_at
        return Interval(self.started_at, end)

    def seconds(self, now: int) -> int:
        """Its length so far."""
        return self.span(now).seconds
