"""What people type, as a table for each language: the readers of durations, days, times, periods and amounts know no
language by themselves and read all of these, whichever the screen speaks.

Which languages there are is said in `language/shown`; a table here has the name of one there.
"""

from importlib import import_module

from clepsydra.language import shown
from clepsydra.language.typed.words.table import COUNT, NAME, REST, Words

TABLES: dict[str, Words] = {lang: import_module(f"{__name__}.{lang}").WORDS for lang in shown.TABLES}
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
