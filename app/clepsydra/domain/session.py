"""Sessions: what the log holds."""

from enum import StrEnum

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass

OWN = "own"
"""The reserved client of own work; it has no rate."""

DEFAULT_PROJECT = "default"
"""The project every client has without saying so."""

FREE_TOUCH = "free allowance"
"""The stored reason of touches that an agreement gives free each month; shown as words of the reader's language."""

UNDONE = "undone"
"""The stored reason of a statement that is void because its issue was undone; shown in the reader's language."""


def place_text(client: str, project: str) -> str:
    """Client and project in one word: `acme`, or `acme/api`."""
    return client if project == DEFAULT_PROJECT else f"{client}/{project}"


class Channel(StrEnum):
    """How the work happened."""

    WORK = "work"
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    FIX = "fix"
    TRAVEL = "travel"
    PREP = "prep"
    ADMIN = "admin"
    SALES = "sales"


TOUCH_CHANNELS = frozenset({Channel.MESSAGE, Channel.FIX})
"""The channels of short asynchronous exchanges, logged with one key."""


class Scope(StrEnum):
    """Whether the agreement covers the work."""

    IN = "in"
    OUT = "out"
    UNSURE = "unsure"


class Decision(StrEnum):
    """What becomes of work outside the scope."""

    BILL = "bill"
    ABSORB = "absorb"
    PENDING = "pending"


class State(StrEnum):
    """Where a session stands between the clock and the statement."""

    RUNNING = "running"
    DOUBTFUL = "doubtful"
    APPROVED = "approved"
    BILLED = "billed"
    WRITTEN_OFF = "written_off"


class Source(StrEnum):
    """What made the session."""

    TIMER = "timer"
    MANUAL = "manual"
    TOUCH = "touch"
    CALL = "call"
    IMPORT = "import"
    RULE = "rule"


class Precision(StrEnum):
    """How exactly the times of a session are known; a session that does not say is exact to the second.

    `minute-up` is an upper bound (minutes begun count whole); `hours` and `day` know how long, not when.
    """

    SECOND = "second"
    MINUTE = "minute"
    MINUTE_UP = "minute-up"
    TENTH = "tenth"
    HOURS = "hours"
    DAY = "day"

    @property
    def placed(self) -> bool:
        """Whether begin and end are known at all."""
        return self not in (Precision.TENTH, Precision.HOURS, Precision.DAY)


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of time; instants are UTC epoch seconds, `ended_at` is None while it runs.

    `day` is the civil day of its start in the client's zone (proleptic ordinal), which decides rates and rules.
    `logged_at` tells how long after the fact it was written. `doubtful_from` is the last second the program saw of
    a session whose end nobody has confirmed yet. An empty `person` is me, an empty `device` is here.
    """

    id: str
    client: str
    project: str
    channel: Channel
    started_at: int
    ended_at: int | None
    zone: str
    day: int
    scope: Scope = Scope.IN
    decision: Decision | None = None
    note: str = ""
    agreed_seconds: int | None = None
    write_off: str | None = None
    statement: str | None = None
    source: Source = Source.MANUAL
    logged_at: int = 0
    doubtful_from: int | None = None
    request: str = ""
    precision: Precision | None = None
    person: str = ""
    device: str = ""

    @property
    def placed(self) -> bool:
        """Whether its start and end are known; else only how long it lasted is, and on which day."""
        return self.precision is None or self.precision.placed

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None

    @property
    def state(self) -> State:
        """Where it stands, from the fields alone."""
        if self.doubtful_from is not None:
            return State.DOUBTFUL
        if self.ended_at is None:
            return State.RUNNING
        if self.statement is not None:
            return State.BILLED
        if self.write_off is not None:
            return State.WRITTEN_OFF
        return State.APPROVED

    def span(self, now: int) -> Interval:
        """Its stretch so far; a running session ends `now`, or at its start when that lies ahead."""
        return Interval(self.started_at, self._end(now))

    def exact_seconds(self, now: int) -> int:
        """Elapsed seconds, up to `now` while it runs."""
        return self._end(now) - self.started_at

    def _end(self, now: int) -> int:
        return max(now, self.started_at) if self.ended_at is None else self.ended_at
