"""Amounts of money as people type them, as integer minor units; nothing is rounded."""

import re
from decimal import Decimal

from clepsydra.domain.money import exponent, minor_units
from clepsydra.language.currencies import symbol
from clepsydra.language.typed.errors import TypedKind, Unreadable
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import TABLES

_SIGNS = {lang: words.decimal_sign for lang, words in TABLES.items()}
_DOUBTFUL = r"[1-9][0-9]{0,2}[.,][0-9]{3}"


def parse_amount(text: str, currency: str, lang: str) -> int:
    """Minor units of "1245.5", "1 245,50 €", "1,245.50", "CHF 1'245.50"; raises `Unreadable`.

    Both decimal signs are read in every language; where a lone one before three figures could as well group thousands,
    the language decides. More decimals than the currency has are refused.
    """
    found = plain(text, TypedKind.AMOUNT)
    for sign in sorted({currency, *(symbol(currency, each) for each in TABLES)}, key=len, reverse=True):
        shown = plain(sign, TypedKind.AMOUNT)
        found = found.removeprefix(shown).removesuffix(shown).strip()
    value = read_decimal(found, lang)
    if value is None or -int(value.as_tuple().exponent) > exponent(currency):
        raise Unreadable(text, TypedKind.AMOUNT)
    return minor_units(value, currency)


def read_decimal(found: str, lang: str = "") -> Decimal | None:
    """The number that a text in its plain shape writes, with all its decimals, or None when it writes none.

    Without a language, what could as well be grouped thousands ("1,245") is none, but a point is always decimal.
    """
    if re.fullmatch(_DOUBTFUL, found) and not lang and "," in found:
        return None
    point = _decimal_sign(found, lang)
    whole, _, decimals = found.partition(point) if point else (found, "", "")
    grouping = set(re.findall("[^0-9]", whole))
    grouped = r"[0-9]{1,3}(?:[ ',.][0-9]{3})+" if grouping else r"[0-9]{1,12}"
    if len(grouping) > 1 or not re.fullmatch(grouped, whole) or not re.fullmatch("[0-9]{0,12}", decimals):
        return None
    return Decimal(f"{re.sub('[^0-9]', '', whole)}.{decimals or 0}" if decimals else re.sub("[^0-9]", "", whole))


def _decimal_sign(found: str, lang: str) -> str:
    """Which of point and comma begins the decimals; empty for none."""
    points = re.findall("[.,]", found)
    if len(set(points)) == 2:
        return str(points[-1])
    if len(points) != 1:
        return ""
    doubtful = re.fullmatch(_DOUBTFUL, found)
    return "" if doubtful and points[0] != _SIGNS.get(lang, ".") else str(points[0])
