"""The shape in which typed text is read: one case, one kind of space, apostrophe and minus, no accents."""

import re
import unicodedata

from clepsydra.language.typed.errors import TypedKind, Unreadable

_LONGEST = 100


def plain(text: str, kind: TypedKind) -> str:
    """The text in that shape; what is empty or longer than anything meant raises `Unreadable`."""
    if len(text) > _LONGEST:
        raise Unreadable(text, kind)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'").replace("\u2212", "-")
    found = re.sub(r"\s+", " ", text).strip().casefold()
    if not found:
        raise Unreadable(text, kind)
    return found
