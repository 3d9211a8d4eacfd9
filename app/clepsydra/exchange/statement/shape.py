"""What makes a document of a statement: the shape of the value `WRITER` in each file of a format here."""

from collections.abc import Callable
from typing import NamedTuple

from clepsydra.domain.statement import Statement
from clepsydra.language.translator import Translator
from clepsydra.settings.model import Seller


class StatementWriter(NamedTuple):
    """How file names of a format end, and what makes its bytes; the last argument asks for the copy with the losses."""

    ending: str
    write: Callable[[Statement, Seller, Translator, bool], bytes]
