"""One agreement as a statement sees it: its contracts, its work, what live statements have taken, what is due."""

from collections.abc import Callable, Mapping
from datetime import date

from clepsydra.domain.agreement import Contract
from clepsydra.domain.billing import Group
from clepsydra.domain.claims import Claim, ClaimKind
from clepsydra.domain.contracts import UsedByDay
from clepsydra.domain.fee_lines import fee_line
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.statement import Line, PeriodUse
from clepsydra.domain.terms import Client, holding


@dataclass(frozen=True, slots=True)
class Worked:
    """What an agreement's work came to, by day.

    `used` is what it consumed up to the statement's last day, on live statements whenever it was; `ever` is the same
    with open work that comes later, None where there is none. `billed` are the minor units of hours on live statements.
    `included` and `billable` are the groups in scope that the statement can still take.
    """

    used: UsedByDay
    billed: Mapping[date, int] = field(default_factory=dict)
    included: tuple[Group, ...] = ()
    billable: tuple[Group, ...] = ()
    ever: UsedByDay | None = None


@dataclass(frozen=True, slots=True)
class FeeLines:
    """Lines, billing groups and claims that belong together on one statement; `included` are the groups of work that
    its lines show as included, whole.
    """

    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    claims: tuple[Claim, ...] = ()
    included: tuple[Group, ...] = ()

    def __add__(self, other: "FeeLines") -> "FeeLines":
        return FeeLines(
            self.lines + other.lines,
            self.groups + other.groups,
            self.claims + other.claims,
            self.included + other.included,
        )


@dataclass(frozen=True, slots=True)
class AgreementView:
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

    @property
    def mine(self) -> list[Claim]:
        """What live statements have taken of it."""
        return [claim for claim in self.taken if claim.project == (self.project or "")]

    def claimed(self, kind: ClaimKind, first: date, last: date) -> list[Claim]:
        """What live statements have taken of a stretch of days, pro rata where their periods were others."""
        return [c.within(first, last) for c in self.mine if c.touches(kind, "", first, last)]

    def claimed_of(self, contract: Contract, *kinds: ClaimKind) -> list[Claim]:
        """What live statements have taken of one version, whichever versions followed since."""
        found = [c for c in self.mine if c.kind in kinds]
        return [c for c in found if (version := holding(self.contracts, c.first)) and version.since == contract.since]

    def line(self, days: tuple[date, date], minor: int, note: str = "", use: PeriodUse | None = None) -> Line:
        """A line of its fee."""
        return fee_line(self.client, self.project or DEFAULT_PROJECT, days, minor, note, use)

    def claim(self, kind: ClaimKind, item: str, first: date, last: date, seconds: int = 0, minor: int = 0) -> Claim:
        """What this statement takes."""
        return Claim(kind, self.project or "", item, first, last, seconds, minor)

    def versions(self, of_a_kind: Callable[[Contract], bool]) -> list[tuple[Contract, date | None]]:
        """The versions that are of a kind, such as `by_the_hour`, each with the day the next one holds from."""
        following = [contract.since for contract in self.contracts[1:]]
        pairs = zip(self.contracts, [*following, None], strict=True)
        return [(contract, until) for contract, until in pairs if of_a_kind(contract)]


def holds(day: date, contract: Contract, until: date | None) -> bool:
    """Whether a version holds on a day; `until` is the day the next one holds from."""
    return contract.since <= day and (until is None or day < until)
