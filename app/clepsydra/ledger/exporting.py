"""Statements as documents, in the language of their client and in the name of the person."""

from collections.abc import Iterable
from pathlib import Path

from clepsydra.domain.statement import Statement
from clepsydra.exchange.document import Seller
from clepsydra.language.translator import translator
from clepsydra.settings.model import Settings


def seller_of(settings: Settings) -> Seller:
    """Who sends the statements, as documents name them."""
    seller = settings.seller
    details = tuple(each for each in (seller.email, seller.tax_id) if each)
    return Seller(seller.name, seller.address, details, seller.mentions)


def document(settings: Settings, statement: Statement, name: str, *, internal: bool = False) -> bytes:
    """One document of a statement; raises KeyError for a format that does not exist."""
    from clepsydra.exchange import export

    return export.document(statement, name, seller_of(settings), translator(statement.language), internal)


def write(
    settings: Settings, statement: Statement, names: Iterable[str], folder: Path, *, internal: bool = False
) -> list[Path]:
    """Write a statement's documents into a folder and return their paths; raises OSError when the disk refuses."""
    from clepsydra.exchange import export

    seller, words = seller_of(settings), translator(statement.language)
    return export.write_documents(statement, names, folder, seller, words, internal)
