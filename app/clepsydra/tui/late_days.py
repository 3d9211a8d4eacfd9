"""Says when a change left time in a closed day that nothing explains, so that the day is open again."""

from collections.abc import Iterator
from datetime import date

from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger import history
from clepsydra.ledger.ledger import Ledger


class LateDays:
    """Remembers up to where the journal was looked at."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._reached = history.reached(ledger)

    def sentences(self, tr: Translator) -> Iterator[str]:
        """What is to be said of the latest change, once."""
        opened = history.opened_since(self._ledger, self._reached)
        self._reached = history.reached(self._ledger)
        for day, seconds in opened.items():
            yield tr.t(
                "{day} was closed; now nothing explains {time} of it, so it is open again",
                day=formats.date(date.fromisoformat(day), tr.lang, "weekday"),
                time=formats.duration(seconds, tr.lang),
            )
