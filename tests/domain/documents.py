"""Documents for tests: small makers of lines, rules and whole invoices."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.document import Document, DocumentKind, Party, taxes_of
from clepsydra.domain.document_lines import E4, DocumentLine, DocumentLineSort, Unit, time_line
from clepsydra.domain.taxes import Category, TaxPart, TaxRule


def rate(percent: str, key: str = "") -> TaxRule:
    return TaxRule(key or f"r{percent}", (TaxPart("TVA", Decimal(percent)),))


STD, RED = rate("20", "std"), rate("5.5", "red")
QUEBEC = TaxRule("qc", (TaxPart("TPS", Decimal("5")), TaxPart("TVQ", Decimal("9.975"))))
EXEMPT = TaxRule("none", (), Category.EXEMPT, "VATEX-FR-FRANCHISE", "TVA non applicable, art. 293 B du CGI")


def item(minor: int, tax: TaxRule = STD, quantity: int = 1, **more: object) -> DocumentLine:
    return DocumentLine(DocumentLineSort.ITEM, "Audit", quantity * E4, Unit.PIECE, minor, tax, **more)  # type: ignore[arg-type]


def hours(seconds: int, hourly: int, tax: TaxRule = STD) -> DocumentLine:
    return time_line(seconds, Fraction(hourly), "API", tax)


def invoice(*lines: DocumentLine, **more: object) -> Document:
    allowances = more.pop("allowances", ())
    fields: dict[str, object] = {
        "kind": DocumentKind.INVOICE, "client": "acme", "currency": "EUR", "language": "fr", "zone": "Europe/Paris",
        "seller": Party("Camille Ravel"), "buyer": Party("Acme"), "lines": lines, "allowances": allowances,
        "taxes": taxes_of(lines, allowances), "number": "F2026-0042", "issued_on": date(2026, 11, 30),
    }  # fmt: skip
    return Document(**(fields | more))  # type: ignore[arg-type]
