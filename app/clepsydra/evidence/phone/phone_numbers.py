"""Telephone numbers as lists write them, turned into +33612345678; what is none, or is masked, never into a guess.

The library takes letters for digits of a keypad, and short codes for numbers abroad. So letters and stars are refused
before it is asked, and so is whatever has fewer than eight digits; of a masked number what stands before the mask is
kept (`+324741234*`), which may still be exactly one client's. The library is loaded with the first number.
"""

import re
from functools import lru_cache

from clepsydra.settings.model import Settings

SHORTEST = 8
"""Digits below which nothing is a number of somebody: extensions, services, emergencies."""

_ZONES = {
    "Europe/Paris": "FR", "Europe/Brussels": "BE", "Europe/Berlin": "DE", "Europe/Madrid": "ES", "Europe/Rome": "IT",
    "Europe/Luxembourg": "LU", "Europe/Amsterdam": "NL", "Europe/Lisbon": "PT", "Europe/Vienna": "AT",
    "Europe/Dublin": "IE", "Europe/Helsinki": "FI", "Europe/Athens": "GR", "Europe/Zurich": "CH",
    "Europe/London": "GB", "America/Montreal": "CA", "America/Toronto": "CA", "America/New_York": "US",
    "America/Chicago": "US", "America/Los_Angeles": "US", "Europe/Monaco": "MC",
}  # fmt: skip
_CURRENCIES = {
    "CHF": "CH", "GBP": "GB", "USD": "US", "CAD": "CA", "AUD": "AU", "JPY": "JP", "SEK": "SE", "NOK": "NO",
    "DKK": "DK", "PLN": "PL", "CZK": "CZ", "MAD": "MA", "TND": "TN",
}  # fmt: skip
_NO_NUMBER = frozenset({
    "unknown", "private", "anonymous", "restricted", "withheld", "unbekannt", "anonym", "inconnu", "privé", "masqué",
})  # fmt: skip
_MASK = re.compile(r"(.*?\d)[\s.\-]*(?:[xX*•·#…][\s.\-]*)+")
_HIDDEN_CALL = re.compile(r"^[*#]\d{2,3}[#*]")


def region(settings: Settings) -> str:
    """The country of numbers without one: as it is set, else that of the seat, the time zone or the currency."""
    country = settings.phone.country or settings.seller.country or _ZONES.get(settings.time_zone.key, "")
    return (country or _CURRENCIES.get(settings.currency, ""))[:2]


def number(text: str, country: str) -> str | None:
    """A whole number as +33612345678; None where the text is none that could be somebody's."""
    bare = _bare(text)
    if bare is None or re.search(r"[^\d\s+().\-/\u00a0\u202f]", bare) or bare.count("+") > 1:
        return None
    digits = re.sub(r"\D", "", bare)
    if not SHORTEST <= len(digits) <= 15 + 2:
        return None
    return _parsed("+" + digits[2:] if digits.startswith("00") else bare, country) or _abroad(digits)


def party(text: str, country: str) -> tuple[str, ...]:
    """The other side of a call as contacts name it: a number, a masked one, or nobody known."""
    found = number(text, country)
    if found:
        return (found,)
    bare = _bare(text)
    masked = _MASK.fullmatch(bare) if bare else None
    begin = prefix(masked[1], country) if masked else None
    return (begin + "*",) if begin else ()


def pattern(text: str, country: str) -> str | None:
    """A number of a client's file, or the beginning of one with its *."""
    if text.rstrip().endswith("*"):
        begin = prefix(text.rstrip()[:-1], country)
        return begin + "*" if begin else None
    return number(text, country)


def prefix(text: str, country: str) -> str | None:
    """The beginning of a number as +33142; None where nobody knows of which country it is."""
    import phonenumbers

    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if not digits or re.search(r"[^\d\s+().\-/]", text):
        return None
    if text.strip().startswith("+"):
        return "+" + digits
    if digits.startswith("00"):
        return "+" + digits[2:]
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None) if country else None
    if metadata is None:
        return None
    national = metadata.national_prefix or ""
    return f"+{metadata.country_code}{digits.removeprefix(national)}"


def masked(found: str) -> str:
    """A number as it is shown of somebody who is no client: its beginning and its last two digits."""
    return f"{found[:3]} {found[3:4]} … {found[-2:]}" if len(found) > 6 else "…"


def shortened(text: str, settings: Settings) -> str:
    """The number that a line tells, as it is shown."""
    return masked(number(text, region(settings)) or text)


def _bare(text: str) -> str | None:
    """The number in what a list says of it; None for words that stand for none."""
    bare = re.sub(r"^(tel|sips?):", "", text.strip(), flags=re.IGNORECASE)
    bare = re.split(r"[@;,]|\bext\b", bare, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    bare = _HIDDEN_CALL.sub("", bare)
    return None if not bare or bare.casefold() in _NO_NUMBER or bare.startswith("-") else bare


@lru_cache(maxsize=4096)
def _parsed(text: str, country: str) -> str | None:
    import phonenumbers

    try:
        found = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(found):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def _abroad(digits: str) -> str | None:
    """A number of another country that was written without its +, where it can be nothing else."""
    import phonenumbers

    try:
        found = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(found)
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164) if valid else None
