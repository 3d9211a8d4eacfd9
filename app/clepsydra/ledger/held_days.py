"""What live statements hold of days that open work lies in: late work of a day counts with them, and never twice."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from clepsydra.domain.billing import day_key, group_key
from clepsydra.domain.civil import civil_day
from clepsydra.domain.held import DayKey, Held, by_day
from clepsydra.domain.interval import Interval
from clepsydra.domain.rounding import GroupScope
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.statement_json import was_overage
from clepsydra.store import billed_groups, sessions

HeldDays = Mapping[DayKey, Held]
"""What is held, by the group of a day."""


def days_by_day(some: Iterable[Session], client: Client, now: int) -> set[int]:
    """The days (ordinals) of sessions whose groups are days, to the day of their end."""
    found: set[int] = set()
    for session in some:
        if by_day(client.rule(session.project, session.channel, date.fromordinal(session.day))):
            last = civil_day(max(session.started_at, session.span(now).ended_at - 1), client.zone).toordinal()
            found.update(range(session.day, last + 1))
    return found


def held_days(ledger: Ledger, client: Client, days: Iterable[int]) -> dict[DayKey, Held]:
    """What live statements billed by the hour of some days (ordinals), where the client's groups are days."""
    wanted = set(days)
    found: dict[DayKey, Held] = {}
    if not wanted:
        return found
    for row in billed_groups.within(ledger.db, client.slug, min(wanted), max(wanted)):
        if row.day not in wanted or was_overage(row):
            continue
        body = json.loads(row.body)
        first = sessions.by_id(ledger.db, body["pieces"][0][0])
        if body["rule"].get("scope") != GroupScope.DAY or first is None:
            continue
        rule = client.rule(first.project, first.channel, date.fromordinal(first.day))
        key = day_key(group_key(first, client, rule), date.fromordinal(row.day))
        spans = (Interval(begin, end) for _, begin, end, _ in body["pieces"])
        # Older statements keep no total: what they billed of a day was all of it.
        own = body["agreed"] and not body.get("carried")
        total = body.get("total", row.billed_seconds) if own else None
        found[key] = found.get(key, Held()).plus(spans, row.rule_seconds, row.billed_seconds, total, row.statement)
    return found


def held_for(ledger: Ledger, client: Client, some: Iterable[Session]) -> HeldDays:
    """What live statements hold of the days that open sessions lie in; nothing where no group is a day."""
    rules = (client.rounding, *(project.rounding for project in client.projects))
    if not any(by_day(dated.rule) for every in rules for dated in every):
        return {}
    return held_days(ledger, client, days_by_day(some, client, ledger.now))
