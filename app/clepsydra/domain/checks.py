"""Small named warnings about one session. They inform and never refuse; thresholds are passed in."""

from collections.abc import Iterable
from enum import StrEnum

from clepsydra.domain.records import TYPE_CHECKING, dataclass
from clepsydra.domain.session import Session

if TYPE_CHECKING:
    from clepsydra.domain.money import Hourly


class Check(StrEnum):
    """What a warning is about."""

    ZERO = "zero"
    FUTURE = "future"
    OVERLAP = "overlap"
    OVER_LONG = "over_long"
    RUNS_LONG = "runs_long"
    UNPRICED = "unpriced"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Limits:
    """When to warn: sessions longer than `session_over`, begins or ends more than `future_over` ahead, in seconds."""

    session_over: int
    future_over: int = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One warning; `seconds` says by how much, `other` names the session it is about beside the first."""

    check: Check
    session: str
    seconds: int = 0
    other: str | None = None


def check_session(
    session: Session,
    neighbours: Iterable[Session],
    now: int,
    limits: Limits,
    hourly: "Hourly | None" = None,
    to_bill: bool = True,
) -> list[Finding]:
    """What is unusual about a session among its neighbours, gravest doubts about time first.

    `hourly` is the rate it would be billed at: None leaves the price unchecked, 0 warns when the work is `to_bill`.
    """
    span = session.span(now)
    ahead = max(session.started_at, session.ended_at or 0) - now
    length = span.seconds
    found = []
    if length == 0 and not session.running:
        found.append(Finding(Check.ZERO, session.id))
    if ahead > limits.future_over:
        found.append(Finding(Check.FUTURE, session.id, ahead))
    for other in sorted(neighbours, key=lambda s: (s.started_at, s.id)):
        shared = span.clip(other.span(now)) if other.id != session.id else None
        if shared:
            found.append(Finding(Check.OVERLAP, session.id, shared.seconds, other.id))
    if length > limits.session_over:
        check = Check.RUNS_LONG if session.running else Check.OVER_LONG
        found.append(Finding(check, session.id, length - limits.session_over))
    if hourly == 0 and to_bill:
        found.append(Finding(Check.UNPRICED, session.id, length))
    return found
