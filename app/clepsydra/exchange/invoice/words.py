"""What electronic invoices and the PDF say in words: reasons of allowances, terms of payment."""

from clepsydra.domain.document import Document, DocumentKind
from clepsydra.domain.document_lines import DocumentLine, DocumentLineSort
from clepsydra.exchange.text import plain
from clepsydra.language import formats
from clepsydra.language.translator import Translator


def allowance_reason(line: DocumentLine, charge: bool, tr: Translator) -> str:
    """Why a line is less, or more, than its quantity times its price."""
    if line.allowance_percent:
        return tr.t("Discount of {percent}", percent=formats.percent(line.allowance_percent, tr.lang))
    if charge:
        return tr.p("invoice", "Handling") if line.sort is DocumentLineSort.REBILLED else tr.p("invoice", "Rounding")
    return tr.p("invoice", "Discount")


def tax_name(part: str, tr: Translator) -> str:
    """What a tax is called in the language of its reader, where it has a name in both; else as it was set."""
    names = {"TVA": tr.p("tax", "VAT"), "TPS": tr.p("tax", "GST"), "TVQ": tr.p("tax", "QST")}
    return names.get(part) or plain(part)


def payment_terms(document: Document, tr: Translator) -> str:
    """When it is to be paid, and what is taken off for paying early; of a credit note, what it credits."""
    if document.kind is DocumentKind.CREDIT:
        assert document.preceding is not None
        return tr.t("Credited from invoice {number} of {day}", number=document.preceding.number,
                    day=formats.date(document.preceding.day, tr.lang))  # fmt: skip
    parts = [document.terms]
    early = document.early
    if early and document.profile == "xrechnung":
        parts = [f"#SKONTO#TAGE={early.days}#PROZENT={early.percent:.2f}#\n"]
    elif early:
        parts.append(
            tr.n("{percent} off if paid within {count} day", "{percent} off if paid within {count} days", early.days,
                 percent=formats.percent(early.percent, tr.lang))
        )  # fmt: skip
    return " · ".join(part for part in parts if part)
