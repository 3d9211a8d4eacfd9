"""What may be wrong with a theme file: keys, types, colours; each mistake with its line and the nearest right word."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.language.nearest import nearest
from clepsydra.language.translator import Translator, mark
from clepsydra.tui.meanings import MEANINGS

COLOURS = (
    "primary",
    "secondary",
    "warning",
    "error",
    "success",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)
FLAGS = ("dark", "ansi")
NUMBERS = ("luminosity_spread", "text_alpha")
TEXTS = ("name", "parent")
TABLES = ("meaning", "variables")

_MAY_BE_AUTO = {f"variables.{name}" for name in ("text", "text-muted", "text-disabled", "button-color-foreground")}
"""Where Textual itself chooses black or white by what lies behind; elsewhere that would end the program."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TEXT_STYLE = re.compile(r"none|(?:(?:not )?(?:bold|dim|italic|underline|reverse|strike|[biur])(?: |$))+")
_SHADE = re.compile(r"-(?:darken|lighten)-\d")
_VARIABLE_COLOUR = re.compile(r"(?P<colour>.+?)(\s+\d{1,3}(\.\d+)?%)?")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a theme file; `message` is an English source with `{values}`, for translation."""

    message: str
    line: int = 0
    key: str = ""
    found: str = ""
    nearest: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, _: Translator) -> str:
        """What is wrong and what would be right, in the translator's language."""
        sentence = _.t(self.message, **self.values)
        if self.found:
            sentence = _.t("{found} {sentence}", found=self.found, sentence=sentence)
        if self.nearest:
            sentence = _.t("{sentence}; did you mean {nearest}?", sentence=sentence, nearest=self.nearest)
        return f"{self.key}: {sentence}" if self.key else sentence


def mistakes_in(values: Mapping[str, Any], text: str) -> list[Mistake]:
    """Everything wrong with the values of a theme file; `text` is the file, to name lines."""
    mistakes = list(_top_level(values))
    for table in TABLES:
        if isinstance(values.get(table, {}), dict):
            mistakes.extend(_table(table, values.get(table, {})))
        else:
            mistakes.append(Mistake(mark("must be a table"), key=table))
    return [replace(mistake, line=_line_of(mistake.key, text)) for mistake in mistakes]


def _top_level(values: Mapping[str, Any]) -> Iterable[Mistake]:
    name = values.get("name")
    if name is None:
        yield Mistake(mark("needs a name"), key="name")
    known = (*TEXTS, *FLAGS, *NUMBERS, *COLOURS, *TABLES)
    for key, value in values.items():
        if key not in known:
            yield Mistake(mark("is not a key of a theme"), key=key, nearest=nearest(key, known))
        elif key in COLOURS:
            yield from _colour(key, value)
        elif key in FLAGS and not isinstance(value, bool):
            yield Mistake(mark("must be true or false"), key=key, found=_shown(value))
        elif key in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1):
            yield Mistake(mark("must be a number from 0 to 1"), key=key, found=_shown(value))
        elif key in TEXTS and not (isinstance(value, str) and _NAME.fullmatch(value)):
            yield Mistake(
                mark("must be a short name of lower-case letters, digits and dashes"), key=key, found=_shown(value)
            )


def _table(table: str, entries: Mapping[str, Any]) -> Iterable[Mistake]:
    known = frozenset(MEANINGS) if table == "meaning" else textual_variables()
    for key, value in entries.items():
        if key not in known:
            word = mark("is not a meaning") if table == "meaning" else mark("is not a variable of Textual")
            yield Mistake(word, key=f"{table}.{key}", nearest=nearest(key, known))
        elif "style" in key.split("-"):
            if not (isinstance(value, str) and _TEXT_STYLE.fullmatch(value)):
                yield Mistake(mark("is not a text style"), key=f"{table}.{key}", found=_shown(value))
        else:
            yield from _colour(f"{table}.{key}", value, may_fade=table == "variables" and not _SHADE.search(key))


def _colour(key: str, value: object, may_fade: bool = False) -> Iterable[Mistake]:
    """A mistake if the value is no colour; variables may also have a strength, as in "#fff 40%"."""
    match = _VARIABLE_COLOUR.fullmatch(value) if isinstance(value, str) else None
    colour = match["colour"] if match and may_fade else value
    try:
        if not isinstance(colour, str) or (colour.startswith("auto") and key not in _MAY_BE_AUTO):
            raise ColorParseError("not a colour here")
        Color.parse(colour)
    except ColorParseError as error:
        nearest = getattr(error, "suggested_color", None) or ""
        yield Mistake(mark("is not a colour"), key=key, found=_shown(value), nearest=nearest)


@lru_cache(maxsize=1)
def textual_variables() -> frozenset[str]:
    """The names of the variables that Textual's own style sheets use."""
    systems = (BUILTIN_THEMES[name].to_color_system() for name in ("textual-dark", "ansi-dark"))
    return frozenset(name for system in systems for name in system.generate())


def _shown(value: object) -> str:
    return repr(value) if len(repr(value)) <= 40 else repr(value)[:39] + "…"


def _line_of(key: str, text: str) -> int:
    """The line on which a key is set, "table.key" too; 0 when it is written in a way not looked for."""
    table, _, within = key.partition(".")
    key = within if table in TABLES and within else key
    found = re.search(rf"^[ \t]*(?:\[[ \t]*)?[\"']?{re.escape(key)}[\"']?[ \t]*[=\]]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0
