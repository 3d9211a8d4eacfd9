"""A document as it would be issued now: composed whole from log, settings and what was asked; nothing is stored.

What it takes, statements, expenses and deposits, comes beside it as claims, so that the issue writes exactly what was
previewed.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from clepsydra.domain.document import (
    Document,
    DocumentKind,
    EarlyPayment,
    Mention,
    OwnTotal,
    coin_rounding,
    taxes_of,
)
from clepsydra.domain.document_lines import Allowance, DocumentLine, DocumentLineSort
from clepsydra.domain.money import exponent, half_up, minor_units
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.statement import Statement, StatementState, due_on
from clepsydra.domain.terms import Client
from clepsydra.exchange.invoice.parties import EU
from clepsydra.language.translator import Translator, translator
from clepsydra.ledger import numbering
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.preview import statement_alone
from clepsydra.ledger.documents import deposits, expenses
from clepsydra.ledger.documents.missing import RATE, MissingField, missing
from clepsydra.ledger.documents.parties import buyer_party, profile_of, seller_party
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.documents.stated import lines_of
from clepsydra.ledger.documents.taxing import Taxing, rules_of, taxing
from clepsydra.ledger.documents.typed import allowances_of, minimum_line, read_lines
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.countries import Country
from clepsydra.store import documents
from clepsydra.store.documents import ClaimRow
from clepsydra.store.statements import OURS
from clepsydra.store.statements import by_number as statement_row


@dataclass(frozen=True, slots=True)
class Draft:
    """A document without a number, what it would take, its annexes, and everything that it may not go out without.

    `proofs` are the files of lines by their place; `lacks` is empty where it can be issued.
    """

    document: Document
    claims: tuple[ClaimRow, ...] = ()
    annexes: tuple[Statement, ...] = ()
    proofs: dict[int, Path] = field(default_factory=dict)
    lacks: tuple[MissingField, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftTerms:
    """What one draft is made by: the client, its country's rules, its taxes, its language."""

    client: Client
    country: Country
    taxing: Taxing
    tr: Translator
    day: date


def terms_of(ledger: Ledger, client_slug: str, on: date | None) -> DraftTerms:
    """The terms of a client's documents on a day; raises `Refused` where the client or the day cannot be."""
    client = ledger.client(client_slug)
    if client.own:
        raise Refused("own work is not billed")
    today = numbering.issue_day(ledger)
    if on and on > today:
        raise Refused("a document cannot be dated {day}: that is still to come", day=on.isoformat())
    day = on or today
    rules = rules_of(ledger)
    return DraftTerms(client, rules, taxing(ledger.settings, client, rules, day), translator(client.language), day)


def draft(ledger: Ledger, request: InvoiceRequest, work: Statement | None = None) -> Draft:
    """What was asked as a document; raises `Refused` where it cannot be one.

    The open work is previewed, unless `work` is the statement that will be made of it.
    """
    terms = terms_of(ledger, request.client, request.on)
    if request.kind is DocumentKind.DEPOSIT or request.deposit:
        return _finished(ledger, request, terms, deposits.lines(ledger, request, terms))
    stated = list(_statements(ledger, request, terms.client))
    claims = [ClaimRow("statement", _id_of(ledger, each)) for each in stated]
    stated += [work or _open_work(ledger, request)] if request.work else []
    tax = terms.taxing.services()
    lines = [line for each in stated for line in lines_of(ledger, each, terms.client, tax, terms.tr)]
    typed = read_lines((*request.lines, *terms.client.invoice.lines), terms.taxing, ledger.settings.language, terms.tr,
                       request.proofs)  # fmt: skip
    proofs = {len(lines) + index: path for index, path in typed.proofs.items()}
    lines += typed.lines
    passed, taken = expenses.to_pass_on(ledger, terms) if request.expenses else ([], [])
    lines += passed
    least = typed.least_minor or minor_units(terms.client.invoice.minimum or Decimal(0), terms.client.currency)
    filler = minimum_line(least, lines, terms.taxing, terms.tr) if least else None
    lines += [filler] if filler else []
    claims += taken
    allowances = allowances_of(lines, typed)
    if not lines:
        raise Refused("there is nothing to invoice {client}: issue a statement, type lines, or take the open work",
                      client=ledger.name_of(request.client))  # fmt: skip
    made = _finished(ledger, request, terms, tuple(lines), claims, allowances, tuple(stated))
    return replace(made, proofs=proofs)


def _open_work(ledger: Ledger, request: InvoiceRequest) -> Statement:
    """The open work as the statement that the issue will make of it; raises `Refused` where there is none."""
    found = statement_alone(ledger, request.client, request.first, request.last)
    if not found.bills:
        raise Refused("{client} has nothing to bill in that period", client=ledger.name_of(request.client))
    return found


def _id_of(ledger: Ledger, statement: Statement) -> str:
    row = statement_row(ledger.db, statement.number)
    assert row is not None
    return row.id


def _statements(ledger: Ledger, request: InvoiceRequest, client: Client) -> Iterator[Statement]:
    """The statements an invoice takes: those named, else the free ones where no line is typed."""
    wanted = request.statements
    if wanted is None:
        wanted = () if request.lines or request.work else tuple(documents.free_statements(ledger.db, client.slug, OURS))
    for number in dict.fromkeys(wanted):
        yield _fitting(ledger, number, client)


def _fitting(ledger: Ledger, number: str, client: Client) -> Statement:
    """A statement that may go on an invoice of the client; raises `Refused`."""
    statement = statements.show(ledger, number)
    if statement.client != client.slug:
        raise Refused("statement {number} is of {other}, not of {client}", number=number,
                      other=ledger.name_of(statement.client), client=ledger.name_of(client.slug))  # fmt: skip
    if statement.currency != client.currency:
        raise Refused("statement {number} is in {currency}, the invoice in {other}", number=number,
                      currency=statement.currency, other=client.currency)  # fmt: skip
    if statement.state is StatementState.VOID:
        raise Refused("statement {number} is void", number=number)
    if statement.paid_minor:
        raise Refused("statement {number} has payments; undo them first", number=number)
    holder = documents.holder(ledger.db, "statement", _id_of(ledger, statement))
    if holder:
        raise Refused("statement {number} is on {document} already", number=number, document=holder)
    return statement


def _finished(
    ledger: Ledger,
    request: InvoiceRequest,
    terms: DraftTerms,
    lines: tuple[DocumentLine, ...],
    claims: list[ClaimRow] | None = None,
    allowances: tuple[Allowance, ...] = (),
    stated: tuple[Statement, ...] = (),
) -> Draft:
    """Lines with all that stands around them: parties, words, deposits, rounding."""
    made = _around(ledger, request, terms, lines, allowances, stated)
    claims = claims or []
    if made.kind is DocumentKind.INVOICE:
        prepaid, deducted = deposits.deducted(ledger, request, made)
        made, claims = replace(made, prepaid=prepaid), [*claims, *deducted]
    step = _cash_step(ledger, terms.country, made.currency)
    made = replace(made, rounding_minor=coin_rounding(made.payable_minor, step))
    seller, reason = ledger.settings.seller, terms.taxing.reason
    lacks = missing(seller, terms.client, terms.country, order=request.order, reason=reason)
    if made.tax_minor and made.own is None and made.currency != ledger.settings.currency and seller.country in EU:
        lacks.append(
            MissingField(f"clepsydra invoice issue {terms.client.slug} …", RATE, "directive 2006/112/CE art. 91, 230")
        )
    return Draft(made, tuple(claims), stated, lacks=tuple(lacks))


def _cash_step(ledger: Ledger, rules: Country, currency: str) -> int:
    own = ledger.settings.invoice.cash_step
    return own or (rules.cash_step if currency == "CHF" else 0)


def _around(
    ledger: Ledger,
    request: InvoiceRequest,
    terms: DraftTerms,
    lines: tuple[DocumentLine, ...],
    allowances: tuple[Allowance, ...],
    stated: tuple[Statement, ...],
) -> Document:
    seller, client, tr = ledger.settings.seller, terms.client, terms.tr
    kind = DocumentKind.DEPOSIT if request.deposit else request.kind
    early = EarlyPayment(*client.invoice.early) if client.invoice.early and kind is DocumentKind.INVOICE else None
    made = Document(
        kind=kind, client=client.slug, currency=client.currency, language=tr.lang,
        zone=numbering.seller_zone(ledger).key, seller=seller_party(seller), buyer=buyer_party(client), lines=lines,
        taxes=taxes_of(lines, allowances), allowances=allowances, issued_on=terms.day,
        due_on=due_on(terms.day, client.statement.terms),
        service_from=min((each.first_day for each in stated), default=terms.day),
        service_to=max((each.last_day for each in stated), default=terms.day),
        statements=tuple(each.number for each in stated if each.number), subject=request.subject, note=request.note,
        order=request.order or client.invoice.order, buyer_reference=client.invoice.buyer_reference,
        terms=_payment_words(client, tr), early=early, profile=profile_of(client, seller, terms.country),
        swiss_qr=client.invoice.swiss_qr or seller.country == "CH", colour=seller.colour, logo=seller.logo,
    )  # fmt: skip
    mentions = terms.country.sentences(terms.day, flags(made, terms.taxing, seller.vat_on), tr.lang)
    mentions += tuple(Mention(each) for each in seller.mentions)
    return replace(made, mentions=mentions, own=_own(ledger, request, made))


def _payment_words(client: Client, tr: Translator) -> str:
    """The terms of payment as the document says them."""
    agreed = client.statement.terms
    days = tr.n("Payment within {count} day", "Payment within {count} days", agreed.days)
    return tr.t("{days}, end of month", days=days) if agreed.end_of_month else days


def flags(document: Document, taxes: Taxing, vat_on: str) -> Iterator[str]:
    """What is true of a document, for sentences that hold only then."""
    yield document.buyer.kind
    yield "franchise" if taxes.seller.regime == "franchise" else "normal"
    yield "early" if document.early else "no-early"
    yield vat_on
    if taxes.reason:
        yield taxes.reason


def _own(ledger: Ledger, request: InvoiceRequest, document: Document) -> OwnTotal | None:
    """The totals in the seller's own currency where a rate was typed."""
    rate, own = request.own_rate, ledger.settings.currency
    if rate is None or own == document.currency:
        return None
    scale = Fraction(rate) * Fraction(10) ** (exponent(own) - exponent(document.currency))
    return OwnTotal(own, Decimal(rate), half_up(document.net_minor * scale), half_up(document.tax_minor * scale))


def revenue(document: Document) -> int:
    """What of a document is turnover, before tax: all but disbursements, and but what deposits had asked before."""
    laid_out = sum(line.net_minor for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT)
    return document.net_minor - laid_out
