"""User text on its way out: never a formula, never an escape code, never a guess.

Two treatments exist. The log's own CSV is a data interchange and must give back exactly what it was given, so its
cells are *guarded*, which can be undone. A document is for reading, so its text is made *plain*: terminal escape codes,
control characters and direction overrides have no business on paper.
"""

import re
import unicodedata

from clepsydra.language.plain import is_obeyed

# A spreadsheet takes a cell that begins with one of these for a formula, some after skipping blanks (OWASP, CSV
# Injection); the last row is their full-width forms.
_FORMULA_STARTS = "=+\\-@\t\r\n＝＋－＠"
_GUARDED = re.compile(f"'*[{_FORMULA_STARTS}]")
_UNGUARDED = re.compile(f"'+[{_FORMULA_STARTS}]")

_ESCAPE_CODES = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # OSC, DCS and other strings, up to their terminator
    "|\x1b[ -/]*[0-~]?"  # two-character sequences, or a bare escape
)


def guard(cell: str) -> str:
    """Make a text cell safe for spreadsheets by an apostrophe before what would begin a formula.

    A text that already begins with apostrophes followed by such a character gets one more, so that `unguard` gives
    back every text exactly.
    """
    return "'" + cell if _GUARDED.match(cell) else cell


def unguard(cell: str) -> str:
    """Take away the apostrophe that `guard` put before a cell, and no other."""
    return cell[1:] if _UNGUARDED.match(cell) else cell


def plain(text: str, newlines: bool = False) -> str:
    """The text without escape codes, control characters and direction overrides, for documents.

    Line ends become spaces, or stay as `\\n` where `newlines` is wanted. Lone surrogates, which no file can hold,
    become U+FFFD.
    """
    text = _ESCAPE_CODES.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not newlines:
        text = text.replace("\n", " ")
    return "".join(shown for char in text if (shown := _shown(char)))


def _shown(char: str) -> str:
    if char == "\n" or not is_obeyed(char):
        return char
    if char in "\u2028\u2029":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else ""


def slug(text: str) -> str:
    """The text as lower-case ASCII letters and digits with single hyphens: safe in any file name, perhaps empty."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
