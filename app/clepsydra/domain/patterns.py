"""Patterns that people write: `*` is any run of signs, `?` one, all else itself; no other sign means anything.

`*devis*` fits "Devis du portail" and "le devis"; `+33 1 42 *` fits +33142685300. Texts and patterns come in folded.
"""

import re
from collections.abc import Callable, Sequence


def globs(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a whole text fits one of the patterns: `*` is any run of characters, `?` one, all else itself."""
    match = re.compile("|".join(f"(?:{_expression(each)})" for each in patterns), re.DOTALL).fullmatch
    return lambda text: match(text) is not None


def _expression(glob: str, one: str = ".") -> str:
    """A glob as an expression that cannot run away: what a middle piece took is never given back."""
    first, *pieces = ("".join(one if sign == "?" else re.escape(sign) for sign in part) for part in glob.split("*"))
    if not pieces:
        return first
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[:-1] if piece)
    return f"{first}{middle}.*{pieces[-1]}"


_NUMBER = re.compile(r"[+0-9()./?*\s-]+")


def party_pattern(text: str) -> str:
    """How a pattern of the other side is compared: a number by its signs alone, `@acme.fr` with its sub-domains.

    A number without its country (06 12 …) fits whatever ends like it.
    """
    if _NUMBER.fullmatch(text) and sum(sign.isdigit() for sign in text) >= 3:
        bare = re.sub(r"\(0\)|[^+0-9*?]", "", text)
        bare = f"+{bare[2:]}" if bare.startswith("00") else bare
        return f"*{bare[1:]}" if bare.startswith("0") else bare
    return f"*{text}" if text.startswith("@") else text


def party_patterns(parties: Sequence[str]) -> tuple[str, ...]:
    """The patterns that texts of the other side stand for: a domain is itself and whatever lies below it."""
    below = [f"*@*.{party[1:]}" for party in parties if party.startswith("@")]
    return (*map(party_pattern, parties), *below)


def covers(wide: Sequence[str], narrow: Sequence[str]) -> bool:
    """Whether each narrow pattern, read as a text of which a star is one strange sign, fits a wide one."""
    if not wide:
        return True
    fits = re.compile("|".join(f"(?:{_expression(each, '[^*]')})" for each in wide), re.DOTALL).fullmatch
    return bool(narrow) and all(fits(each) is not None for each in narrow)
