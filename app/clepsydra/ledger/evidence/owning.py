"""Whose a happening is: by the contacts of the clients' files, by a name in what it was about, by habit.

A contact is sure; what else points to a client is only suggested. Two clients are always asked.
"""

from enum import StrEnum

from clepsydra.domain.contacts import Place, one_each
from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.merging import Merged
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.ledger.calls.model import SuggestionCause
from clepsydra.ledger.calls.suggesting import suggestion
from clepsydra.ledger.contacts import contacts
from clepsydra.ledger.evidence.traces import named_by
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.mentions import Mentions
from clepsydra.store import calls


class OwnerCause(StrEnum):
    """What says whose it is."""

    CONTACT = "contact"
    """An address, a number or a chat name of the client's file."""
    MENTION = "mention"
    """Its subject, or the name a phone has for the number, names the client."""
    REPOSITORY = "repository"
    """It was written in a repository that the client's file names."""
    HABIT = "habit"
    """What suggests a client for the call that was noticed here."""
    NOBODY = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """The agreements it may belong to: one, several (asked), or none; sure where a contact says so."""

    places: tuple[Place, ...] = ()
    why: OwnerCause = OwnerCause.NOBODY

    @property
    def place(self) -> Place | None:
        """The one client and project that it is taken for; None where nobody or several are meant."""
        return self.places[0] if len(self.places) == 1 else None

    @property
    def sure(self) -> bool:
        """Whether it is one client's by a contact, or by the repository that it was written in."""
        return self.why in SURE and len(self.places) == 1


SURE = (OwnerCause.CONTACT, OwnerCause.REPOSITORY)
"""What a client's file itself says; all else only suggests."""

NOBODYS = Owner()


class Owners:
    """Finds owners; built once for many happenings."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._contacts = contacts(ledger)
        clients = [each for each in ledger.catalogue.clients.values() if each.active and each.context.repositories]
        self._repositories = [(name, (each.slug, DEFAULT_PROJECT)) for each in clients for name in named_by(each)]
        self._mentions = Mentions(each for each in ledger.catalogue.clients.values() if each.active)

    def of(self, merged: Merged) -> Owner:
        """Whose it is, and why."""
        found = {place for one in merged.everybody for place in self._contacts.of(one)}
        if found:
            return Owner(tuple(sorted(one_each(found).items())), OwnerCause.CONTACT)
        stored = self._stored(merged)
        if stored.sure:
            return stored
        written_in = {each.origin for each in merged.members if each.kind is HappeningKind.COMMIT}
        homes = {place for name, place in self._repositories if name in written_in}
        if homes:
            return Owner(tuple(sorted(homes)), OwnerCause.REPOSITORY)
        for each in merged.members:
            named = self._mentions.place(each.label) if each.label else None
            if named:
                return Owner((named,), OwnerCause.MENTION)
        return stored

    def _stored(self, merged: Merged) -> Owner:
        """What is suggested for the call that it is in the log; one that came in a list was a contact's."""
        stored = (calls.call_by_id(self._ledger.db, each.row) for each in merged.members if each.row)
        row = next((each for each in stored if each), None)
        suggested = suggestion(self._ledger, row) if row else None
        if row is None or suggested is None:
            return NOBODYS
        why = OwnerCause.CONTACT if suggested.why is SuggestionCause.CONTACT else OwnerCause.HABIT
        return Owner(((suggested.client, suggested.project),), why)
