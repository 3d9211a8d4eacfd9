"""Lines: what is priced together, once (law 3).

What `lines` makes of the work (a session, a day, a channel, a project, a note) is one line; it never mixes projects,
rates, taxes, scope decisions or contracts with a cap. A billing group is never divided: one that reaches over several
lines (rounded per day, lines per session) is a line of its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clepsydra.domain.billing import Group, Seconds, counters, line_key, summed
from clepsydra.domain.figures import Figures, line_figures
from clepsydra.domain.money import Hourly, share
from clepsydra.domain.session import Decision, Scope
from clepsydra.domain.terms import Client


class LineId(NamedTuple):
    """Which line: groups of the same share one."""

    project: str
    hourly: Hourly
    day_sold: int | None
    tax: Decimal
    scope: Scope
    decision: Decision | None
    capped: date | None
    key: str
    alone: str


def line_id(
    client: Client,
    terms: tuple[str, Hourly, int | None, Decimal, Scope, Decision | None],
    day: date,
    keys: Collection[str],
    alone: str,
) -> LineId:
    """The line of a group that begins on `day`, by its terms (project to decision) and the line keys of its work.

    `alone` names the group among all, for one that reaches over several keys.
    """
    contract = client.contract(terms[0], day) if terms[4] is not Scope.OUT else None
    capped = contract.since if contract and contract.capped else None
    return LineId(*terms, capped, min(keys), alone if len(keys) > 1 else "")


def line_id_of(group: Group, client: Client) -> LineId:
    """The line of a group."""
    key = group.key
    terms = (key.project, key.hourly, key.day_sold, key.tax, key.scope, key.decision)
    keys = {line_key(client.statement.lines, piece.session, piece.day) for piece in group.pieces}
    first = group.pieces[0]
    return line_id(client, terms, group.day, keys, f"{first.session.id} {first.span.started_at}")


def bundles(groups: Iterable[Group], client: Client) -> list[list[Group]]:
    """The groups of each line, in order of their first."""
    found: dict[tuple[LineId, object], list[Group]] = {}
    for group in groups:
        found.setdefault((line_id_of(group, client), group.key.statement), []).append(group)
    return list(found.values())


def priced(groups: Collection[Group]) -> Figures:
    """The figures of the groups of one line."""
    first = next(iter(groups))
    return line_figures(summed(group.seconds for group in groups), first.key.hourly, first.currency)


def total(groups: Iterable[Group], client: Client) -> Figures:
    """What groups of one client come to when a statement is made of them."""
    return sum(map(priced, bundles(groups, client)), Figures())


Lines = Mapping[LineId, Seconds]
"""The seconds of lines."""


def lines_of(groups: Iterable[Group], client: Client, beside: Lines | None = None) -> dict[LineId, Seconds]:
    """The seconds of the lines that groups make, on top of what the lines hold `beside`."""
    found = dict(beside or {})
    for group in groups:
        line = line_id_of(group, client)
        found[line] = summed((found.get(line, Seconds()), group.seconds))
    return found


def worth_of(lines: Lines, currency: str) -> Figures:
    """What lines come to."""
    return sum((line_figures(seconds, line.hourly, currency) for line, seconds in lines.items()), Figures())


def shared(groups: Sequence[Group]) -> list[Figures]:
    """Each group's part of its line: the line's money by the group's own seconds, so that the parts sum to it."""
    whole = priced(groups)
    if len(groups) == 1:
        return [whole]
    none = [0] * len(groups)
    minor = [share(money, [g.seconds[n] for g in groups]) if money else none for n, money in enumerate(whole.minor)]
    return [Figures(*group.seconds, *(column[n] for column in minor)) for n, group in enumerate(groups)]


def cut(group: Group, inside: Sequence[int]) -> Seconds:
    """The counters of so many exact seconds of each of a group's pieces, with their part of what it bills.

    Parts that have no second in common add up: of 3 h worked in two pieces of an hour and of two, billed as 2 h, one
    part is the hour billed as 40 min, the other the two hours billed as 1 h 20.
    """
    lengths = [piece.span.seconds for piece in group.pieces]
    if list(inside) == lengths:
        return group.seconds
    rule, billed = (_part_of(each, lengths, inside) for each in (group.rule_seconds, group.seconds.billed))
    return counters(sum(inside), rule, billed, group.key.rule.sells_units)


def _part_of(seconds: int, lengths: Sequence[int], inside: Sequence[int]) -> int:
    found = 0
    for whole, length, part in zip(share(seconds, lengths), lengths, inside, strict=True):
        found += whole if part == length else share(whole, (part, length - part))[0]
    return found
