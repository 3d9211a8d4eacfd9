"""Statements as documents, in the language of their client and in the name of the person."""

from collections.abc import Iterable
from pathlib import Path

from clepsydra.domain.statement import Statement
from clepsydra.language.translator import translator
from clepsydra.settings.model import Settings


def document(settings: Settings, statement: Statement, name: str, *, internal: bool = False) -> bytes:
    """One document of a statement; raises KeyError for a format that does not exist."""
    from clepsydra.exchange import export

    return export.document(statement, name, settings.seller, translator(statement.language), internal)


def write(
    settings: Settings, statement: Statement, names: Iterable[str], folder: Path, *, internal: bool = False
) -> list[Path]:
    """Write a statement's documents into a folder and return their paths; raises OSError when the disk refuses."""
    from clepsydra.exchange import export

    seller, words = settings.seller, translator(statement.language)
    return export.write_documents(statement, names, folder, seller, words, internal)
