"""Put twenty thousand documents, all but some hundreds paid, into a big log: for benchmarks and for nothing else.

    python -m tests.bench.big_money FOLDER [DOCUMENTS]

One invoice is issued by the program; the others are its like, with other numbers, days, clients and amounts.
"""

import random
import sys
from pathlib import Path

from clepsydra.ledger.documents import issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.home import Home
from clepsydra.settings.watch import Catalogue
from clepsydra.store import documents, receipts
from clepsydra.store.database import transaction
from clepsydra.store.documents import DocumentRow
from clepsydra.store.ids import id_of_content
from clepsydra.store.opening import open_log
from clepsydra.store.receipts import AllocationRow, ReceiptRow
from tests.bench.big_log import LAST_DAY, _drop, _instant

SELLER = """
[seller]
name = "Camille Ravel EI"
country = "FR"
form = "EI"
street = "4 place des Terreaux"
postcode = "69001"
city = "Lyon"
siren = "732829320"
vat = "FR44732829320"
iban = "FR1420041010050500013M02606"
"""
BUYER = 'country = "FR"\nstreet = "1 rue du Lac"\npostcode = "69003"\ncity = "Lyon"\nsiren = "404833048"\n'
OPEN = 200
"""So many documents, the latest, are not paid."""


def main(folder: str, count: int = 20_000) -> None:
    """Fill a home that `big_log` made."""
    home = Home(Path(folder).absolute())
    if "[seller]" not in home.settings_file.read_text():
        home.settings_file.write_text(home.settings_file.read_text() + SELLER)
        for file in home.clients_dir.glob("client-*.toml"):
            file.write_text(BUYER + file.read_text())
    catalogue = Catalogue(home, {})
    now = _instant(LAST_DAY, 19 * 3600)
    ledger = Ledger(open_log(home.database), catalogue, lambda: now)
    slugs = [slug for slug in catalogue.clients if slug.startswith("client-")]
    request = InvoiceRequest(slugs[0], lines=("1 x100 Review",), statements=())
    like = reading.row(ledger, issuing.issue(ledger, request).number)
    with transaction(ledger.db):
        triggers, indexes = _drop(ledger.db, "trigger"), _drop(ledger.db, "index")
        _fill(ledger, like, slugs, count)
        for sql in (*indexes, *triggers):
            ledger.db.execute(sql)
    ledger.db.close()


def _fill(ledger: Ledger, like: DocumentRow, slugs: list[str], count: int) -> None:
    chance = random.Random("documents")
    for n in range(2, count + 1):
        day = LAST_DAY.toordinal() - 3650 + n * 3650 // count
        minor = chance.randrange(10_000, 900_000)
        number, id_ = f"G{n:06d}", id_of_content(n, "document")
        row = like._replace(
            id=id_, n=n, number=number, client=chance.choice(slugs), issued_day=day, due_day=day + 30, last_day=day - 3,
            first_day=day - 30, net_minor=minor, tax_minor=0, total_minor=minor, payable_minor=minor,
            revenue_minor=minor, body=like.body.replace(like.number, number),
        )  # fmt: skip
        documents.seal(ledger.db, row, [("item", "Review", 10_000, "C62", minor, 1, 0, 0, "none", minor, "")], (), ())
        if n <= count - OPEN:
            late = chance.choice((-3, 0, 0, 2, 5, 9, 14, 30))
            id_paid = id_of_content(n, "paid")
            paid = ReceiptRow(id_paid, row.client, day + 30 + late, minor, row.currency, "", "", "")
            part = AllocationRow(f"{id_paid}-a001", id_paid, id_, None, paid.day, "payment", minor, minor)
            receipts.add(ledger.db, paid, [part])


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
