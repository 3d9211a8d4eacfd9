"""What the open work of an agreement consumed, day by day, in one lean pass over plain columns."""

from collections.abc import Iterable
from datetime import date

from clepsydra.domain.agreement import Burn
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import GroupScope, rounded_lengths
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, consumes
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import WorkPlace, by_length, by_place, columns, grouped_days
from clepsydra.store import billed_groups, sessions
from clepsydra.store.open_work import Which


def open_by_day(ledger: Ledger, agreement: Agreement) -> dict[date, int] | None:
    """The seconds that finished open work consumed of an agreement by its terms; None where its billing groups need
    more than the lengths of one day, or its versions count unlike each other.
    """
    client, since = agreement.client, min(contract.since for contract in agreement.contracts)
    burns = {contract.burn for contract in agreement.contracts}
    if len(burns) > 1:
        return None
    by_days = replace(client, statement=replace(client.statement, lines=LineKind.DAY))
    read = columns(ledger, by_days, since.toordinal(), None, Which.ENDED)
    mine = [some for some in read if agreement.holds(some.like) and consumes(some.like, client)]
    places = by_place(client, mine)
    if not _needs_lengths_alone(ledger, client, places):
        return None
    found: dict[int, int] = {}
    for place in places:
        for days, exact, agreed in place.groups():
            counted = exact if Burn.EXACT in burns else _billed(rounded_lengths(place.rule, exact), agreed)
            for day, seconds in zip(days, counted, strict=True):
                found[day] = found.get(day, 0) + seconds
    return {date.fromordinal(day): seconds for day, seconds in found.items() if seconds}


def _billed(ruled: Iterable[int], agreed: Iterable[int | None]) -> list[int]:
    return [one if typed is None else typed for one, typed in zip(ruled, agreed, strict=True)]


def _needs_lengths_alone(ledger: Ledger, client: Client, places: list[WorkPlace]) -> bool:
    """Whether every billing group lies within a day that statements hold nothing of, and no clock is looked at."""
    if any(place.rule.scope is GroupScope.LINE for place in places) and client.statement.lines is not LineKind.DAY:
        return False
    within = all(place.rule.scope in (GroupScope.ENTRY, GroupScope.DAY, GroupScope.LINE) for place in places)
    if not within or not all(by_length(place.rule, days_are_free=True) for place in places):
        return False
    days = grouped_days(places)
    if not days:
        return True
    first, last = min(days), max(days)
    held = {
        *billed_groups.days(ledger.db, client.slug, first, last),
        *sessions.billed_days(ledger.db, client.slug, first, last),
    }
    return days.isdisjoint(held)
