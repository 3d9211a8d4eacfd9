"""Deposits: asked for as a share or an amount of what was agreed, deducted from the invoices that follow."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from clepsydra.domain.credits import (
    TooMuch,
    Unreachable,
    deposit_by_net,
    deposit_by_share,
    deposit_by_total,
    deposit_lines,
)
from clepsydra.domain.document import Document, Reference
from clepsydra.domain.document_lines import DocumentLine
from clepsydra.domain.money import minor_units
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.taxes import TaxRule, base_of, unreachable
from clepsydra.language import formats
from clepsydra.language.typed.amounts import parse_amount
from clepsydra.language.typed.errors import Unreadable
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.documents.typed import allowances_of, read_lines
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import document_debts
from clepsydra.store.documents import ClaimRow

if TYPE_CHECKING:
    from clepsydra.ledger.documents.drafting import DraftTerms

Order = list[tuple[TaxRule, int]]
"""What was agreed: the base in minor units of each tax rule."""


def lines(ledger: Ledger, request: InvoiceRequest, terms: "DraftTerms") -> tuple[DocumentLine, ...]:
    """The lines of a deposit invoice, one per tax rate; raises `Refused`."""
    lang, currency = ledger.settings.language, terms.client.currency
    order, typed = _order(request, terms, lang), request.deposit.strip()
    text = terms.tr.t("Deposit")
    try:
        if typed.endswith("%"):
            percent = _percent(typed)
            text = terms.tr.t("Deposit of {percent}", percent=formats.percent(percent, terms.tr.lang))
            parts = deposit_by_share(_needed(order), percent)
        elif typed.upper().startswith("TTC"):
            parts = _by_total(order, parse_amount(typed[3:].lstrip(": "), currency, lang), terms)
        else:
            minor = parse_amount(typed, currency, lang)
            parts = deposit_by_net(order, minor) if order else [(terms.taxing.services(), minor)]
    except Unreadable:
        raise Refused("“{text}” is not a deposit; write it like 30%, 500 or TTC:1000", text=typed) from None
    except TooMuch as much:
        raise Refused("the deposit is more than what was agreed: {amount}",
                      amount=formats.money(much.left_minor, currency, lang)) from None  # fmt: skip
    except Unreachable as alone:
        raise _beside(alone.below, alone.above, currency, lang) from None
    if request.subject:
        text = f"{text} · {request.subject}"
    return deposit_lines(parts, text)


def _by_total(order: Order, minor: int, terms: "DraftTerms") -> Order:
    if order:
        return deposit_by_total(order, minor)
    rule = terms.taxing.services()
    gap = unreachable(minor, rule)
    if gap:
        raise Unreachable(*gap)
    return [(rule, base_of(minor, rule))]


def _beside(below: int, above: int, currency: str, lang: str) -> Refused:
    return Refused("no amount before tax gives that; the nearest are {below} and {above}",
                   below=formats.money(below, currency, lang), above=formats.money(above, currency, lang))  # fmt: skip


def _percent(typed: str) -> Decimal:
    try:
        percent = Decimal(typed.removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        percent = Decimal(0)
    if not 0 < percent <= 100:
        raise Refused("a deposit is above 0 % and at most 100 %")
    return percent


def _needed(order: Order) -> Order:
    if not order:
        raise Refused("a share of what? Type the lines that were agreed, or give the client a fixed fee")
    return order


def _order(request: InvoiceRequest, terms: "DraftTerms", lang: str) -> Order:
    """What was agreed: the lines that were typed, else the client's fixed fee; empty where nothing says."""
    typed = read_lines(request.lines, terms.taxing, lang, terms.tr, request.proofs)
    if typed.lines:
        bases: dict[TaxRule, int] = {}
        for line in typed.lines:
            bases[line.tax] = bases.get(line.tax, 0) + line.net_minor
        for each in allowances_of(typed.lines, typed):
            bases[each.tax] -= each.minor
        groups = {rule.group: rule for rule in bases}
        return [(rule, sum(b for r, b in bases.items() if r.group == group)) for group, rule in groups.items()]
    contract = terms.client.contract(DEFAULT_PROJECT, terms.day)
    if contract is not None and contract.whole:
        return [(terms.taxing.services(), minor_units(contract.fee, terms.client.currency))]
    return []


def deducted(
    ledger: Ledger, request: InvoiceRequest, document: Document
) -> tuple[tuple[Reference, ...], list[ClaimRow]]:
    """The deposits an invoice deducts, oldest first and never more than it comes to; raises `Refused`."""
    found = document_debts.deposits(ledger.db, document.client, document.currency)
    if request.deduct is not None:
        unknown = set(request.deduct) - {number for _, number, _, _ in found}
        if unknown:
            raise Refused("there is nothing to deduct of {number}", number=", ".join(sorted(unknown)))
        found = [each for each in found if each[1] in request.deduct]
    left, references, claims = document.total_minor, list[Reference](), list[ClaimRow]()
    for id_, number, day, rest in found:
        taken = min(left, rest)
        if taken > 0:
            references.append(Reference(number, date.fromordinal(day), taken))
            claims.append(ClaimRow("deposit", id_, taken))
            left -= taken
    return tuple(references), claims
