"""Caps: the hours of a contract in all, up to its cap, less what live statements have asked for them (law 6).

Example: a cap of 250.00, 300.00 worked and billed with 50.00 taken off, 100.00 more with all of it taken off. However
many of those statements are voided and issued again, live ones ask 250.00; raised to 320.00, the next gives back 70.00.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from clepsydra.domain.agreement import Contract, by_the_hour
from clepsydra.domain.agreement_view import AgreementView, FeeLines, holds
from clepsydra.domain.billing import Group
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.fee_lines import cap_line
from clepsydra.domain.money import half_up, minor_units, share
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.statement_lines import priced, total


@dataclass(frozen=True, slots=True)
class CapAccount:
    """The hours of a contract by the hour in minor units.

    `billed` is what live statements billed of them before the cap took anything off, `taken_off` what it took off.
    """

    cap: int | None
    billed: int
    taken_off: int

    @property
    def asked(self) -> int:
        """What live statements ask for them in all."""
        return self.billed - self.taken_off

    @property
    def over(self) -> int:
        """What they ask beyond the cap."""
        return 0 if self.cap is None else max(0, self.asked - self.cap)

    def change(self, hours: int) -> int:
        """What a statement that bills so much more for hours takes off (below zero), or gives back of a raised cap."""
        owed = self.billed + hours if self.cap is None else min(self.cap, self.billed + hours)
        return max(0, owed - self.asked) - hours


def cap_account(view: AgreementView, contract: Contract, until: date | None) -> CapAccount:
    """What a version's hours have come to on live statements, and its cap."""
    cap = None if contract.cap is None else minor_units(contract.cap, view.client.currency)
    billed = sum(minor for day, minor in view.worked.billed.items() if holds(day, contract, until))
    return CapAccount(cap, billed, -sum(claim.minor for claim in view.claimed_of(contract, ClaimKind.CAP)))


def capped(view: AgreementView, contract: Contract, until: date | None) -> FeeLines:
    """What the hours of this statement bill beyond the cap, taken off in one line; or what a raised cap gives back."""
    owed = cap_account(view, contract, until)
    if owed.cap is None and not owed.taken_off:
        return FeeLines()
    mine = [group for group in view.worked.billable if holds(group.day, contract, until)]
    hours = total(mine, view.client).billed_minor
    change = owed.change(hours)
    if not change:
        return FeeLines()
    last = min(view.last, contract.ends or view.last)
    days = (mine[0].day, mine[-1].day) if mine else (max(contract.since, last),) * 2
    seconds, ids = _beyond_cap(mine, -change)
    line = cap_line(view.client, view.project or DEFAULT_PROJECT, days, change, ids)
    return FeeLines((line,), (), (view.claim(ClaimKind.CAP, "", *days, seconds, change),))


def beyond_by_day(view: AgreementView) -> tuple[Mapping[date, int], Mapping[date, int]]:
    """What caps take off the hours of each day in minor units: of open work, and of what live statements billed.

    A cap is used up in the order of days, so that parts of the work add up to the whole: of 1,000.00 at 100.00 an hour,
    10 h of October leave nothing for 6 h of November. What a raised cap gives back is less than nothing taken off, on
    the days of the work that it was taken off.
    """
    still: dict[date, int] = {}
    before: dict[date, int] = {}
    for contract, until in view.versions(by_the_hour):
        if contract.cap is not None:
            owed = cap_account(view, contract, until)
            mine = [group for group in view.worked.billable if holds(group.day, contract, until)]
            change = owed.change(total(mine, view.client).billed_minor)
            billed = {day: minor for day, minor in view.worked.billed.items() if holds(day, contract, until)}
            taken = _off_latest(billed, owed.taken_off)
            before |= taken
            if change < 0:
                still |= _off_latest(_by_day(mine), -change)
            elif change:
                left = _off_latest(billed, owed.taken_off - change)
                still |= {day: left.get(day, 0) - off for day, off in taken.items() if off != left.get(day)}
    return still, before


def _by_day(groups: Iterable[Group]) -> dict[date, int]:
    """What groups come to on each of their days, by its time."""
    found: dict[date, int] = {}
    for group in groups:
        weights = [piece.span.seconds for piece in group.pieces]
        if not any(weights):  # an agreed time for work of no length
            weights = [1] * len(weights)
        parts = share(priced([group]).billed_minor, weights)
        for piece, minor in zip(group.pieces, parts, strict=True):
            found[piece.day] = found.get(piece.day, 0) + minor
    return found


def _off_latest(worth: Mapping[date, int], off: int) -> dict[date, int]:
    """What an amount takes off each day, the latest first; an odd cent of lines over several days off the first."""
    found: dict[date, int] = {}
    for day in sorted(worth, reverse=True):
        taken = min(off, worth[day])
        if taken > 0:
            found[day] = taken
            off -= taken
    if worth and off > 0:
        found[min(worth)] = found.get(min(worth), 0) + off
    return found


def _beyond_cap(groups: list[Group], off: int) -> tuple[int, tuple[str, ...]]:
    """The billed seconds that an amount taken off stands for, and whose work it is: the latest."""
    seconds, ids = 0, dict[str, None]()
    for group in reversed(groups):
        worth = priced([group]).billed_minor
        taken = min(max(0, off), worth)
        off -= taken
        if taken:
            ids |= dict.fromkeys(piece.session.id for piece in group.pieces)
            seconds += half_up(Fraction(group.seconds.billed * taken, worth))
    return seconds, tuple(ids)
