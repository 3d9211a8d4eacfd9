"""Check digits of the numbers that documents carry: SIREN, SIRET, French VAT, IBAN and the ISO 11649 reference.

Each answers whether a number, without blanks, is one; nothing is asked of any register.
"""

import re
import string

_VALUES = {char: value for value, char in enumerate(string.digits + string.ascii_uppercase)}

_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
}  # fmt: skip


def compact(number: str) -> str:
    """The number without blanks, points and hyphens, in capitals: how machines take it."""
    return re.sub(r"[\s.\-\u00a0\u202f]", "", number).upper()


def is_siren(number: str) -> bool:
    """Nine digits of which the last checks the others (Luhn): 732829320."""
    return bool(re.fullmatch("[0-9]{9}", number)) and _luhn(number)


def is_siret(number: str) -> bool:
    """A SIREN and five digits, checked together; La Poste's add up to a multiple of five."""
    if not re.fullmatch("[0-9]{14}", number) or not is_siren(number[:9]):
        return False
    return _luhn(number) or (number.startswith("356000000") and sum(map(int, number)) % 5 == 0)


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_vat(number: str) -> bool:
    """A VAT number: the French with its key, another country's by its shape; Swiss ones end in any of its languages."""
    if number.startswith("CHE"):
        return bool(re.fullmatch("CHE[0-9]{9}(MWST|TVA|IVA|VAT)?", number))
    if not re.fullmatch("[A-Z]{2}[0-9A-Z]{2,13}", number):
        return False
    if not number.startswith("FR"):
        return True
    key, siren = number[2:4], number[4:]
    if not is_siren(siren):
        return False
    return not key.isdigit() or key == french_vat(siren)[2:4]


def written_vat(number: str) -> str:
    """A VAT number as its country writes it: CHE116281710MWST is CHE-116.281.710 MWST."""
    swiss = re.fullmatch("CHE([0-9]{3})([0-9]{3})([0-9]{3})([A-Z]*)", compact(number))
    return "CHE-{}.{}.{} {}".format(*swiss.groups()).rstrip() if swiss else number


def french_vat(siren: str) -> str:
    """The VAT number of a French company: 732829320 has FR44732829320."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def is_iban(number: str) -> bool:
    """Of the length of its country, with a right checksum (ISO 13616)."""
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30}", number):
        return False
    return len(number) == _IBAN_LENGTHS.get(number[:2], len(number)) and _mod97(number[4:] + number[:4]) == 1


def is_qr_iban(number: str) -> bool:
    """A Swiss IBAN whose institution takes QR references only (30000 to 31999)."""
    return number[:2] in ("CH", "LI") and number[4:9].isdigit() and 30000 <= int(number[4:9]) <= 31999


def reference(number: str) -> str:
    """The creditor reference (ISO 11649) that a document's number gives: F2026-0042 is RF69F20260042."""
    body = re.sub("[^0-9A-Z]", "", number.upper())[:21]
    return f"RF{98 - _mod97(body + 'RF00'):02d}{body}"


def spaced(number: str, by: int = 4) -> str:
    """The number in groups, as people read it: FR14 2004 1010."""
    return " ".join(number[i : i + by] for i in range(0, len(number), by))


def _mod97(text: str) -> int:
    return int("".join(str(_VALUES[char]) for char in text)) % 97
