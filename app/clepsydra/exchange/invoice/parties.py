"""How electronic invoices name seller and buyer: identifiers with their schemes, and electronic addresses."""

from clepsydra.domain.check_digits import compact
from clepsydra.domain.document import Document, Party
from clepsydra.domain.taxes import Category

EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
"""Countries of the Union by ISO code."""


def legal_id(party: Party) -> tuple[str, str]:
    """The registration number and its scheme (ISO 6523): SIREN is 0002, the Belgian enterprise number 0208."""
    if party.siren:
        return compact(party.siren), "0002"
    if party.country == "BE" and party.vat:
        return compact(party.vat)[2:], "0208"
    return compact(party.register) if party.country == "CH" else "", ""


def address_of(party: Party) -> tuple[str, str]:
    """The electronic address (BT-34, BT-49) and its scheme: as routed, else a company's number, else mail."""
    if ":" in party.routing:
        scheme, _, address = party.routing.partition(":")
        return address.strip(), scheme.strip()
    if party.country == "FR" and party.siren:
        return party.routing or compact(party.siren), "0225"
    number, scheme = legal_id(party)
    return (number, scheme) if scheme == "0208" else (party.email, "EM")


def street_of(party: Party) -> tuple[str, str, str]:
    """Street, postcode and town; of an address that is not known in parts, its lines as the street."""
    if party.structured:
        return party.street.replace("\n", ", "), party.postcode, party.city
    return ", ".join(line.strip() for line in party.address.splitlines() if line.strip()), "", ""


def names_vat(document: Document) -> bool:
    """Whether VAT numbers may stand on it: not where a line is outside the tax (BR-O-02)."""
    return all(tax.category is not Category.OUTSIDE for tax in document.taxes)


def process(document: Document) -> str:
    """The French business process (BT-23): S1, or S4 of an invoice after its deposits; B for goods, M for both."""
    return document.nature + ("4" if document.prepaid and document.kind == "invoice" else "1")
