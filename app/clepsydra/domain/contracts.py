"""Contracts that count: the hours of a retainer as dated lots, and how far any contract is used up.

Included time is granted per period as a lot. Work takes from the lot that dies first; what is left at the end of a
period is carried on, as far as the carry allows, and dies on its own date. Top-ups were bought, so they neither die
nor count against the cap. For each period

    included + carried_in + topped_up - repaid + borrowed + over = used + expired + carried_out
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from operator import itemgetter

from clepsydra.domain.agreement import Contract, TopUp
from clepsydra.domain.money import minor_units
from clepsydra.domain.periods import ONE_DAY, Frame, frames, months_after
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.terms import holding

UsedByDay = Mapping[date, int]
"""Seconds of work in scope by civil day, exact or billed as the contract's `burn` says."""


@dataclass(frozen=True, slots=True)
class LedgerPeriod:
    """One period of a retainer, in seconds; `last` is inclusive, `contract` holds on that day.

    `borrowed` was taken from periods to come and is `repaid` out of their included time; `owed` is what is still to be
    repaid at the end. `over` is beyond all of that. Of a period that still runs, `expired` and `carried_out` say what
    they would be if no more were used.
    """

    first: date
    last: date
    contract: Contract
    fee: Fraction
    included: int
    carried_in: int
    topped_up: int
    repaid: int
    used: int
    borrowed: int
    over: int
    expired: int
    carried_out: int
    owed: int

    @property
    def available(self) -> int:
        """What may be used without overage or borrowing."""
        return self.included - self.repaid + self.carried_in + self.topped_up

    def fee_minor(self, currency: str) -> int:
        """The period's fee in minor units, half up."""
        return minor_units(self.fee, currency)


@dataclass(slots=True)
class _Lot:
    """Included time still to be used; `dies` is the first day it is gone, None for never."""

    seconds: int
    dies: date | None
    bought: bool = False

    @property
    def order(self) -> tuple[date, bool]:
        return (self.dies or date.max, self.bought)


@dataclass(slots=True)
class _Bank:
    """The lots alive, those that die first in front; of the same date the older ones, and bought ones last."""

    lots: list[_Lot] = field(default_factory=list)

    @property
    def seconds(self) -> int:
        return sum(lot.seconds for lot in self.lots)

    def put(self, lot: _Lot) -> None:
        self.lots = sorted([*self.lots, lot], key=lambda lot: lot.order)

    def take(self, day: date, seconds: int) -> int:
        """Use up `seconds` of what is alive on that day; returns what could not be met."""
        for lot in self.lots:
            if lot.dies is None or day < lot.dies:
                taken = min(seconds, lot.seconds)
                lot.seconds -= taken
                seconds -= taken
        return seconds

    def close(self, before: date, cap: int | None) -> int:
        """Let go what is dead on `before`, then what the cap does not allow; returns what is lost.

        The cap lets go first what would die first, which leaves the client the most.
        """
        held = self.seconds
        self.lots = [lot for lot in self.lots if lot.seconds and (lot.dies is None or lot.dies > before)]
        excess = 0 if cap is None else sum(lot.seconds for lot in self.lots if not lot.bought) - cap
        for lot in self.lots:
            if excess > 0 and not lot.bought:
                cut = min(excess, lot.seconds)
                lot.seconds -= cut
                excess -= cut
        return held - self.seconds


def _dies(frame: Frame) -> date | None:
    carry = frame.contract.carry
    if carry is None:
        return frame.ends
    return None if carry.expires_months is None else months_after(frame.ends, carry.expires_months)


def ledger_of_periods(
    contracts: Sequence[Contract], used: UsedByDay, today: date, begins: date = date.min
) -> tuple[LedgerPeriod, ...]:
    """Every period of the retainers among a client's or project's dated contracts, up to the one around `today`.

    A version of the contract added later leaves the periods before it as they were. Periods that ended before `begins`
    are left out with all that was carried on from them or bought in them: nothing is known of their work.
    """
    bank, owed, counted, in_order = _Bank(), 0, date.min, sorted(used.items())
    top_ups = [top_up for contract in contracts for top_up in contract.top_ups]
    periods = []
    for frame in takewhile(lambda frame: frame.first <= today, frames(contracts)):
        bought = sum(t.seconds for t in _between(top_ups, counted, min(frame.last, today)))
        counted = frame.last + ONE_DAY
        if frame.last < begins:
            continue
        period, owed = _settle(frame, bank, bought, owed, _in_frame(in_order, frame))
        periods.append(period)
    return tuple(periods)


def _between(top_ups: Iterable[TopUp], first: date, last: date) -> list[TopUp]:
    """Top-ups of those days: one is there for its whole period, since it is often bought once work has overrun."""
    return [top_up for top_up in top_ups if first <= top_up.day <= last]


def _in_frame(used: Sequence[tuple[date, int]], frame: Frame) -> list[tuple[date, int]]:
    """What was used in a period, of what was used in all in order of days: it may be years."""
    first, end = bisect_left(used, frame.first, key=_day_of), bisect_right(used, frame.last, key=_day_of)
    return [each for each in used[first:end] if frame.holds(each[0])]


_day_of: Callable[[tuple[date, int]], date] = itemgetter(0)


def _settle(
    frame: Frame, bank: _Bank, bought: int, owed: int, used: list[tuple[date, int]]
) -> tuple[LedgerPeriod, int]:
    terms = frame.contract
    bank.close(frame.first, None)  # what died since the last period, while no contract held
    carried_in, repaid = bank.seconds, min(owed, frame.included)
    bank.put(_Lot(frame.included - repaid, _dies(frame)))
    bank.put(_Lot(bought, None, bought=True))
    unmet = sum(bank.take(day, seconds) for day, seconds in used)
    borrowed = min(unmet, max(0, terms.borrow - (owed - repaid)))
    owed += borrowed - repaid
    expired = bank.close(frame.last + ONE_DAY, terms.carry.cap if terms.carry else 0)
    period = LedgerPeriod(
        first=frame.first,
        last=frame.last,
        contract=terms,
        fee=frame.fee,
        included=frame.included,
        carried_in=carried_in,
        topped_up=bought,
        repaid=repaid,
        used=sum(seconds for _, seconds in used),
        borrowed=borrowed,
        over=unmet - borrowed,
        expired=expired,
        carried_out=bank.seconds,
        owed=owed,
    )
    return period, owed


@dataclass(frozen=True, slots=True)
class BurnState:
    """How far a contract is used up: seconds from `first` to `last` (inclusive, None: open), and what to warn of.

    `ratio` is None where nothing limits the work; `elapsed_ratio` counts whole days gone by and is None without an
    end; `level` is the highest alert reached. A function of state alone, so no alert is lost or repeated.
    """

    contract: Contract
    first: date
    last: date | None
    used: int
    available: int | None
    ratio: Fraction | None
    elapsed_ratio: Fraction | None
    level: Decimal | None
    over: int


def alert_level(ratio: Fraction | None, alerts: Iterable[Decimal]) -> Decimal | None:
    """The highest of the alert thresholds that `ratio` has reached."""
    return max((alert for alert in alerts if ratio is not None and ratio >= Fraction(alert)), default=None)


def burn(
    contracts: Sequence[Contract],
    used: UsedByDay,
    today: date,
    spent: Decimal = Decimal(0),
    begins: date = date.min,
) -> BurnState | None:
    """How far the contract that holds `today` is used up, of any kind; None without one.

    `contracts` are a client's or project's dated versions. `spent` is what was billed under an hourly contract, in
    major units, for its cap; where it has an estimate too, the one further gone counts. `begins` is as in
    `ledger_of_periods`.
    """
    contract = holding(contracts, today)
    if contract is None or contract.over(today):
        return None
    if contract.periodic:
        measured = _in_period(ledger_of_periods(contracts, used, today, min(begins, today))[-1])
    else:
        measured = _in_all(contract, used, today)
    first, last, hours, available, over = measured
    ratios = [Fraction(hours, available)] if available else []
    if contract.cap:
        ratios.append(Fraction(spent) / Fraction(contract.cap))
    if (available == 0 and hours) or (contract.cap == 0 and spent):  # nothing was agreed: any work is past every limit
        ratios.append(max(map(Fraction, contract.alerts), default=Fraction(1)))
    ratio = max(ratios, default=None)
    elapsed = Fraction((today - first).days, (last - first).days + 1) if last else None
    return BurnState(
        contract=contract,
        first=first,
        last=last,
        used=hours,
        available=available,
        ratio=ratio,
        elapsed_ratio=None if elapsed is None else min(elapsed, Fraction(1)),
        level=alert_level(ratio, contract.alerts),
        over=over,
    )


_Measure = tuple[date, date | None, int, int | None, int]
"""First and last day, seconds used, available and over."""


def _in_period(period: LedgerPeriod) -> _Measure:
    return period.first, period.last, period.used, period.available, period.over


def _in_all(contract: Contract, used: UsedByDay, today: date) -> _Measure:
    hours = sum(seconds for day, seconds in used.items() if contract.since <= day <= today)
    limit = budget(contract, today) if contract.whole else contract.estimate
    return contract.since, contract.ends, hours, limit, 0 if limit is None else max(0, hours - limit)


def budget(contract: Contract, day: date) -> int:
    """The hours of a fixed fee in seconds: the baseline and the change orders accepted by that day."""
    return contract.included + sum(change.seconds for change in contract.changes if change.accepted <= day)
