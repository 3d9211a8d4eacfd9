"""Letters that a document cannot show: said before it is issued, since it then stands for ever."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from clepsydra.domain.statement import Statement
from clepsydra.language.message import Message, message
from clepsydra.language.translator import translator
from clepsydra.settings.model import Seller

_NAMED = 8
"""So many letters are named; of more, the others are counted."""


def unshown_in(statement: Statement, seller: Seller) -> Message | None:
    """What a statement's document would not show, or None where it shows all."""
    notes = [*(line.note for line in statement.lines), statement.subject, statement.order, statement.note]
    address = (seller.address, seller.street, seller.city)
    texts = [statement.client_name, statement.client_address, seller.name, *address, *seller.mentions, *notes]
    if all(text.isascii() for text in texts):
        return None
    from clepsydra.exchange.statement.page import compose

    return unshown_message(_strings(compose(statement, seller, translator(statement.language))))


def unshown_within(content: object) -> Message | None:
    """What a document made of records would not show, or None where it shows all."""
    texts = list(_strings(content))
    return None if all(text.isascii() for text in texts) else unshown_message(texts)


def unshown_message(texts: Iterable[str]) -> Message | None:
    """That no font has some letters of these texts, and which; None where a font can be had for all."""
    from clepsydra.exchange.glyphs import code_point, unshown

    found = unshown(texts)
    if not found:
        return None
    named = ", ".join(f"{char} ({code_point(char)})" for char in found[:_NAMED])
    more = len(found) - _NAMED
    if more > 0:
        return message(
            "no font of this computer has the letters {letters} and {count} more: the document shows their code points",
            letters=named,
            count=more,
        )
    return message(
        "no font of this computer has the letters {letters}: the document shows their code points", letters=named
    )


def _strings(content: object) -> Iterator[str]:
    """Every text in a document, whatever it is made of."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list | tuple):
        for each in content:
            yield from _strings(each)
    elif is_dataclass(content):
        for field in fields(content):
            yield from _strings(getattr(content, field.name))
