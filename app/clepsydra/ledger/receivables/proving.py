"""Prove law 16 on a live log: a receipt is the sum of what it pays and the client's credit, and nothing pays too much.

Everything is added up here from the rows of receipts and allocations; no sum of the database is believed.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from clepsydra.domain.allocation import MONEY, AllocationKind
from clepsydra.language.message import message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import document_checks, documents, receipts
from clepsydra.store.receipts import Allocated, ReceiptRow

LAW = 16


class Owing(NamedTuple):
    """What may be closed of a document or a statement, in minor units; `takes` nothing at all when it is answered."""

    number: str
    minor: int
    takes: bool


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Every breach of law 16."""
    rows = receipts.select(ledger.db)
    known = {row.id: row for row in rows}
    closed = receipts.allocations(ledger.db)
    yield from _receipts(rows, closed)
    yield from _clients(known, closed)
    yield from _debts(ledger, closed)
    yield from _crossings(known, closed)
    yield from _plans(ledger)


def _receipts(rows: list[ReceiptRow], closed: list[Allocated]) -> Iterator[Breach]:
    taken: dict[str | None, int] = defaultdict(int)
    for each in closed:
        taken[each.receipt] += each.taken_minor
    credit: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        left = row.minor - taken.pop(row.id, 0)
        credit[row.client, row.currency] += left
        if not min(0, row.minor) <= left <= max(0, row.minor):
            yield Breach(
                LAW, message("receipt {receipt}: it is not the sum of what it pays and what is left", receipt=row.id)
            )
    for (client, _), left in credit.items():
        if left < 0:
            yield Breach(LAW, message("{client} was paid back more than there was credit", client=client))
    if taken.pop(None, 0):
        yield Breach(LAW, message("money was allocated that no receipt brought in"))
    for receipt in taken:
        yield Breach(LAW, message("receipt {receipt} is not there, but pays something", receipt=str(receipt)))


def _clients(known: dict[str, ReceiptRow], closed: list[Allocated]) -> Iterator[Breach]:
    for each in closed:
        row = known.get(each.receipt or "")
        if row is not None and row.client != each.client:
            yield Breach(
                LAW,
                message(
                    "receipt {receipt} of {client} pays {number} of another client",
                    receipt=row.id,
                    client=row.client,
                    number=each.number,
                ),
            )


def _owing(ledger: Ledger) -> dict[str, Owing]:
    """What each document and statement may have closed of it, by its id."""
    credited: dict[str, int] = defaultdict(int)
    for preceding, minor in document_checks.credits(ledger.db):
        credited[preceding] += minor
    found = {}
    for each in documents.page(ledger.db):
        takes = each.kind != "credit" and each.state == "issued"
        found[each.id] = Owing(each.number, max(0, each.payable_minor - credited[each.id]), takes)
    invoiced = set(document_checks.invoiced_statements(ledger.db))
    for id_, number, state, minor in document_checks.statements_asked(ledger.db):
        found[id_] = Owing(number, max(0, minor), state == "issued" and id_ not in invoiced)
    return found


def _debts(ledger: Ledger, closed: list[Allocated]) -> Iterator[Breach]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in closed:
        sums[each.debt]["payment" if each.kind in MONEY else each.kind] += each.minor
    owing = _owing(ledger) if sums else {}
    for debt, kinds in sums.items():
        number, most, takes = owing.get(debt, Owing(debt, 0, False))
        if not 0 <= sum(kinds.values()) <= (most if takes else 0):
            yield Breach(LAW, message("{number}: what pays it is below zero or above what it asks", number=number))
        for kind, minor in kinds.items():
            if minor < 0:
                yield Breach(
                    LAW, message("{number}: more was taken back of its {kind} than there was", number=number, kind=kind)
                )


def _crossings(known: dict[str, ReceiptRow], closed: list[Allocated]) -> Iterator[Breach]:
    told = {(each.receipt, each.debt) for each in closed if each.kind == AllocationKind.FX}
    for each in closed:
        row = known.get(each.receipt or "")
        if row is None or each.kind not in MONEY:
            continue
        if row.currency == each.currency and each.minor != each.taken_minor:
            yield Breach(
                LAW,
                message(
                    "receipt {receipt} takes another amount than it pays of {number}",
                    receipt=row.id,
                    number=each.number,
                ),
            )
        if row.currency != each.currency and (each.receipt, each.debt) not in told:
            yield Breach(
                LAW,
                message(
                    "receipt {receipt} pays {number} in another currency without an exchange",
                    receipt=row.id,
                    number=each.number,
                ),
            )


def _plans(ledger: Ledger) -> Iterator[Breach]:
    plans = receipts.plans(ledger.db)
    asked = {each.id: (each.number, each.payable_minor) for each in documents.page(ledger.db)} if plans else {}
    if plans:
        asked |= {id_: (number, minor) for id_, number, _, minor in document_checks.statements_asked(ledger.db)}
    for debt, parts in plans.items():
        number, most = asked.get(debt, (debt, 0))
        if sum(minor for _, minor in parts) > most:
            yield Breach(LAW, message("the plan of {number} asks for more than {number} does", number=number))
