"""Invoices as UN/CEFACT Cross Industry Invoice: Factur-X (EN 16931) and XRechnung, from the same model.

Written from the document alone, in the order its schema wants; every figure is the document's own, none is reckoned
here. The same document gives the same bytes.
"""

from datetime import date

from clepsydra.domain.check_digits import compact
from clepsydra.domain.document import TYPE_CODES, Document, DocumentKind, Party
from clepsydra.domain.document_lines import Allowance, DocumentLine
from clepsydra.domain.taxes import Category, TaxAmount, TaxRule
from clepsydra.exchange.invoice.parties import address_of, legal_id, names_vat, process, street_of
from clepsydra.exchange.invoice.words import allowance_reason, payment_terms
from clepsydra.exchange.invoice.xml import HEAD, NONE, Xml, amount, compact_day, el, join, quantity
from clepsydra.language.translator import Translator

GUIDELINES = {
    "facturx": "urn:cen.eu:en16931:2017",
    "xrechnung": "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
}
"""The profile's name in BT-24."""

_PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

_NAMESPACES = {
    "xmlns:rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "xmlns:ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "xmlns:qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}


def to_cii(document: Document, tr: Translator) -> bytes:
    """The document in UTF-8; `tr` speaks its language."""
    body = join(_context(document), _head(document), _transaction(document, tr))
    return (HEAD + el("rsm:CrossIndustryInvoice", body, **_NAMESPACES) + "\n").encode()


def _context(document: Document) -> Xml:
    process_id = _PEPPOL_PROCESS if document.profile == "xrechnung" else process(document)
    guideline = GUIDELINES.get(document.profile, GUIDELINES["facturx"])
    return el(
        "rsm:ExchangedDocumentContext",
        el("ram:BusinessProcessSpecifiedDocumentContextParameter", el("ram:ID", process_id)),
        el("ram:GuidelineSpecifiedDocumentContextParameter", el("ram:ID", guideline)),
    )


def _head(document: Document) -> Xml:
    assert document.issued_on is not None
    notes = [
        el("ram:IncludedNote", el("ram:Content", each.text), el("ram:SubjectCode", each.code))
        for each in document.mentions
    ]
    if document.note:
        notes.append(el("ram:IncludedNote", el("ram:Content", document.note)))
    return el(
        "rsm:ExchangedDocument",
        el("ram:ID", document.number),
        el("ram:TypeCode", TYPE_CODES[document.kind]),
        el("ram:IssueDateTime", _date("udt:DateTimeString", document.issued_on)),
        *notes,
    )


def _date(name: str, day: date) -> Xml:
    return el(name, compact_day(day), format="102")


def _transaction(document: Document, tr: Translator) -> Xml:
    lines = [_line(document, line, i, tr) for i, line in enumerate(document.lines, 1)]
    # The place of delivery is not known apart from the buyer's; the element itself must be there.
    delivery = Xml("<ram:ApplicableHeaderTradeDelivery/>")
    if document.service_to:
        delivery = el(
            "ram:ApplicableHeaderTradeDelivery",
            el(
                "ram:ActualDeliverySupplyChainEvent",
                el("ram:OccurrenceDateTime", _date("udt:DateTimeString", document.service_to)),
            ),
        )
    return el("rsm:SupplyChainTradeTransaction", *lines, _agreement(document), delivery, _settlement(document, tr))


def _line(document: Document, line: DocumentLine, number: int, tr: Translator) -> Xml:
    currency = document.currency
    price = el(
        "ram:NetPriceProductTradePrice",
        el("ram:ChargeAmount", amount(line.price_minor, currency)),
        el("ram:BasisQuantity", str(line.price_base), unitCode=line.unit),
    )
    adjusted = [
        _adjustment(charge, minor, allowance_reason(line, charge, tr), currency)
        for charge, minor in ((False, line.allowance_minor), (True, line.charge_minor))
        if minor
    ]
    return el(
        "ram:IncludedSupplyChainTradeLineItem",
        el("ram:AssociatedDocumentLineDocument", el("ram:LineID", str(number))),
        el("ram:SpecifiedTradeProduct", el("ram:Name", line.text or "-"), el("ram:Description", line.detail)),
        el("ram:SpecifiedLineTradeAgreement", price),
        el(
            "ram:SpecifiedLineTradeDelivery",
            el("ram:BilledQuantity", quantity(line.quantity_e4), unitCode=line.unit),
        ),
        el(
            "ram:SpecifiedLineTradeSettlement",
            _tax_of(line.tax, "ram:ApplicableTradeTax"),
            *adjusted,
            el(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                el("ram:LineTotalAmount", amount(line.net_minor, currency)),
            ),
        ),
    )


def _tax_of(rule: TaxRule, name: str) -> Xml:
    rate = "" if rule.category is Category.OUTSIDE else format(rule.rate, "f")
    return el(
        name,
        el("ram:TypeCode", "VAT"),
        el("ram:CategoryCode", rule.category),
        el("ram:RateApplicablePercent", rate),
    )


def _adjustment(charge: bool, minor: int, reason: str, currency: str, *more: Xml, before: Xml = NONE) -> Xml:
    return el(
        "ram:SpecifiedTradeAllowanceCharge",
        el("ram:ChargeIndicator", el("udt:Indicator", "true" if charge else "false")),
        before,
        el("ram:ActualAmount", amount(minor, currency)),
        el("ram:Reason", reason),
        *more,
    )


def _agreement(document: Document) -> Xml:
    with_vat = names_vat(document)
    return el(
        "ram:ApplicableHeaderTradeAgreement",
        el("ram:BuyerReference", document.buyer_reference),
        el("ram:SellerTradeParty", _party(document.seller, with_vat, seller=True)),
        el("ram:BuyerTradeParty", _party(document.buyer, with_vat)),
        el("ram:BuyerOrderReferencedDocument", el("ram:IssuerAssignedID", document.order)),
    )


def _party(party: Party, with_vat: bool, seller: bool = False) -> Xml:
    number, scheme = legal_id(party)
    street, postcode, city = street_of(party)
    address, kind = address_of(party)
    registrations = [el("ram:SpecifiedTaxRegistration", el("ram:ID", compact(party.vat), schemeID="VA"))]
    if not with_vat or not party.vat:
        fiscal = party.tax_id or party.siren if seller else ""
        registrations = [el("ram:SpecifiedTaxRegistration", el("ram:ID", compact(fiscal), schemeID="FC"))]
    return join(
        el("ram:Name", party.name),
        el("ram:SpecifiedLegalOrganization", el("ram:ID", number, schemeID=scheme)),
        _contact(party),
        el(
            "ram:PostalTradeAddress",
            el("ram:PostcodeCode", postcode),
            el("ram:LineOne", street),
            el("ram:CityName", city),
            el("ram:CountryID", party.country),
        ),
        el("ram:URIUniversalCommunication", el("ram:URIID", address, schemeID=kind)),
        *registrations,
    )


def _contact(party: Party) -> Xml:
    name = party.attention or (party.name if party.phone or party.email else "")
    return el(
        "ram:DefinedTradeContact",
        el("ram:PersonName", name),
        el("ram:TelephoneUniversalCommunication", el("ram:CompleteNumber", party.phone)),
        el("ram:EmailURIUniversalCommunication", el("ram:URIID", party.email)),
    )


def _settlement(document: Document, tr: Translator) -> Xml:
    currency = document.currency
    return el(
        "ram:ApplicableHeaderTradeSettlement",
        el("ram:PaymentReference", document.reference),
        el("ram:TaxCurrencyCode", document.own.currency if document.own else ""),
        el("ram:InvoiceCurrencyCode", currency),
        _means(document),
        *(_tax(tax, currency) for tax in document.taxes),
        _period(document),
        *(_allowance(each, currency) for each in document.allowances),
        _terms(document, tr),
        _sums(document),
        *_earlier(document),
    )


def _means(document: Document) -> Xml:
    seller = document.seller
    if document.kind is DocumentKind.CREDIT or not seller.iban:
        return NONE
    return el(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        el("ram:TypeCode", "58" if document.currency == "EUR" else "30"),
        el(
            "ram:PayeePartyCreditorFinancialAccount",
            el("ram:IBANID", compact(seller.iban)),
            el("ram:AccountName", seller.account_name or seller.name),
        ),
        el("ram:PayeeSpecifiedCreditorFinancialInstitution", el("ram:BICID", compact(seller.bic))),
    )


def _tax(tax: TaxAmount, currency: str) -> Xml:
    rate = "" if tax.category is Category.OUTSIDE else format(tax.rate, "f")
    return el(
        "ram:ApplicableTradeTax",
        el("ram:CalculatedAmount", amount(tax.tax_minor, currency)),
        el("ram:TypeCode", "VAT"),
        el("ram:ExemptionReason", "" if tax.category is Category.STANDARD else tax.sentence),
        el("ram:BasisAmount", amount(tax.base_minor, currency)),
        el("ram:CategoryCode", tax.category),
        el("ram:ExemptionReasonCode", tax.code),
        el("ram:RateApplicablePercent", rate),
    )


def _period(document: Document) -> Xml:
    if not document.service_from or not document.service_to:
        return NONE
    return el(
        "ram:BillingSpecifiedPeriod",
        el("ram:StartDateTime", _date("udt:DateTimeString", document.service_from)),
        el("ram:EndDateTime", _date("udt:DateTimeString", document.service_to)),
    )


def _allowance(allowance: Allowance, currency: str) -> Xml:
    before = NONE
    if allowance.percent:
        before = join(
            el("ram:CalculationPercent", format(allowance.percent, "f")),
            el("ram:BasisAmount", amount(allowance.base_minor, currency)),
        )
    tax = _tax_of(allowance.tax, "ram:CategoryTradeTax")
    return _adjustment(False, allowance.minor, allowance.text, currency, tax, before=before)


def _terms(document: Document, tr: Translator) -> Xml:
    due = _date("udt:DateTimeString", document.due_on) if document.due_on else NONE
    return el(
        "ram:SpecifiedTradePaymentTerms",
        el("ram:Description", payment_terms(document, tr)),
        el("ram:DueDateDateTime", due),
    )


def _sums(document: Document) -> Xml:
    def money(name: str, minor: int, **attributes: str) -> Xml:
        return el(name, amount(minor, document.currency), **attributes)

    own = document.own
    return el(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        money("ram:LineTotalAmount", document.lines_minor),
        money("ram:AllowanceTotalAmount", document.allowance_minor) if document.allowances else NONE,
        money("ram:TaxBasisTotalAmount", document.net_minor),
        money("ram:TaxTotalAmount", document.tax_minor, currencyID=document.currency),
        el("ram:TaxTotalAmount", amount(own.tax_minor, own.currency), currencyID=own.currency) if own else NONE,
        money("ram:RoundingAmount", document.rounding_minor) if document.rounding_minor else NONE,
        money("ram:GrandTotalAmount", document.total_minor),
        money("ram:TotalPrepaidAmount", document.prepaid_minor) if document.prepaid else NONE,
        money("ram:DuePayableAmount", document.payable_minor),
    )


def _earlier(document: Document) -> list[Xml]:
    """The documents it speaks of: what it credits, the deposits it deducts (BG-3)."""
    found = [*document.prepaid, *([document.preceding] if document.preceding else [])]
    return [
        el(
            "ram:InvoiceReferencedDocument",
            el("ram:IssuerAssignedID", each.number),
            el("ram:FormattedIssueDateTime", _date("qdt:DateTimeString", each.day)),
        )
        for each in found
    ]
