"""What verification finds: each room proves its own laws in `proving.py`, by a function `breaches(ledger)`."""

from typing import NamedTuple

from clepsydra.language.message import Message


class Breach(NamedTuple):
    """A law (its number in the design) that the log breaks, and where."""

    law: int
    what: Message
