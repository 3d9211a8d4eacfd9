"""What no rule takes by itself, however it is written: these stay questions.

A session of a rule must be as sure as one that the person made: whose, how long and when are known, nobody else holds
the time, and nobody refused it before. So a call of 12 min in a free hour is taken; the same call over another client's
timer is asked.
"""

from enum import StrEnum
from typing import NamedTuple

from clepsydra.domain.evidence_rules import EvidenceRule, Take
from clepsydra.domain.interval import HOUR
from clepsydra.domain.session import Decision

MOST_A_DAY = 2 * HOUR
"""Seconds of one client and day that rules may take; what is beyond is asked."""

_SECOND = 1


class Barrier(StrEnum):
    """Why something is asked although a rule would take it."""

    BILLS_OUT = "bills_out"
    NO_LENGTH = "no_length"
    TO_THE_MINUTE = "to_the_minute"
    GUESSED = "guessed"
    DOUBTFUL = "doubtful"
    OTHER_CLIENT = "other_client"
    TYPED = "typed"
    AGREED = "agreed"
    WRITTEN_OFF = "written_off"
    BILLED = "billed"
    CLOSED_DAY = "closed_day"
    NO_ROOM = "no_room"
    LATE = "late"
    RECEIVED = "received"
    REFUSED = "refused"
    TOO_MUCH = "too_much"
    NOT_TRIED = "not_tried"


class Circumstances(NamedTuple):
    """What stands around a happening. `seconds` is what it would take, `grain` how exactly its times are known;
    `guessed`: whose it is, neither a contact nor the rule says.

    `held` is what holds its time, `age` the seconds since it ended, `today` what rules took of that client's
    day already.
    """

    seconds: int | None = 0
    grain: int = _SECOND
    doubtful: bool = False
    guessed: bool = False
    held: frozenset[Barrier] = frozenset()
    age: int = 0
    late_after: int = 86_400
    today: int = 0
    received: bool = False
    refused: bool = False
    tried: bool = True


def barriers(rule: EvidenceRule, about: Circumstances) -> tuple[Barrier, ...]:
    """Everything that forbids the rule to take it by itself, in the order of the list; nothing: it may."""
    stands = {
        Barrier.BILLS_OUT: rule.then.decision is Decision.BILL,
        Barrier.NO_LENGTH: about.seconds is None,
        Barrier.TO_THE_MINUTE: about.grain > _SECOND,
        Barrier.GUESSED: about.guessed,
        Barrier.DOUBTFUL: about.doubtful,
        **{each: each in about.held for each in _HOLDING},
        Barrier.LATE: about.age > about.late_after,
        Barrier.RECEIVED: about.received,
        Barrier.REFUSED: about.refused,
        Barrier.TOO_MUCH: about.today + (about.seconds or 0) > MOST_A_DAY,
        Barrier.NOT_TRIED: rule.then.take is Take.NOW and not about.tried,
    }
    return tuple(barrier for barrier, holds in stands.items() if holds)


_HOLDING = (
    Barrier.OTHER_CLIENT,
    Barrier.TYPED,
    Barrier.AGREED,
    Barrier.WRITTEN_OFF,
    Barrier.BILLED,
    Barrier.CLOSED_DAY,
    Barrier.NO_ROOM,
)
"""What can hold the time that a happening would take."""
