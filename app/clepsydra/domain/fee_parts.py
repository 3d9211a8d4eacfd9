"""What of a fixed fee is owed, part by part, and what live statements have taken of it (law 6).

Every part has a day on which it falls due: a deliverable on its acceptance, a change order with each deliverable (or on
its own acceptance, whichever is later), a fee without deliverables on the contract's last day. A statement bills what
is left of the parts due in its period, less what statements have taken beyond what their parts are worth now. So
however the parts are edited, issued, voided and issued again, the sum of live statements is the sum of the parts.

Example: 1000.00 for A and B of equal weight, A billed with 500.00; then C is added with the weight of both. A is worth
250.00 now, so B and C bring 250.00 and 500.00 less 250.00: in all 1000.00.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from clepsydra.domain.agreement import ChangeOrder, Contract
from clepsydra.domain.claims import Claim, ClaimKind
from clepsydra.domain.money import half_up, minor_units, share
from clepsydra.domain.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class FeePart:
    """A part of a fixed fee: its identity among claims, its title, the day it falls due, its worth and what was taken.

    Amounts are minor units.
    """

    kind: ClaimKind
    item: str
    title: str
    day: date
    minor: int
    taken: int = 0

    @property
    def left(self) -> int:
        """What is still to be billed of it; below zero where more was taken than it is worth now."""
        return self.minor - self.taken


def parts_of(contract: Contract, currency: str, until: date | None) -> list[FeePart]:
    """The parts that have a day to fall due on while a version holds, in order of their days.

    `until` is the day the next version holds from; what falls due from then on, or fell due before, is another's.
    """
    found = [*_deliverables(contract, currency), *_changes(contract, currency)]
    held = [part for part in found if contract.since <= part.day and (until is None or part.day < until)]
    return sorted(held, key=lambda part: part.day)


def _deliverables(contract: Contract, currency: str) -> Iterable[FeePart]:
    whole = minor_units(contract.fee, currency)
    if not contract.deliverables:
        if contract.ends is not None:
            yield FeePart(ClaimKind.PART, "", "", contract.ends, whole)
        return
    weights = [half_up(Fraction(part.weight) * 10**6) for part in contract.deliverables]
    for part, minor in zip(contract.deliverables, share(whole, weights), strict=True):
        if part.accepted:
            yield FeePart(ClaimKind.PART, part.identity, part.name, part.accepted, minor)


def _changes(contract: Contract, currency: str) -> Iterable[FeePart]:
    """A change order in the parts that the deliverables make of it, so that at any progress it is M(progress x fee)."""
    for change in contract.changes:
        before, done, fee = 0, Fraction(0), minor_units(change.fee, currency)
        for day, progress in _steps(contract, change):
            done += progress
            upto = half_up(done * fee)
            yield FeePart(ClaimKind.CHANGE, change.title, change.title, day, upto - before)
            before = upto


def _steps(contract: Contract, change: ChangeOrder) -> list[tuple[date, Fraction]]:
    """The days on which a change order falls due, and the share of it."""
    if not contract.deliverables:
        return [] if contract.ends is None else [(max(contract.ends, change.accepted), Fraction(1))]
    whole = sum(Fraction(part.weight) for part in contract.deliverables)
    found: dict[date, Fraction] = {}
    for part in contract.deliverables:
        if part.accepted and whole:
            day = max(part.accepted, change.accepted)
            found[day] = found.get(day, Fraction(0)) + Fraction(part.weight) / whole
    return sorted(found.items())


@dataclass(frozen=True, slots=True)
class FeeAccount:
    """The parts of one version with what was taken of each, and what was taken of none that there is now."""

    parts: tuple[FeePart, ...]
    stray: tuple[Claim, ...]

    @property
    def over(self) -> int:
        """Minor units that statements have taken beyond what their parts are worth now."""
        return sum(max(0, -part.left) for part in self.parts) + sum(claim.minor for claim in self.stray)

    @property
    def settled(self) -> bool:
        """Whether nothing more can come of the parts that have fallen due."""
        return sum(max(0, part.left) for part in self.parts) <= self.over

    def bills(self, due: Iterable[FeePart]) -> list[tuple[FeePart, int]]:
        """What a statement bills of the parts due in its period, those due first giving what was taken too much."""
        over, found = self.over, []
        for part in due:
            less = min(over, max(0, part.left))
            over -= less
            if part.left > less:
                found.append((part, part.left - less))
        return found


def account(parts: Sequence[FeePart], claims: Sequence[Claim]) -> FeeAccount:
    """Find the parts that claims have taken: by identity, and for one that was renamed by the day it fell due."""
    left, rows = list(claims), list(parts)
    for alike in (_same, _renamed):
        for n, part in enumerate(rows):
            if alike is _renamed and part.taken:
                continue
            mine = [claim for claim in left if alike(part, claim)]
            rows[n] = replace(part, taken=part.taken + sum(claim.minor for claim in mine))
            left = [claim for claim in left if claim not in mine]
    return FeeAccount(tuple(rows), tuple(left))


def _same(part: FeePart, claim: Claim) -> bool:
    named = part.kind is claim.kind and claim.item in (part.item, part.title)
    return named and (part.kind is ClaimKind.PART or part.day == claim.first)


def _renamed(part: FeePart, claim: Claim) -> bool:
    return part.kind is claim.kind and part.day == claim.first
