"""Amounts of money as people type them, as integer minor units; nothing is rounded."""

import re
from decimal import Decimal

from clepsydra.domain.money import exponent, minor_units
from clepsydra.language.currencies import symbol
from clepsydra.language.typed.errors import Kind, Unreadable
from clepsydra.language.typed.plain import plain

_SIGNS = {"en": ".", "fr": ","}


def parse_amount(text: str, currency: str, lang: str) -> int:
    """Minor units of "1245.5", "1 245,50 €", "1,245.50", "CHF 1'245.50"; raises `Unreadable`.

    Both decimal signs are read in both languages; where a lone one before three figures could as well group thousands,
    the language decides. More decimals than the currency has are refused.
    """
    found = plain(text, Kind.AMOUNT)
    for sign in sorted((currency, symbol(currency, "en"), symbol(currency, "fr")), key=len, reverse=True):
        shown = plain(sign, Kind.AMOUNT)
        found = found.removeprefix(shown).removesuffix(shown).strip()
    point = _decimal_sign(found, lang)
    whole, _, decimals = found.partition(point) if point else (found, "", "")
    grouping = set(re.findall("[^0-9]", whole))
    grouped = r"[0-9]{1,3}(?:[ ',.][0-9]{3})+" if grouping else r"[0-9]{1,12}"
    if len(grouping) > 1 or not re.fullmatch(grouped, whole) or not re.fullmatch("[0-9]*", decimals):
        raise Unreadable(text, Kind.AMOUNT)
    if len(decimals) > exponent(currency):
        raise Unreadable(text, Kind.AMOUNT)
    return minor_units(Decimal(f"{re.sub('[^0-9]', '', whole)}.{decimals or 0}"), currency)


def _decimal_sign(found: str, lang: str) -> str:
    """Which of point and comma begins the decimals; empty for none."""
    points = re.findall("[.,]", found)
    if len(set(points)) == 2:
        return str(points[-1])
    if len(points) != 1:
        return ""
    doubtful = re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", found)
    return "" if doubtful and points[0] != _SIGNS.get(lang, ".") else str(points[0])
