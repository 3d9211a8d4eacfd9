"""What an issue writes beside the log: it is kept once the log has committed, and dropped where nothing was issued."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from clepsydra.ledger import numbering
from clepsydra.ledger.ledger import Ledger


class Bytes(Protocol):
    """Files that wait for the log to commit."""

    def keep(self) -> None: ...

    def drop(self) -> None: ...


@contextmanager
def kept_or_dropped(ledger: Ledger) -> Iterator[list[Bytes]]:
    """Around the change of an issue, which adds to this list what it makes; numbers are settled after the commit."""
    made: list[Bytes] = []
    try:
        yield made
    except BaseException:
        for each in made:
            each.drop()
        raise
    numbering.settle(ledger)
    for each in made:
        each.keep()
