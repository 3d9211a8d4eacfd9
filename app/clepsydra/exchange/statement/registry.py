"""Statements as files: which formats there are, what the files are called, and writing them whole or not at all."""

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from clepsydra.domain.records import replace
from clepsydra.domain.statement import Statement
from clepsydra.domain.statement_terms import StatementPart
from clepsydra.exchange.statement.shape import StatementWriter
from clepsydra.exchange.text import slug
from clepsydra.language.translator import LANGUAGES, Translator
from clepsydra.settings.home import write_private
from clepsydra.settings.model import FormatName, Seller

NAMES = tuple(
    each
    for name in FormatName
    for each in (name.value, *(f"{name}-{lang}" for lang in LANGUAGES if name is FormatName.CSV))
)
"""Every format by its name in settings and on the command line; `csv` takes the dialect of the document's language."""


def writer(name: str) -> StatementWriter:
    """What writes a format, loaded when it is asked for; raises KeyError for an unknown one."""
    if name not in NAMES:
        raise KeyError(name)
    kind, _, dialect = name.partition("-")
    if dialect:
        from clepsydra.exchange.statement.csv import in_dialect

        return in_dialect(dialect)
    found: StatementWriter = import_module(f"clepsydra.exchange.statement.{kind}").WRITER
    return found


_NAME_LENGTH = 60


def content_of(statement: Statement, name: str, seller: Seller, tr: Translator, internal: bool = False) -> bytes:
    """The bytes of one file; the same statement gives the same bytes. Raises KeyError for an unknown format."""
    return writer(name).write(statement if internal else client_copy(statement), seller, tr, internal)


def client_copy(statement: Statement) -> Statement:
    """What a client is to read of a statement: without the notes of the work where the client's file says so."""
    if StatementPart.NOTES in statement.show:
        return statement
    return replace(statement, lines=tuple(replace(line, note="") for line in statement.lines))


def file_name(statement: Statement, name: str, internal: bool = False) -> str:
    """A plain file name of ASCII letters, digits and `.-_`: number, or draft and period, and the client."""
    if statement.number:
        head = re.sub(r"[^A-Za-z0-9_]+", "-", statement.number).strip("-")[:_NAME_LENGTH] or "statement"
        parts = [head, slug(statement.client)]
    else:
        parts = ["draft", slug(statement.client), statement.first_day.isoformat(), statement.last_day.isoformat()]
    # The copy with the losses in it is never mistaken for the one to send.
    parts.append("internal" if internal else "")
    return "-".join(part[:_NAME_LENGTH] for part in parts if part) + writer(name).ending


def write_files(
    statement: Statement,
    names: Iterable[str],
    folder: Path,
    seller: Seller,
    tr: Translator,
    internal: bool = False,
) -> list[Path]:
    """Write a file for each format into a folder and return their paths, readable by their owner alone.

    All are made before the first is written, and each appears whole; one already there is replaced. Raises OSError.
    """
    made = [
        (folder / file_name(statement, name, internal), content_of(statement, name, seller, tr, internal))
        for name in dict.fromkeys(names)
    ]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, content in made:
        write_private(path, content)
    return [path for path, _ in made]
