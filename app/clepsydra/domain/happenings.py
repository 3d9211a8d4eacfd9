"""What happened outside the microphone, as evidence tells it: a call, a mail sent, a message, a commit, a meeting.

Instants are UTC seconds. Who was on the other side and what it was about live in memory alone: nothing of them is
written before a person takes the happening.
"""

from enum import StrEnum

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Precision


class HappeningKind(StrEnum):
    """What sort of thing happened."""

    CALL = "call"
    MAIL = "mail"
    MESSAGE = "message"
    COMMIT = "commit"
    MEETING = "meeting"


class Way(StrEnum):
    """From whom to whom."""

    IN = "in"
    OUT = "out"
    UNKNOWN = ""


MINUTE_GRAIN = 60
"""Seconds: what is known to the minute only is never taken without being asked."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that one source tells.

    `party` is the other side as contacts name it: numbers as +33612345678 (`+324741234*` where the last digits are
    masked), mail addresses, chat names as telegram:Jeanne Martin; empty where it is hidden. `key` is what the source
    knows it by, with its source the same in every copy: a Message-ID, a number and a begin.
    """

    source: str
    kind: HappeningKind
    began: int
    ended: int | None = None
    """None for an instant, and where nobody knows how long it took."""
    party: tuple[str, ...] = field(default=(), repr=False)
    way: Way = Way.UNKNOWN
    answered: bool | None = True
    """None where the source does not say; what was not answered is no happening at all."""
    ring: int = 0
    """Seconds that its begin may lie before the talk's: some phones note when it began to ring."""
    grain: int = 1
    """Seconds to which its times are known."""
    rounded_up: bool = False
    """Whether its length is an upper bound: minutes begun count whole."""
    key: str = field(default="", repr=False)
    label: str = field(default="", repr=False)
    """A subject, a title, the name a phone has for the number."""
    app: str = ""
    """The program it went through, where it is not the telephone."""
    origin: str = ""
    """The repository or the calendar it comes from."""
    words: int | None = None
    """The person's own words in a mail or a message: a hint, never a length."""
    doubtful: bool = False
    """Its begin or its end was not seen."""
    row: str = ""
    """The id of the stored call that it is, where it is one already."""

    @property
    def seconds(self) -> int | None:
        """How long it took; None where that is not known."""
        return None if self.ended is None else self.ended - self.began

    @property
    def precision(self) -> Precision | None:
        """How exactly its times are known; None for the second."""
        if self.grain <= 1:
            return None
        return Precision.MINUTE_UP if self.rounded_up else Precision.MINUTE
