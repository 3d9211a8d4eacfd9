"""Documents of every kind with complete parties, as sellers of several countries issue them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clepsydra.domain.credits import by_quantity, credit_taxes, deposit_by_share, deposit_lines, mirrored
from clepsydra.domain.document import Document, DocumentKind, EarlyPayment, Mention, Party, Reference, taxes_of
from clepsydra.domain.document_lines import E4, Discount, DocumentLine, DocumentLineSort, Unit, discounted, taken_off
from clepsydra.domain.taxes import DISBURSEMENT, Category, TaxRule
from tests.domain.documents import EXEMPT, RED, STD, hours, invoice, item

SELLER = Party(
    "Camille Ravel EI", country="FR", street="4 place des Terreaux", postcode="69001", city="Lyon", form="EI",
    siren="732829320", siret="73282932000074", vat="FR44732829320", register="RCS Lyon 732 829 320",
    email="camille@ravel.example", phone="+33 4 72 00 00 00", iban="FR1420041010050500013M02606", bic="PSSTFRPPLYO",
)  # fmt: skip
FRANCHISE = replace(SELLER, vat="")
BUYER = Party(
    "Acme SARL", slug="acme", country="FR", street="12 rue des Lilas", postcode="69003", city="Lyon", siren="404833048",
    vat="FR83404833048", email="compta@acme.example", attention="Jeanne Martin",
)  # fmt: skip
BELGIAN = Party(
    "Brel & Cie SRL", slug="brel", country="BE", street="Rue de la Loi 16", postcode="1000", city="Bruxelles",
    vat="BE0428759497", email="facturen@brel.example",
)  # fmt: skip
AMERICAN = Party(
    "Hudson Inc.", slug="hudson", country="US", street="1 Main Street", postcode="10001", city="New York",
    email="ap@hudson.example",
)  # fmt: skip
GERMAN = Party(
    "Stadt Köln", slug="koeln", country="DE", street="Rathausplatz 1", postcode="50667", city="Köln",
    email="rechnung@koeln.example", routing="0204:05315-03001-18", kind="public",
)  # fmt: skip
REVERSE = TaxRule("reverse", (), Category.REVERSE, "VATEX-EU-AE", "Autoliquidation")
NOTES = (
    Mention("Pénalités de retard : trois fois le taux d’intérêt légal", "PMD"),
    Mention("Indemnité forfaitaire pour frais de recouvrement : 40 €", "PMT"),
    Mention("Pas d’escompte pour paiement anticipé", "AAB"),
)


def dressed(*lines: DocumentLine, **more: object) -> Document:
    fields: dict[str, object] = {
        "seller": SELLER, "buyer": BUYER, "due_on": date(2026, 12, 30), "service_from": date(2026, 11, 3),
        "service_to": date(2026, 11, 28), "mentions": NOTES, "reference": "RF69F20260042", "terms": "30 jours",
        "subject": "Développement de l’API", "order": "BC-7781",
    }  # fmt: skip
    return invoice(*lines, **(fields | more))


def plain_invoice(**more: object) -> Document:
    return dressed(hours(44_100, 12000), hours(3_661, 14000), **more)


def several_rates(**more: object) -> Document:
    audit = item(80000)
    lines = (
        hours(44_100, 12000), hours(12_600, 14000),
        replace(audit, allowance_minor=taken_off(audit, Decimal(10)), allowance_percent=Decimal(10)),
        item(4000, RED, 2), disbursement(),
    )  # fmt: skip
    return dressed(*lines, allowances=discounted(lines, [Discount("Remise", minor=5000, tax="std")]), **more)


def disbursement() -> DocumentLine:
    return DocumentLine(DocumentLineSort.DISBURSEMENT, "Dépôt de marque", E4, Unit.PIECE, 6000, DISBURSEMENT)


def final() -> Document:
    return several_rates(prepaid=(Reference("F2026-0031", date(2026, 10, 2), 100000),))


def deposit() -> Document:
    parts = deposit_by_share([(STD, 312000), (RED, 8000)], Decimal(30))
    return dressed(*deposit_lines(parts, "Acompte de 30 %"), kind=DocumentKind.DEPOSIT, number="F2026-0031")


def credit(original: Document | None = None) -> Document:
    original = original or several_rates()
    line = by_quantity(original, [], 0, 120 * E4)
    return replace(
        original, kind=DocumentKind.CREDIT, number="A2026-0003", lines=(line,), allowances=(), prepaid=(),
        taxes=credit_taxes(original, [], (line,)), preceding=Reference(original.number, original.issued_on or date.min),
        reference="", rounding_minor=0,
    )  # fmt: skip


def full_credit() -> Document:
    original = several_rates()
    return replace(mirrored(original), number="A2026-0004",
                   preceding=Reference(original.number, original.issued_on or date.min))  # fmt: skip


def franchise() -> Document:
    return dressed(hours(44_100, 12000, EXEMPT), seller=FRANCHISE)


def franchise_with_disbursement() -> Document:
    return dressed(hours(44_100, 12000, EXEMPT), disbursement(), seller=FRANCHISE)


def franchise_abroad() -> Document:
    there = TaxRule("export", (), Category.EXEMPT, "", "TVA non applicable, art. 259-1 du CGI")
    return dressed(hours(44_100, 12000, there), disbursement(), seller=FRANCHISE, buyer=AMERICAN)


def reverse_charge(**more: object) -> Document:
    return dressed(hours(44_100, 12000, REVERSE), buyer=BELGIAN, **more)


def xrechnung() -> Document:
    return dressed(
        hours(44_100, 12000), profile="xrechnung", buyer=GERMAN, buyer_reference="04011000-12345-34",
        early=EarlyPayment(Decimal(2), 10), mentions=(),
    )  # fmt: skip


CII = {
    "invoice": plain_invoice, "several rates": several_rates, "final": final, "deposit": deposit, "credit": credit,
    "full credit": full_credit, "franchise": franchise, "franchise and disbursement": franchise_with_disbursement,
    "franchise, client abroad": franchise_abroad, "reverse charge": reverse_charge,
}  # fmt: skip


def taxes_agree(document: Document) -> bool:
    return document.taxes == taxes_of(document.lines, document.allowances)
