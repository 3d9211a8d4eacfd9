"""A change of the log: one journalled transaction, and the label that the journal keeps of it."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from clepsydra.domain.annotations import TYPE_CHECKING, Any
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message, Speaks
from clepsydra.ledger.errors import Refused
from clepsydra.store import day_closes, journal

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger


@contextmanager
def change(ledger: "Ledger", text: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One journalled transaction, labelled by a sentence that can be said in any language.

    It holds the write lock, so what a change depends on is read inside; places of the sentence that are known only
    then are filled in the dictionary it gives. What the database's own locks refuse becomes `Refused`. A change of
    a day that was closed says so in its label, and opens the day again where it leaves time that nothing explains.
    Inside another change it is a part of that one.
    """
    if journal.is_open(ledger.db):
        yield values
        return
    late: dict[str, int] = {}
    try:
        with journal.change(ledger.db, lambda: _label(text, values, late), ledger.clock):
            yield values
            late |= _closed_days_moved(ledger)
    except sqlite3.IntegrityError as error:
        from clepsydra.ledger.locks import sentence_for

        if (said := sentence_for(error)) is not None:
            raise Refused(said.text) from error
        raise


def _closed_days_moved(ledger: "Ledger") -> dict[str, int]:
    """The closed days that the change now open has moved something of; asked only where any day was ever closed."""
    latest = day_closes.latest(ledger.db)
    if latest is None:
        return {}
    from clepsydra.ledger.closed_days import reopened

    return reopened(ledger, day_closes.moved(ledger.db), latest)


def _label(text: str, values: Mapping[str, Any], late: Mapping[str, int]) -> str:
    if not late and all(type(value) is str for value in values.values()):
        from _json import encode_basestring as quoted  # all of `json` would cost a timer's start a twelfth

        places = ", ".join(f"{quoted(place)}: {quoted(value)}" for place, value in values.items())
        return f'{{"text": {quoted(text)}, "values": {{{places}}}}}'
    import json

    content: dict[str, Any] = {"text": text, "values": values}
    if late:
        content |= {"late": list(late), "open": {day: seconds for day, seconds in late.items() if seconds}}
    return json.dumps(content, ensure_ascii=False)


@dataclass(frozen=True)
class LateMessage(Message):
    """What was done to days that were closed already; `days` are their dates."""

    days: str = ""

    def said(self, _: Speaks) -> str:
        """The sentence, with the closed days before it."""
        return _.t("late, {day} was closed: {what}", day=self.days, what=super().said(_))


def opened_days(entry: journal.JournalEntry) -> dict[str, int]:
    """The closed days that a change opened again: the seconds that nothing explains, by ISO date."""
    if '"open"' not in entry.label:
        return {}
    import json

    return dict(json.loads(entry.label).get("open", {}))


def label_of(entry: journal.JournalEntry) -> Message:
    """The sentence a journal entry was labelled with."""
    import json

    content = json.loads(entry.label)
    if "late" in content:
        return LateMessage(content["text"], content["values"], ", ".join(content["late"]))
    return Message(content["text"], content["values"])
