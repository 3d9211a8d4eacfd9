"""Traces of work beside phones and mail: commits of the repositories that client files name, and planned meetings.

They say that something was done, not how long it took: nothing takes them without a person's word. A meeting that was
planned was perhaps not held.
"""

from collections.abc import Iterable

from clepsydra.domain.happenings import Happening, HappeningKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.terms import Client
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.exchange.calendar import planned
from clepsydra.exchange.commits import written
from clepsydra.settings.foreign import expanded
from clepsydra.settings.model import Settings

COMMITS, CALENDAR = "commits", "calendar"
"""The names of these sources."""


def traces(settings: Settings, clients: Iterable[Client], span: Interval) -> HappeningsFound:
    """What repositories and calendars tell of a stretch of time; needs no ledger, so that a thread may do it."""
    found = planned(settings.calendars, span, settings.time_zone, frozenset({settings.seller.email} - {""}))
    meetings = [
        Happening(CALENDAR, HappeningKind.MEETING, event.span.started_at, event.span.ended_at, key=event.key,
                  label=event.title, origin=CALENDAR, doubtful=True)
        for event in found.events
        if event.busy and not event.all_day
    ]  # fmt: skip
    paths = [expanded(each) for client in clients if client.active for each in client.context.repositories]
    work = written(list(dict.fromkeys(paths)), span)
    commits = [
        Happening(COMMITS, HappeningKind.COMMIT, each.at, key=f"{each.repository}:{each.at}:{each.subject}",
                  label=each.subject, origin=each.repository)
        for each in work.commits
    ]  # fmt: skip
    return HappeningsFound((*meetings, *commits), (*found.problems, *work.problems))


def named_by(client: Client) -> frozenset[str]:
    """The repositories of a client's file, by the names that commits say."""
    return frozenset(expanded(each).resolve().name for each in client.context.repositories)
