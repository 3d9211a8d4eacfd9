"""Amounts of money as people type them, as integer minor units; nothing is rounded."""

import re
from decimal import Decimal

from clepsydra.domain.money import exponent, minor_units
from clepsydra.language.currencies import symbol
from clepsydra.language.typed.errors import Kind, Unreadable
from clepsydra.language.typed.plain import plain

_GROUPED = r"[0-9]{1,3}(?:[ ',.][0-9]{3})+(?=[.,]|$)|[0-9]{1,12}"


def parse_amount(text: str, currency: str) -> int:
    """Minor units of "1245.5", "1 245,50 €", "1,245.50", "CHF 1'245.50"; raises `Unreadable`.

    More decimals than the currency has are refused, and so is a lone separator before three figures, which some read
    as thousands and some as decimals.
    """
    found = plain(text, Kind.AMOUNT)
    for sign in (currency, symbol(currency, "en"), symbol(currency, "fr")):
        found = found.removeprefix(sign.casefold()).removesuffix(sign.casefold()).strip()
    match = re.fullmatch(rf"({_GROUPED})(?:([.,])([0-9]*))?", found)
    if match is None:
        raise Unreadable(text, Kind.AMOUNT)
    whole, point, decimals = match[1], match[2] or "", match[3] or ""
    separators = set(re.sub("[0-9]", "", whole))
    doubtful = len(separators) > 1 or point in separators or (separators <= {",", "."} and separators and not point)
    if doubtful or len(decimals) > exponent(currency):
        raise Unreadable(text, Kind.AMOUNT)
    return minor_units(Decimal(f"{re.sub('[^0-9]', '', whole)}.{decimals or 0}"), currency)
