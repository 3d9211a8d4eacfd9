"""What an agreement bills beside hours: the fee of a period, of what was accepted, overage, and what a cap takes off.

A fee has no exact time, so it stands beside the figures of law 4. What live statements have taken is given as claims; a
statement takes what is due less those, so every fee is billed once, whatever was logged late, moved or agreed since.

A retainer's fee is due on the last day of its period, with the time of the period as information; overage is due as it
happens. A fixed fee is due by the deliverables accepted, a change order in proportion to them; without any deliverable
all of it on the contract's last day. A cap takes off what hours would bill beyond it.

Work that comes once all of its fee was stated bills nothing more: it is shown on the next statement that bills.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.billing import Group
from clepsydra.domain.contracts import LedgerPeriod, UsedByDay, budget, ledger_of_periods
from clepsydra.domain.fee_lines import fee_line, included_lines, overage_line
from clepsydra.domain.forecast import progress
from clepsydra.domain.money import half_up, minor_units, share
from clepsydra.domain.overage import Beyond, burnt, cut
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.statement import Line, PeriodUse
from clepsydra.domain.terms import Client, holding


class ClaimKind(StrEnum):
    """What a statement has taken."""

    PERIOD = "period"
    PART = "part"
    CHANGE = "change"
    OVERAGE = "overage"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing billed beside hours, of the period or contract from `first` to `last`, both inclusive.

    `project` is the agreement's, empty for the client's own. `seconds` are overage; `minor` is below zero for a cap.
    """

    kind: ClaimKind
    project: str
    item: str
    first: date
    last: date
    seconds: int = 0
    minor: int = 0

    def touches(self, kind: ClaimKind, item: str, first: date, last: date) -> bool:
        """Whether it is of that kind and item and shares a day."""
        return self.kind is kind and self.item == item and self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class Worked:
    """What an agreement's work came to.

    `used` is what it consumed by day and `gross` what its versions by the hour billed, by the day they hold from, up to
    the statement's last day. `included` and `billable` are the groups in scope that the statement can still take.
    """

    used: UsedByDay
    gross: Mapping[date, int]
    included: tuple[Group, ...] = ()
    billable: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """Lines, billing groups and claims that belong together on one statement."""

    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    claims: tuple[Claim, ...] = ()

    def __add__(self, other: "Due") -> "Due":
        return Due(self.lines + other.lines, self.groups + other.groups, self.claims + other.claims)


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement as a statement sees it: dated contracts of a project, or of the client where that is None.

    Periods that ended before `begins` are none of this log's.
    """

    client: Client
    project: str | None
    contracts: tuple[Contract, ...]
    worked: Worked
    taken: tuple[Claim, ...]
    first: date | None
    last: date
    begins: date = date.min

    def reaches(self, day: date) -> bool:
        """Whether a day lies in the statement's period."""
        return day <= self.last and (self.first is None or day >= self.first)

    def line(self, days: tuple[date, date], minor: int, note: str = "", use: PeriodUse | None = None) -> Line:
        """A line of its fee."""
        return fee_line(self.client, self.project or DEFAULT_PROJECT, days, minor, note, use)

    def claimed(self, kind: ClaimKind, item: str, first: date, last: date) -> list[Claim]:
        """What live statements have taken of it."""
        mine = (c for c in self.taken if c.project == (self.project or ""))
        return [c for c in mine if c.touches(kind, item, first, last)]

    def claimed_of(self, contract: Contract, kind: ClaimKind, item: str) -> list[Claim]:
        """What live statements have taken of one version, whichever versions followed since."""
        found = self.claimed(kind, item, date.min, date.max)
        return [c for c in found if (version := holding(self.contracts, c.first)) and version.since == contract.since]

    def claim(self, kind: ClaimKind, item: str, first: date, last: date, seconds: int = 0, minor: int = 0) -> Claim:
        """What this statement takes."""
        return Claim(kind, self.project or "", item, first, last, seconds, minor)


def due(agreed: Agreed) -> Due:
    """Everything beside hours that a statement of the period can bill; empty where nothing is due."""
    found = Due()
    for period in ledger_of_periods(agreed.contracts, agreed.worked.used, agreed.last, agreed.begins):
        found += _period(agreed, period)
    following = [contract.since for contract in agreed.contracts[1:]]
    for contract, until in zip(agreed.contracts, [*following, None], strict=True):
        if contract.kind is ContractKind.FIXED:
            found += _fixed(agreed, contract, until)
        elif contract.kind is ContractKind.HOURLY and contract.cap is not None:
            found += _capped(agreed, contract, until)
    return found


def exceeds(agreed: Agreed) -> bool:
    """Whether more was used than included, or billed than a cap allows, and no statement has taken that yet.

    Where nothing exceeds, what is due is the same without any groups of work, but for the lines that show it.
    """
    periods = ledger_of_periods(agreed.contracts, agreed.worked.used, agreed.last, agreed.begins)
    capped = (c for c in agreed.contracts if c.kind is ContractKind.HOURLY and c.cap is not None)
    return any(_beyond(agreed, period) > 0 for period in periods) or any(_excess(agreed, c) > 0 for c in capped)


# -- retainers


def _period(agreed: Agreed, period: LedgerPeriod) -> Due:
    """A period's fee once it has ended, its overage so far, and the time behind them."""
    first, last = days = period.first, period.last
    if period.contract.billed_until is not None and last <= period.contract.billed_until:
        return Due()
    mine = [group for group in agreed.worked.included if first <= group.day <= last]
    ended, stated = agreed.reaches(last), agreed.claimed(ClaimKind.PERIOD, "", first, last)
    over = max(0, min(_beyond(agreed, period), sum(burnt(agreed.contracts, group) for group in mine)))
    if not (ended or stated or over):
        return Due()
    fee, use = Due(), _use(period)
    if ended and not stated:
        minor = period.fee_minor(agreed.client.currency)
        lines = (agreed.line(days, minor, use=use),) if minor else ()
        fee = Due(lines, (), (agreed.claim(ClaimKind.PERIOD, "", first, last, minor=minor),))
    beyond = cut(agreed.contracts, period.contract, first, mine, over)
    included = included_lines(agreed.client, mine, beyond, None if fee.lines else use)
    return fee + Due(included) + _overage(agreed, period, beyond, over)


def _beyond(agreed: Agreed, period: LedgerPeriod) -> int:
    """The seconds of a period beyond what it includes that no statement has taken."""
    claimed = agreed.claimed(ClaimKind.OVERAGE, "", period.first, period.last)
    return period.over - sum(claim.seconds for claim in claimed)


def _overage(agreed: Agreed, period: LedgerPeriod, beyond: Beyond, over: int) -> Due:
    if not over:
        return Due()
    minor = sum(group.figures.billed_minor for group in beyond.groups)
    claim = agreed.claim(ClaimKind.OVERAGE, "", period.first, period.last, over, minor)
    return Due(tuple(overage_line(agreed.client, group) for group in beyond.groups), beyond.groups, (claim,))


def _use(period: LedgerPeriod) -> PeriodUse:
    return PeriodUse(
        included=period.included,
        used=period.used,
        over=period.over,
        carried_in=period.carried_in,
        topped_up=period.topped_up,
        repaid=period.repaid,
        borrowed=period.borrowed,
        expired=period.expired,
        carried_out=period.carried_out,
    )


# -- fixed fees


def _fixed(agreed: Agreed, contract: Contract, until: date | None) -> Due:
    """What acceptance made due of a fixed fee, and the time behind it."""
    first, last = contract.since, contract.ends or date.max
    found = Due()
    for kind, item, day, minor in _accepted(agreed, contract, until):
        # A change order may be listed again by the version after; a part or a fee of the same name is another.
        change = kind is ClaimKind.CHANGE
        claimed = agreed.claimed(kind, item, first, last) if change else agreed.claimed_of(contract, kind, item)
        left = minor - sum(claim.minor for claim in claimed) if change or not claimed else 0
        if left > 0:
            claim = agreed.claim(kind, item, first, last, minor=left)
            found += Due((agreed.line((day, day), left, item),), (), (claim,))
    if not found.lines and not _stated(agreed, contract, until):
        return found
    mine = [group for group in agreed.worked.included if _holds(group.day, contract, until)]
    hours = sum(seconds for day, seconds in agreed.worked.used.items() if _holds(day, contract, until))
    allowed = budget(contract, agreed.last)
    use = PeriodUse(included=allowed, used=hours, over=max(0, hours - allowed))
    lines = tuple(replace(line, use=use if n == 0 else None) for n, line in enumerate(found.lines))
    included = included_lines(agreed.client, mine, Beyond(), None if lines else use)
    return Due(lines + included, found.groups, found.claims)


def _stated(agreed: Agreed, contract: Contract, until: date | None) -> bool:
    """Whether live statements have taken all there is of a fixed fee, or another version has taken its place."""
    parts = [part.name for part in contract.deliverables] or [""]
    taken = all(agreed.claimed_of(contract, ClaimKind.PART, name) for name in parts)
    return taken or (until is not None and until <= agreed.last)


def _accepted(agreed: Agreed, contract: Contract, until: date | None) -> Iterable[tuple[ClaimKind, str, date, int]]:
    """What was earned of a fixed fee by the statement's last day: kind, name, day and minor units.

    A version that another has replaced earns no more; what was accepted before a version held belongs to the one then.
    """
    currency = agreed.client.currency
    whole, done = minor_units(contract.fee, currency), progress(contract, agreed.last)
    if done is None:
        if contract.ends is None or not agreed.reaches(contract.ends) or not _holds(contract.ends, contract, until):
            return
        done = Fraction(1)
        yield ClaimKind.PART, "", contract.ends, whole
    weights = [half_up(Fraction(part.weight) * 10**6) for part in contract.deliverables]
    amounts = share(whole, weights) if weights else []
    for part, minor in zip(contract.deliverables, amounts, strict=True):
        if part.accepted and agreed.reaches(part.accepted) and _holds(part.accepted, contract, until):
            yield ClaimKind.PART, part.name, part.accepted, minor
    for change in contract.changes:
        if change.accepted <= agreed.last and (until is None or agreed.last < until):
            yield ClaimKind.CHANGE, change.title, change.accepted, half_up(done * minor_units(change.fee, currency))


def _holds(day: date, contract: Contract, until: date | None) -> bool:
    return contract.since <= day and (until is None or day < until)


# -- caps


def _capped(agreed: Agreed, contract: Contract, until: date | None) -> Due:
    """What the groups of this statement bill beyond the cap of a contract by the hour, taken off in one line."""
    first, last = contract.since, contract.ends or date.max
    mine = [group for group in agreed.worked.billable if _holds(group.day, contract, until)]
    excess = min(_excess(agreed, contract), sum(group.figures.billed_minor for group in mine))
    if excess <= 0:
        return Due()
    seconds, left, ids = 0, excess, dict[str, None]()
    for group in reversed(mine):
        taken = min(left, group.figures.billed_minor)
        left -= taken
        ids |= dict.fromkeys(piece.session.id for piece in group.pieces if taken)
        seconds += half_up(Fraction(group.figures.billed_seconds * taken, group.figures.billed_minor)) if taken else 0
    line = replace(agreed.line((mine[0].day, mine[-1].day), -excess), sessions=tuple(ids))
    return Due((line,), (), (agreed.claim(ClaimKind.CAP, "", first, last, seconds, -excess),))


def _excess(agreed: Agreed, contract: Contract) -> int:
    """The minor units billed beyond the cap of a contract that no statement has taken off."""
    assert contract.cap is not None
    beyond = agreed.worked.gross.get(contract.since, 0) - minor_units(contract.cap, agreed.client.currency)
    return beyond + sum(claim.minor for claim in agreed.claimed_of(contract, ClaimKind.CAP, ""))
