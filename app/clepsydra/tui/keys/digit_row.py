"""The digit row of keyboards that give digits only with shift: the sign a key gives means the digit printed on it.

Only where a digit is meant and no letter can be: `m é` is a message of two minutes, while a line to type in takes é as
it is.
"""

_ROWS = ("&é\"'(-è_çà", "&é\"'(§è!çà")
"""The unshifted row of French and of Belgian keyboards, from 1 to 0."""

_DIGITS = {sign: str((place + 1) % 10) for row in _ROWS for place, sign in enumerate(row)}


def digit_of(character: str | None) -> str:
    """The digit a key stands for: itself, or the one printed over its sign; empty for any other."""
    if not character:
        return ""
    return character if character in "0123456789" else _DIGITS.get(character, "")
