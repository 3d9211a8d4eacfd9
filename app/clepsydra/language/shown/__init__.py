"""How figures, dates and currencies are written, as a table for each language; `language/formats.py` does the writing.

A language is added by a table here, one of the same name in `language/typed/words`, and a catalogue.
"""

from clepsydra.language.shown import en, fr
from clepsydra.language.shown.table import Shown

TABLES: dict[str, Shown] = {"en": en.SHOWN, "fr": fr.SHOWN}
"""The languages we speak; the first one stands for all others."""


def table(lang: str) -> Shown:
    """The table of a language, or the first one for a language that has none."""
    return TABLES.get(lang) or next(iter(TABLES.values()))
