"""What can be open about a day, and the answers that settle it: plain values that a screen or a command hands over."""

from enum import StrEnum
from typing import TYPE_CHECKING

from clepsydra.domain.billing import Group
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Decision, Scope, Session
from clepsydra.language.message import Message
from clepsydra.ledger.calls.model import DetectedCall
from clepsydra.ledger.timers import Work

if TYPE_CHECKING:
    from clepsydra.ledger.evidence.model import Happened
    from clepsydra.ledger.evidence.ruling import Ruled


class ItemKind(StrEnum):
    """What is open, in the order it is asked about where two begin together."""

    HAPPENED = "happened"
    DOUBTFUL = "doubtful"
    RUNNING = "running"
    CALL = "call"
    OVERLAP = "overlap"
    GAP = "gap"
    WAITING = "waiting"
    """Something happened, and nobody said yet whether it was work."""
    AWAY = "away"
    """A timer ran while nobody sat at the machine."""
    OVER_LONG = "over_long"
    UNSURE = "unsure"
    PENDING = "pending"
    NO_NOTE = "no_note"
    AGREED = "agreed"


class Verb(StrEnum):
    """What an answer does."""

    FILL = "fill"
    """A gap or a call becomes its `parts`: work and absences."""
    UNKNOWN = "unknown"
    """A gap stays unexplained, and is not asked about again."""
    PERSONAL = "personal"
    """A call was nobody's business; its time is an absence."""
    IGNORE = "ignore"
    """A call was none."""
    KEEP = "keep"
    """It is right as it is."""
    TAKE = "take"
    """What happened becomes its client's time."""
    CUT_FIRST = "cut_first"
    """Of two sessions that overlap, the one that began first gives way."""
    CUT_SECOND = "cut_second"
    """Of two sessions that overlap, the other one gives way."""
    END = "end"
    """A session ended at `at`; without it, when it was last seen, or now."""
    SPLIT = "split"
    """What was not seen becomes a session of its own."""
    DISCARD = "discard"
    """None of it was work."""
    SCOPE = "scope"
    """The session is of that `scope`, with that `decision`."""
    NOTE = "note"
    """The session was about `text`."""
    AGREE = "agree"
    """So many `seconds` in all were agreed."""


class Because(StrEnum):
    """Where a suggestion comes from."""

    NEIGHBOURS = "neighbours"
    CALENDAR = "calendar"
    COMMITS = "commits"
    USUAL = "usual"
    HOURS = "working_hours"
    HABIT = "habit"
    CALL = "call"
    CAUTION = "caution"
    RULE = "rule"
    PRESENCE = "presence"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a gap or a call: work, or else an absence for a reason.

    `extends` is the session that simply goes on through it, instead of a new one.
    """

    span: Interval
    work: Work | None = None
    reason: str = ""
    extends: str = ""


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """One answer; the fields that its verb does not name are left out."""

    verb: Verb
    parts: tuple[DayPart, ...] = ()
    at: int | None = None
    scope: Scope = Scope.IN
    decision: Decision | None = None
    text: str = ""
    seconds: int = 0
    leaving: tuple[str, ...] = ()
    """Of what rules took or are ready to take, the ids of sessions and happenings that a person does not want."""


@dataclass(frozen=True, slots=True)
class DaySuggestion:
    """An answer that may be right, where it comes from and why; nothing of it is stored until it is accepted."""

    answer: DayAnswer
    source: Because
    reason: Message


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open: its stretch, its worth in minor units, and the sessions or the call it is about.

    `groups` are those whose total is to be agreed, `ready` what rules would take, `happened` what fell into
    a gap or waits.
    """

    kind: ItemKind
    span: Interval
    minor: int
    currency: str
    sessions: tuple[Session, ...] = ()
    call: DetectedCall | None = None
    suggestion: DaySuggestion | None = None
    groups: tuple[Group, ...] = ()
    ready: "tuple[Ruled, ...]" = ()
    happened: "tuple[Happened, ...]" = ()
    wrote: tuple[tuple[str, int], ...] = ()
    """Clients who wrote in a gap, and how many mails: a hint, and no work by itself."""

    @property
    def at_once(self) -> bool:
        """Whether its suggestion may be accepted among many: it stops no timer, decides no scope by one habit, and
        takes nothing that evidence itself makes a question."""
        if self.suggestion is None:
            return False
        if self.kind is ItemKind.WAITING:
            return not any(each.asked_today for each in self.happened)
        if self.suggestion.answer.verb is Verb.SCOPE and self.suggestion.source is Because.HABIT:
            return False
        ends = self.suggestion.answer.verb in (Verb.END, Verb.SPLIT, Verb.DISCARD)
        return not (ends and any(session.running for session in self.sessions))

    @property
    def seconds(self) -> int:
        """Its length; of what waits, what is open of it; of a total to agree, and of what rules take, what was worked,
        without the time between."""
        if self.kind is ItemKind.HAPPENED:
            made = sum(session.exact_seconds(self.span.ended_at) for session in self.sessions)
            return made + sum(each.seconds for each in self.ready)
        if self.kind is ItemKind.WAITING:
            return sum(each.placement.open_seconds for each in self.happened)
        if self.groups:
            return sum(group.seconds.exact for group in self.groups)
        return self.span.seconds

    @property
    def subject(self) -> str:
        """What the log calls it when a person has seen it and left it as it is."""
        if self.kind is ItemKind.GAP:
            return f"gap:{self.span.started_at}:{self.span.ended_at}"
        if self.kind is ItemKind.AWAY:
            return f"away:{self.span.started_at}:{self.span.ended_at}:{self.sessions[0].id}"
        names = [session.id for session in self.sessions] + ([self.call.id] if self.call else [])
        names += [each.item.id for each in self.ready] + [each.id for each in self.happened]
        return ":".join((self.kind, *sorted(names)))


def worked(span: Interval, work: Work, extends: str = "") -> DayAnswer:
    """The stretch was that work."""
    return DayAnswer(Verb.FILL, (DayPart(span, work, extends=extends),))


def absent(span: Interval, reason: str) -> DayAnswer:
    """The stretch was no work, for a reason."""
    return DayAnswer(Verb.FILL, (DayPart(span, reason=reason),))
