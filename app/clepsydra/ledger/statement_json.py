"""Statements and groups as the JSON that the log keeps for ever, and back."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from clepsydra.domain.billing import Group, GroupKey, Piece, Seconds, agreed_seconds, counters, summed
from clepsydra.domain.claims import Claim
from clepsydra.domain.figures import FIGURE_NAMES, Figures, line_figures
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import rate_from, rate_text, share
from clepsydra.domain.overage import is_overage
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement import Line, LineSort, PeriodUse, Statement
from clepsydra.domain.statement_terms import StatementPart
from clepsydra.store.billed_groups import GroupRow

_RULE_ENUMS: dict[str, type[Enum]] = {
    "model": Model, "scope": GroupScope, "tie": Tie, "begin": Edge, "finish": Edge, "midnight": Midnight,
}  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return rate_text(value)
    if isinstance(value, PeriodUse):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in a frozen statement")


@lru_cache(maxsize=256)
def rule_to_dict(rule: RoundingRule) -> dict[str, Any]:
    """A rule's fields that differ from the defaults, and its model; not to be changed, it is remembered."""
    return {
        f.name: getattr(rule, f.name)
        for f in fields(RoundingRule)
        if f.name == "model" or getattr(rule, f.name) != f.default
    }


def rule_from_dict(content: dict[str, Any]) -> RoundingRule:
    """The rule that `rule_to_dict` described."""
    values = dict(content)
    for name, kind in _RULE_ENUMS.items():
        if name in values:
            values[name] = kind(values[name])
    if "tiers" in values:
        values["tiers"] = tuple((bound, billed) for bound, billed in values["tiers"])
    return RoundingRule(**values)


_LATER = ("state", "paid_minor", "void_reason")
_KEPT = tuple(f.name for f in fields(Statement) if f.name not in _LATER)
_LINE = tuple(f.name for f in fields(Line))


def digest_of(groups: Iterable[GroupRow], claims: Iterable[Claim]) -> str:
    """A digest of all that a statement keeps outside its own row; the row carries it and is in the journal."""
    from hashlib import blake2b

    content = [list(groups), [astuple(claim) for claim in claims]]
    return blake2b(json.dumps(content, default=_plain).encode(), digest_size=16).hexdigest()


OUTSIDE = (
    "agreed", "digest", "seller", "seller_zone", "skipped", "documents", "elsewhere", "amount_unknown", "pieces",
)  # fmt: skip
"""What a body holds beside the statement: who issued it in which zone, numbers skipped, digests of its documents."""


def statement_body(
    statement: Statement, groups: Iterable[GroupRow], claims: Iterable[Claim], outside: Mapping[str, Any]
) -> str:
    """The frozen part of a statement as JSON: everything but what may still happen to it, and what is `OUTSIDE` it."""
    content = {name: getattr(statement, name) for name in _KEPT}
    content["totals"] = _figures(statement.totals)
    content["lines"] = [
        {name: getattr(line, name) for name in _LINE}
        | {"rule": rule_to_dict(line.rule), "figures": _figures(line.figures)}
        | {"other_rules": [rule_to_dict(rule) for rule in line.other_rules]}
        for line in statement.lines
    ]
    content |= outside
    content["digest"] = digest_of(groups, claims)
    return json.dumps(content, default=_plain, ensure_ascii=False, sort_keys=True)


def _figures(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in FIGURE_NAMES}


def statement_from_body(body: str, **later: Any) -> Statement:
    """The statement of a frozen body; `later` gives its state, what was paid and why it was voided."""
    content = json.loads(body)
    for name in OUTSIDE:
        content.pop(name, None)
    content["lines"] = tuple(_line(line) for line in content["lines"])
    content["totals"] = Figures(**content["totals"])
    for name in ("first_day", "last_day", "due_on"):
        content[name] = date.fromisoformat(content[name])
    if content.get("issued_on"):
        content["issued_on"] = date.fromisoformat(content["issued_on"])
    content["tax"] = Decimal(content["tax"])
    if "show" in content:
        content["show"] = tuple(map(StatementPart, content["show"]))
    return Statement(**content, **later)


def included_in(body: str) -> Iterator[str]:
    """The sessions that a frozen body shows as included in a fee; most bodies show none, and need not be read."""
    if f'"{LineSort.INCLUDED}"' in body:
        for line in json.loads(body)["lines"]:
            if line["sort"] == LineSort.INCLUDED:
                yield from line["sessions"]


def _line(content: dict[str, Any]) -> Line:
    return Line(
        **content
        | {
            "sort": LineSort(content["sort"]),
            "channel": Channel(content["channel"]) if content["channel"] else None,
            "first_day": date.fromisoformat(content["first_day"]),
            "last_day": date.fromisoformat(content["last_day"]),
            "scope": Scope(content["scope"]),
            "decision": Decision(content["decision"]) if content["decision"] else None,
            "hourly": rate_from(content["hourly"]),
            "rule": rule_from_dict(content["rule"]),
            "other_rules": tuple(map(rule_from_dict, content.get("other_rules", ()))),
            "figures": Figures(**content["figures"]),
            "sessions": tuple(content["sessions"]),
            "use": PeriodUse(**content["use"]) if content.get("use") else None,
        }
    )


def group_row(group: Group, statement: str, line: int, part: Figures) -> GroupRow:
    """A billing group as a statement keeps it: one of those priced together as `line`, with its part of that line."""
    body: dict[str, Any] = {
        "line": line,
        "project": group.key.project,
        "hourly": rate_text(group.key.hourly),
        "tax": str(group.key.tax),
        "scope": group.key.scope,
        "decision": group.key.decision,
        "rule": rule_to_dict(group.key.rule),
        "agreed": group.agreed,
        "pieces": [[p.session.id, p.span.started_at, p.span.ended_at, p.day.toordinal()] for p in group.pieces],
    }
    if group.total is not None:
        body["total"] = group.total
        if agreed_seconds(group.pieces) is None:  # other statements have it, and it is theirs to take back
            body["carried"] = True
    if is_overage(group):
        body["overage"] = True
    else:
        body |= _channels(group, part.billed_minor)
    if group.key.rule.sells_units:
        body["unit"] = 1
    seconds = group.seconds
    rule_minor = part.billed_minor + part.manual_loss_minor - part.manual_gain_minor
    return GroupRow(
        statement, group.key.client, group.day.toordinal(), seconds.exact, group.rule_seconds, seconds.billed,
        part.exact_minor, rule_minor, part.billed_minor, group.currency, json.dumps(body, sort_keys=True),
    )  # fmt: skip


def _channels(group: Group, minor: int) -> dict[str, Any]:
    """The channel of a group of whole sessions, so that what they earned is summed without reading them; where they
    have several, an empty one and the exact seconds and minor units of each.
    """
    pieces = group.pieces
    if any((p.span.started_at, p.span.ended_at) != (p.session.started_at, p.session.ended_at) for p in pieces):
        return {}
    weights = [piece.span.seconds for piece in pieces]
    sums: dict[str, list[int]] = {}
    for piece, seconds, part in zip(pieces, weights, share(minor, weights), strict=True):
        one = sums.setdefault(piece.session.channel, [0, 0])
        one[0] += seconds
        one[1] += part
    return {"channel": "", "channels": sums} if len(sums) > 1 else {"channel": next(iter(sums), None)}


@lru_cache(maxsize=4096)
def content_of(body: str) -> Mapping[str, Any]:
    """What a group froze beside its sums. Kept for a while: a statement is looked at from several sides at once."""
    found: dict[str, Any] = json.loads(body)
    return found


def contents_of(rows: Sequence[GroupRow]) -> list[Mapping[str, Any]]:
    """The same of many groups, read as one text: a proof reads each there ever was.

    Raises ValueError where one is not JSON, or not one object.
    """
    found: list[Mapping[str, Any]] = json.loads(f"[{','.join([row.body for row in rows])}]")
    if len(found) != len(rows):
        raise ValueError("what a group froze is not one object")
    return found


def seconds_of(row: GroupRow) -> Seconds:
    """The counters of a frozen group."""
    unit = bool(content_of(row.body).get("unit"))
    return counters(row.exact_seconds, row.rule_seconds, row.billed_seconds, unit)


def was_overage(row: GroupRow) -> bool:
    """Whether a frozen group is time beyond what a fee includes."""
    # Looked for in the text, as `json.dumps` wrote it: `verify` asks it of every group there ever was.
    return '"overage": true' in row.body


def billed_sessions(rows: Iterable[GroupRow]) -> set[str]:
    """The sessions of frozen groups."""
    return {ident for row in rows for ident, *_ in content_of(row.body)["pieces"]}


def thawed(row: GroupRow, known: Mapping[str, Session]) -> Group | None:
    """A frozen group as it was billed, of sessions by their ids; None where it has some and none of them is known."""
    body = content_of(row.body)
    pieces = tuple(
        Piece(known[ident], Interval(started_at, ended_at), date.fromordinal(day))
        for ident, started_at, ended_at, day in body["pieces"]
        if ident in known
    )
    if not pieces and body["pieces"]:
        return None
    key = GroupKey(
        client=row.client,
        project=body["project"],
        hourly=rate_from(body["hourly"]),
        tax=Decimal(body["tax"]),
        scope=Scope(body["scope"]),
        decision=Decision(body["decision"]) if body["decision"] else None,
        statement=row.statement,
        rule=rule_from_dict(body["rule"]),
        anchor=str(body.get("line", "")),
    )
    of_day = None if pieces else date.fromordinal(row.day)
    return Group(key, row.currency, pieces, row.rule_seconds, body["agreed"], seconds_of(row), of_day)


def frozen_lines(rows: Iterable[GroupRow]) -> list[tuple[list[GroupRow], Figures]]:
    """Frozen groups by the lines they were priced in, each with the figures of those groups."""
    lines: dict[tuple[object, object], list[GroupRow]] = {}
    for n, row in enumerate(rows):
        lines.setdefault((row.statement, content_of(row.body).get("line", f"alone {n}")), []).append(row)
    return [(some, _line_of(some)) for some in lines.values()]


def _line_of(rows: list[GroupRow]) -> Figures:
    hourly = rate_from(content_of(rows[0].body)["hourly"])
    return line_figures(summed(map(seconds_of, rows)), hourly, rows[0].currency)
