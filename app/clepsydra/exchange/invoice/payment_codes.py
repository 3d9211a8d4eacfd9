"""The codes that bank apps photograph: EPC for transfers in euros, the Swiss QR-bill.

Payloads are written here byte by byte, the matrix comes from segno, and whoever draws it fills rectangles: no picture.
"""

from collections.abc import Iterator

from clepsydra.domain.check_digits import compact, is_iban, is_qr_iban
from clepsydra.domain.document import Document, DocumentKind, Party
from clepsydra.exchange.invoice.xml import amount
from clepsydra.exchange.text import plain

EPC_MODULES = 32.0
"""Millimetres of the EPC code's side."""
SWISS_SIDE = 46.0
"""Millimetres of the Swiss code's side, without its quiet zone."""

_MOD10 = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def epc_payload(document: Document) -> str:
    """The text of an EPC code (EPC069-12, version 002); empty where there is none: not euros, no IBAN, nothing to pay.

    Amounts always carry two decimals: EUR2300.40.
    """
    seller, iban = document.seller, compact(document.seller.iban)
    payable = document.payable_minor
    unpayable = document.kind in (DocumentKind.CREDIT, DocumentKind.PRO_FORMA) or not 0 < payable < 10**11
    if document.currency != "EUR" or not is_iban(iban) or unpayable:
        return ""
    name = plain(seller.account_name or seller.name)[:70]
    text = "" if document.reference else plain(document.number)[:140]
    lines = ("BCD", "002", "1", "SCT", compact(seller.bic), name, iban, "EUR" + amount(payable, "EUR"), "",
             document.reference, text)  # fmt: skip
    return "\n".join(lines)


def swiss_payload(document: Document) -> str:
    """The 31 lines of a Swiss QR-bill (version 2.3, structured addresses); empty where there is none."""
    iban, payable = compact(document.seller.iban), document.payable_minor
    payer = document.kind in (DocumentKind.INVOICE, DocumentKind.DEPOSIT)
    if not document.swiss_qr or iban[:2] not in ("CH", "LI") or not is_iban(iban) or not payer or payable <= 0:
        return ""
    if document.currency not in ("CHF", "EUR"):
        return ""
    kind, reference = "SCOR" if document.reference else "NON", document.reference
    if is_qr_iban(iban):
        kind, reference = "QRR", qr_reference(document.number)
    lines = ("SPC", "0200", "1", iban, *_swiss_party(document.seller, document.seller.account_name), *[""] * 7,
             amount(payable, document.currency), document.currency, *_swiss_party(document.buyer), kind, reference,
             plain(document.number)[:140], "EPD")  # fmt: skip
    return "\n".join(lines)


def _swiss_party(party: Party, name: str = "") -> tuple[str, ...]:
    street, house = street_and_house(party)
    return ("S", plain(name or party.name)[:70], street[:70], house[:16], plain(party.postcode)[:16],
            plain(party.city)[:35], party.country[:2])  # fmt: skip


def street_and_house(party: Party) -> tuple[str, str]:
    """Street and house number apart, where the number stands at the end or the beginning: "Rue du Lac 12", "12 rue"."""
    words = plain(party.street).split()
    if len(words) > 1 and words[-1][:1].isdigit():
        return " ".join(words[:-1]), words[-1]
    if len(words) > 1 and words[0][:1].isdigit():
        return " ".join(words[1:]), words[0].rstrip(",")
    return " ".join(words), ""


def qr_reference(number: str) -> str:
    """The 27 digits that a document's number gives to a QR-IBAN, checked by modulo 10, recursive."""
    digits = "".join(char for char in number if char.isdigit())[-26:].rjust(26, "0")
    carry = 0
    for digit in digits:
        carry = _MOD10[(carry + int(digit)) % 10]
    return digits + str((10 - carry) % 10)


def matrix(payload: str, *, swiss: bool = False) -> tuple[tuple[bool, ...], ...]:
    """The modules of a code, dark ones true, without a quiet zone; error level M."""
    import segno

    code = segno.make(payload, error="m", micro=False, boost_error=False, encoding="utf-8", eci=False)
    assert not swiss or int(code.version) <= 25
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def bars(modules: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """Dark modules as horizontal bars: row, first column, length."""
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                yield y, x, end - x
            x = max(end, x + 1)
