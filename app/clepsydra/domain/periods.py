"""The periods of a retainer: calendar weeks, months, quarters and years.

Periods follow the calendar rather than the day of signature, because statements, payments and talk about "March" do. A
period that a contract holds for in part, at its start or at its end, counts pro rata of its days.

Versions of a contract that replace each other within a period share it, each with the days it held: what was agreed for
the first half of a month and what was agreed for the second make one month, in which a busy first half is not held
against the client. A version that ended on a day of its own, or that work by the hour came after, shares nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from clepsydra.domain.agreement import Contract, ContractPeriod
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass

ONE_DAY = timedelta(days=1)
_MONTHS = {ContractPeriod.MONTH: 1, ContractPeriod.QUARTER: 3, ContractPeriod.YEAR: 12}


def add_months(day: date, months: int) -> date:
    """The first of a month, that many months on."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def months_after(day: date, months: int) -> date:
    """The same day of the month that many months on, or the last day of a shorter month."""
    first = add_months(day, months)
    return min(first + timedelta(days=day.day - 1), add_months(first, 1) - ONE_DAY)


def calendar_period(day: date, period: ContractPeriod) -> tuple[date, date]:
    """The first day of the calendar period around `day`, and the day after its last. Weeks begin on Monday."""
    if period is ContractPeriod.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=7)
    months = _MONTHS[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, add_months(first, months)


@dataclass(frozen=True, slots=True)
class Share:
    """The days of a period, `last` inclusive, for which one version of the contract held."""

    contract: Contract
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Frame:
    """One calendar period from `begins` up to, not including, `ends`, and who held it for how long."""

    begins: date
    ends: date
    shares: tuple[Share, ...]

    @property
    def first(self) -> date:
        """The first day a contract held."""
        return self.shares[0].first

    @property
    def last(self) -> date:
        """The last day a contract held."""
        return self.shares[-1].last

    @property
    def contract(self) -> Contract:
        """The terms that decide what leaves the period: those of its last day."""
        return self.shares[-1].contract

    @property
    def included(self) -> int:
        """Included seconds, each version's pro rata of its days, half up."""
        return sum(half_up(share.contract.included * self._part(share)) for share in self.shares)

    @property
    def fee(self) -> Fraction:
        """The fee in major units, exactly, each version's pro rata of its days."""
        return sum((Fraction(share.contract.fee) * self._part(share) for share in self.shares), Fraction(0))

    def holds(self, day: date) -> bool:
        """Whether a contract held on that day of it."""
        return any(share.first <= day <= share.last for share in self.shares)

    def runs_into(self, share: Share) -> bool:
        """Whether the share follows at once on a version that it replaces; one that ended by itself is settled."""
        return share.first == self.last + ONE_DAY and self.contract.ends != self.last

    def _part(self, share: Share) -> Fraction:
        return Fraction(share.days, (self.ends - self.begins).days)


def _shares(contracts: Sequence[Contract]) -> Iterator[tuple[date, date, Share]]:
    """The shares of all retainers, in order of time, with the calendar period of each; the last may never end."""
    for index, contract in enumerate(contracts):
        stops = [contract.ends] if contract.ends else []
        stops += [following.since - ONE_DAY for following in contracts[index + 1 : index + 2]]
        last = min(stops, default=date.max)
        day = contract.since
        while contract.periodic and day <= last:
            begins, ends = calendar_period(day, contract.period)
            yield begins, ends, Share(contract, day, min(last, ends - ONE_DAY))
            day = ends


def frames(contracts: Sequence[Contract]) -> Iterator[Frame]:
    """The periods of a client's or project's dated retainers, from the first on, without end unless they end."""
    current: Frame | None = None
    for begins, ends, share in _shares(contracts):
        if current and (current.begins, current.ends) == (begins, ends) and current.runs_into(share):
            current = Frame(begins, ends, (*current.shares, share))
            continue
        if current:
            yield current
        current = Frame(begins, ends, (share,))
    if current:
        yield current
