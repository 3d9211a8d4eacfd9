"""Statements as files: which formats there are, what the files are called, and writing them whole or not at all."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.domain.statement import Statement
from clepsydra.exchange.statement_csv import to_csv
from clepsydra.exchange.statement_html import to_html
from clepsydra.exchange.statement_json import to_json
from clepsydra.exchange.statement_markdown import to_markdown
from clepsydra.exchange.statement_pdf import to_pdf
from clepsydra.exchange.text import slug
from clepsydra.language.translator import LANGUAGES, Translator
from clepsydra.settings.home import write_private
from clepsydra.settings.model import Seller


@dataclass(frozen=True, slots=True)
class StatementWriter:
    """A kind of document: how its file names end, and what makes its bytes."""

    ending: str
    write: Callable[[Statement, Seller, Translator, bool], bytes]


def _csv_of(lang: str, statement: Statement, _seller: Seller, tr: Translator, _internal: bool) -> bytes:
    return to_csv(statement, tr, lang)


FORMATS = {
    "pdf": StatementWriter(".pdf", to_pdf),
    "csv": StatementWriter(".csv", lambda statement, seller, tr, internal: to_csv(statement, tr)),
    **{f"csv-{lang}": StatementWriter(f".{lang}.csv", partial(_csv_of, lang)) for lang in LANGUAGES},
    "json": StatementWriter(".json", lambda statement, seller, tr, internal: to_json(statement)),
    "markdown": StatementWriter(".md", to_markdown),
    "html": StatementWriter(".html", to_html),
}
"""Every format by its name in settings and on the command line; `csv` takes the dialect of the document's language."""

_NAME_LENGTH = 60


def document(statement: Statement, name: str, seller: Seller, tr: Translator, internal: bool = False) -> bytes:
    """The bytes of one document; the same statement gives the same bytes. Raises KeyError for an unknown format."""
    return FORMATS[name].write(statement, seller, tr, internal)


def file_name(statement: Statement, name: str, internal: bool = False) -> str:
    """A plain file name of ASCII letters, digits and `.-_`: number, or draft and period, and the client."""
    if statement.number:
        head = re.sub(r"[^A-Za-z0-9_]+", "-", statement.number).strip("-")[:_NAME_LENGTH] or "statement"
        parts = [head, slug(statement.client)]
    else:
        parts = ["draft", slug(statement.client), statement.first_day.isoformat(), statement.last_day.isoformat()]
    # The copy with the losses in it is never mistaken for the one to send.
    parts.append("internal" if internal else "")
    return "-".join(part[:_NAME_LENGTH] for part in parts if part) + FORMATS[name].ending


def write_documents(
    statement: Statement,
    names: Iterable[str],
    folder: Path,
    seller: Seller,
    tr: Translator,
    internal: bool = False,
) -> list[Path]:
    """Write a document for each format into a folder and return their paths, readable by their owner alone.

    All are made before the first is written, and each appears whole; one already there is replaced. Raises OSError.
    """
    made = [
        (folder / file_name(statement, name, internal), document(statement, name, seller, tr, internal))
        for name in dict.fromkeys(names)
    ]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, content in made:
        write_private(path, content)
    return [path for path, _ in made]
