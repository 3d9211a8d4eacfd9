"""Billing groups: from exact sessions to billed seconds.

A group never mixes projects, rates, taxes, rules, statements or scope decisions (law 3). Its seconds obey
`billed = exact - rule_loss + rule_gain - unit_loss + unit_gain - manual_loss + manual_gain` (law 4). It has no price of
its own: money is made of the lines that groups are put together in (`domain.statement_lines`).

A group of a day counts what live statements hold of that day: late work adds R(all) less the rule's seconds on them,
never below zero. Two hours more on a day that was billed as a whole one bill nothing. An agreed time is the total of
the day: what is open owes it less what live statements have billed of the day. Agreed at 3 h, 1 h of it billed: 2 h.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from clepsydra.domain.civil import split_by_day
from clepsydra.domain.held import DayKey, Held, by_day
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import Hourly
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import GroupScope, Midnight, RoundingRule, cumulative, rounded
from clepsydra.domain.session import Decision, Scope, Session
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.term_changes import changes
from clepsydra.domain.terms import Client


class Treatment(StrEnum):
    """What becomes of a session's time; every second has exactly one (law 2)."""

    BILLABLE = "billable"
    INCLUDED = "included"
    PENDING = "pending"
    ABSORBED = "absorbed"
    WRITTEN_OFF = "written_off"
    NON_BILLABLE = "non_billable"


_OUT_OF_SCOPE = {
    Decision.BILL: Treatment.BILLABLE,
    Decision.ABSORB: Treatment.ABSORBED,
    Decision.PENDING: Treatment.PENDING,
}


def treatment(session: Session, client: Client) -> Treatment:
    """The one treatment of a session under its client's terms.

    Unsure scope counts as in scope until decided; work in scope under a retainer or fixed fee is included in the
    fee. What an issued statement holds was settled by its own lines: terms that are back-dated later move only this
    answer, never those.
    """
    if client.own:
        return Treatment.NON_BILLABLE
    if session.write_off is not None:
        return Treatment.WRITTEN_OFF
    if session.scope is Scope.OUT:
        return _OUT_OF_SCOPE[session.decision or Decision.PENDING]
    if not client.contracts and not client.projects:
        return Treatment.BILLABLE
    contract = client.contract(session.project, date.fromordinal(session.day))
    return Treatment.INCLUDED if contract and contract.covers else Treatment.BILLABLE


class Seconds(NamedTuple):
    """The counters of law 4 in seconds, sums over groups; no netting inside a counter."""

    exact: int = 0
    billed: int = 0
    rule_loss: int = 0
    rule_gain: int = 0
    unit_loss: int = 0
    unit_gain: int = 0
    manual_loss: int = 0
    manual_gain: int = 0
    underbilled: int = 0
    overbilled: int = 0


def counters(exact: int, rule: int, billed: int, unit: bool = False) -> Seconds:
    """The counters of one group; what a unit of sale differs from the work is `unit_loss` and `unit_gain`."""
    loss, gain = (exact - rule, 0) if exact > rule else (0, rule - exact)
    given, added = (rule - billed, 0) if rule > billed else (0, billed - rule)
    under, over = (exact - billed, 0) if exact > billed else (0, billed - exact)
    if unit:
        return Seconds(exact, billed, 0, 0, loss, gain, given, added, under, over)
    return Seconds(exact, billed, loss, gain, 0, 0, given, added, under, over)


def summed(counted: Iterable[Seconds]) -> Seconds:
    """The sum of counters, each by itself."""
    rows = list(counted)
    if len(rows) == 1:
        return rows[0]
    return Seconds(*map(sum, zip(*rows, strict=True))) if rows else Seconds()


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a session that falls in one group: all of it, unless days are split at midnight."""

    session: Session
    span: Interval
    day: date


@dataclass(frozen=True, slots=True)
class GroupKey:
    """What a group has in common; `anchor` tells groups of the same terms apart.

    `day_sold` is the length in seconds of the day whose price makes the rate, None where hours are sold.
    """

    client: str
    project: str
    hourly: Hourly
    tax: Decimal
    scope: Scope
    decision: Decision | None
    statement: str | None
    rule: RoundingRule
    anchor: str
    day_sold: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One billing group; `rule_seconds` is the rule's result before any agreed time.

    `of_day` is the day of one without a session: overage of work that statements hold already. `total` is the agreed
    time of a day, of which live statements have billed `taken` seconds.
    """

    key: GroupKey
    currency: str
    pieces: tuple[Piece, ...]
    rule_seconds: int
    agreed: bool
    seconds: Seconds
    of_day: date | None = None
    total: int | None = None
    taken: int = 0

    @property
    def day(self) -> date:
        """The civil day it begins on."""
        return self.of_day or self.pieces[0].day


def day_key(key: GroupKey, day: date) -> DayKey:
    """What a group of a day shares with the groups of that day on other statements."""
    return key.project, key.hourly, key.scope, key.decision, key.rule, day


def line_key(kind: LineKind, session: Session, day: date) -> str:
    """What makes a session's line on a statement."""
    return _LINE_KEYS[kind](session, day)


_LINE_KEYS: Mapping[LineKind, Callable[[Session, date], str]] = {
    LineKind.SESSION: lambda session, _: session.id,
    LineKind.DAY: lambda _, day: day.isoformat(),
    LineKind.CHANNEL: lambda session, _: session.channel.value,
    LineKind.PROJECT: lambda session, _: session.project,
    LineKind.NOTE: lambda session, _: session.note,
}


def _anchor(rule: RoundingRule, session: Session, day: date, lines: LineKind) -> str:
    if rule.scope is GroupScope.ENTRY:
        return session.id
    if rule.scope is GroupScope.DAY:
        return day.isoformat()
    return line_key(lines, session, day) if rule.scope is GroupScope.LINE else ""


def pieces_of(session: Session, rule: RoundingRule, client: Client, now: int) -> list[Piece]:
    """A session as billing takes it: whole, or cut at midnight where its rule has it so."""
    span = session.span(now)
    if rule.scope is GroupScope.DAY and rule.midnight is Midnight.SPLIT and span.seconds:
        return [Piece(session, part, day) for day, part in split_by_day(span, client.zone)]
    return [Piece(session, span, date.fromordinal(session.day))]


def group_sessions(
    sessions: Iterable[Session],
    client: Client,
    now: int,
    rule_for_all: RoundingRule | None = None,
    held: Mapping[DayKey, Held] | None = None,
) -> list[Group]:
    """Group one client's sessions and count each group's seconds, in order of time.

    All sessions given are taken as billable: filter by `treatment` first. Running sessions count up to `now`.
    `rule_for_all` replaces every agreed rule, which is how a simulation asks "and under another rule?". `held` is what
    live statements hold of days that work of these sessions lies in.
    """
    dates, lines = changes(client), client.statement.lines
    terms: dict[tuple[object, ...], GroupKey] = {}
    keys: dict[GroupKey, GroupKey] = {}
    # By the identity of their terms, which are made once for many sessions: to hash them for each would cost the most.
    buckets: dict[tuple[int, str], tuple[GroupKey, list[Piece]]] = {}
    for session in sorted(sessions, key=_BY_TIME):
        since = bisect_right(dates, session.day)
        place = (session.project, session.channel, since, session.scope, session.decision, session.statement)
        if (key := terms.get(place)) is None:
            rule = rule_for_all or client.rule(session.project, session.channel, date.fromordinal(session.day))
            key = group_key(session, client, rule)
            key = terms[place] = keys.setdefault(key, key)
        for piece in pieces_of(session, key.rule, client, now):
            bucket = id(key), _anchor(key.rule, session, piece.day, lines)
            if bucket not in buckets:
                buckets[bucket] = replace(key, anchor=bucket[1]), []
            buckets[bucket][1].append(piece)
    groups = [group for key, pieces in buckets.values() for group in _groups_of(key, pieces, client, held or {})]
    return sorted(groups, key=lambda g: (g.pieces[0].span.started_at, g.pieces[0].session.id))


_BY_TIME = attrgetter("started_at", "id")


def group_key(session: Session, client: Client, rule: RoundingRule, anchor: str = "") -> GroupKey:
    """The terms that a session is billed on under a rule."""
    day = date.fromordinal(session.day)
    return GroupKey(
        client=client.slug,
        project=session.project,
        hourly=client.rate(session.project, session.channel, day),
        tax=client.statement.tax,
        scope=session.scope,
        decision=session.decision if session.scope is Scope.OUT else None,
        statement=session.statement,
        rule=rule,
        anchor=anchor,
        day_sold=client.day_sold(session.project, session.channel, day),
    )


def _groups_of(key: GroupKey, pieces: list[Piece], client: Client, held: Mapping[DayKey, Held]) -> list[Group]:
    spans = [piece.span for piece in pieces]
    if key.rule.scope is GroupScope.CUMULATIVE:
        results = cumulative(key.rule, spans, client.zone)
        return [_group(key, [piece], result, client) for piece, result in zip(pieces, results, strict=True)]
    before = held.get(day_key(key, pieces[0].day)) if held and by_day(key.rule) else None
    if before is None or not any(span.seconds for span in spans):
        return [_group(key, pieces, rounded(key.rule, spans, client.zone), client, before)]
    whole = rounded(key.rule, sorted((*before.spans, *spans)), client.zone)
    return [_group(key, pieces, max(0, whole - before.rule_seconds), client, before)]


def _group(
    key: GroupKey, pieces: Sequence[Piece], rule_seconds: int, client: Client, before: Held | None = None
) -> Group:
    exact = sum(piece.span.seconds for piece in pieces)
    agreed, taken = agreed_seconds(pieces), before.billed_seconds if before else 0
    if agreed is None and before:
        agreed = before.total
    billed = rule_seconds if agreed is None else max(0, agreed - taken)
    return Group(
        key=key,
        currency=client.currency,
        pieces=tuple(pieces),
        rule_seconds=rule_seconds,
        agreed=agreed is not None,
        seconds=counters(exact, rule_seconds, billed, key.rule.sells_units),
        total=agreed if by_day(key.rule) else None,
        taken=taken,
    )


def agreed_seconds(pieces: Iterable[Piece]) -> int | None:
    """The agreed total of a group: the sum of what was typed for its sessions, or None when nothing was.

    A session cut at midnight brings its agreed time to the group that holds its start.
    """
    typed = [
        piece.session.agreed_seconds
        for piece in pieces
        if piece.session.agreed_seconds is not None and piece.span.started_at == piece.session.started_at
    ]
    return sum(typed) if typed else None
