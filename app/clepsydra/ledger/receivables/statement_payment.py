"""The payment of one statement that is on no invoice: a receipt of its balance, or of a part of it."""

from datetime import date

from clepsydra.domain.civil import civil_day
from clepsydra.domain.statement import Statement
from clepsydra.language.message import Message, message
from clepsydra.ledger.billing import statements
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.receivables.receiving import receive


def pay(ledger: Ledger, number: str, minor: int | None = None, day: date | None = None, note: str = "") -> Statement:
    """Record a receipt of one statement in minor units, by default of its whole balance, on `day` (default today).

    One below zero takes back what was recorded by mistake, never more than was paid. Raises `Refused`, also for more
    than is asked: that is a receipt, whose rest is the client's credit.
    """
    with ledger.change("payment of {number}", number=number):
        row = statements.row_of(ledger, number)
        balance = row.net_minor + row.tax_minor - row.paid_minor
        amount = balance if minor is None else minor
        if row.state == "void":
            raise Refused("statement {number} is void and takes no payment", number=number)
        statements.refuse_invoiced(ledger, row)
        if amount >= 0 and balance <= 0:
            raise Refused("statement {number} is paid already", number=number)
        if amount == 0 or amount > balance:
            raise Refused("the payment of {number} must lie above zero and not above its balance", number=number)
        receive(ledger, amount, row.currency, day or ledger.today, (number,), note=note)
    return statements.show(ledger, number)


def odd_payment(ledger: Ledger, statement: Statement, day: date | None) -> Message | None:
    """What is odd about the day of a payment, today without one: it is still to come, or before the statement was
    issued.
    """
    on = day or ledger.today
    if on > ledger.today:
        return message("the payment of {number} is dated {day}, which is still to come",
                       number=statement.number, day=on.isoformat())  # fmt: skip
    if statement.issued_at is not None and on < civil_day(
        statement.issued_at, ledger.settings.time_zone, ledger.settings.day_starts_at
    ):
        return message("the payment of {number} is dated {day}, before it was issued",
                       number=statement.number, day=on.isoformat())  # fmt: skip
    return None
