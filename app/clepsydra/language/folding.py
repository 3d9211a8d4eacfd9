"""Text without case and accents, so that “reun” finds “Réunion”: one rule for lists, forms and the log."""

import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'"})


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text without case and accents, for finding."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c))
