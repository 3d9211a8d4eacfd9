"""The payment part of a Swiss QR-bill: receipt and payment slip, 105 mm at the foot of the last page.

Sizes and places are those of the style guide (SIX): the code of 46 mm with its cross, the receipt of 62 mm beside it,
both cut off along dashed lines.
"""

from clepsydra.domain.check_digits import compact, is_qr_iban, spaced
from clepsydra.domain.document import Document, Party
from clepsydra.exchange.invoice.payment_codes import SWISS_SIDE, bars, matrix, qr_reference
from clepsydra.exchange.invoice.xml import amount
from clepsydra.exchange.pdf_sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet, leading
from clepsydra.exchange.text import plain
from clepsydra.language.translator import Translator

HEIGHT = 105.0
_TOP = PAGE_HEIGHT - HEIGHT
ABOVE = _TOP - 6
"""Where the foot of the page stands instead."""
_RECEIPT, _PAYMENT, _DETAILS = 5.0, 67.0, 118.0
_CROSS = 7.0
BLACK = (0, 0, 0)


def draw(sheet: Sheet, document: Document, payload: str, tr: Translator) -> None:
    """Draw both parts at the foot of the page, or of a new one where its foot is taken."""
    if sheet.y > ABOVE - 7:
        sheet.add_page()
    sheet.slip_page = sheet.page
    sheet.cut(0, _TOP, PAGE_WIDTH, _TOP)
    sheet.cut(62, _TOP, 62, PAGE_HEIGHT)
    _title(sheet, tr.p("swiss", "Receipt"), _RECEIPT)
    _title(sheet, tr.p("swiss", "Payment part"), _PAYMENT)
    _code(sheet, payload)
    account = (spaced(compact(document.seller.iban)), *_party(document.seller, document.seller.account_name))
    parts = [(tr.p("swiss", "Account / Payable to"), account)]
    reference = _reference(document)
    if reference:
        parts.append((tr.p("swiss", "Reference"), (reference,)))
    payer = (tr.p("swiss", "Payable by"), tuple(_party(document.buyer)))
    info = (tr.p("swiss", "Additional information"), (plain(document.number),))
    _parts(sheet, [*parts, payer], _RECEIPT, _TOP + 14.5, (6.0, 8.0), 52)
    _parts(sheet, [*parts, info, payer], _DETAILS, _TOP + 5 + 3, (8.0, 10.0), 87)
    _amount(sheet, document, tr, _RECEIPT, _TOP + 68, (6.0, 8.0), 14)
    _amount(sheet, document, tr, _PAYMENT, _TOP + 73, (8.0, 10.0), 16)
    sheet.font(6, bold=True, colour=BLACK)
    sheet.put(tr.p("swiss", "Acceptance point"), 57, "R", y=_TOP + 84)


def _title(sheet: Sheet, text: str, x: float) -> None:
    sheet.font(11, bold=True, colour=BLACK)
    sheet.put(text, x, y=_TOP + 8.5, tag="H2")


def _code(sheet: Sheet, payload: str) -> None:
    modules = matrix(payload, swiss=True)
    x, y = _PAYMENT, _TOP + 17
    sheet.code(bars(modules), x, y, SWISS_SIDE / len(modules))
    left, top = x + (SWISS_SIDE - _CROSS) / 2, y + (SWISS_SIDE - _CROSS) / 2
    sheet.box(left, top, _CROSS, _CROSS, (255, 255, 255))
    sheet.box(left + 0.5, top + 0.5, 6, 6, BLACK)
    # The arms of the federal cross are a sixth longer than they are wide.
    sheet.box(left + 2.95, top + 1.6, 1.1, 3.8, (255, 255, 255))
    sheet.box(left + 1.6, top + 2.95, 3.8, 1.1, (255, 255, 255))


def _reference(document: Document) -> str:
    if is_qr_iban(compact(document.seller.iban)):
        number = qr_reference(document.number)
        return number[:2] + " " + spaced(number[2:], 5)
    return spaced(document.reference)


def _party(party: Party, name: str = "") -> list[str]:
    town = f"{party.country[:2]}-{party.postcode} {party.city}" if party.country != "CH" else ""
    lines = [name or party.name, party.street, town or f"{party.postcode} {party.city}"]
    return [plain(line) for line in lines if line.strip()]


def _parts(
    sheet: Sheet,
    parts: list[tuple[str, tuple[str, ...]]],
    x: float,
    y: float,
    sizes: tuple[float, float],
    width: float,
) -> None:
    small, size = sizes
    for title, lines in parts:
        sheet.font(small, bold=True, colour=BLACK)
        sheet.put(title, x, y=y)
        y += leading(size) * 0.9
        for line in lines:
            sheet.font(size, colour=BLACK)
            for piece in sheet.wrap(line, width)[:2]:
                sheet.put(piece, x, y=y)
                y += leading(size) * 0.84
        y += leading(small) * 0.6


def _amount(
    sheet: Sheet, document: Document, tr: Translator, x: float, y: float, sizes: tuple[float, float], gap: float
) -> None:
    small, size = sizes
    sheet.font(small, bold=True, colour=BLACK)
    sheet.put(tr.p("swiss", "Currency"), x, y=y)
    sheet.put(tr.p("swiss", "Amount"), x + gap, y=y)
    sheet.font(size, colour=BLACK)
    sheet.put(document.currency, x, y=y + leading(size))
    whole, _, cents = amount(document.payable_minor, document.currency).partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    sheet.put(f"{grouped}.{cents}", x + gap, y=y + leading(size))
