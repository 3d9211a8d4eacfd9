"""The one rule for “did you mean”: the nearest of the words that are allowed, by letters, without case and accents."""

from collections.abc import Iterable

LONGEST = 80
"""Letters of a word that are compared: nobody means a longer one, and the comparison costs their square."""
ALIKE = 0.55
"""How much two words must share, from 0 to 1: `recieve` finds `receive`, `xyz` finds nothing."""


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that is most like the given one, as it is spelled there; empty where none is near."""
    # Loaded only now: they cost 3 ms, and most words are right.
    from difflib import get_close_matches

    from clepsydra.language.folding import folded

    by_folded = {folded(each): each for each in sorted(allowed)}
    close = get_close_matches(folded(word[:LONGEST].strip()), by_folded, 1, ALIKE)
    return by_folded[close[0]] if close else ""
