"""What an agreement bills beside hours: what it owes in all, less what live statements have taken (law 6).

A fee has no exact time, so it stands beside the figures of law 4. What live statements have taken is given as claims.
Each rule is the same difference, so that issuing, voiding, issuing again, late work and edits of the agreement in any
order end in the same sums:

retainer   the fee of a period on its last day, with the time of the period as information; hours beyond as they happen,
           all periods together, so that an hour carried on is used once: what late work takes back of it is billed
fixed      the parts that fell due (`domain.fee_parts`)
cap        the hours of its contract in all, up to the cap, less what statements have billed of them

Work that comes once all of its fee was stated bills nothing more: it is shown on a statement, and may be alone on it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from clepsydra.domain.agreed import Agreed, Due, holds
from clepsydra.domain.agreement import Contract, by_the_hour, for_the_whole
from clepsydra.domain.billing import Group
from clepsydra.domain.caps import capped
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.contracts import LedgerPeriod, UsedByDay, budget, ledger_of_periods
from clepsydra.domain.fee_lines import included_lines, overage_line
from clepsydra.domain.fee_parts import Account, account, parts_of
from clepsydra.domain.money import minor_units
from clepsydra.domain.overage import Beyond, Cutter
from clepsydra.domain.records import replace
from clepsydra.domain.statement import PeriodUse
from clepsydra.domain.statement_lines import priced


def due(agreed: Agreed, *, work: bool = True) -> Due:
    """Everything beside hours that a statement of the period can bill; empty where nothing is due.

    Without `work` what shows the included time is left out, which bills nothing, and groups need no sessions.
    """
    found = _retained(agreed, work=work)
    for contract, until in agreed.versions(for_the_whole):
        found += _fixed(agreed, contract, until, work=work)
    for contract, until in agreed.versions(by_the_hour):
        found += capped(agreed, contract, until)
    return found


# -- retainers


def _retained(agreed: Agreed, *, work: bool) -> Due:
    """The fees of the periods that have ended, what lies beyond them, and the time behind them."""
    periods = [p for p in periods_of(agreed, agreed.worked.used, agreed.last) if p.first <= agreed.last]
    if not periods:
        return Due()
    over, included = overage_due(agreed, periods), agreed.worked.included
    cutter = Cutter(agreed.client, agreed.project, agreed.contracts, included)
    cuts = [
        (period, cutter.cut(period.contract, period.first, period.last, seconds))
        for period, seconds in zip(periods, over, strict=True)
    ]
    found = Due()
    for (period, groups), seconds in zip(cuts, over, strict=True):
        found += _period(agreed, period, included if work else (), cutter.beyond, bool(groups))
        if seconds:
            minor = sum(priced([group]).billed_minor for group in groups)
            claim = agreed.claim(ClaimKind.OVERAGE, "", period.first, period.last, seconds, minor)
            found += Due(tuple(overage_line(agreed.client, group) for group in groups), groups, (claim,))
    return found


def periods_of(agreed: Agreed, used: UsedByDay, until: date) -> list[LedgerPeriod]:
    """The periods that are this log's to bill, up to the one around a day."""
    found = ledger_of_periods(agreed.contracts, used, until, agreed.begins)
    return [p for p in found if p.contract.billed_until is None or p.last > p.contract.billed_until]


def overage_due(agreed: Agreed, periods: Iterable[LedgerPeriod]) -> list[int]:
    """The seconds beyond that a statement bills for each of its periods.

    What statements have taken beyond what other periods owe by now, since hours were carried on or the agreement was
    edited, comes off first.
    """
    used = agreed.worked.used if agreed.worked.ever is None else agreed.worked.ever
    ends = [claim.last for claim in agreed.mine if claim.kind is ClaimKind.OVERAGE]
    all_of = periods_of(agreed, used, max([agreed.last, *used, *ends]))
    known = {(p.first, p.last): p.over - overage_taken(agreed, p) for p in all_of}
    too_much = sum(max(0, -left) for left in known.values())
    found = []
    for period in periods:
        left = max(0, period.over - overage_taken(agreed, period))
        less = min(left, too_much)
        too_much -= less
        found.append(left - less)
    return found


def overage_taken(agreed: Agreed, period: LedgerPeriod) -> int:
    """The seconds beyond that live statements have taken of a period."""
    return sum(claim.seconds for claim in agreed.claimed(ClaimKind.OVERAGE, period.first, period.last))


def _period(agreed: Agreed, period: LedgerPeriod, included: Sequence[Group], beyond: Beyond, over: bool) -> Due:
    """A period's fee once it has ended and the time behind it."""
    first, last = period.first, period.last
    mine = [group for group in included if first <= group.day <= last]
    claims = agreed.claimed(ClaimKind.PERIOD, first, last)
    ended = agreed.reaches(last)
    fee, use = Due(), _use(period)
    left = period.fee_minor(agreed.client.currency) - sum(claim.minor for claim in claims)
    if ended and (left > 0 or not claims):
        stated = (agreed.line((first, last), left, use=use),) if left > 0 else ()
        fee = Due(stated, (), (agreed.claim(ClaimKind.PERIOD, "", first, last, minor=max(0, left)),))
    # Work that was cut for another period is taken with it, so what is left of it is shown too.
    shown = mine if ended or claims or over else [group for group in mine if beyond.within(group) != group.seconds]
    lines = included_lines(agreed.client, shown, beyond, None if fee.lines else use)
    return fee + Due(lines, included=tuple(shown))


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


def fixed_account(agreed: Agreed, contract: Contract, until: date | None) -> Account:
    """The parts of a version of a fixed fee with what live statements have taken of them."""
    claims = agreed.claimed_of(contract, ClaimKind.PART, ClaimKind.CHANGE)
    rest = {change.title: minor_units(change.fee, agreed.client.currency) for change in contract.changes}
    for claim in agreed.mine:  # a change order that is listed again was partly billed under the version before
        if claim.kind is ClaimKind.CHANGE and claim not in claims and claim.item in rest:
            rest[claim.item] -= claim.minor
    parts = []
    for part in parts_of(contract, agreed.client.currency, until):
        if part.kind is ClaimKind.CHANGE:
            part = replace(part, minor=min(part.minor, max(0, rest[part.title])))
            rest[part.title] -= part.minor
        parts.append(part)
    return account(parts, claims)


def _fixed(agreed: Agreed, contract: Contract, until: date | None, *, work: bool) -> Due:
    """What fell due of a fixed fee, and the time behind it."""
    owed = fixed_account(agreed, contract, until)
    bills = owed.bills(part for part in owed.parts if agreed.reaches(part.day))
    if not bills and not _stated(agreed, contract, until, owed):
        return Due()
    mine = [group for group in agreed.worked.included if work and holds(group.day, contract, until)]
    hours = sum(seconds for day, seconds in agreed.worked.used.items() if holds(day, contract, until))
    allowed = budget(contract, agreed.last)
    use = PeriodUse(included=allowed, used=hours, over=max(0, hours - allowed))
    lines = tuple(
        agreed.line((part.day, part.day), minor, part.title, use if n == 0 else None)
        for n, (part, minor) in enumerate(bills)
    )
    claims = tuple(agreed.claim(part.kind, part.item, part.day, part.day, minor=minor) for part, minor in bills)
    included = included_lines(agreed.client, mine, Beyond(), None if lines else use)
    return Due(lines + included, (), claims, tuple(mine))


def _stated(agreed: Agreed, contract: Contract, until: date | None, owed: Account) -> bool:
    """Whether live statements have taken all there is of a fixed fee, or another version has taken its place."""
    if until is not None and until <= agreed.last:
        return True
    accepted = all(part.accepted for part in contract.deliverables) and bool(owed.parts)
    return accepted and owed.settled
