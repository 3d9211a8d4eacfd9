"""The words of an invoice for people, before the PDF or a terminal gives them a shape.

Everything is decided here once: what the document is called, which facts stand at its head, how quantities, prices and
taxes read, what is to pay and how. User text comes through plain, never as markup.
"""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from clepsydra.domain.check_digits import compact, spaced, written_vat
from clepsydra.domain.document import Document, DocumentKind, Party
from clepsydra.domain.document_lines import PER_HOUR, DocumentLine, Unit
from clepsydra.domain.money import exponent, half_up
from clepsydra.domain.records import dataclass
from clepsydra.exchange.invoice.words import allowance_reason, payment_terms, tax_name
from clepsydra.exchange.text import plain
from clepsydra.language import formats
from clepsydra.language.shown import table as shown
from clepsydra.language.translator import Translator


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of the table in words."""

    text: str
    detail: str
    quantity: str
    price: str
    tax: str
    amount: str


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """An invoice in words of one language; the last of `totals` is what is to pay."""

    title: str
    label: str
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    subject: str
    note: str
    head: InvoiceRow
    rows: tuple[InvoiceRow, ...]
    totals: tuple[tuple[str, str], ...]
    payment: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    foot: str


def compose(document: Document, tr: Translator, label: str = "") -> InvoicePage:
    """Word a document for its reader."""
    return InvoicePage(
        title=title_of(document, tr),
        label=label,
        seller=tuple(_seller(document.seller)),
        buyer=tuple(_buyer(document, tr)),
        facts=tuple(_facts(document, tr)),
        subject=plain(document.subject),
        note=plain(document.note, newlines=True),
        head=_head(tr),
        rows=tuple(_row(document, line, tr) for line in document.lines),
        totals=tuple(_totals(document, tr)),
        payment=tuple(_payment(document, tr)),
        notes=tuple(_notes(document, tr)),
        foot=_foot(document.seller, tr),
    )


def title_of(document: Document, tr: Translator) -> str:
    """What the document is called."""
    return {
        DocumentKind.INVOICE: tr.p("document", "Invoice"),
        DocumentKind.DEPOSIT: tr.p("document", "Deposit invoice"),
        DocumentKind.CREDIT: tr.p("document", "Credit note"),
        DocumentKind.PRO_FORMA: tr.p("document", "Pro forma invoice"),
    }[document.kind]


def _address(party: Party) -> list[str]:
    if party.structured and not party.address:
        lines = [*party.street.splitlines(), f"{party.postcode} {party.city}"]
    else:
        lines = party.address.splitlines()
    return [plain(line).strip() for line in lines if line.strip()]


def _seller(party: Party) -> Iterator[str]:
    yield plain(party.name)
    yield from _address(party)
    yield from (plain(each) for each in (party.email, party.phone) if each)


def _buyer(document: Document, tr: Translator) -> Iterator[str]:
    party = document.buyer
    yield plain(party.name)
    if party.attention:
        yield tr.t("For the attention of {name}", name=plain(party.attention))
    yield from _address(party)
    if party.country and party.country != document.seller.country:
        yield _country(party.country, tr.lang)
    if party.siren:
        yield f"SIREN {spaced(compact(party.siren), 3)}"
    if party.vat:
        yield tr.t("VAT number {number}", number=plain(written_vat(party.vat)))


def _country(code: str, lang: str) -> str:
    """The name of a country, as the post abroad wants it."""
    from babel import Locale

    return str(Locale(lang).territories.get(code, code))


def _foot(party: Party, tr: Translator) -> str:
    """Who the seller is by law, in one line."""
    capital = tr.t("capital {amount}", amount=plain(party.capital)) if party.capital else ""
    number = f"SIRET {spaced(party.siret[:9], 3)} {party.siret[9:]}" if party.siret else ""
    if not number and party.siren:
        number = f"SIREN {spaced(compact(party.siren), 3)}"
    vat = tr.t("VAT number {number}", number=plain(written_vat(party.vat))) if party.vat else ""
    form = "" if party.form and party.form in party.name.split() else plain(party.form)
    parts = (plain(party.name), form, capital, number, plain(party.register), vat, plain(party.tax_id))
    return " · ".join(part for part in parts if part)


def _facts(document: Document, tr: Translator) -> Iterator[tuple[str, str]]:
    if document.number:
        yield tr.p("invoice", "Number"), plain(document.number)
    if document.issued_on:
        yield tr.p("invoice", "Issued on"), formats.date(document.issued_on, tr.lang)
    if document.due_on and document.kind is not DocumentKind.CREDIT:
        yield tr.p("invoice", "Due on"), formats.date(document.due_on, tr.lang)
    if document.service_from and document.service_to:
        yield tr.p("invoice", "Services"), formats.days(document.service_from, document.service_to, tr.lang)
    if document.order:
        yield tr.p("invoice", "Your order"), plain(document.order)
    if document.buyer_reference:
        yield tr.p("invoice", "Your reference"), plain(document.buyer_reference)
    if document.preceding:
        yield tr.p("invoice", "Credits"), plain(document.preceding.number)


def _head(tr: Translator) -> InvoiceRow:
    return InvoiceRow(
        text=tr.p("invoice", "Description"),
        detail="",
        quantity=tr.p("invoice", "Quantity"),
        price=tr.p("invoice", "Unit price"),
        tax=tr.p("invoice", "Tax"),
        amount=tr.p("invoice", "Amount"),
    )


def _row(document: Document, line: DocumentLine, tr: Translator) -> InvoiceRow:
    details = [plain(line.detail, newlines=True)]
    for charge, minor in ((False, -line.allowance_minor), (True, line.charge_minor)):
        if minor:
            amount = formats.money(minor, document.currency, tr.lang, sign=True)
            reason = allowance_reason(line, charge, tr)
            details.append(tr.p("invoice", "{reason}: {amount}", reason=reason, amount=amount))
    return InvoiceRow(
        text=plain(line.text, newlines=True),
        detail="\n".join(each for each in details if each),
        quantity=quantity_of(line, tr),
        price=price_of(line, document.currency, tr),
        tax=tax_label(line, tr),
        amount=formats.money(line.net_minor, document.currency, tr.lang),
    )


def quantity_of(line: DocumentLine, tr: Translator) -> str:
    """How much of it: "12 h 15", "3 days", "2"; to the second where time is not whole minutes."""
    if line.unit in PER_HOUR:
        seconds = line.quantity_e4 * 3600 // (PER_HOUR[line.unit] * 10_000)
        return formats.timer(seconds) if seconds % 60 else formats.duration(seconds, tr.lang)
    number, count = formats.number(line.quantity, tr.lang), _plural(line, tr.lang)
    if line.unit is Unit.DAY:
        return tr.n("{count} day", "{count} days", count, count=number)
    if line.unit is Unit.MONTH:
        return tr.n("{count} month", "{count} months", count, count=number)
    return tr.n("{count} page", "{count} pages", count, count=number) if line.unit is Unit.PAGE else number


def _plural(line: DocumentLine, lang: str) -> int:
    """The number that chooses between one and many, also for parts of one."""
    count = abs(line.quantity)
    return 1 if (count < 2 if shown(lang).one_below_two else count == 1) else 2


def price_of(line: DocumentLine, currency: str, tr: Translator) -> str:
    """The price of one: "120,00 €/h", "650,00 €/j"; with all the decimals it has, six at most."""
    per = Fraction(line.price_minor, line.price_base)
    if line.unit in PER_HOUR:
        per *= PER_HOUR[line.unit]
    major = per / 10 ** exponent(currency)
    suffix = {Unit.MINUTE: "/h", Unit.SECOND: "/h", Unit.DAY: tr.p("price", "/day")}.get(line.unit, "")
    return formats.hourly(major, currency, tr.lang).removesuffix("/h") + suffix


def tax_label(line: DocumentLine, tr: Translator) -> str:
    """The tax of a line: its percentages, a dash where there is none."""
    if not line.tax.parts:
        return "–"
    return " + ".join(formats.percent(part.rate, tr.lang) for part in line.tax.parts)


def _totals(document: Document, tr: Translator) -> Iterator[tuple[str, str]]:
    def amount(minor: int) -> str:
        return formats.money(minor, document.currency, tr.lang)

    if document.allowances:
        yield tr.p("invoice", "Sum of the lines"), amount(document.lines_minor)
        for each in document.allowances:
            name = plain(each.text) or tr.p("invoice", "Discount")
            if len(document.taxes) > 1 and each.tax.parts:
                name += f" ({formats.percent(each.tax.rate, tr.lang)})"
            yield name, amount(-each.minor)
    yield tr.p("invoice", "Total before tax"), amount(document.net_minor)
    for tax in document.taxes:
        if tax.part:
            base = f" × {amount(tax.base_minor)}" if len(document.taxes) > 1 else ""
            yield f"{tax_name(tax.part, tr)} {formats.percent(tax.rate, tr.lang)}{base}", amount(tax.tax_minor)
    if document.tax_minor or document.prepaid or document.rounding_minor:
        yield tr.p("invoice", "Total with tax"), amount(document.total_minor)
    for earlier in document.prepaid:
        yield tr.t("Deposit {number} of {day}", number=plain(earlier.number),
                   day=formats.date(earlier.day, tr.lang)), amount(-earlier.minor)  # fmt: skip
    if document.rounding_minor:
        yield tr.p("invoice", "Rounding"), amount(document.rounding_minor)
    last = tr.p("invoice", "Credited") if document.kind is DocumentKind.CREDIT else tr.p("invoice", "To pay")
    yield last, amount(document.payable_minor)


def _payment(document: Document, tr: Translator) -> Iterator[tuple[str, str]]:
    """How to pay: by when, to which account, with which reference."""
    seller = document.seller
    if document.kind is DocumentKind.CREDIT or document.payable_minor <= 0:
        return
    if document.due_on:
        yield tr.p("invoice", "Payable by"), formats.date(document.due_on, tr.lang, "long")
    if seller.iban:
        yield "IBAN", spaced(compact(seller.iban))
    if seller.bic:
        yield "BIC", compact(seller.bic)
    if seller.account_name:
        yield tr.p("invoice", "Account of"), plain(seller.account_name)
    if document.reference and seller.iban:
        yield tr.p("invoice", "Reference"), spaced(document.reference)


def _notes(document: Document, tr: Translator) -> Iterator[str]:
    """Terms, then why no tax is charged, then what the law and the person want said; each once."""
    found = [payment_terms(document, tr)] if document.terms or document.kind is DocumentKind.CREDIT else []
    if document.early and document.kind is not DocumentKind.CREDIT:
        found = [_early(document, tr)]
    found += [document.because] if document.because else []
    found += [tax.sentence for tax in document.taxes if tax.sentence]
    if document.own:
        own = document.own
        found.append(
            tr.t("In {currency} at {rate}: {net} before tax, {tax} of tax", currency=own.currency,
                 rate=formats.number(own.rate, tr.lang), net=formats.money(own.net_minor, own.currency, tr.lang),
                 tax=formats.money(own.tax_minor, own.currency, tr.lang))
        )  # fmt: skip
    found += [each.text for each in document.mentions]
    if document.statements:
        found.append(tr.t("Annex: statement {numbers}", numbers=", ".join(map(plain, document.statements))))
    yield from dict.fromkeys(plain(each) for each in found if each)


def _early(document: Document, tr: Translator) -> str:
    """The discount for paying early, with its last day and both amounts."""
    early = document.early
    assert early is not None
    last = document.issued_on + timedelta(days=early.days) if document.issued_on else None
    off = half_up(document.payable_minor * Fraction(early.percent) / 100)
    return tr.t(
        "{percent} off if paid by {day}: {amount} instead of {whole}",
        percent=formats.percent(early.percent, tr.lang),
        day=formats.date(last, tr.lang) if last else f"+{early.days}",
        amount=formats.money(document.payable_minor - off, document.currency, tr.lang),
        whole=formats.money(document.payable_minor, document.currency, tr.lang),
    )
