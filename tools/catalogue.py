"""Keep the catalogues in step with the sources.

    python -m tools.catalogue               add new messages, drop unused ones, list what to translate
    python -m tools.catalogue --check       change nothing; exit 1 when something is to do
    python -m tools.catalogue --todo        print what to translate as JSON, to be filled in
    python -m tools.catalogue --fill FILE   take translations from that JSON (`-` for standard input)

Entries are sorted, one line each, without line numbers or dates, so that branches merge.
"""

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from clepsydra.language.counted import COUNTED
from clepsydra.language.translator import LANGUAGES

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "app" / "clepsydra"
LOCALE = SOURCES / "language" / "locale"
DOMAIN = "clepsydra.po"

# Of the translator's methods, and of what marks a message for later: the arguments that are the context, the singular
# and the plural.
KEYWORDS: dict[str, tuple[int | None, int, int | None]] = {
    "t": (None, 0, None),
    "n": (None, 0, 1),
    "p": (0, 1, None),
    "mark": (None, 0, None),
    "message": (None, 0, None),
    "Refused": (None, 0, None),
    "Usage": (None, 0, None),
    "change": (None, 0, None),
    "mark_p": (0, 1, None),
    "mark_n": (None, 0, 1),
}

# What Babel writes at the head of a file and nobody reads; the dates would make every merge a conflict.
_LEFT_OUT = (
    b'"Project-Id-Version',
    b'"Report-Msgid-Bugs-To',
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Generated-By',
)

# A merge that keeps both sides can leave a message untranslated beside its translation.
_LEFTOVERS = (
    r'^msgstr ""\n(?=msgstr ")',
    r'^(?:msgctxt ".*"\n)?msgid ".+"\nmsgstr ""\n(?!")',
)


Strings = str | tuple[str, ...]
"""A translation, or those of the singular and the plural."""


def catalogues() -> list[Path]:
    """Every language's catalogue, also of one that is not begun yet; the sources are the first language."""
    return sorted(LOCALE / lang / "LC_MESSAGES" / DOMAIN for lang in LANGUAGES[1:])


def read(path: Path) -> Catalog:
    """The catalogue of a file; of two translations that a merge left for one message the first is taken."""
    if not path.exists():
        return Catalog(locale=path.parents[1].name, fuzzy=False, header_comment="")
    text = path.read_text(encoding="utf-8")
    for leftover in _LEFTOVERS:
        text = re.sub(leftover, "", text, flags=re.MULTILINE)
    return read_po(StringIO(text), locale=path.parents[1].name)


def extracted() -> Catalog:
    """Every message of the sources; one kept as data that counts something comes with its singular, from `COUNTED`."""
    template = Catalog()
    for path in sorted(SOURCES.rglob("*.py")):
        for found, context in messages_of(path.read_text(encoding="utf-8")):
            if found not in COUNTED:
                template.add(found, context=context)
    return template


def messages_of(source: str) -> Iterator[tuple[Strings, str | None]]:
    """The messages of a source and their contexts: `_.t("yes")` gives ("yes", None).

    Babel's own reader knows no message inside another's arguments, nor inside an f-string.
    """
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and (places := KEYWORDS.get(_called(call.func))):
            context, one, many = (None if at is None else _literal(call, at) for at in places)
            if one and (many or places[2] is None) and (context or places[0] is None):
                yield (one, many) if many else one, context


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literal(call: ast.Call, at: int) -> str | None:
    """An argument, if it is a string that stands there."""
    given = call.args[at] if at < len(call.args) else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def merged(old: Catalog, template: Catalog) -> Catalog:
    """The template's messages with the translations that are known; nothing is guessed from likeness."""
    new = Catalog(locale=old.locale, fuzzy=False, header_comment=old.header_comment)
    for message in template:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known and not known.fuzzy and known.id == message.id else ""
            new.add(message.id, string if _fits(message, string) else "", context=message.context)
    return new


def _fits(message: Message, string: Strings) -> bool:
    """Whether a translation has no place that its message lacks: a merge of catalogues may have paired them wrong."""
    offered = {place for text in _each(message.id) for place in _places(text)}
    return all(set(_places(text)) <= offered for text in _each(string))


def _each(texts: Strings) -> tuple[str, ...]:
    return texts if isinstance(texts, tuple) else (texts,)


def _places(text: str) -> list[str]:
    return re.findall(r"(?<!{){(\w+)", text)


def spaced(string: Strings) -> Strings:
    """French with its no-break spaces: before : ; ! ? » and after «."""
    if isinstance(string, tuple):
        return tuple(str(spaced(text)) for text in string)
    return re.sub(r" (?=[:;!?»])", "\u00a0", string).replace("« ", "«\u00a0")


def written(catalogue: Catalog) -> bytes:
    """The text of a catalogue, without the dates that would change at every run."""
    for message in catalogue:
        if message.id and catalogue.locale and catalogue.locale.language == "fr":
            message.string = spaced(message.string)
    text = BytesIO()
    write_po(text, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = text.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))


def untranslated(catalogue: Catalog) -> list[Message]:
    """Messages without a full translation."""

    def complete(message: Message) -> bool:
        return all(message.string) if isinstance(message.string, tuple) else bool(message.string)

    return [m for m in catalogue if m.id and (m.fuzzy or not complete(m))]


def _as_json(message: Message) -> dict[str, Any]:
    singular, plural = message.id if isinstance(message.id, tuple) else (message.id, None)
    entry: dict[str, Any] = {"context": message.context} if message.context else {}
    entry["message"] = singular
    if plural:
        entry["plural"] = plural
    entry["translation"] = ["", ""] if plural else ""
    return entry


def _fill(catalogue: Catalog, entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        message = catalogue.get(entry["message"], entry.get("context"))
        if message is None:
            sys.exit(f"not in the sources: {entry['message']!r}")
        string = entry["translation"]
        message.string = tuple(string) if isinstance(string, list) else string


def main(arguments: list[str]) -> int:
    """Run the command; the number of languages with something to do decides the exit code under --check."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogue", description=__doc__.split("\n")[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is to do")
    what.add_argument("--todo", action="store_true", help="print what to translate as JSON")
    what.add_argument("--fill", metavar="FILE", type=argparse.FileType(), help="take translations from that JSON")
    options = parser.parse_args(arguments)
    template, stale = extracted(), False
    for path in catalogues():
        catalogue = merged(read(path), template)
        if options.fill:
            _fill(catalogue, json.load(options.fill))
        text = written(catalogue)
        missing = untranslated(catalogue)
        stale |= bool(missing) or not path.exists() or text != path.read_bytes()
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        if options.todo:
            print(json.dumps([_as_json(m) for m in missing], ensure_ascii=False, indent=1))
            continue
        print(f"{path.parents[1].name}: {len(catalogue)} messages, {len(missing)} to translate")
        for message in missing:
            print(f"  {message.context + ': ' if message.context else ''}{message.id!r}")
    return int(options.check and stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
