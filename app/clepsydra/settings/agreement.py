"""From `[contract]` to dated contracts."""

from datetime import date
from decimal import Decimal

from clepsydra.domain.agreement import (
    KINDS,
    Burn,
    Carry,
    ChangeOrder,
    Contract,
    ContractKind,
    ContractPeriod,
    Deliverable,
    TopUp,
)
from clepsydra.settings import times, values
from clepsydra.settings.pricing import same_day, since
from clepsydra.settings.problems import Expected, ProblemKind
from clepsydra.settings.toml_document import TomlTable, shown

_KEYS = frozenset[str]().union(*(facts.keys for facts in KINDS.values()))
_READERS = {"included": times.hours_of_work, "fee": values.money}


def read_contracts(table: TomlTable) -> tuple[Contract, ...]:
    """The contracts of a client or project, in the order of their dates."""
    contracts: list[Contract] = []
    for entry in table.tables("contract", single=True):
        contract = _contract(entry)
        entry.done()
        if any(contract.since == other.since for other in contracts):
            same_day(entry, contract.since)
        contracts.append(contract)
    return tuple(sorted(contracts, key=lambda contract: contract.since))


def _contract(table: TomlTable) -> Contract:
    default = Contract(date.min)
    contract = Contract(
        since=since(table),
        kind=table.take("type", values.one_of(ContractKind), ContractKind.HOURLY, required=True),
        period=table.take("period", values.one_of(ContractPeriod), ContractPeriod.MONTH),
        included=_included(table),
        fee=table.take("fee", values.money, Decimal(0)),
        carry=_carry(table),
        borrow=table.take("borrow", times.hours_of_work, 0),
        overage_hourly=table.take("overage_hourly", values.money, None),
        burn=table.take("burn", values.one_of(Burn), Burn.BILLED),
        cap=table.take("cap", values.money, None),
        ends=table.take("ends", times.day, None),
        estimate=table.take("estimate", times.hours_of_work, None),
        alerts=tuple(sorted(table.take("alerts", values.list_of(values.positive), default.alerts))),
        top_ups=_top_ups(table),
        deliverables=_deliverables(table),
        changes=_changes(table),
        billed_until=table.take("billed_until", times.day, None),
    )
    _check(table, contract)
    return contract


def _check(table: TomlTable, contract: Contract) -> None:
    """Note what a kind of contract needs and misses, and what it has no use for."""
    name = f'type = "{contract.kind}"'
    facts = KINDS[contract.kind]
    for one_of in facts.needs:
        if not table.values.keys() & set(one_of):
            table.missing(one_of[0], _READERS[one_of[0]], other=name)
    if "type" in table:
        table.unused(_KEYS - facts.keys, other=name)
    if contract.ends and contract.ends < contract.since:
        table.clash("ends", Expected.NOT_BEFORE_FROM)


def _included(table: TomlTable) -> int:
    """Included time, which a fixed fee calls its budget; both words are taken for both."""
    included = table.take("included", times.hours_of_work, 0)
    budget = table.take("budget", times.hours_of_work, 0)
    if "included" in table and "budget" in table:
        table.clash("budget", Expected.ONE_OF_BOTH)
    return budget if "budget" in table else included


def _carry(table: TomlTable) -> Carry | None:
    carry = table.table("carry")
    cap = carry.take("cap", times.hours_of_work, None)
    expires = carry.take("expires", times.months, None)
    carry.done()
    return Carry(cap, expires) if "carry" in table else None


def _top_ups(table: TomlTable) -> tuple[TopUp, ...]:
    top_ups = []
    for entry in table.tables("top_ups"):
        day = entry.take("day", times.day, date.min, required=True)
        top_ups.append(TopUp(day, entry.take("included", times.hours_of_work, 0, required=True)))
        entry.done()
    return tuple(sorted(top_ups, key=lambda top_up: top_up.day))


def _deliverables(table: TomlTable) -> tuple[Deliverable, ...]:
    deliverables = []
    for entry in table.tables("deliverables"):
        deliverables.append(
            Deliverable(
                name=entry.take("name", values.filled, "", required=True),
                weight=entry.take("weight", values.positive, Decimal(1), required=True),
                accepted=entry.take("accepted", times.day, None),
                id=entry.take("id", values.filled, ""),
            )
        )
        entry.done()
        if any(deliverables[-1].identity == other.identity for other in deliverables[:-1]):
            key = "id" if "id" in entry else "name"
            entry.note(
                ProblemKind.DUPLICATE, key, found=shown(deliverables[-1].identity), other="[[contract.deliverables]]"
            )
    return tuple(deliverables)


def _changes(table: TomlTable) -> tuple[ChangeOrder, ...]:
    changes = []
    for entry in table.tables("changes"):
        changes.append(
            ChangeOrder(
                title=entry.take("title", values.filled, "", required=True),
                accepted=entry.take("accepted", times.day, date.min, required=True),
                seconds=entry.take("hours", times.hours_of_work, 0),
                fee=entry.take("fee", values.money, Decimal(0)),
            )
        )
        entry.done()
    return tuple(sorted(changes, key=lambda change: change.accepted))
