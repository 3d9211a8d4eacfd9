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

from clepsydra.domain.agreement import Contract, by_the_hour, for_the_whole
from clepsydra.domain.agreement_view import AgreementView, FeeLines, holds
from clepsydra.domain.billing import Group
from clepsydra.domain.caps import capped
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.contracts import LedgerPeriod, UsedByDay, budget, ledger_of_periods
from clepsydra.domain.fee_lines import included_lines, overage_line
from clepsydra.domain.fee_parts import FeeAccount, account, parts_of
from clepsydra.domain.money import minor_units
from clepsydra.domain.overage import Beyond, Cutter
from clepsydra.domain.records import replace
from clepsydra.domain.statement import PeriodUse
from clepsydra.domain.statement_lines import priced


def due(view: AgreementView, *, work: bool = True) -> FeeLines:
    """Everything beside hours that a statement of the period can bill; empty where nothing is due.

    Without `work` what shows the included time is left out, which bills nothing, and of the sessions of groups nothing
    but their times is needed.
    """
    found = _retained(view, work=work)
    for contract, until in view.versions(for_the_whole):
        found += _fixed(view, contract, until, work=work)
    for contract, until in view.versions(by_the_hour):
        found += capped(view, contract, until)
    return found


# -- retainers


def _retained(view: AgreementView, *, work: bool) -> FeeLines:
    """The fees of the periods that have ended, what lies beyond them, and the time behind them."""
    periods = [p for p in periods_of(view, view.worked.used, view.last) if p.first <= view.last]
    if not periods:
        return FeeLines()
    over, included = overage_due(view, periods), view.worked.included
    cutter = Cutter(view.client, view.project, view.contracts, included)
    cuts = [
        (period, cutter.cut(period.contract, period.first, period.last, seconds))
        for period, seconds in zip(periods, over, strict=True)
    ]
    found = FeeLines()
    for (period, groups), seconds in zip(cuts, over, strict=True):
        found += _period(view, period, included if work else (), cutter.beyond, bool(groups))
        if seconds:
            minor = sum(priced([group]).billed_minor for group in groups)
            claim = view.claim(ClaimKind.OVERAGE, "", period.first, period.last, seconds, minor)
            found += FeeLines(tuple(overage_line(view.client, group) for group in groups), groups, (claim,))
    return found


def periods_of(view: AgreementView, used: UsedByDay, until: date) -> list[LedgerPeriod]:
    """The periods that are this log's to bill, up to the one around a day."""
    found = ledger_of_periods(view.contracts, used, until, view.begins)
    return [p for p in found if p.contract.billed_until is None or p.last > p.contract.billed_until]


def overage_due(view: AgreementView, periods: Iterable[LedgerPeriod]) -> list[int]:
    """The seconds beyond that a statement bills for each of its periods.

    What statements have taken beyond what other periods owe by now, since hours were carried on or the agreement was
    edited, comes off first.
    """
    used = view.worked.used if view.worked.ever is None else view.worked.ever
    ends = [claim.last for claim in view.mine if claim.kind is ClaimKind.OVERAGE]
    all_of = periods_of(view, used, max([view.last, *used, *ends]))
    known = {(p.first, p.last): p.over - overage_taken(view, p) for p in all_of}
    too_much = sum(max(0, -left) for left in known.values())
    found = []
    for period in periods:
        left = max(0, period.over - overage_taken(view, period))
        less = min(left, too_much)
        too_much -= less
        found.append(left - less)
    return found


def overage_taken(view: AgreementView, period: LedgerPeriod) -> int:
    """The seconds beyond that live statements have taken of a period."""
    return sum(claim.seconds for claim in view.claimed(ClaimKind.OVERAGE, period.first, period.last))


def _period(
    view: AgreementView, period: LedgerPeriod, included: Sequence[Group], beyond: Beyond, over: bool
) -> FeeLines:
    """A period's fee once it has ended and the time behind it."""
    first, last = period.first, period.last
    mine = [group for group in included if first <= group.day <= last]
    claims = view.claimed(ClaimKind.PERIOD, first, last)
    ended = view.reaches(last)
    fee, use = FeeLines(), _use(period)
    left = period.fee_minor(view.client.currency) - sum(claim.minor for claim in claims)
    if ended and (left > 0 or not claims):
        stated = (view.line((first, last), left, use=use),) if left > 0 else ()
        fee = FeeLines(stated, (), (view.claim(ClaimKind.PERIOD, "", first, last, minor=max(0, left)),))
    # Work that was cut for another period is taken with it, so what is left of it is shown too.
    shown = mine if ended or claims or over else [group for group in mine if beyond.within(group) != group.seconds]
    lines = included_lines(view.client, shown, beyond, None if fee.lines else use)
    return fee + FeeLines(lines, included=tuple(shown))


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


def fixed_account(view: AgreementView, contract: Contract, until: date | None) -> FeeAccount:
    """The parts of a version of a fixed fee with what live statements have taken of them."""
    claims = view.claimed_of(contract, ClaimKind.PART, ClaimKind.CHANGE)
    rest = {change.title: minor_units(change.fee, view.client.currency) for change in contract.changes}
    for claim in view.mine:  # a change order that is listed again was partly billed under the version before
        if claim.kind is ClaimKind.CHANGE and claim not in claims and claim.item in rest:
            rest[claim.item] -= claim.minor
    parts = []
    for part in parts_of(contract, view.client.currency, until):
        if part.kind is ClaimKind.CHANGE:
            part = replace(part, minor=min(part.minor, max(0, rest[part.title])))
            rest[part.title] -= part.minor
        parts.append(part)
    return account(parts, claims)


def _fixed(view: AgreementView, contract: Contract, until: date | None, *, work: bool) -> FeeLines:
    """What fell due of a fixed fee, and the time behind it."""
    owed = fixed_account(view, contract, until)
    bills = owed.bills(part for part in owed.parts if view.reaches(part.day))
    if not bills and not _stated(view, contract, until, owed):
        return FeeLines()
    mine = [group for group in view.worked.included if work and holds(group.day, contract, until)]
    hours = sum(seconds for day, seconds in view.worked.used.items() if holds(day, contract, until))
    allowed = budget(contract, view.last)
    use = PeriodUse(included=allowed, used=hours, over=max(0, hours - allowed))
    lines = tuple(
        view.line((part.day, part.day), minor, part.title, use if n == 0 else None)
        for n, (part, minor) in enumerate(bills)
    )
    claims = tuple(view.claim(part.kind, part.item, part.day, part.day, minor=minor) for part, minor in bills)
    included = included_lines(view.client, mine, Beyond(), None if lines else use)
    return FeeLines(lines + included, (), claims, tuple(mine))


def _stated(view: AgreementView, contract: Contract, until: date | None, owed: FeeAccount) -> bool:
    """Whether live statements have taken all there is of a fixed fee, or another version has taken its place."""
    if until is not None and until <= view.last:
        return True
    accepted = all(part.accepted for part in contract.deliverables) and bool(owed.parts)
    return accepted and owed.settled
