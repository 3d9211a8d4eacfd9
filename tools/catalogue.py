"""Keep the catalogues in step with the sources.

    python -m tools.catalogue               add new messages, drop unused ones, list what to translate
    python -m tools.catalogue --check       change nothing; exit 1 when something is to do
    python -m tools.catalogue --todo        print what to translate as JSON, to be filled in
    python -m tools.catalogue --fill FILE   take translations from that JSON (`-` for standard input)

Entries are sorted, one line each, without line numbers or dates, so that branches merge.
"""

import argparse
import json
import re
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "app" / "clepsydra"
LOCALE = SOURCES / "language" / "locale"
DOMAIN = "clepsydra.po"

# Babel's notation: which arguments of the translator's methods, and of what marks a message for later, are messages,
# and which is the context.
KEYWORDS: dict[str, Any] = {
    "t": None,
    "n": (1, 2),
    "p": ((1, "c"), 2),
    "mark": None,
    "message": None,
    "Refused": None,
    "Usage": None,
    "change": None,
    "mark_p": ((1, "c"), 2),
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
    """Every language's catalogue."""
    return sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}"))


def read(path: Path) -> Catalog:
    """The catalogue of a file; of two translations that a merge left for one message the first is taken."""
    text = path.read_text(encoding="utf-8")
    for leftover in _LEFTOVERS:
        text = re.sub(leftover, "", text, flags=re.MULTILINE)
    return read_po(StringIO(text), locale=path.parents[1].name)


def extracted() -> Catalog:
    """Every message of the sources, with the files it stands in as comments."""
    template = Catalog()
    for name, line, message, comments, context in extract_from_dir(
        SOURCES, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        template.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return template


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
        if message.id:
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
        stale |= bool(missing) or text != path.read_bytes()
        if not options.check:
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
