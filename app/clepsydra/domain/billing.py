"""Billing groups: from exact sessions to figures that add up to the cent.

A group never mixes projects, rates, taxes, rules, statements or scope decisions (law 3). Its figures obey
`billed = exact - rule_loss + rule_gain - manual_loss + manual_gain` in seconds and in minor units (law 4): money is
taken half up of the exact, the rule's and the agreed seconds of the group, and the same differences are formed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clepsydra.domain.civil import split_by_day
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import price
from clepsydra.domain.records import dataclass
from clepsydra.domain.rounding import GroupScope, Midnight, RoundingRule, cumulative, rounded
from clepsydra.domain.session import Decision, Scope, Session
from clepsydra.domain.terms import Client, LineKind


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
    contract = client.contract(session.project, date.fromordinal(session.day))
    return Treatment.INCLUDED if contract and contract.covers else Treatment.BILLABLE


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over groups, in seconds and minor units of one currency; no netting inside a counter."""

    exact_seconds: int = 0
    billed_seconds: int = 0
    rule_loss_seconds: int = 0
    rule_gain_seconds: int = 0
    manual_loss_seconds: int = 0
    manual_gain_seconds: int = 0
    underbilled_seconds: int = 0
    overbilled_seconds: int = 0
    exact_minor: int = 0
    billed_minor: int = 0
    rule_loss_minor: int = 0
    rule_gain_minor: int = 0
    manual_loss_minor: int = 0
    manual_gain_minor: int = 0
    underbilled_minor: int = 0
    overbilled_minor: int = 0

    @property
    def net_seconds(self) -> int:
        """Billed less exact: above zero when more is billed than was worked."""
        return self.billed_seconds - self.exact_seconds

    @property
    def net_minor(self) -> int:
        """Billed less exact, in minor units."""
        return self.billed_minor - self.exact_minor

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in FIGURE_NAMES))

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) - getattr(other, name) for name in FIGURE_NAMES))


FIGURE_NAMES = Figures.__match_args__


def counters(exact: int, rule: int, billed: int) -> tuple[int, int, int, int, int, int, int, int]:
    """The eight counters of law 4, in the order of `Figures`, of one group's seconds or minor units."""
    return (
        exact,
        billed,
        max(0, exact - rule),
        max(0, rule - exact),
        max(0, rule - billed),
        max(0, billed - rule),
        max(0, exact - billed),
        max(0, billed - exact),
    )


def figures(exact: int, rule: int, billed: int, hourly: Decimal, currency: str) -> Figures:
    """The figures of one group from its exact, rule's and billed seconds and its rate."""
    amounts = (price(seconds, hourly, currency) for seconds in (exact, rule, billed))
    return Figures(*counters(exact, rule, billed), *counters(*amounts))


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a session that falls in one group: all of it, unless days are split at midnight."""

    session: Session
    span: Interval
    day: date


@dataclass(frozen=True, slots=True)
class GroupKey:
    """What a group has in common; `anchor` tells groups of the same terms apart."""

    client: str
    project: str
    hourly: Decimal
    tax: Decimal
    scope: Scope
    decision: Decision | None
    statement: str | None
    rule: RoundingRule
    anchor: str


@dataclass(frozen=True, slots=True)
class Group:
    """One billing group and its figures; `rule_seconds` is the rule's result before any agreed time."""

    key: GroupKey
    currency: str
    pieces: tuple[Piece, ...]
    rule_seconds: int
    agreed: bool
    figures: Figures

    @property
    def day(self) -> date:
        """The civil day it begins on."""
        return self.pieces[0].day


def line_key(kind: LineKind, session: Session, day: date) -> str:
    """What makes a session's line on a statement."""
    return {
        LineKind.SESSION: session.id,
        LineKind.DAY: day.isoformat(),
        LineKind.CHANNEL: session.channel.value,
        LineKind.PROJECT: session.project,
        LineKind.NOTE: session.note,
    }[kind]


def _anchor(rule: RoundingRule, session: Session, day: date, lines: LineKind) -> str:
    if rule.scope is GroupScope.ENTRY:
        return session.id
    if rule.scope is GroupScope.DAY:
        return day.isoformat()
    return line_key(lines, session, day) if rule.scope is GroupScope.LINE else ""


def _pieces(session: Session, rule: RoundingRule, client: Client, now: int) -> list[Piece]:
    span = session.span(now)
    if rule.scope is GroupScope.DAY and rule.midnight is Midnight.SPLIT and span.seconds:
        return [Piece(session, part, day) for day, part in split_by_day(span, client.zone)]
    return [Piece(session, span, date.fromordinal(session.day))]


def group_sessions(
    sessions: Iterable[Session], client: Client, now: int, rule_for_all: RoundingRule | None = None
) -> list[Group]:
    """Group one client's sessions and compute each group's figures, in order of time.

    All sessions given are taken as billable: filter by `treatment` first. Running sessions count up to `now`.
    `rule_for_all` replaces every agreed rule, which is how a simulation asks "and under another rule?".
    """
    buckets: dict[GroupKey, list[Piece]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: (s.started_at, s.id)):
        day = date.fromordinal(session.day)
        rule = rule_for_all or client.rule(session.project, session.channel, day)
        hourly = client.rate(session.project, session.channel, day)
        for piece in _pieces(session, rule, client, now):
            key = GroupKey(
                client=client.slug,
                project=session.project,
                hourly=hourly,
                tax=client.statement.tax,
                scope=session.scope,
                decision=session.decision if session.scope is Scope.OUT else None,
                statement=session.statement,
                rule=rule,
                anchor=_anchor(rule, session, piece.day, client.statement.lines),
            )
            buckets[key].append(piece)
    groups = [group for key, pieces in buckets.items() for group in _groups_of(key, pieces, client)]
    return sorted(groups, key=lambda g: (g.pieces[0].span.started_at, g.pieces[0].session.id))


def _groups_of(key: GroupKey, pieces: list[Piece], client: Client) -> list[Group]:
    spans = [piece.span for piece in pieces]
    if key.rule.scope is GroupScope.CUMULATIVE:
        results = cumulative(key.rule, spans, client.zone)
        return [_group(key, [piece], result, client) for piece, result in zip(pieces, results, strict=True)]
    return [_group(key, pieces, rounded(key.rule, spans, client.zone), client)]


def _group(key: GroupKey, pieces: Sequence[Piece], rule_seconds: int, client: Client) -> Group:
    exact = sum(piece.span.seconds for piece in pieces)
    agreed = agreed_seconds(pieces)
    billed = rule_seconds if agreed is None else agreed
    return Group(
        key=key,
        currency=client.currency,
        pieces=tuple(pieces),
        rule_seconds=rule_seconds,
        agreed=agreed is not None,
        figures=figures(exact, rule_seconds, billed, key.hourly, client.currency),
    )


def agreed_seconds(pieces: Iterable[Piece]) -> int | None:
    """The agreed total of a group: the sum of what was typed for its sessions, or None when nothing was.

    A session cut at midnight brings its agreed time to the group that holds its begin.
    """
    typed = [
        piece.session.agreed_seconds
        for piece in pieces
        if piece.session.agreed_seconds is not None and piece.span.started_at == piece.session.started_at
    ]
    return sum(typed) if typed else None


def total(groups: Iterable[Group]) -> Figures:
    """The sum of the groups' figures; all must share one currency."""
    totals = [0] * len(FIGURE_NAMES)
    currencies = set()
    for group in groups:
        currencies.add(group.currency)
        for i, name in enumerate(FIGURE_NAMES):
            totals[i] += getattr(group.figures, name)
    if len(currencies) > 1:
        raise ValueError("amounts of different currencies cannot be added")
    return Figures(*totals)
