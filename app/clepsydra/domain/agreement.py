"""What a contract may say: hours paid one by one, so many of them for a fee, or the whole work for a fixed one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clepsydra.domain.records import dataclass


class ContractKind(StrEnum):
    """How the work is paid."""

    HOURLY = "hourly"
    RETAINER = "retainer"
    FIXED = "fixed"


class Burn(StrEnum):
    """What consumes included time."""

    BILLED = "billed"
    EXACT = "exact"


class ContractPeriod(StrEnum):
    """How long a retainer's period lasts."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Carry:
    """Unused included time carried on: at most `cap` seconds, each lot dead `expires_months` after its period.

    None means without limit.
    """

    cap: int | None = None
    expires_months: int | None = None


@dataclass(frozen=True, slots=True)
class TopUp:
    """Included time bought in addition, from a day on, in seconds."""

    day: date
    seconds: int


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A part of fixed-fee work; its weight was fixed at the start, its value is earned on acceptance.

    `id` is what it keeps when it is renamed; without one its name is.
    """

    name: str
    weight: Decimal
    accepted: date | None = None
    id: str = ""

    @property
    def identity(self) -> str:
        """What statements know it by."""
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """An accepted change (avenant): adds hours and fee, never touches the baseline."""

    title: str
    accepted: date
    seconds: int = 0
    fee: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class KindFacts:
    """All that sets a kind of contract apart: settings, screens and reports ask this, and never which kind it is.

    `fee`: a fee covers work in scope. `periodic`: it is due for each period, with its included time. `whole`: there is
    one fee for all of it. `keys` are the settings that mean something to this kind, of those that not every kind has;
    `needs` the groups of settings of which one must be there.
    """

    fee: bool = False
    periodic: bool = False
    whole: bool = False
    keys: frozenset[str] = frozenset()
    needs: tuple[tuple[str, ...], ...] = ()


_FEE = frozenset({"included", "budget", "fee", "burn"})
_PERIODS = frozenset({"period", "carry", "borrow", "overage_hourly", "top_ups", "billed_until"})

KINDS: Mapping[ContractKind, KindFacts] = {
    ContractKind.HOURLY: KindFacts(keys=frozenset({"cap"})),
    ContractKind.RETAINER: KindFacts(fee=True, periodic=True, keys=_FEE | _PERIODS, needs=(("included", "budget"),)),
    ContractKind.FIXED: KindFacts(fee=True, whole=True, keys=_FEE | {"deliverables"}, needs=(("fee",),)),
}


@dataclass(frozen=True, slots=True)
class Contract:
    """A dated agreement; amounts are major units of the client's currency, times are seconds.

    hourly: `cap` limits what may be billed. retainer: `included` per `period` for `fee`, beyond it
    `overage_hourly` (None: the normal rate); periods that end by `billed_until` were billed elsewhere. fixed:
    `included` is the budgeted time for `fee`. `ends` is its last day.
    """

    since: date
    kind: ContractKind = ContractKind.HOURLY
    period: ContractPeriod = ContractPeriod.MONTH
    included: int = 0
    fee: Decimal = Decimal(0)
    carry: Carry | None = None
    borrow: int = 0
    overage_hourly: Decimal | None = None
    burn: Burn = Burn.BILLED
    cap: Decimal | None = None
    ends: date | None = None
    estimate: int | None = None
    alerts: tuple[Decimal, ...] = (Decimal("0.5"), Decimal("0.8"), Decimal(1))
    top_ups: tuple[TopUp, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    changes: tuple[ChangeOrder, ...] = ()
    billed_until: date | None = None

    @property
    def covers(self) -> bool:
        """Whether a fee covers work in scope."""
        return KINDS[self.kind].fee

    @property
    def periodic(self) -> bool:
        """Whether its fee is due for each period, with the time included in it."""
        return KINDS[self.kind].periodic

    @property
    def whole(self) -> bool:
        """Whether there is one fee for all of it."""
        return KINDS[self.kind].whole

    @property
    def capped(self) -> bool:
        """Whether a cap limits what its hours may bill."""
        return not self.covers and self.cap is not None

    def over(self, day: date) -> bool:
        """Whether it has ended by `day`; a fixed fee covers late work too, `ends` is only when it was due."""
        return not self.whole and self.ends is not None and day > self.ends


def by_the_hour(contract: Contract) -> bool:
    """Whether its hours are billed one by one."""
    return not contract.covers


def for_the_whole(contract: Contract) -> bool:
    """Whether it is one fee for all of it."""
    return contract.whole
