"""What people type, as a table for each language: the readers of durations, days, times, periods and amounts know no
language by themselves and read all of these, whichever the screen speaks.

A language is added by a table here, a table in `language/shown` and a catalogue.
"""

from clepsydra.language.typed.words import en, fr
from clepsydra.language.typed.words.table import COUNT, NAME, REST, Words

TABLES: dict[str, Words] = {"en": en.WORDS, "fr": fr.WORDS}
ALL = tuple(TABLES.values())


def either(field: str) -> str:
    """The alternatives of all languages for a field, as one group of a regular expression."""
    return "(?:" + "|".join(dict.fromkeys(getattr(words, field) for words in ALL)) + ")"


def patterns(field: str) -> tuple[str, ...]:
    """The patterns of all languages for a field, their places filled."""
    return tuple(getattr(words, field).format(name=NAME, count=COUNT, rest=REST) for words in ALL)


def joined(field: str) -> dict[str, int]:
    """The words of all languages with what they stand for."""
    return {word: meaning for words in ALL for word, meaning in getattr(words, field).items()}


def numbered(field: str, first: int) -> dict[str, int]:
    """The names of weekdays or months with their numbers."""
    names: dict[str, int] = {}
    for words in ALL:
        for number, group in enumerate(getattr(words, field).split("|"), first):
            names |= dict.fromkeys(group.split(), number)
    return names
