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
from clepsydra.ledger.plain_work import AlikeWork, by_length, by_terms, columns, grouped_days
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
    parts = by_terms(client, mine)
    if not _needs_lengths_alone(ledger, client, parts):
        return None
    found: dict[int, int] = {}
    for part in parts:
        for days, exact, agreed in part.groups():
            counted = exact if Burn.EXACT in burns else _billed(rounded_lengths(part.rule, exact), agreed)
            for day, seconds in zip(days, counted, strict=True):
                found[day] = found.get(day, 0) + seconds
    return {date.fromordinal(day): seconds for day, seconds in found.items() if seconds}


def _billed(ruled: Iterable[int], agreed: Iterable[int | None]) -> list[int]:
    return [one if typed is None else typed for one, typed in zip(ruled, agreed, strict=True)]


def _needs_lengths_alone(ledger: Ledger, client: Client, parts: list[AlikeWork]) -> bool:
    """Whether every billing group lies within a day that statements hold nothing of, and no clock is looked at."""
    if any(part.rule.scope is GroupScope.LINE for part in parts) and client.statement.lines is not LineKind.DAY:
        return False
    within = all(part.rule.scope in (GroupScope.ENTRY, GroupScope.DAY, GroupScope.LINE) for part in parts)
    if not within or not all(by_length(part.rule, days_are_free=True) for part in parts):
        return False
    days = grouped_days(parts)
    if not days:
        return True
    first, last = min(days), max(days)
    held = {
        *billed_groups.days(ledger.db, client.slug, first, last),
        *sessions.billed_days(ledger.db, client.slug, first, last),
    }
    return days.isdisjoint(held)
