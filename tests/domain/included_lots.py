"""A simulation that knows days and lots, and nothing of frames."""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import floor

from clepsydra.domain.agreement import Contract, ContractKind, ContractPeriod

START = date(2026, 1, 1)


def is_begin(day: date, period: ContractPeriod) -> bool:
    if period is ContractPeriod.WEEK:
        return day.isoweekday() == 1
    return day.day == 1 and day.month in {
        ContractPeriod.MONTH: range(1, 13),
        ContractPeriod.QUARTER: (1, 4, 7, 10),
        ContractPeriod.YEAR: (1,),
    }.get(period, ())


@cache
def begin_of(day: date, period: ContractPeriod) -> date:
    while not is_begin(day, period):
        day -= timedelta(days=1)
    return day


@cache
def following(day: date, period: ContractPeriod) -> date:
    day += timedelta(days=1)
    while not is_begin(day, period):
        day += timedelta(days=1)
    return day


def spell(day: date, period: ContractPeriod) -> tuple[date, date]:
    return begin_of(day, period), following(day, period)


def version_on(contracts: list[Contract], day: date) -> Contract | None:
    begun = [c for c in contracts if c.since <= day]
    if not begun or begun[-1].kind is not ContractKind.RETAINER:
        return None
    return begun[-1] if begun[-1].ends is None or day <= begun[-1].ends else None


def runs_of_days(contracts: list[Contract], horizon: date) -> list[list[tuple[date, Contract]]]:
    """The days that retainers held, cut where the calendar's period, the chain of versions or a contract ends."""
    runs: list[list[tuple[date, Contract]]] = []
    for day in (START + timedelta(days=n) for n in range((horizon - START).days)):
        contract = version_on(contracts, day)
        if contract is None:
            continue
        eve, old = runs[-1][-1] if runs else (date.min, contract)
        unbroken = eve + timedelta(days=1) == day and eve != old.ends
        if unbroken and spell(eve, old.period) == spell(day, contract.period):
            runs[-1].append((day, contract))
        else:
            runs.append([(day, contract)])
    return runs


def death(terms: Contract, ends: date) -> date:
    if terms.carry is None:
        return ends
    if terms.carry.expires_months is None:
        return date.max
    for _ in range(terms.carry.expires_months):
        ends = following(ends, ContractPeriod.MONTH)  # months and longer begin on a first
    return ends


def simulate(contracts: list[Contract], used: dict[date, int], horizon: date) -> list[dict[str, int]]:
    """Each period's figures: lots are `[first day gone, bought, number, seconds]`, taken in that order."""
    lots: list[list] = []
    debt, seen, out = 0, date.min, []
    for index, run in enumerate(runs_of_days(contracts, horizon)):
        terms = run[-1][1]
        begins, ends = spell(run[0][0], terms.period)
        included = sum(
            floor(Fraction(c.included * sum(o is c for _, o in run), (ends - begins).days) + Fraction(1, 2))
            for c in contracts
        )
        repaid = min(debt, included)
        lots = [lot for lot in lots if lot[0] > run[0][0]]
        carried_in = sum(lot[3] for lot in lots)
        lots.append([death(terms, ends), 0, index, included - repaid])
        topped = sum(t.seconds for c in contracts for t in c.top_ups if seen <= t.day <= run[-1][0])
        seen = run[-1][0] + timedelta(days=1)
        lots.append([date.max, 1, index, topped])
        unmet = 0
        for day, _ in run:
            want = used.get(day, 0)
            for lot in sorted(lots):
                if day < lot[0]:
                    got = min(want, lot[3])
                    lot[3] -= got
                    want -= got
            unmet += want
        before = sum(lot[3] for lot in lots)
        lots = [lot for lot in lots if lot[0] > seen]
        cap = terms.carry.cap if terms.carry else 0
        if cap is not None:
            room = cap
            for lot in sorted((x for x in lots if not x[1]), reverse=True):  # the longest-lived stay
                lot[3] = min(lot[3], room)
                room -= lot[3]
        borrowed = min(unmet, max(0, terms.borrow - (debt - repaid)))
        debt += borrowed - repaid
        left = sum(lot[3] for lot in lots)
        out.append(
            {
                "included": included,
                "carried_in": carried_in,
                "topped_up": topped,
                "repaid": repaid,
                "used": sum(used.get(day, 0) for day, _ in run),
                "borrowed": borrowed,
                "over": unmet - borrowed,
                "expired": before - left,
                "carried_out": left,
                "owed": debt,
            }
        )
    return out
