"""Text without case and accents, so that “reun” finds “Réunion”: one rule for lists, forms and the log."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'"})
_PLAIN = dict.fromkeys(range(0x300, 0x370)) | _LIGATURES
"""Accents are taken away, ligatures spelt out."""


def folded(text: str) -> str:
    """The text without case and accents, for finding."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
