"""What the work of an agreement consumed, and the groups it makes, in one lean pass over plain columns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from clepsydra.domain.agreement import Burn
from clepsydra.domain.billing import Group, GroupKey, Piece, Treatment, counters
from clepsydra.domain.interval import Interval
from clepsydra.domain.rounding import GroupScope, RoundingRule, rounded_lengths
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, consumes, counting
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import AlikeWork, WorkColumns, by_length, by_terms, columns, grouped_days
from clepsydra.store import billed_groups, sessions
from clepsydra.store.open_work import Which


def finished_open(ledger: Ledger, client: Client) -> list[WorkColumns]:
    """A client's finished open work, with the instants it began where a period asks what was done first."""
    starts = any(contract.periodic for _, contracts in counting(client) for contract in contracts)
    return list(columns(ledger, client, None, None, Which.ENDED, starts=starts))


def open_alike(
    ledger: Ledger, agreement: Agreement, finished: Iterable[WorkColumns] | None = None
) -> list[AlikeWork] | None:
    """The finished open work of an agreement; None where its billing groups need more than the lengths of one day.

    `finished` is what `finished_open` said, where it was asked already.
    """
    parts = alike_of(ledger, agreement, None, Which.ENDED, read=finished)
    return parts if parts is not None and _nothing_held(ledger, agreement.client, parts) else None


def alike_of(
    ledger: Ledger,
    agreement: Agreement,
    last: int | None,
    which: Which,
    rule: RoundingRule | None = None,
    read: Iterable[WorkColumns] | None = None,
) -> list[AlikeWork] | None:
    """The work that consumed an agreement from its start to a day (ordinal).

    `rule` replaces every agreed one; `read` is the work, where it was read already. None where billing groups need more
    than the lengths of one day, where a cap asks what they come to, or versions count unlike each other.
    """
    client, contracts = agreement.client, agreement.contracts
    if any(contract.cap is not None for contract in contracts) or len({contract.burn for contract in contracts}) > 1:
        return None
    since = min(contract.since for contract in contracts)
    read = columns(ledger, client, since.toordinal(), last, which, starts=True) if read is None else read
    mine = [some for some in read if agreement.holds(some.like) and consumes(some.like, client)]
    parts = by_terms(client, mine, rule)
    return parts if all(_sessions_or_days(client, part.rule) for part in parts) else None


def consumed_by_day(agreement: Agreement, parts: Iterable[AlikeWork]) -> dict[date, int]:
    """The seconds that work consumed of an agreement, by day."""
    burn, found = agreement.contracts[0].burn, dict[int, int]()
    for part in parts:
        for days, exact, typed in _groups(part):
            counted = exact if burn is Burn.EXACT else _billed(rounded_lengths(part.rule, exact), typed)
            for day, seconds in zip(days, counted, strict=True):
                found[day] = found.get(day, 0) + seconds
    return {date.fromordinal(day): seconds for day, seconds in found.items() if seconds}


def included_groups(
    client: Client, parts: Iterable[AlikeWork], first: date | None, last: date
) -> tuple[Group, ...] | None:
    """The groups of included work of some days in order of time, for sums alone: of their sessions they have no more
    than the times.

    None where two sessions begin at once, so that those must say which comes first.
    """
    since, until = first.toordinal() if first else 0, last.toordinal()
    included = (part for part in parts if part.kind is Treatment.INCLUDED)
    found = [group for part in included for group in _light(client, part, since, until)]
    begun = [piece.span.started_at for group in found for piece in group.pieces]
    return tuple(sorted(found, key=_begun)) if len(set(begun)) == len(begun) else None


def _begun(group: Group) -> int:
    return group.pieces[0].span.started_at


def _light(client: Client, part: AlikeWork, since: int, until: int) -> Iterator[Group]:
    """The groups of a part that begin on some days."""
    key = GroupKey(
        client.slug, part.project, part.hourly, client.statement.tax, part.scope, part.decision, None, part.rule,
        "", part.sold,
    )  # fmt: skip
    for pieces, (days, lengths, agreed) in zip(_pieces(part), _groups(part), strict=True):
        ruled = rounded_lengths(part.rule, lengths)
        for mine, day, exact, rule, typed in zip(pieces, days, lengths, ruled, agreed, strict=True):
            if since <= day <= until:
                seconds = counters(exact, rule, rule if typed is None else typed, part.rule.sells_units)
                yield Group(key, client.currency, mine, rule, typed is not None, seconds)


_Groups = tuple[Sequence[int], Sequence[int], Sequence[int | None]]
"""Of each billing group its day, its exact and its agreed seconds."""


def _groups(part: AlikeWork) -> Iterator[_Groups]:
    """The billing groups of a part, which are sessions or days."""
    if part.rule.scope is GroupScope.ENTRY:
        for work in part.work:
            yield work.days, work.lengths, work.agreed
        return
    lengths: dict[int, int] = {}
    typed: dict[int, int] = {}
    for work in part.work:
        for day, exact, agreed in zip(work.days, work.lengths, work.agreed, strict=True):
            lengths[day] = lengths.get(day, 0) + exact
            if agreed is not None:
                typed[day] = typed.get(day, 0) + agreed
    yield list(lengths), list(lengths.values()), [typed.get(day) for day in lengths]


def _pieces(part: AlikeWork) -> Iterator[Iterable[tuple[Piece, ...]]]:
    """The work of the same billing groups, in order of time."""
    if part.rule.scope is GroupScope.ENTRY:
        for work in part.work:
            yield ((piece,) for piece in _placed(work))
        return
    days: dict[date, list[Piece]] = {}
    for piece in chain.from_iterable(map(_placed, part.work)):
        days.setdefault(piece.day, []).append(piece)
    yield (tuple(sorted(some, key=lambda piece: piece.span)) for some in days.values())


def _placed(work: WorkColumns) -> Iterator[Piece]:
    """The time of each session of some work, by the one that stands for all of it."""
    for start, day, seconds in zip(work.starts, work.days, work.lengths, strict=True):
        yield Piece(work.like, Interval(start, start + seconds), date.fromordinal(day))


def _billed(ruled: Iterable[int], agreed: Iterable[int | None]) -> list[int]:
    return [one if typed is None else typed for one, typed in zip(ruled, agreed, strict=True)]


def _sessions_or_days(client: Client, rule: RoundingRule) -> bool:
    """Whether a rule's groups are sessions or days by their lengths alone."""
    if rule.scope is GroupScope.LINE and client.statement.lines is not LineKind.DAY:
        return False
    sessions_or_days = rule.scope in (GroupScope.ENTRY, GroupScope.DAY, GroupScope.LINE)
    return sessions_or_days and by_length(rule, days_are_free=True)


def _nothing_held(ledger: Ledger, client: Client, parts: list[AlikeWork]) -> bool:
    """Whether statements hold nothing of the days that are groups."""
    days = grouped_days(parts)
    if not days:
        return True
    first, last = min(days), max(days)
    held = {
        *billed_groups.days(ledger.db, client.slug, first, last),
        *sessions.billed_days(ledger.db, client.slug, first, last),
    }
    return days.isdisjoint(held)
