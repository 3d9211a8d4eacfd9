"""Whose an address, a number or a name in a chat is, by what the clients' files say of them.

`@acme.fr` takes the domain and what lies below it, never notacme.fr. A number that ends in `*` takes whatever goes on
so; a number whose last digits a source masks is somebody's where exactly one client's could be meant.
"""

import re
from collections.abc import Callable, Iterable

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT

Place = tuple[str, str]
"""Client and project."""

SHORTEST_PREFIX = 7
"""Characters of a number, its + with them, before its mask: with fewer, anybody could be meant."""


@dataclass(frozen=True, slots=True)
class ContactPatterns:
    """How a client is reached: addresses and domains, numbers, names in chats (`telegram:Jeanne Martin`)."""

    mail: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()


class Contacts:
    """Finds whose a party is. `number` turns a number of a file into +33612345678, or +3314268* where it ends so."""

    def __init__(
        self, patterns: Iterable[tuple[Place, ContactPatterns]], number: Callable[[str], str | None] = lambda text: text
    ) -> None:
        self._mail: dict[str, set[Place]] = {}
        self._chat: dict[str, set[Place]] = {}
        self._said: list[tuple[str, Place]] = []
        self._phone: list[tuple[str, bool, Place]] | None = None
        self._number = number
        for place, each in patterns:
            for address in each.mail:
                self._mail.setdefault(address.strip().casefold(), set()).add(place)
            for name in each.chat:
                self._chat.setdefault(plain(name), set()).add(place)
            self._said += [(phone, place) for phone in each.phone]

    def of(self, party: str) -> frozenset[Place]:
        """The agreements that a party belongs to; of several of one client the more special."""
        if party.startswith("+"):
            return self._of_number(party)
        if "@" in party and ":" not in party:
            return self._of_address(party.strip().casefold())
        return frozenset(self._chat.get(plain(party), ()))

    def _of_address(self, address: str) -> frozenset[Place]:
        if address in self._mail:
            return frozenset(self._mail[address])
        domain = address.rpartition("@")[2]
        while domain:
            if found := self._mail.get("@" + domain):
                return frozenset(found)
            domain = domain.partition(".")[2]
        return frozenset()

    def _of_number(self, party: str) -> frozenset[Place]:
        """The longest pattern wins; a masked number is a client's where the known numbers leave no other."""
        if self._phone is None:
            self._phone = list(self._numbers())
        masked = party.endswith("*")
        digits = party.rstrip("*")
        hits = [
            (len(known), place) for known, open_end, place in self._phone if _meets(known, open_end, digits, masked)
        ]
        longest = max((length for length, _ in hits), default=0)
        found = frozenset(place for length, place in hits if length == longest or masked)
        return found if not masked or len({client for client, _ in found}) == 1 else frozenset()

    def _numbers(self) -> Iterable[tuple[str, bool, Place]]:
        for said, place in self._said:
            known = self._number(said)
            if known is not None:
                yield known.rstrip("*"), known.endswith("*"), place


def _meets(known: str, open_end: bool, digits: str, masked: bool) -> bool:
    if masked and len(digits) < SHORTEST_PREFIX:
        return False
    return digits == known or (open_end and digits.startswith(known)) or (masked and known.startswith(digits))


def one_each(found: Iterable[Place]) -> dict[str, str]:
    """The project by client: the special one where a client is named with one and without."""
    chosen: dict[str, str] = {}
    for client, project in sorted(found):
        if client not in chosen or chosen[client] == DEFAULT_PROJECT:
            chosen[client] = project
    return chosen


def plain(text: str) -> str:
    """A chat name without case and needless blanks."""
    return re.sub(r"\s+", " ", text.strip()).casefold()
