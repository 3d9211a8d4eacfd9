"""What an invoice may not go out without: each thing with the file and the key that mend it, and the law behind."""

from collections.abc import Iterator
from typing import NamedTuple

from clepsydra.domain.terms import Client
from clepsydra.exchange.invoice.parties import EU
from clepsydra.language.message import Message, message
from clepsydra.language.translator import mark
from clepsydra.ledger.documents.parties import profile_of
from clepsydra.ledger.errors import Refused
from clepsydra.settings.countries import Country
from clepsydra.settings.model import Seller

RATE = "--rate"
"""What one unit of the client's currency is worth in one's own, on the day of the invoice."""


class MissingField(NamedTuple):
    """One thing: the file, the key in it, and the law or standard that wants it.

    Of `RATE`, which no file holds, the command and the option.
    """

    file: str
    key: str
    law: str

    @property
    def message(self) -> Message:
        """The line that says so."""
        if self.key == RATE:
            return message("the rate of exchange is missing: “{command} {key} RATE” ({law})",
                           command=self.file, key=self.key, law=self.law)  # fmt: skip
        return message("{file}: {key} is missing ({law})", file=self.file, key=self.key, law=self.law)


class Lacking(Refused):
    """An invoice lacks something; `missing` are all the things, not the first alone."""

    def __init__(self, missing: tuple[MissingField, ...]) -> None:
        super().__init__(MANY, count=len(missing), first=missing[0].message)
        self.missing = missing


MANY = mark("nothing was issued, {count} things are missing; {first}")

SETTINGS = "settings.toml"

_SELLER_LAWS = {
    "country": "EN 16931 BT-40", "name": "CGI ann. II art. 242 nonies A, 1°", "street": "EN 16931 BT-35",
    "postcode": "EN 16931 BT-38", "city": "EN 16931 BT-37", "siren": "C. com. art. R123-237",
    "form": "C. com. art. R123-237, R526-27", "iban": "EN 16931 BT-84", "vat": "directive 2006/112/CE art. 226, 3",
    "tax_id": "LTVQ, RTVQ art. 201R12",
}  # fmt: skip
_BUYER_LAWS = {
    "name": "directive 2006/112/CE art. 226, 5", "country": "EN 16931 BT-55", "street": "EN 16931 BT-50",
    "postcode": "EN 16931 BT-53", "city": "EN 16931 BT-52", "siren": "décret 2022-1299",
    "vat": "directive 2006/112/CE art. 226, 4", "invoice.order": "EN 16931 BT-13",
    "invoice.buyer_reference": "EN 16931 BT-10", "attention": "EN 16931 BT-56", "routing": "EN 16931 BT-49",
}  # fmt: skip


def missing(
    seller: Seller, client: Client, country: Country, *, order: str = "", reason: str = ""
) -> list[MissingField]:
    """Everything that an invoice of the client lacks; `order` is typed for it, `reason` says why no tax."""
    file = f"clients/{client.slug}.toml"
    found = [MissingField(SETTINGS, f"seller.{key}", _SELLER_LAWS[key]) for key in _of_seller(seller, country)]
    found += [MissingField(file, key, _BUYER_LAWS[key]) for key in _of_client(seller, client, country, order, reason)]
    return found


def _of_seller(seller: Seller, country: Country) -> Iterator[str]:
    if not seller.country:
        yield "country"
    wanted = [*country.identity]
    if country.code == "FR":
        wanted += ["form", "iban"]
    for key in dict.fromkeys(wanted):
        if not getattr(seller, key) and not (key == "siren" and seller.siret):
            yield key
    if seller.country in EU and seller.regime == "normal" and not seller.vat and "vat" not in wanted:
        yield "vat"


def _of_client(seller: Seller, client: Client, country: Country, order: str, reason: str) -> Iterator[str]:
    buyer = client.buyer
    electronic = profile_of(client, seller, country) != "pdf"
    if not client.name:
        yield "name"
    if electronic and not buyer.country:
        yield "country"
    wants_parts = electronic and buyer.kind != "consumer"
    for key in ("street", "postcode", "city") if wants_parts or not client.address else ():
        if not getattr(buyer, key):
            yield key
    if buyer.kind == "business" and seller.country == buyer.country == "FR" and not buyer.siren:
        yield "siren"
    if reason == "reverse" and not buyer.vat:
        yield "vat"
    yield from _wanted(client, order)


def _wanted(client: Client, order: str) -> Iterator[str]:
    """What the client itself, or the way its invoices travel, wants on them."""
    buyer, terms = client.buyer, client.invoice
    ordered = bool(order or terms.order)
    if "order" in terms.requires and not ordered:
        yield "invoice.order"
    if "attention" in terms.requires and not buyer.attention:
        yield "attention"
    wanted = "buyer_reference" in terms.requires or terms.profile == "xrechnung"
    if (wanted or (terms.profile == "peppol" and not ordered)) and not terms.buyer_reference:
        yield "invoice.buyer_reference"
    if terms.profile == "peppol" and not (buyer.routing or buyer.siren or buyer.email or buyer.vat):
        yield "routing"
