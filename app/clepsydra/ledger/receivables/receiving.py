"""Money that comes in: one change that says what it closes and why it is not what was asked.

Named debts are paid oldest due first; what is more than they ask is the client's credit. What was written off comes
back to life when money arrives for it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from clepsydra.domain.allocation import AllocationKind, closings, early_discount, exchanged
from clepsydra.domain.money import minor_units
from clepsydra.domain.receivables import Debt, DebtKind
from clepsydra.domain.records import dataclass
from clepsydra.language import formats
from clepsydra.language.plain import storable
from clepsydra.ledger.documents import reading
from clepsydra.ledger.documents.expenses import kept_proof
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.receivables.receipts import Receipt, show
from clepsydra.store import receipts
from clepsydra.store.ids import new_id
from clepsydra.store.receipts import AllocationRow, ReceiptRow

SMALL = "small difference"
"""What stands beside a fee that is only the cents by which a receipt was short."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Why what came in is not what was asked, in minor units of the money.

    `rate` is what one unit of the debt's currency is worth in the money's, which then closes `pays_minor` of the debt,
    without it all that is open. `late` takes the early discount although its days are over; `difference` closes what
    is short by a small difference; `charges_minor` of it is what being late costs, and closes nothing of the debt.
    """

    fee_minor: int = 0
    withheld_minor: int = 0
    charges_minor: int = 0
    certificate: Path | None = None
    discount: bool = False
    late: bool = False
    difference: bool = False
    rate: Decimal | None = None
    pays_minor: int | None = None


NO_GAPS = Gaps()


def receive(
    ledger: Ledger,
    minor: int,
    currency: str,
    day: date,
    numbers: Sequence[str] = (),
    *,
    client: str = "",
    method: str = "",
    bank_line: str = "",
    note: str = "",
    gaps: Gaps = NO_GAPS,
    hold: bool = False,
    in_order: bool = False,
) -> Receipt:
    """Record money received, in minor units; below zero it takes back money of one debt, or pays credit out.

    It closes the named documents and statements, else what the client owes in that currency, oldest due first, or
    `in_order` as they are named; with `hold` it closes nothing and is all the client's credit. One change, undone as
    one. Raises `Refused`, OSError.
    """
    with ledger.change("money received: {numbers}", numbers=", ".join(numbers) or client):
        named = [owing.debt(ledger, number) for number in dict.fromkeys(numbers)]
        owner = _owner(ledger, named, client)
        named = [] if hold else named
        if not named and not hold and minor > 0:
            named = [each for each in owing.debts(ledger, owner) if each.currency == currency]
        row = ReceiptRow(new_id(ledger.now), owner, day.toordinal(), minor, currency, storable(method),
                         storable(bank_line), storable(note))  # fmt: skip
        _refuse(row, named, gaps)
        if minor < 0 and not named:
            _refuse_beyond_credit(ledger, row)
        named = [_back_to_life(ledger, each, day) for each in named] if numbers else named
        if not in_order:
            named.sort(key=lambda debt: (debt.next_due, debt.number))
        rows = list(_allocations(ledger, row, named, gaps))
        receipts.add(ledger.db, row, [each._replace(id=f"{row.id}-a{n:03d}") for n, each in enumerate(rows, 1)])
    return show(ledger, row.id)


def _owner(ledger: Ledger, named: Sequence[Debt], client: str) -> str:
    """Whose money it is: of one client alone."""
    owners = {each.client for each in named} | ({client} if client else set())
    if len(owners) > 1:
        raise Refused("one receipt is of one client; these are of several: {clients}",
                      clients=", ".join(ledger.name_of(each) for each in sorted(owners)))  # fmt: skip
    if not owners:
        raise Refused("say what was paid, or by which client")
    return owners.pop()


def _refuse(row: ReceiptRow, named: Sequence[Debt], gaps: Gaps) -> None:
    """Stop what cannot be booked as one thing."""
    if row.minor == 0:
        raise Refused("nothing was received")
    if min(gaps.fee_minor, gaps.withheld_minor, gaps.charges_minor) < 0:
        raise Refused("fees, late charges and what was withheld lie above zero")
    if gaps.charges_minor:
        _refuse_charges(row, gaps)
    single = gaps.rate or gaps.withheld_minor or gaps.charges_minor or gaps.discount or (row.minor < 0 and named)
    if single and len(named) != 1:
        raise Refused("say of which one document or statement that is")
    if gaps.certificate and not gaps.withheld_minor:
        raise Refused("a certificate is of tax that was withheld: say how much")
    if gaps.pays_minor is not None and gaps.rate is None:
        raise Refused("how much of it is paid goes with a rate of exchange: it is what came in otherwise")
    others = sorted({each.currency for each in named if each.currency != row.currency})
    if others and gaps.rate is None:
        raise Refused("that is asked in {currency}: say what one unit was worth, as in --rate 0.94",
                      currency=", ".join(others))  # fmt: skip
    if gaps.rate is not None and not others:
        raise Refused("a rate is for money of another currency")
    if row.minor < 0 and (gaps.fee_minor or gaps.withheld_minor or gaps.discount or gaps.rate):
        raise Refused("what is taken back or paid out has no fee, discount or rate")


def _refuse_charges(row: ReceiptRow, gaps: Gaps) -> None:
    """Late charges are a part of what came in."""
    if gaps.charges_minor > max(0, row.minor):
        raise Refused("less came in than the late charges")
    if gaps.rate is not None:
        raise Refused("late charges are recorded in the currency of the debt, without a rate")


def _refuse_beyond_credit(ledger: Ledger, row: ReceiptRow) -> None:
    """Nothing goes back to a client beyond what was left with us."""
    left = receipts.credits(ledger.db).get((row.client, row.currency), 0)
    if left < -row.minor:
        raise Refused("{client} has a credit of {amount}: more cannot be paid out", client=ledger.name_of(row.client),
                      amount=formats.money(left, row.currency, ledger.settings.language))  # fmt: skip


def _back_to_life(ledger: Ledger, debt: Debt, day: date) -> Debt:
    """Take a write-off back, since money arrived."""
    written = [each for each in receipts.of_debt(ledger.db, debt.id)
               if each.kind == AllocationKind.WRITEOFF]  # fmt: skip
    whole = sum(each.minor for each in written)
    if not whole:
        return debt
    row = allocation_row(debt, day.toordinal(), AllocationKind.WRITEOFF, -whole, detail=written[-1].detail)
    receipts.allocate(ledger.db, [row._replace(id=new_id(ledger.now))])
    return owing.debt(ledger, debt.number)


def allocation_row(
    debt: Debt,
    day: int,
    kind: AllocationKind,
    minor: int,
    taken_minor: int = 0,
    receipt: str | None = None,
    detail: str = "",
    proof_sha: str = "",
) -> AllocationRow:
    """An allocation of a debt, without its id."""
    document, statement = (None, debt.id) if debt.is_statement else (debt.id, None)
    return AllocationRow("", receipt, document, statement, day, kind.value, minor, taken_minor, detail, proof_sha)


def money_kind(debt: Debt) -> AllocationKind:
    """What money for a debt is called."""
    return AllocationKind.DEPOSIT if debt.kind is DebtKind.DEPOSIT else AllocationKind.PAYMENT


def _allocations(ledger: Ledger, row: ReceiptRow, named: Sequence[Debt], gaps: Gaps) -> Iterator[AllocationRow]:
    """What a receipt closes, the money before the reasons of gaps."""
    if row.minor < 0:
        if named:
            yield _taken_back(ledger, row, named[0])
        return
    if gaps.rate is not None:
        yield from _exchange(ledger, row, named[0], gaps)
        return
    yield from _paid(ledger, row, named, gaps)


def _paid(ledger: Ledger, row: ReceiptRow, named: Sequence[Debt], gaps: Gaps) -> Iterator[AllocationRow]:
    """Debts closed in their order by money of their own currency."""
    opens = [each.open_minor for each in named]
    extras = list(_not_money(ledger, row, named, gaps))
    if extras:
        opens[0] -= sum(extra.minor for extra in extras)
    try:
        found, _ = closings(row.minor - gaps.charges_minor, gaps.fee_minor, opens)
    except ValueError:
        raise Refused("the fee is above what is open") from None
    for each in found:
        debt = named[each.index]
        opens[each.index] -= each.money_minor + each.fee_minor
        if each.money_minor:
            yield allocation_row(debt, row.day, money_kind(debt), each.money_minor, each.money_minor, row.id)
        if each.fee_minor:
            yield allocation_row(debt, row.day, AllocationKind.FEE, each.fee_minor, receipt=row.id)
    yield from extras
    if gaps.difference and named and 0 < opens[-1] <= small_difference(ledger, row.currency):
        yield allocation_row(named[-1], row.day, AllocationKind.FEE, opens[-1], receipt=row.id, detail=SMALL)


def small_difference(ledger: Ledger, currency: str) -> int:
    """Up to how many minor units a receipt may be short, to be closed with one key."""
    return minor_units(ledger.settings.invoice.small_difference, currency)


def _taken_back(ledger: Ledger, row: ReceiptRow, debt: Debt) -> AllocationRow:
    """What a receipt below zero takes off the money of a debt."""
    paid = [each for each in receipts.of_debt(ledger.db, debt.id) if each.taken_minor]
    if sum(each.taken_minor for each in paid) < -row.minor:
        raise Refused("not so much was paid of {number}", number=debt.number)
    return allocation_row(debt, row.day, money_kind(debt), row.minor, row.minor, row.id)


def _not_money(ledger: Ledger, row: ReceiptRow, named: Sequence[Debt], gaps: Gaps) -> Iterator[AllocationRow]:
    """Early discount, tax that the client withheld, late charges: what is no payment of the one debt that is named."""
    off = 0
    if gaps.discount:
        off = minor = discount_of(ledger, named[0], date.fromordinal(row.day), late=gaps.late)
        rest = named[0].open_minor - minor - gaps.withheld_minor
        if row.minor + gaps.fee_minor < rest:
            lang = ledger.settings.language
            raise Refused("with the discount {number} is settled by {amount}, not by less", number=named[0].number,
                          amount=formats.money(rest, row.currency, lang))  # fmt: skip
        yield allocation_row(named[0], row.day, AllocationKind.DISCOUNT, minor, receipt=row.id)
    if gaps.withheld_minor:
        if gaps.withheld_minor > named[0].open_minor - off:
            raise Refused("more was withheld than is open of {number}", number=named[0].number)
        sha, name = kept_proof(ledger, gaps.certificate) if gaps.certificate else ("", "")
        yield allocation_row(
            named[0], row.day, AllocationKind.WITHHELD, gaps.withheld_minor, 0, row.id, storable(name), sha
        )
    if gaps.charges_minor:
        yield allocation_row(named[0], row.day, AllocationKind.CHARGES, 0, gaps.charges_minor, row.id)


def discount_of(ledger: Ledger, debt: Debt, day: date, *, late: bool = False) -> int:
    """What is taken off a document that is paid on a day; raises `Refused` where nothing is, or no more."""
    document = reading.show(ledger, debt.number) if not debt.is_statement else None
    if document is None or document.early is None:
        raise Refused("{number} offers no discount for paying early", number=debt.number)
    last = debt.issued + timedelta(days=document.early.days)
    if day > last and not late:
        raise Refused("the discount of {number} was for payment until {day}; --yes takes it all the same",
                      number=debt.number, day=last.isoformat())  # fmt: skip
    minor = early_discount(document)
    if minor > debt.open_minor:
        raise Refused("less is open of {number} than its discount", number=debt.number)
    return minor


def _exchange(ledger: Ledger, row: ReceiptRow, debt: Debt, gaps: Gaps) -> Iterator[AllocationRow]:
    """Money of another currency: the payment at the rate, the fee, and what the exchange made."""
    assert gaps.rate is not None
    closed = debt.open_minor if gaps.pays_minor is None else gaps.pays_minor
    if not 0 < closed <= debt.open_minor:
        raise Refused("{number} has not so much open", number=debt.number)
    made = exchanged(closed, debt.currency, gaps.rate, row.minor, gaps.fee_minor, row.currency)
    if gaps.pays_minor is None and abs(made.fx_minor) * 10 > made.worth_minor:
        lang = ledger.settings.language
        raise Refused("{number} is worth {worth} at that rate, which is far from what came in: say with --pays how "
                      "much of it is paid", number=debt.number,
                      worth=formats.money(made.worth_minor, row.currency, lang))  # fmt: skip
    yield allocation_row(debt, row.day, money_kind(debt), closed, made.worth_minor, row.id)
    if gaps.fee_minor:
        yield allocation_row(debt, row.day, AllocationKind.FEE, 0, -gaps.fee_minor, row.id)
    yield allocation_row(debt, row.day, AllocationKind.FX, 0, made.fx_minor, row.id)


def expected(ledger: Ledger, debts: Sequence[Debt], day: date, gaps: Gaps) -> int:
    """What would settle debts on a day, in minor units of the money, where nobody says how much came in.

    Raises `Refused` where nothing is open.
    """
    whole = sum(each.open_minor for each in debts)
    if gaps.rate is not None and len(debts) == 1:
        pays = whole if gaps.pays_minor is None else gaps.pays_minor
        return (
            exchanged(pays, debts[0].currency, gaps.rate, 0, 0, ledger.settings.currency).worth_minor - gaps.fee_minor
        )
    off = discount_of(ledger, debts[0], day, late=gaps.late) if gaps.discount and len(debts) == 1 else 0
    if debts and whole <= 0 and not gaps.charges_minor:
        raise Refused("nothing is open of {number}", number=debts[0].number)
    return whole - off - gaps.fee_minor - gaps.withheld_minor + gaps.charges_minor
