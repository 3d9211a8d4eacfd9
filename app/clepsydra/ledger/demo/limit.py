"""This month's work of the sample, spread so that one retainer is near its limit on whichever day it is looked at."""

from collections.abc import Callable
from datetime import date

from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.session import OWN, Channel, Scope, Session

USUAL = 14 * HOUR
"""About what is used of it in a month that is well under way."""
FULL = 0.97
"""How much of what is agreed is used, at most."""

Days = list[tuple[date, list[Session]]]


def near_limit(days: Days, slug: str, moved: Callable[[Session, str], Session]) -> int:
    """Give a client sessions of others, or others some of its own, in the last month; returns the seconds to agree."""
    today = days[-1][0]
    begins = today.replace(day=1).toordinal()
    lists = [found for _, found in days[-today.day :]]
    month = [(found, place) for found in lists for place in range(len(found)) if found[place].day >= begins]
    worked = sum(found[place].exact_seconds(0) for found, place in month if found[place].ended_at)
    wanted = min(USUAL, worked // 2)
    used = sum(found[place].exact_seconds(0) for found, place in month if _counts(found[place], slug))
    for found, place in month:
        session = found[place]
        if used > wanted and _counts(session, slug):
            found[place] = moved(session, "riva")
            used -= session.exact_seconds(0)
        elif used < wanted and _spare(session, slug):
            found[place] = moved(session, slug)
            used += session.exact_seconds(0)
    step = 30 * MINUTE if used > 6 * HOUR else 6 * MINUTE
    return max(HOUR, -int(-used / FULL // step) * step)


def _counts(session: Session, slug: str) -> bool:
    """Whether a session uses the included hours."""
    mine = session.client == slug and session.project == "default" and session.ended_at is not None
    return mine and session.scope is not Scope.OUT and session.write_off is None


def _spare(session: Session, slug: str) -> bool:
    """Whether a session may as well have been that client's."""
    plain = session.scope is Scope.IN and session.write_off is None and session.agreed_seconds is None
    return plain and session.channel is Channel.WORK and session.client not in (OWN, slug) and bool(session.ended_at)
