"""Text without case and accents, so that “reun” finds “Réunion”: one rule for lists, forms and the log."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'"})
_ACCENTS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """The text without case and accents, for finding."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LIGATURES)
