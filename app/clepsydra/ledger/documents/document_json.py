"""Documents as the JSON that the log keeps for ever, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from clepsydra.domain.document import (
    Document,
    DocumentKind,
    EarlyPayment,
    Mention,
    OwnTotal,
    Party,
    Reference,
)
from clepsydra.domain.document_lines import Allowance, DocumentLine, DocumentLineSort, Unit
from clepsydra.domain.taxes import Category, TaxAmount, TaxPart, TaxRule


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no place in a frozen document")


def document_body(document: Document, outside: Mapping[str, Any]) -> str:
    """All of a document as JSON, with what stands beside it: numbers it skips, the zone of its days."""
    return json.dumps(asdict(document) | dict(outside), default=_plain, ensure_ascii=False, sort_keys=True)


def digest_of(body: str) -> str:
    """The SHA-256 of a body, which its row carries."""
    return sha256(body.encode()).hexdigest()


_OUTSIDE = ("skipped", "seller_zone")


def document_from(body: str) -> Document:
    """The document of a frozen body."""
    content = json.loads(body)
    for name in _OUTSIDE:
        content.pop(name, None)
    days = {name: _day(content[name]) for name in ("issued_on", "due_on", "service_from", "service_to")}
    early, own = content["early"], content["own"]
    return Document(
        **content
        | days
        | {
            "kind": DocumentKind(content["kind"]),
            "seller": Party(**content["seller"]),
            "buyer": Party(**content["buyer"]),
            "lines": tuple(map(_line, content["lines"])),
            "taxes": tuple(map(_tax, content["taxes"])),
            "allowances": tuple(map(_allowance, content["allowances"])),
            "prepaid": tuple(map(_reference, content["prepaid"])),
            "preceding": _reference(content["preceding"]) if content["preceding"] else None,
            "statements": tuple(content["statements"]),
            "mentions": tuple(Mention(**each) for each in content["mentions"]),
            "early": EarlyPayment(Decimal(early["percent"]), early["days"]) if early else None,
            "own": OwnTotal(**own | {"rate": Decimal(own["rate"])}) if own else None,
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rule(content: dict[str, Any]) -> TaxRule:
    parts = tuple(TaxPart(each["name"], Decimal(each["rate"])) for each in content["parts"])
    values = {"parts": parts, "category": Category(content["category"]), "since": date.fromisoformat(content["since"])}
    return TaxRule(**content | values)


def _line(content: dict[str, Any]) -> DocumentLine:
    return DocumentLine(
        **content
        | {
            "sort": DocumentLineSort(content["sort"]),
            "unit": Unit(content["unit"]),
            "tax": _rule(content["tax"]),
            "allowance_percent": Decimal(content["allowance_percent"]),
        }
    )


def _tax(content: dict[str, Any]) -> TaxAmount:
    return TaxAmount(**content | {"category": Category(content["category"]), "rate": Decimal(content["rate"])})


def _allowance(content: dict[str, Any]) -> Allowance:
    return Allowance(**content | {"tax": _rule(content["tax"]), "percent": Decimal(content["percent"])})


def _reference(content: dict[str, Any]) -> Reference:
    return Reference(**content | {"day": date.fromisoformat(content["day"])})
