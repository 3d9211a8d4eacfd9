"""What the main screen is drawn from beside the live figures."""

from collections.abc import Mapping, Sequence

from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.language.translator import Translator
from clepsydra.ledger.days import Day
from clepsydra.ledger.ledger import Ledger


@dataclass(frozen=True)
class Scene:
    """What stays the same between two changes of the log: the clients in order, their keys, the day."""

    ledger: Ledger
    tr: Translator
    clients: Sequence[Client]
    keys: Mapping[str, str]
    day: Day | None = None
    sample: bool = False
    calls_key: str = ""
    rounding_key: str = ""
    leaks_key: str = ""
    money_key: str = ""
