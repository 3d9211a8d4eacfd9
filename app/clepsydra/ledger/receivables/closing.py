"""Debts that are closed without new money: by the client's credit, a small difference, a write-off; and taken back."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from clepsydra.domain.allocation import MONEY, AllocationKind
from clepsydra.domain.money import half_up
from clepsydra.domain.receivables import Debt
from clepsydra.language import formats
from clepsydra.language.message import Message, message
from clepsydra.language.plain import storable
from clepsydra.ledger.documents import reading
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.receivables.receiving import SMALL, allocation_row, small_difference
from clepsydra.store import documents, receipts
from clepsydra.store.documents import DocumentRow
from clepsydra.store.ids import new_id
from clepsydra.store.receipts import Allocated, AllocationRow


def credit_of(ledger: Ledger, client: str, currency: str) -> int:
    """What a client has left with us in a currency."""
    return receipts.credits(ledger.db).get((client, currency), 0)


def apply(ledger: Ledger, number: str, minor: int | None = None, day: date | None = None) -> Debt:
    """Close a debt by the client's credit, as far as both reach, or by so much of it. Raises `Refused`."""
    with ledger.change("credit applied to {number}", number=number):
        debt = owing.debt(ledger, number)
        left = credit_of(ledger, debt.client, debt.currency)
        if left <= 0:
            raise Refused("{client} has no credit in {currency}", client=ledger.name_of(debt.client),
                          currency=debt.currency)  # fmt: skip
        _refuse_settled(debt)
        able = min(left, debt.open_minor)
        wanted = able if minor is None else minor
        if not 0 < wanted <= able:
            raise Refused("of the credit {amount} can be applied to {number}", number=number,
                          amount=formats.money(able, debt.currency, ledger.settings.language))  # fmt: skip
        on = _day(ledger, debt, day)
        for each in receipts.left(ledger.db, debt.client, debt.currency):
            part = min(wanted, each.left_minor)
            if part > 0:
                row = allocation_row(debt, on, AllocationKind.CREDIT, part, part, each.id)
                receipts.allocate(ledger.db, [row._replace(id=new_id(ledger.now))])
                wanted -= part
    return owing.debt(ledger, number)


def _refuse_settled(debt: Debt) -> None:
    if not debt.open_minor:
        raise Refused("nothing is open of {number}", number=debt.number)


def write_off(ledger: Ledger, number: str, reason: str, minor: int | None = None, day: date | None = None) -> Debt:
    """Give up what is open of a debt, or so much of it, with the reason. Raises `Refused`."""
    with ledger.change("written off: {number}", number=number):
        debt = owing.debt(ledger, number)
        _refuse_settled(debt)
        if not reason.strip():
            raise Refused("say why it is not paid")
        wanted = debt.open_minor if minor is None else minor
        if not 0 < wanted <= debt.open_minor:
            raise Refused("{number} has not so much open", number=number)
        _close(ledger, debt, AllocationKind.WRITEOFF, wanted, storable(reason.strip()), day)
    return owing.debt(ledger, number)


def note_on_loss(ledger: Ledger, debt: Debt) -> Message | None:
    """What to know of the tax on a bad debt, where the seller charges any."""
    seller = ledger.settings.seller
    if seller.country != "FR" or seller.regime != "normal" or debt.is_statement:
        return None
    return message("its VAT comes back only once the loss is final and shown to be so (CGI art. 272): keep the proof")


def close_difference(ledger: Ledger, number: str, day: date | None = None) -> Debt:
    """Close the cents by which a debt was paid short, up to the small difference of the settings. Raises `Refused`."""
    with ledger.change("small difference of {number}", number=number):
        debt = owing.debt(ledger, number)
        _refuse_settled(debt)
        most = small_difference(ledger, debt.currency)
        if debt.open_minor > most:
            raise Refused("{amount} is open of {number}: a small difference is at most {most}", number=number,
                          amount=formats.money(debt.open_minor, debt.currency, ledger.settings.language),
                          most=formats.money(most, debt.currency, ledger.settings.language))  # fmt: skip
        _close(ledger, debt, AllocationKind.FEE, debt.open_minor, SMALL, day)
    return owing.debt(ledger, number)


def _close(ledger: Ledger, debt: Debt, kind: AllocationKind, minor: int, why: str, day: date | None) -> None:
    row = allocation_row(debt, _day(ledger, debt, day), kind, minor, detail=why)
    receipts.allocate(ledger.db, [row._replace(id=new_id(ledger.now))])


def _day(ledger: Ledger, debt: Debt, day: date | None) -> int:
    """The day on which a debt is closed without new money: an act of the person, after the debt began and done."""
    today = reading.today_of(ledger)
    if day is not None and day > max(today, ledger.today):
        raise Refused("that day is still to come")
    if day is not None and day < debt.issued:
        raise Refused("{number} was issued on {day}: nothing of it was closed before", number=debt.number,
                      day=debt.issued.isoformat())  # fmt: skip
    return (day or max(today, debt.issued)).toordinal()


def take_back(ledger: Ledger, given: str) -> str:
    """Take back a receipt with all it closed, or what closed a debt without money; answers its id.

    `given` is the id, or how it begins or ends. Raises `Refused`.
    """
    found = receipts.ids_like(ledger.db, given) if len(given) >= 4 else []
    if len(found) != 1:
        raise Refused("no receipt has the id “{given}”, or several have", given=given)
    [(id_, whole)] = found
    with ledger.change("receipt taken back: {receipt}", receipt=id_):
        if whole:
            _refuse_paid_out(ledger, id_)
            touched = {each.debt: each.number for each in receipts.of_receipt(ledger.db, id_)}
            receipts.remove(ledger.db, id_)
            for debt, number in touched.items():
                if receipts.paid_wrongly(ledger.db, debt):
                    raise Refused("that was followed by more on {number}: take that back first", number=number)
        else:
            _refuse_come_back(ledger, id_)
            receipts.remove_allocation(ledger.db, id_)
    return id_


def _refuse_paid_out(ledger: Ledger, receipt: str) -> None:
    row = receipts.by_id(ledger.db, receipt)
    assert row is not None
    if row.left_minor > 0 and credit_of(ledger, row.client, row.currency) < row.left_minor:
        raise Refused("what was left of that receipt was paid out again: take that back first")


def _refuse_come_back(ledger: Ledger, allocation: str) -> None:
    """A write-off that money has taken back is none any more; what took it back is what keeps the sum in bounds."""
    for each in receipts.without_receipt(ledger.db, allocation):
        closed = receipts.of_debt(ledger.db, each.debt)
        same = sum(other.minor for other in closed if other.kind == each.kind and other.receipt is None)
        debt = owing.debt(ledger, each.number)
        if same - each.minor < 0 or -each.minor > debt.open_minor:
            raise Refused("that was followed by more on {number}: take that back first", number=each.number)


def give_back(ledger: Ledger, row: DocumentRow, credited_minor: int, day: date) -> None:
    """Make the client's what a credit note takes back of a document that is paid, inside the change that issues it.

    First goes what was written off, then money, the latest first, then fees, discounts and what was withheld.
    """
    standing = documents.standing(ledger.db, row.number)
    assert standing is not None
    owed = max(0, standing.payable_minor - standing.credited_minor - credited_minor)
    surplus = standing.paid_minor - owed
    if surplus <= 0:
        return
    debt = owing.debt(ledger, row.number)
    rows = list(_given_back(debt, receipts.of_debt(ledger.db, row.id), surplus, day.toordinal()))
    receipts.allocate(ledger.db, [each._replace(id=new_id(ledger.now)) for each in rows])


_Standing = dict[tuple[str | None, str], tuple[int, int, str]]
"""By receipt and kind: what closes a document, what it took of the receipt, and what is said of it."""


def _standing(closed: list[Allocated]) -> _Standing:
    """What stands of what closed a document; money paid back is taken off the money that came in, the latest first."""
    found: _Standing = {}
    for each in closed:
        minor, taken, _ = found.get((each.receipt, each.kind), (0, 0, ""))
        found[each.receipt, each.kind] = (minor + each.minor, taken + each.taken_minor, each.detail)
    for place in [place for place, (minor, _, _) in found.items() if minor < 0 and place[1] in MONEY]:
        minor, taken, _ = found.pop(place)
        for other in [other for other in reversed(found) if other[1] in MONEY and found[other][0] > 0]:
            if not minor:
                break
            has, took, detail = found[other]
            part = min(has, -minor)
            back = half_up(Fraction(taken * part, -minor))
            found[other] = (has - part, took + back, detail)
            minor, taken = minor + part, taken - back
    return found


def _given_back(debt: Debt, closed: list[Allocated], surplus: int, day: int) -> Iterator[AllocationRow]:
    standing = _standing(closed)
    latest = reversed(list(standing.items()))
    for (receipt, kind), (minor, taken, detail) in sorted(latest, key=lambda item: _turn(item[0][1])):
        part = min(surplus, minor)
        if part > 0:
            back = half_up(Fraction(taken * part, minor))
            yield allocation_row(debt, day, AllocationKind(kind), -part, -back, receipt, detail)
            surplus -= part
            if kind in MONEY:
                yield from _without_exchange(debt, standing, receipt, Fraction(part, minor), day)


def _turn(kind: str) -> int:
    """When a kind is given back: what was written off first, then money, then the rest."""
    if kind == AllocationKind.WRITEOFF:
        return 0
    return 1 if kind in MONEY else 2


def _without_exchange(
    debt: Debt, standing: _Standing, receipt: str | None, share: Fraction, day: int
) -> Iterator[AllocationRow]:
    """The same share of what the exchange and its fee made of money in another currency: what came in is left."""
    for (other, kind), (minor, taken, detail) in standing.items():
        if other == receipt and not minor and taken and kind in (AllocationKind.FX, AllocationKind.FEE):
            yield allocation_row(debt, day, AllocationKind(kind), 0, -half_up(taken * share), receipt, detail)
