"""The state machine of one call on a telephone line, which tells by itself when somebody talks.

Talk is a call from its first instant to its last; a call on hold is the same call, and one that waits meanwhile is
another, on a track of its own. A ring that nobody answers is never told. When the line is lost, its end is in doubt;
when only the watcher went, the call waits for its own line to be told again. Pure.
"""

from __future__ import annotations

from clepsydra.calls.call import Call, CallBegan, CallChanged, CallEnded, CallPhase, Event, Rule
from clepsydra.calls.constants import Constants, milliseconds
from clepsydra.calls.evidence import PHONE, Evidence, EvidenceKind, Program
from clepsydra.domain.records import replace


class LineTrack:
    """One call of a line, from its talk to its end."""

    def __init__(self, constants: Constants, program: Program = PHONE) -> None:
        self.constants, self.program = constants, program
        self.state = CallPhase.IDLE
        self.call: Call | None = None
        self._wait_until: int | None = None
        self._gone_at: int | None = None
        """When the line was last seen, while nobody watches it."""
        self._unwatched = False

    @property
    def idle(self) -> bool:
        """Whether nothing of it is left."""
        return self.call is None

    @property
    def opened(self) -> int:
        """A line has no lobby: it opens where its call begins."""
        return self.call.began if self.call else 0

    def take(self, edge: Evidence) -> list[Event]:
        """The talk began or ended, or the person ended its session."""
        if edge.kind is EvidenceKind.CUT:
            return self._cut(edge)
        return self._talks(edge) if edge.on else self._is_over(edge)

    def _talks(self, edge: Evidence) -> list[Event]:
        told: list[Event] = []
        if self._gone_at is not None and not edge.already:
            told += self._end(edge.at, self._gone_at, Rule.LOST_SIGHT, doubtful=True)
        self._gone_at, self._wait_until = None, None
        if self.call is None:
            return told + self._begin(edge)
        self.state = CallPhase.ACTIVE
        title = edge.title or self.call.title
        if title != self.call.title or self.call.on_hold:
            self.call = replace(self.call, title=title, on_hold=False)
            told.append(CallChanged(edge.at, self.call))
        return told

    def _begin(self, edge: Evidence) -> list[Event]:
        self.state, self._unwatched = CallPhase.ACTIVE, False
        self.call = Call(
            f"{self.program.id}:{edge.at}", self.program, edge.at, edge.at, None, frozenset({EvidenceKind.LINE}),
            edge.already, rule=Rule.LINE, title=edge.title,
        )  # fmt: skip
        return [CallBegan(edge.at, self.call)]

    def _is_over(self, edge: Evidence) -> list[Event]:
        if self.call is None:
            return []
        if self._unwatched:
            self.state, self._gone_at = CallPhase.HOLD, edge.at
            self.call = replace(self.call, on_hold=True)
            return [CallChanged(edge.at, self.call)]
        return self._end(edge.at, edge.at, Rule.LOST_SIGHT if edge.lost else Rule.HUNG_UP, doubtful=edge.lost)

    def _cut(self, edge: Evidence) -> list[Event]:
        """What goes on after its session was ended is another call."""
        if self.call is None:
            return []
        goes_on, title = self._gone_at is None, self.call.title
        told = self._end(edge.at, edge.at if goes_on else self._gone_at or edge.at, Rule.CUT)
        return told + (self._begin(replace(edge, title=title)) if goes_on else [])

    def _end(self, at: int, ended: int, over: Rule, *, doubtful: bool = False) -> list[Event]:
        if self.call is None:
            return []
        call = replace(self.call, ended=max(ended, self.call.began), doubtful_end=doubtful, on_hold=False, over=over)
        self.call, self.state, self._gone_at, self._wait_until = None, CallPhase.IDLE, None, None
        return [CallEnded(at, call)]

    # -- blindness

    def blinded(self, at: int, *, unwatched: bool) -> list[Event]:
        """Programs that cannot be seen say nothing about a line; that nobody watches does."""
        if unwatched and self.call is not None:
            self._unwatched = True
            self._wait_until = at + milliseconds(self.constants.patience)
        return []

    def sees_again(self, at: int) -> None:
        """Somebody watches again: a line that does not show itself soon is over."""
        if self._unwatched:
            self._unwatched = False
            self._wait_until = at + milliseconds(self.constants.hold) if self._gone_at is not None else None

    def deadline(self) -> int | None:
        """When this track changes by itself, if no further edge comes."""
        return self._wait_until

    def expire(self, at: int) -> list[Event]:
        """The line did not come back."""
        if self._gone_at is None:
            self._wait_until = None
            return []
        return self._end(at, self._gone_at, Rule.LOST_SIGHT, doubtful=True)
