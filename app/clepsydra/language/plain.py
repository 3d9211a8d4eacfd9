"""People's text made harmless wherever it is stored or drawn: what a terminal would obey is shown instead of sent."""

DOT = "·"
"""Stands for a character that cannot be drawn or must not be."""

_SPACES = {"\t": " ", "\n": "⏎", "\r": ""}
_JOINERS = frozenset("\u200c\u200d")
_OBEYED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_UNKNOWN = frozenset({"Cn", "Co"})


def is_obeyed(character: str) -> bool:
    """Whether a character commands rather than shows: controls, direction overrides, line separators, surrogates.

    The joiners stay, without which some scripts and many emoji fall apart.
    """
    from unicodedata import category

    return category(character) in _OBEYED and character not in _JOINERS


def storable(text: str) -> str:
    """Text as typed, with what is no character at all (a byte the terminal could not decode) made visible."""
    return text.encode("utf-8", "replace").decode("utf-8")


def drawn(character: str) -> str:
    """A character as a line of cells has it: line ends as ⏎, what commands or has no known width as a dot."""
    if " " <= character <= "~":
        return character
    if character in _SPACES:
        return _SPACES[character]
    from unicodedata import category

    return DOT if is_obeyed(character) or category(character) in _UNKNOWN else character


def one_line(text: str) -> str:
    """A text as one line that moves no cursor, reorders nothing and ends where it seems to."""
    return text if text.isascii() and text.isprintable() else "".join(map(drawn, text))


def pasted(text: str) -> str:
    """A text from the clipboard with line feeds at its line ends, and without what a terminal would obey."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = lines.replace("\t", " ").strip("\n")
    return "".join(character for character in kept if character == "\n" or not is_obeyed(character))
