"""Invoices as UBL 2.1: Peppol BIS Billing 3 and the French profile, from the same model as CII.

Peppol takes one note, France each on its own with its subject before it (`#PMT#`). Every figure is the document's own.
"""

from clepsydra.domain.check_digits import compact
from clepsydra.domain.document import TYPE_CODES, Document, DocumentKind, Party
from clepsydra.domain.document_lines import Allowance, DocumentLine
from clepsydra.domain.taxes import Category, TaxAmount, TaxRule
from clepsydra.exchange.invoice.parties import address_of, legal_id, names_vat, process, street_of
from clepsydra.exchange.invoice.words import allowance_reason, payment_terms
from clepsydra.exchange.invoice.xml import HEAD, NONE, Xml, amount, el, join, quantity
from clepsydra.language.translator import Translator

PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

_NAMESPACES = {
    "xmlns:cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "xmlns:cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_ROOT = "urn:oasis:names:specification:ubl:schema:xsd:"


def to_ubl(document: Document, tr: Translator) -> bytes:
    """The document in UTF-8; `tr` speaks its language."""
    name = "CreditNote" if document.kind is DocumentKind.CREDIT else "Invoice"
    lines = [_line(document, line, i, name, tr) for i, line in enumerate(document.lines, 1)]
    body = join(
        _head(document, name),
        _references(document),
        _party("cac:AccountingSupplierParty", document.seller, names_vat(document), seller=True),
        _party("cac:AccountingCustomerParty", document.buyer, names_vat(document)),
        _delivery(document),
        _means(document),
        el("cac:PaymentTerms", el("cbc:Note", payment_terms(document, tr))),
        *(_allowance(each, document.currency) for each in document.allowances),
        *_taxes(document),
        _sums(document),
        *lines,
    )
    return (HEAD + el(name, body, xmlns=f"{_ROOT}{name}-2", **_NAMESPACES) + "\n").encode()


def _head(document: Document, name: str) -> Xml:
    assert document.issued_on is not None
    peppol = document.profile == "peppol"
    due = document.due_on.isoformat() if document.due_on and name == "Invoice" else ""
    return join(
        el("cbc:CustomizationID", PEPPOL if peppol else "urn:cen.eu:en16931:2017"),
        el("cbc:ProfileID", _PEPPOL_PROCESS if peppol else process(document)),
        el("cbc:ID", document.number),
        el("cbc:IssueDate", document.issued_on.isoformat()),
        el("cbc:DueDate", due),
        el(f"cbc:{name}TypeCode", TYPE_CODES[document.kind]),
        *(el("cbc:Note", note) for note in _notes(document, peppol)),
        el("cbc:DocumentCurrencyCode", document.currency),
        el("cbc:TaxCurrencyCode", document.own.currency if document.own else ""),
        el("cbc:BuyerReference", document.buyer_reference),
        _period(document),
    )


def _notes(document: Document, peppol: bool) -> list[str]:
    written = [f"#{each.code}#{each.text}" if each.code else each.text for each in document.mentions]
    written += [document.note] if document.note else []
    if not peppol:
        return written
    return ["\n".join([*(each.text for each in document.mentions), document.note]).strip()]


def _period(document: Document) -> Xml:
    if not document.service_from or not document.service_to:
        return NONE
    return el(
        "cac:InvoicePeriod",
        el("cbc:StartDate", document.service_from.isoformat()),
        el("cbc:EndDate", document.service_to.isoformat()),
    )


def _references(document: Document) -> Xml:
    """The order, what a credit note credits, the deposits an invoice deducts."""
    earlier = [*document.prepaid, *([document.preceding] if document.preceding else [])]
    return join(
        el("cac:OrderReference", el("cbc:ID", document.order)),
        *(
            el(
                "cac:BillingReference",
                el(
                    "cac:InvoiceDocumentReference",
                    el("cbc:ID", each.number),
                    el("cbc:IssueDate", each.day.isoformat()),
                ),
            )
            for each in earlier
        ),
    )


def _party(name: str, party: Party, with_vat: bool, seller: bool = False) -> Xml:
    number, scheme = legal_id(party)
    street, postcode, city = street_of(party)
    address, kind = address_of(party)
    vat, tax_scheme = (compact(party.vat) if with_vat else "", "VAT")
    if not vat and seller:
        vat, tax_scheme = compact(party.tax_id or party.siren), "FC"
    contact = party.attention or (party.name if party.phone or party.email else "")
    return el(
        name,
        el(
            "cac:Party",
            el("cbc:EndpointID", address, schemeID=kind),
            el(
                "cac:PostalAddress",
                el("cbc:StreetName", street),
                el("cbc:CityName", city),
                el("cbc:PostalZone", postcode),
                el("cac:Country", el("cbc:IdentificationCode", party.country)),
            ),
            el(
                "cac:PartyTaxScheme",
                el("cbc:CompanyID", vat),
                el("cac:TaxScheme", el("cbc:ID", tax_scheme)),
            )
            if vat
            else NONE,
            el(
                "cac:PartyLegalEntity",
                el("cbc:RegistrationName", party.name),
                el("cbc:CompanyID", number, schemeID=scheme),
            ),
            el(
                "cac:Contact",
                el("cbc:Name", contact),
                el("cbc:Telephone", party.phone),
                el("cbc:ElectronicMail", party.email),
            ),
        ),
    )


def _delivery(document: Document) -> Xml:
    day = document.service_to.isoformat() if document.service_to else ""
    return el("cac:Delivery", el("cbc:ActualDeliveryDate", day))


def _means(document: Document) -> Xml:
    seller = document.seller
    if document.kind is DocumentKind.CREDIT or not seller.iban:
        return NONE
    return el(
        "cac:PaymentMeans",
        el("cbc:PaymentMeansCode", "58" if document.currency == "EUR" else "30"),
        el("cbc:PaymentID", document.reference),
        el(
            "cac:PayeeFinancialAccount",
            el("cbc:ID", compact(seller.iban)),
            el("cbc:Name", seller.account_name or seller.name),
            el("cac:FinancialInstitutionBranch", el("cbc:ID", compact(seller.bic))),
        ),
    )


def _category(name: str, category: Category, rate: str, sentence: str = "", code: str = "") -> Xml:
    exempt = category is not Category.STANDARD
    return el(
        name,
        el("cbc:ID", category),
        el("cbc:Percent", "" if category is Category.OUTSIDE else rate),
        el("cbc:TaxExemptionReasonCode", code if exempt else ""),
        el("cbc:TaxExemptionReason", sentence if exempt else ""),
        el("cac:TaxScheme", el("cbc:ID", "VAT")),
    )


def _rule(name: str, rule: TaxRule) -> Xml:
    return _category(name, rule.category, format(rule.rate, "f"))


def _adjustment(charge: bool, minor: int, reason: str, currency: str, *more: Xml, before: Xml = NONE) -> Xml:
    return el(
        "cac:AllowanceCharge",
        el("cbc:ChargeIndicator", "true" if charge else "false"),
        el("cbc:AllowanceChargeReason", reason),
        before,
        el("cbc:Amount", amount(minor, currency), currencyID=currency),
        *more,
    )


def _allowance(allowance: Allowance, currency: str) -> Xml:
    base = el("cbc:BaseAmount", amount(allowance.base_minor, currency), currencyID=currency)
    percent = el("cbc:MultiplierFactorNumeric", format(allowance.percent, "f"))
    tax = _rule("cac:TaxCategory", allowance.tax)
    more = (base, tax) if allowance.percent else (tax,)
    before = percent if allowance.percent else NONE
    return _adjustment(False, allowance.minor, allowance.text, currency, *more, before=before)


def _taxes(document: Document) -> list[Xml]:
    currency = document.currency
    groups = [_tax(each, currency) for each in document.taxes]
    total = el("cbc:TaxAmount", amount(document.tax_minor, currency), currencyID=currency)
    made = [el("cac:TaxTotal", total, *groups)]
    if document.own:
        own = document.own
        made.append(
            el("cac:TaxTotal", el("cbc:TaxAmount", amount(own.tax_minor, own.currency), currencyID=own.currency))
        )
    return made


def _tax(tax: TaxAmount, currency: str) -> Xml:
    return el(
        "cac:TaxSubtotal",
        el("cbc:TaxableAmount", amount(tax.base_minor, currency), currencyID=currency),
        el("cbc:TaxAmount", amount(tax.tax_minor, currency), currencyID=currency),
        _category("cac:TaxCategory", tax.category, format(tax.rate, "f"), tax.sentence, tax.code),
    )


def _sums(document: Document) -> Xml:
    def money(name: str, minor: int) -> Xml:
        return el(name, amount(minor, document.currency), currencyID=document.currency)

    return el(
        "cac:LegalMonetaryTotal",
        money("cbc:LineExtensionAmount", document.lines_minor),
        money("cbc:TaxExclusiveAmount", document.net_minor),
        money("cbc:TaxInclusiveAmount", document.total_minor),
        money("cbc:AllowanceTotalAmount", document.allowance_minor) if document.allowances else NONE,
        money("cbc:PrepaidAmount", document.prepaid_minor) if document.prepaid else NONE,
        money("cbc:PayableRoundingAmount", document.rounding_minor) if document.rounding_minor else NONE,
        money("cbc:PayableAmount", document.payable_minor),
    )


def _line(document: Document, line: DocumentLine, number: int, kind: str, tr: Translator) -> Xml:
    currency = document.currency
    counted = "cbc:CreditedQuantity" if kind == "CreditNote" else "cbc:InvoicedQuantity"
    adjusted = [
        _adjustment(charge, minor, allowance_reason(line, charge, tr), currency)
        for charge, minor in ((False, line.allowance_minor), (True, line.charge_minor))
        if minor
    ]
    return el(
        f"cac:{kind}Line",
        el("cbc:ID", str(number)),
        el(counted, quantity(line.quantity_e4), unitCode=line.unit),
        el("cbc:LineExtensionAmount", amount(line.net_minor, currency), currencyID=currency),
        *adjusted,
        el(
            "cac:Item",
            el("cbc:Description", line.detail),
            el("cbc:Name", line.text or "-"),
            _rule("cac:ClassifiedTaxCategory", line.tax),
        ),
        el(
            "cac:Price",
            el("cbc:PriceAmount", amount(line.price_minor, currency), currencyID=currency),
            el("cbc:BaseQuantity", str(line.price_base), unitCode=line.unit),
        ),
    )
