"""A document as JSON: every amount an integer of minor units, percentages and quantities as text, keys that stay."""

from typing import Any

from clepsydra.domain.document import Document
from clepsydra.domain.document_lines import DocumentLine
from clepsydra.domain.taxes import TaxAmount
from clepsydra.exchange.invoice.xml import quantity


def document_object(document: Document) -> dict[str, Any]:
    """What a document says; where it stands is put beside it by who knows that."""
    return {
        "number": document.number or None,
        "kind": document.kind.value,
        "client": document.client,
        "client_name": document.buyer.name,
        "issued_on": _day(document.issued_on),
        "due_on": _day(document.due_on),
        "service_from": _day(document.service_from),
        "service_to": _day(document.service_to),
        "currency": document.currency,
        "lines_minor": document.lines_minor,
        "discount_minor": document.allowance_minor,
        "net_minor": document.net_minor,
        "tax_minor": document.tax_minor,
        "total_minor": document.total_minor,
        "prepaid_minor": document.prepaid_minor,
        "rounding_minor": document.rounding_minor,
        "payable_minor": document.payable_minor,
        "taxes": [tax_object(tax) for tax in document.taxes],
        "lines": [line_object(line) for line in document.lines],
        "discounts": [{"text": a.text, "minor": a.minor, "tax": a.tax.key} for a in document.allowances],
        "deposits": [{"number": p.number, "issued_on": _day(p.day), "minor": p.minor} for p in document.prepaid],
        "credits": document.preceding.number if document.preceding else None,
        "reason": document.reason or None,
        "statements": list(document.statements),
        "subject": document.subject,
        "order": document.order,
        "note": document.note,
        "reference": document.reference or None,
        "profile": document.profile,
        "mentions": [each.text for each in document.mentions],
    }


def line_object(line: DocumentLine) -> dict[str, Any]:
    """One line; the price is for `price_base` of the unit."""
    return {
        "sort": line.sort.value,
        "text": line.text,
        "quantity": quantity(line.quantity_e4),
        "quantity_e4": line.quantity_e4,
        "unit": line.unit.value,
        "price_minor": line.price_minor,
        "price_base": line.price_base,
        "allowance_minor": line.allowance_minor,
        "charge_minor": line.charge_minor,
        "tax": line.tax.key,
        "net_minor": line.net_minor,
        "source": line.source or None,
    }


def tax_object(tax: TaxAmount) -> dict[str, Any]:
    """What one part of one tax comes to."""
    return {
        "category": tax.category.value,
        "rate": format(tax.rate, "f"),
        "part": tax.part or None,
        "base_minor": tax.base_minor,
        "tax_minor": tax.tax_minor,
        "code": tax.code or None,
        "sentence": tax.sentence or None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
