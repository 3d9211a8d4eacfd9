"""What work takes from its agreement, day by day: billed or exact seconds, as the version says that held then."""

from collections.abc import Iterable, Sequence
from datetime import date

from clepsydra.domain.agreement import Burn, Contract
from clepsydra.domain.billing import Group
from clepsydra.domain.claims import Claim, ClaimKind
from clepsydra.domain.money import share
from clepsydra.domain.overage import burn_of
from clepsydra.domain.session import Scope
from clepsydra.domain.statement_lines import bundles, shared
from clepsydra.domain.terms import Client


def consumed(contracts: Sequence[Contract], group: Group) -> list[tuple[date, int]]:
    """What a billing group takes from its agreement.

    Billed time is shared over the group's days by their exact time, so that a group that reaches over a month's end
    counts in both months.
    """
    exact = [piece.span.seconds for piece in group.pieces]
    if burn_of(contracts, group) is Burn.EXACT:
        return [(piece.day, seconds) for piece, seconds in zip(group.pieces, exact, strict=True)]
    parts = share(group.seconds.billed, exact)
    return [(piece.day, seconds) for piece, seconds in zip(group.pieces, parts, strict=True)]


def billed_by_day(groups: Iterable[Group], client: Client) -> dict[date, int]:
    """What groups come to by the hour in minor units, each its part of its line, on its first day."""
    found: dict[date, int] = {}
    for bundle in bundles(groups, client):
        for group, figures in zip(bundle, shared(bundle), strict=True):
            found[group.day] = found.get(group.day, 0) + figures.billed_minor
    return found


def used_claims(client: Client, included: Iterable[Group], billable: Sequence[Group]) -> tuple[Claim, ...]:
    """What a statement notes of its work for agreements to count: a claim for each project and day.

    Work out of scope counts for none. Of work by the hour the amount is noted too, each group's part of its line.
    """
    seconds: dict[tuple[str, date], int] = {}
    minor: dict[tuple[str, date], int] = {}
    by_hour = [group for group in billable if group.key.scope is not Scope.OUT]
    for group in (*included, *by_hour):
        for day, part in consumed(client.contracts_of(group.key.project), group):
            place = group.key.project, day
            seconds[place] = seconds.get(place, 0) + part
    for project in {group.key.project for group in by_hour}:
        mine = [group for group in by_hour if group.key.project == project]
        minor |= {(project, day): part for day, part in billed_by_day(mine, client).items()}
    return tuple(
        Claim(ClaimKind.USED, project, "", day, day, seconds.get((project, day), 0), minor.get((project, day), 0))
        for project, day in sorted(seconds.keys() | minor.keys())
    )
