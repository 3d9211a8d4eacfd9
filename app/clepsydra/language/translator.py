"""Translators: English sources in, the reader's language out.

A translator is passed to whoever words something and is never global, because a document speaks its client's language
while the screen speaks the person's. Under it lies the gettext catalogue of `locale/`; English needs none and imports
nothing. Values are put into a message after its translation and are never read as a message themselves.
"""

import os
from collections.abc import Mapping
from functools import lru_cache

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.language.message import NO_KEYS
from clepsydra.language.shown import TABLES, table

if TYPE_CHECKING:
    from clepsydra.language.mo_file import Messages

ENGLISH = "en"
LANGUAGES = tuple(TABLES)

LOCALE = os.path.join(os.path.dirname(__file__), "locale")

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def mark(message: str) -> str:
    """The message itself: marks a text for the catalogue that is translated elsewhere, by `Translator.t`."""
    return message


def mark_p(context: str, message: str) -> tuple[str, str]:
    """Context and message: marks a text for the catalogue that is translated elsewhere, by `Translator.p(*marked)`."""
    return context, message


class Translator:
    """Words in one language; `lang` is what `language.formats` takes.

    Messages are templates of `str.format` with named places, so a literal brace is doubled. `{press[go.day]}` is
    the key that does that action now, where the reader has a keyboard before them.
    """

    __slots__ = ("_catalogue", "_press", "lang")

    def __init__(self, lang: str, catalogue: "Messages | None" = None, press: Mapping[str, str] = NO_KEYS) -> None:
        self.lang = lang
        self._catalogue = catalogue
        self._press = press

    def __repr__(self) -> str:
        return f"Translator({self.lang!r})"

    def pressing(self, keys: Mapping[str, str]) -> "Translator":
        """The same words for a reader whose keys are these, by the ids of actions."""
        return Translator(self.lang, self._catalogue, keys)

    def t(self, message: str, /, **values: object) -> str:
        """Translate a message and fill in its values."""
        found = message if self._catalogue is None else self._catalogue.gettext(message)
        return self._filled(found, message, values)

    def n(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """Translate by number and fill in; `{count}` is the number, its thousands apart, unless another is given."""
        if self._catalogue is None:
            found = singular if count == 1 else plural
        else:
            found = self._catalogue.ngettext(singular, plural, count)
        return self._filled(
            found, singular if count == 1 else plural, {"count": table(self.lang).grouped(count), **values}
        )

    def p(self, context: str, message: str, /, **values: object) -> str:
        """Translate a message that has this meaning only in a context, such as a column or an enumeration."""
        found = message if self._catalogue is None else self._catalogue.pgettext(context, message)
        return self._filled(found, message, values)

    def _filled(self, found: str, message: str, values: Mapping[str, object]) -> str:
        """A translation with its values; one whose places are not the message's must not stop the program."""
        filled = {"press": self._press, **values}
        try:
            return found.format(**filled)
        except (LookupError, ValueError):
            return message.format(**filled)


def language_of(language: str, environment: Mapping[str, str] | None = None) -> str:
    """The language we speak for a tag such as `fr`, `fr_CA.UTF-8` or `en-GB`; English for what we don't.

    An empty tag follows the first set one of LC_ALL, LC_MESSAGES and LANG in the environment given.
    """
    tags = [language, *((environment or {}).get(name, "") for name in _VARIABLES)]
    tag = next((tag for tag in tags if tag), ENGLISH)
    primary = tag.replace("-", "_").split(".")[0].split("_")[0].lower()
    return primary if primary in LANGUAGES else ENGLISH


def translator(language: str = "", environment: Mapping[str, str] | None = None) -> Translator:
    """The translator for a language tag, or for the environment when the tag is empty."""
    lang = language_of(language, environment)
    return Translator(lang) if lang == ENGLISH else Translator(lang, _catalogue(lang))


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(lang: str) -> "Messages":
    """The compiled catalogue; compiled in memory where a checkout's is missing or older than its source."""
    from clepsydra.language.mo_file import Messages

    source, compiled = (os.path.join(LOCALE, lang, "LC_MESSAGES", f"clepsydra.{ending}") for ending in ("po", "mo"))
    try:
        fresh = not os.path.exists(source) or os.stat(compiled).st_mtime >= os.stat(source).st_mtime
    except FileNotFoundError:
        fresh = False
    if not fresh:
        return Messages(_compiled_now(source, lang))
    with open(compiled, "rb") as binary:
        return Messages(binary.read())


def _compiled_now(source: str, lang: str) -> bytes:
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    binary = BytesIO()
    with open(source, "rb") as text:
        write_mo(binary, read_po(text, locale=lang))
    return binary.getvalue()
