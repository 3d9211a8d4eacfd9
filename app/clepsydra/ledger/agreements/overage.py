"""Overage session by session: what of a retainer's work lies beyond its fee and is paid by a rate, open and stated."""

from collections.abc import Iterator, Mapping
from datetime import date

from clepsydra.domain.billing import Group
from clepsydra.domain.civil import day_within
from clepsydra.domain.figures import Figures
from clepsydra.domain.overage import beyond_alone, within_days
from clepsydra.domain.records import replace
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import priced
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.fees import open_overage_groups
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.statement_json import billed_sessions, thawed
from clepsydra.store import billed_groups, sessions
from clepsydra.store.billed_groups import GroupRow


def has_overage(client: Client) -> bool:
    """Whether any of a client's agreements includes hours beyond which a rate pays."""
    return any(contract.periodic for _, contracts in counting(client) for contract in contracts)


def open_overage(ledger: Ledger, client: Client) -> tuple[Group, ...]:
    """The groups of overage that are on no statement yet, of each session the part that lies beyond; what is owed where
    no open work is left has none.
    """
    return tuple(map(beyond_alone, open_overage_groups(ledger, client))) if has_overage(client) else ()


def overage_between(ledger: Ledger, client: Client, first: int, last: int) -> Iterator[Group]:
    """What is on no statement yet, and what live statements of some days (ordinals) hold."""
    yield from open_overage(ledger, client)
    yield from (group for _, group in stated_overage(ledger, client.slug, first, last))


def stated_overage(
    ledger: Ledger,
    client: str,
    first: int | None,
    last: int | None,
    read: Mapping[str, Session] | None = None,
    *,
    over_an_end: bool = False,
) -> Iterator[tuple[GroupRow, Group]]:
    """The overage of live statements that reach into some days (ordinals), or `over_an_end` of those too: as it was
    frozen, and with the part of each session that lies beyond; `read` are sessions that are known already.

    What no session is left of counts within the days of its statement.
    """
    read = read or {}
    for row, begins, ends in billed_groups.overage(ledger.db, client, first, last, over_an_end=over_an_end):
        ids = billed_sessions([row])
        known = {ident: s for ident in ids if (s := read.get(ident) or sessions.by_id(ledger.db, ident)) is not None}
        group = thawed(row, known)
        if group is not None:
            own = None if group.pieces else date.fromordinal(min(max(row.day, begins), ends))
            yield row, replace(beyond_alone(group), of_day=own or group.day)


def overage_misplaced(
    ledger: Ledger, client: str, first: int | None, last: int | None
) -> Iterator[tuple[str, Figures]]:
    """What sums of frozen groups by the first day of each lack of the overage worked on some days (ordinals), or below
    zero have too much: the currency and the figures of each group that reaches over an end of them.
    """
    if first is None and last is None:
        return
    for row, group in stated_overage(ledger, client, first, last, over_an_end=True):
        counted = day_within(row.day, first, last)
        part = within_days(group, first, last)
        if part is not group or not counted:
            mine = priced([part]) if part is not None else Figures()
            yield group.currency, mine - priced([group]) if counted else mine
