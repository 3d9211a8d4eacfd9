"""Proof that what is billed is what it says: by the line, and by what agreements owe in all."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from clepsydra.domain.billing import Seconds, Treatment, counters, group_sessions, summed, treatment
from clepsydra.domain.figures import FIGURE_NAMES, Figures, line_minor
from clepsydra.domain.money import Ratio, per_second, price, rate_from
from clepsydra.domain.rounding import GroupScope
from clepsydra.domain.statement import LineSort
from clepsydra.domain.statement_lines import bundles, priced
from clepsydra.domain.terms import Client
from clepsydra.language.message import message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.statement_json import content_of, was_overage
from clepsydra.store import billed_groups, sessions, statements
from clepsydra.store.billed_groups import GroupRow

Bodies = Sequence[Mapping[str, Any]]
"""What groups froze beside their sums, read."""


def open_lines(ledger: Ledger, client: Client) -> list[list[Any]]:
    """The lines that a statement of all open work would have, as groups."""
    wanted = sessions.Filter(client=client.slug, unbilled=True)
    found = [s for s in sessions.select(ledger.db, wanted) if s.doubtful_from is None]
    ready = [s for s in found if treatment(s, client) is Treatment.BILLABLE]
    return bundles(group_sessions(ready, client, ledger.now, held=held_for(ledger, client, ready)), client)


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Open work, line by line: exact, losses and gains add up, and the amount is the billed time at its rate."""
    for client in ledger.catalogue.clients.values():
        for groups in open_lines(ledger, client):
            figures, first = priced(groups), groups[0]
            ident = first.pieces[0].session.id
            if not balanced(figures):
                yield Breach(4, message("session {id}: exact, losses and gains do not add up", id=ident))
            if figures.billed_minor != price(figures.billed_seconds, first.key.hourly, first.currency):
                yield Breach(3, message("session {id}: its amount is not its billed time at its rate", id=ident))


def balanced(figures: Figures) -> bool:
    """Whether figures obey law 4, in seconds and in minor units."""
    return all(
        billed == exact - rule_loss + rule_gain - unit_loss + unit_gain - manual_loss + manual_gain
        and billed == exact - under + over
        for exact, billed, rule_loss, rule_gain, unit_loss, unit_gain, manual_loss, manual_gain, under, over in (
            figures.seconds,
            figures.minor,
        )
    )


def statement_breaches(
    row: statements.StatementRow, content: Mapping[str, Any], groups: Sequence[GroupRow], bodies: Bodies
) -> Iterator[Breach]:
    """A live statement: its lines are its groups, each its time at its rate, and they sum to its total."""
    found = list(_priced(groups, bodies))
    sums = Figures(*map(sum, zip(*(figures for _, _, figures in found), strict=True)))
    totals = Figures(**content["totals"])
    kept = sum(group.billed_minor for group in groups)
    if sums != totals or kept != sums.billed_minor or kept + content.get("fee_minor", 0) != row.net_minor:
        yield Breach(5, message("statement {number}: its lines do not sum to its total", number=row.number))
    if not all(map(_whole, groups, bodies)) or not all(_kept(some, figures) for some, _, figures in found):
        yield Breach(5, message("statement {number}: a group is not its sessions at its rate", number=row.number))
    if all("line" in body for body in bodies):  # older ones priced their groups one by one
        yield from _lines(row, content["lines"], [(hourly, figures) for _, hourly, figures in found])


def agreed_breaches(ledger: Ledger, client: str, day: int) -> Iterator[Breach]:
    """A day whose total was agreed: each live statement bills no more than those before it left of the total."""
    billed: dict[str, int] = {}
    for row in billed_groups.within(ledger.db, client, day, day):
        body = content_of(row.body)
        terms = json.dumps([body[name] for name in ("project", "hourly", "scope", "decision", "rule")])
        if was_overage(row) or body["rule"].get("scope") != GroupScope.DAY:
            continue
        before = billed.get(terms, 0)
        if "total" in body and row.billed_seconds > max(0, body["total"] - before):
            yield Breach(6, message("{client}: more was billed for {day} than the total agreed",
                                    client=client, day=date.fromordinal(day).isoformat()))  # fmt: skip
        billed[terms] = before + row.billed_seconds


def _priced(groups: Sequence[GroupRow], bodies: Bodies) -> Iterator[tuple[list[GroupRow], str, tuple[int, ...]]]:
    """The groups of each line, their rate as text, and what they come to at it, in the order of `FIGURE_NAMES`."""
    lines: dict[object, list[int]] = {}
    for n, body in enumerate(bodies):
        lines.setdefault(body.get("line", f"alone {n}"), []).append(n)
    for places in lines.values():
        some, first = [groups[n] for n in places], places[0]
        units = [bool(bodies[n].get("unit")) for n in places]
        seconds = summed(map(_seconds, some, units))
        worth = _worth(bodies[first]["hourly"], groups[first].currency)
        yield some, bodies[first]["hourly"], (*seconds, *line_minor(seconds, worth))


def _seconds(group: GroupRow, unit: bool) -> Seconds:
    return counters(group.exact_seconds, group.rule_seconds, group.billed_seconds, unit)


@lru_cache(maxsize=1024)
def _worth(hourly: str, currency: str) -> Ratio:
    return per_second(rate_from(hourly), currency)


_figures = itemgetter(*FIGURE_NAMES)


def _lines(
    row: statements.StatementRow, lines: Iterable[dict[str, Any]], found: Iterable[tuple[str, tuple[int, ...]]]
) -> Iterator[Breach]:
    """Lines are what their groups come to at their rate; where they are not, what is wrong with each is said."""
    billing = [line for line in lines if line["sort"] in (LineSort.TIME, LineSort.OVERAGE)]
    told = [(str(line["hourly"]), _figures(line["figures"])) for line in billing]
    if sorted(told) == sorted(found):
        return
    for hourly, figures in told:
        each = Figures(*figures)
        if not balanced(each):
            yield Breach(
                4, message("statement {number}: exact, losses and gains of a line do not add up", number=row.number)
            )
        if each.billed_minor != price(each.billed_seconds, rate_from(hourly), row.currency):
            yield Breach(3, message("statement {number}: a line is not its billed time at its rate", number=row.number))
    yield Breach(5, message("statement {number}: a line is not the groups it was priced from", number=row.number))


def _whole(group: GroupRow, body: Mapping[str, Any]) -> bool:
    """Whether a frozen group is its pieces; of overage, part of them, or of none."""
    exact = sum([ended_at - started_at for _, started_at, ended_at, _ in body["pieces"]])
    if group.exact_seconds == exact:
        return "channels" not in body or _sums(body["channels"]) == (exact, group.billed_minor)
    return was_overage(group) and (not body["pieces"] or group.exact_seconds <= exact)


def _sums(channels: Mapping[str, Sequence[int]]) -> tuple[int, int]:
    """The seconds and minor units of a group's channels."""
    return sum([part[0] for part in channels.values()]), sum([part[1] for part in channels.values()])


_EXACT_MINOR, _BILLED_MINOR = map(FIGURE_NAMES.index, ("exact_minor", "billed_minor"))


def _kept(groups: Sequence[GroupRow], figures: tuple[int, ...]) -> bool:
    """Whether the amounts that groups keep sum to those of their line."""
    return (
        sum([group.exact_minor for group in groups]) == figures[_EXACT_MINOR]
        and sum([group.billed_minor for group in groups]) == figures[_BILLED_MINOR]
    )
