"""What is odd about money received, said once and stopping nothing."""

from collections.abc import Iterator

from clepsydra.language.message import Message, message
from clepsydra.ledger.documents import reading
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.receivables.receipts import Receipt
from clepsydra.store import receipts


def odd(ledger: Ledger, receipt: Receipt) -> Iterator[Message]:
    """What is odd about a receipt: its day is to come, or before what it pays was issued.

    The first one of a private person to a French seller who charges VAT says once what the law may want.
    """
    if _first_of_a_consumer(ledger, receipt):
        yield message("Clepsydra is no certified cash system, which the law wants of sellers with VAT who record "
                      "payments of private persons (CGI art. 286, I, 3° bis): ask your accountant")  # fmt: skip
    day = receipt.day.isoformat()
    if receipt.day > max(reading.today_of(ledger), ledger.today):
        yield message("the receipt is dated {day}, which is still to come", day=day)
    for number in receipt.numbers:
        if receipt.day < owing.debt(ledger, number).issued:
            yield message("the receipt is dated {day}, before {number} was issued", day=day, number=number)


def _first_of_a_consumer(ledger: Ledger, receipt: Receipt) -> bool:
    """Whether this is the first money of any private person, to a French seller with VAT."""
    seller = ledger.settings.seller
    consumers = {slug for slug, client in ledger.catalogue.clients.items() if client.buyer.kind == "consumer"}
    if seller.country != "FR" or seller.regime != "normal" or receipt.client not in consumers:
        return False
    return sum(row.client in consumers for row in receipts.select(ledger.db)) == 1
