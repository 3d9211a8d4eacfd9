"""Who is on the other side of a list of calls, and the contacts of clients' files learned from it.

A number of nobody's is named as the phone names it, with the client whose name that says; nothing is learned before the
person says so, and nobody else's number is written anywhere.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from clepsydra.domain.contacts import Place, one_each
from clepsydra.domain.happenings import Happening, HappeningKind
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, place_text
from clepsydra.evidence import lists
from clepsydra.language.message import Message
from clepsydra.ledger.contacts import contacts
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.mentions import Mentions

if TYPE_CHECKING:
    from clepsydra.settings.home import Home


@dataclass(frozen=True, slots=True)
class CallParty:
    """One number (address, chat name) of a list: what the phone calls it, how often and how long it was talked with.

    Whose it is (`client/project`) is `known` by a client's file, or `suggested` by its name.
    """

    party: str
    name: str
    calls: int
    seconds: int
    known: str = ""
    suggested: str = ""


def parties(ledger: Ledger, file: "lists.ListFile") -> list[CallParty]:
    """Everybody in a list whose calls have a length: first who may be a client's, then by time. Raises `Refused`."""
    told = lists.told_by(file)
    if isinstance(told, Message):
        raise Refused(told.text, **told.values)
    found: dict[str, list[Happening]] = {}
    for each in told:
        if each.kind is HappeningKind.CALL and len(each.party) == 1 and each.seconds:
            found.setdefault(each.party[0], []).append(each)
    known, mentions = contacts(ledger), Mentions(c for c in ledger.catalogue.clients.values() if c.active)
    rows = [_row(party, calls, one_each(known.of(party)), mentions) for party, calls in found.items()]
    return sorted(rows, key=lambda row: (not (row.known or row.suggested), -row.seconds, row.party))


def _row(party: str, calls: Sequence[Happening], owners: Mapping[str, str], mentions: Mentions) -> CallParty:
    name = next((each.label for each in reversed(calls) if each.label), "")
    place: Place | None = mentions.place(name) if name else None
    seconds = sum(each.seconds or 0 for each in calls)
    owner = place_text(*next(iter(owners.items()))) if len(owners) == 1 else ""
    return CallParty(party, name, len(calls), seconds, owner, place_text(*place) if place and not owners else "")


def learn(ledger: Ledger, home: "Home", places: Mapping[str, str]) -> int:
    """Write each party into the `[contact]` of its client's file (or of its project there); returns how many are new.

    Raises `Refused` for a client or project that is not there, `settings.edit.EditRefused` and OSError when a file
    cannot be changed.
    """
    from clepsydra.settings.edit import client_as_written, edit_client

    known, count = contacts(ledger), 0
    for party, text in places.items():
        slug, _, project = text.partition("/")
        client = ledger.client_with(slug, project or DEFAULT_PROJECT)
        if client.slug in one_each(known.of(party)):
            continue
        written = client_as_written(home, slug).get("projects", [])
        at = next((i for i, each in enumerate(written) if each.get("slug") == project), None)
        table = "contact" if at is None else f"projects[{at}].contact"
        edit_client(home, slug, {f"{table}.{_kind(party)}[+]": party}, ledger.settings)
        count += 1
    return count


def _kind(party: str) -> str:
    """Under which key of a `[contact]` a party stands."""
    if party.startswith("+"):
        return "phone"
    return "mail" if "@" in party and ":" not in party else "chat"
