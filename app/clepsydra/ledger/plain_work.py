"""Work as plain columns: what it comes to in one lean pass, without an object for a session, a group or a line.

Work that its terms make no difference of is read together, as columns of integers, so that a million sessions cost a
second; what they come to is the domain's own rounding and price. Billing groups that need more than lengths (the wall
clock, a day that statements may hold a part of, a rest carried on) are not for here: `by_length` tells.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, compress, pairwise, repeat
from typing import Any, Final, NamedTuple

from clepsydra.domain.billing import Seconds, Treatment, treatment
from clepsydra.domain.figures import Figures, SameRateLines
from clepsydra.domain.held import by_day
from clepsydra.domain.money import Hourly, per_second, prices
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import MODELS, GroupScope, Midnight, RoundingRule, rounded_lengths
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement_lines import LineId
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.term_changes import changes
from clepsydra.domain.terms import Client
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import open_work as store
from clepsydra.store.open_work import Which


class WorkColumns(NamedTuple):
    """Work that its terms make no difference of: a session that stands for all of it, and of each its day (ordinal),
    exact and agreed seconds, what makes its line, and the instant it began where that was asked for.
    """

    like: Session
    days: list[int]
    lengths: list[int]
    agreed: list[int | None]
    lines: list[Any]
    starts: Sequence[int] = ()

    @property
    def typed(self) -> bool:
        """Whether any of it has an agreed time."""
        return self.agreed.count(None) < len(self.agreed)

    def only(self, chosen: list[bool]) -> "WorkColumns":
        """Those of its sessions that are chosen."""
        return WorkColumns(
            self.like,
            list(compress(self.days, chosen)),
            list(compress(self.lengths, chosen)),
            list(compress(self.agreed, chosen)),
            list(compress(self.lines, chosen)),
            list(compress(self.starts, chosen)),
        )


class AlikeWork:
    """The work of one project, scope decision, rule and rate; `kind` is what becomes of its time."""

    def __init__(self, kind: Treatment, like: Session, rule: RoundingRule, hourly: Hourly, sold: int | None) -> None:
        self.kind, self.rule, self.hourly, self.sold = kind, rule, hourly, sold
        self.project, self.scope, self.decision = like.project, like.scope, like.decision
        self.work: list[WorkColumns] = []

    @property
    def days(self) -> Iterator[int]:
        """The day of each session."""
        return chain.from_iterable([work.days for work in self.work])

    @property
    def count(self) -> int:
        """How many sessions it is."""
        return sum(len(work.days) for work in self.work)

    @property
    def lengths(self) -> Iterator[int]:
        """The exact seconds of each session."""
        return chain.from_iterable([work.lengths for work in self.work])

    @property
    def unsure(self) -> bool:
        """Whether nobody has said yet that its work is in scope."""
        return self.scope is Scope.UNSURE

    def untyped(self) -> list[WorkColumns]:
        """Its work without the billing groups that have an agreed total."""
        named = [(work, list(self._names(work))) for work in self.work]
        typed = {n for work, names in named for n, agreed in zip(names, work.agreed, strict=True) if agreed is not None}
        return [work.only([name not in typed for name in names]) for work, names in named]

    def _names(self, work: WorkColumns) -> Iterable[object]:
        """What tells the billing group of each session from others."""
        if self.rule.scope is GroupScope.ENTRY:
            return ((id(work), n) for n in range(len(work.days)))
        if self.rule.scope is GroupScope.LINE:
            return work.lines
        return work.days if by_day(self.rule) else repeat(None, len(work.days))

    def groups(self, capped: Callable[[Session], date | None] = lambda _: None) -> "Iterator[Groups]":
        """Its billing groups; `capped` says which contract with a cap work falls under, if any."""
        if self.rule.scope is GroupScope.ENTRY:
            for work in self.work:
                yield _under(capped(work.like), work.lines), work.lengths, work.agreed
            return
        pools: dict[object, list[Any]] = {}
        for work in self.work:
            keys = _under(capped(work.like), work.lines)
            for name, key, line, exact, agreed in zip(
                self._names(work), keys, work.lines, work.lengths, work.agreed, strict=True
            ):
                pool = pools.get(name)
                if pool is None:
                    pools[name] = [key, exact, agreed, line]
                    continue
                if line != pool[3]:  # a group that reaches over several lines is a line of its own
                    pool[0] = (name, self.rule, "alone")
                pool[1] += exact
                if agreed is not None:
                    pool[2] = agreed + (pool[2] or 0)
        if pools:
            own, lengths, typed, _ = zip(*pools.values(), strict=True)
            yield own, lengths, typed


def _under(capped: date | None, lines: list[Any]) -> list[Any]:
    """The lines of work under a contract with a cap, which shares none with other work."""
    return lines if capped is None else [(capped, line) for line in lines]


Groups = tuple[Sequence[Any], Sequence[int], Sequence[int | None]]
"""Of each billing group what makes its line, its exact and its agreed seconds."""


def grouped_days(parts: Iterable[AlikeWork]) -> set[int]:
    """The days of work whose groups are days."""
    return {day for part in parts if by_day(part.rule) for day in part.days}


def by_length(rule: RoundingRule, *, days_are_free: bool) -> bool:
    """Whether a rule's groups need nothing but lengths: no clock, no rest carried on, no days cut or billed in part."""
    if by_day(rule) and (rule.midnight is Midnight.SPLIT or not days_are_free):
        return False
    return MODELS[rule.model].counts is None and rule.scope is not GroupScope.CUMULATIVE


def by_terms(client: Client, some: Iterable[WorkColumns], rule: RoundingRule | None = None) -> list[AlikeWork]:
    """A client's work by what decides what it is worth; `rule` replaces every agreed one."""
    parts: dict[tuple[object, ...], AlikeWork] = {}
    for work in some:
        like = work.like
        on = date.fromordinal(like.day)
        kind, hourly = treatment(like, client), client.rate(like.project, like.channel, on)
        own, sold = rule or client.rule(like.project, like.channel, on), client.day_sold(like.project, like.channel, on)
        key = like.project, like.scope, like.decision, kind, own, hourly, sold
        parts.setdefault(key, AlikeWork(kind, like, own, hourly, sold)).work.append(work)
    return list(parts.values())


def columns(
    ledger: Ledger, client: Client, first: int | None, last: int | None, which: Which, *, starts: bool = False
) -> Iterator[WorkColumns]:
    """A client's work of some days (ordinals, both included); what runs, if it is wanted, counts up to now."""
    kind = client.statement.lines
    own = _OWN_LINES.get(kind)
    for since, until in epochs(client, first, last):
        found = store.columns(ledger.db, client.slug, since, until, ledger.now, which, own, starts=starts)
        for project, channel, scope, decision, days, lengths, agreed, read, began in found:
            like, of_days = session_like(client, since, project, channel, scope, decision), json.loads(days)
            typed = json.loads(agreed) if agreed else [None] * len(of_days)
            lines = json.loads(read) if own else _lines(kind, like, of_days)
            yield WorkColumns(like, of_days, json.loads(lengths), typed, lines, json.loads(began) if starts else ())


def _lines(kind: LineKind, like: Session, days: list[Any]) -> list[Any]:
    """What makes the line of each session, where it is no column of its own."""
    if kind is LineKind.DAY:
        return days
    return [like.channel if kind is LineKind.CHANNEL else like.project] * len(days)


_OWN_LINES = {LineKind.SESSION: "rowid", LineKind.NOTE: "note"}
"""The columns of a session that make lines where all of what is alike is not on one."""


def epochs(client: Client, first: int | None, last: int | None) -> Iterator[tuple[int, int]]:
    """The stretches of some days (ordinals, both included) in which no terms change."""
    begin, end = first or 1, _NEVER if last is None else last + 1
    days = [begin, *(day for day in changes(client) if begin < day < end), end]
    return ((since, until - 1) for since, until in pairwise(days))


_NEVER: Final = 1 << 62


def session_like(client: Client, day: int, project: str, channel: str, scope: str, decision: str | None) -> Session:
    """A session that stands for all work that is alike from a day on."""
    return Session(
        "", client.slug, project, Channel(channel), 0, 0, client.zone.key, day, Scope(scope),
        Decision(decision) if decision else None,
    )  # fmt: skip


class WorkAlike(NamedTuple):
    """Work that its terms make no difference of: a session that stands for all of it, and the exact length of each."""

    like: Session
    hourly: Hourly
    lengths: list[int]

    def minor(self, currency: str) -> int:
        """What the exact time is worth, each session rounded by itself."""
        return sum(prices(self.lengths, per_second(self.hourly, currency)))


def work_alike(ledger: Ledger, client: Client, first: int | None, last: int | None) -> Iterator[WorkAlike]:
    """A client's work of some days, whatever became of it; what runs counts up to now."""
    for since, until in epochs(client, first, last):
        on = date.fromordinal(since)
        for project, channel, scope, decision, written, doubtful, lengths in store.alike(
            ledger.db, client.slug, since, until, ledger.now
        ):
            like = replace(
                session_like(client, since, project, channel, scope, decision),
                write_off="" if written else None,
                doubtful_from=0 if doubtful else None,
            )
            yield WorkAlike(like, client.rate(like.project, like.channel, on), json.loads(lengths))


_Terms = tuple[str, Hourly, int | None, Decimal, Scope, Decision | None]
"""Project to decision, as `line_id` takes them."""


class LineSums:
    """The lines of a statement while their seconds are added up, as plain integers."""

    def __init__(self, client: Client) -> None:
        self._client = client
        every = (*client.contracts, *(contract for project in client.projects for contract in project.contracts))
        self._caps = any(contract.capped for contract in every)
        self._terms: dict[_Terms, SameRateLines] = {}
        """By its terms; all else that makes a line is its key there."""

    def add(self, part: AlikeWork) -> None:
        """Take in the billing groups of alike work."""
        terms = (part.project, part.hourly, part.sold, self._client.statement.tax, part.scope, part.decision)
        lines = self._terms.setdefault(terms, SameRateLines())
        for keys, exact, agreed in part.groups(self._capped):
            lines.add(keys, exact, rounded_lengths(part.rule, exact), agreed, unit=part.rule.sells_units)

    def _capped(self, like: Session) -> date | None:
        """The contract with a cap that work falls under, by the day it holds from."""
        if not self._caps or like.scope is Scope.OUT:
            return None
        contract = self._client.contract(like.project, date.fromordinal(like.day))
        return contract.since if contract and contract.capped else None

    def add_at(self, part: LineId, seconds: Seconds) -> None:
        """Take in one billing group."""
        by_days = self._client.statement.lines is LineKind.DAY
        line: object = date.fromisoformat(part.key).toordinal() if by_days else part.key
        key = (part.capped, line, part.alone) if part.alone else _under(part.capped, [line])[0]
        terms = (part.project, part.hourly, part.day_sold, part.tax, part.scope, part.decision)
        self._terms.setdefault(terms, SameRateLines()).add_group(key, seconds)

    def figures(self) -> Figures:
        """What the lines come to."""
        return self._priced(None)

    def figures_since(self, first: int) -> Figures:
        """What those of a day (ordinal) or later come to, where lines are days."""
        if not self._caps:  # as most are: a line is its day, and asked of thousands
            return self._priced(first.__le__)
        # A line under a contract with a cap is that contract's and a day's.
        return self._priced(lambda line: bool((line[1] if isinstance(line, tuple) else line) >= first))

    def _priced(self, wanted: Callable[[Any], bool] | None) -> Figures:
        currency = self._client.currency
        priced = (lines.figures(per_second(terms[1], currency), wanted) for terms, lines in self._terms.items())
        return sum(priced, Figures())
