"""How clients are reached, by their files: an address, a number, a name in a chat."""

from collections.abc import Callable

from clepsydra.domain.contacts import ContactPatterns, Contacts
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.ledger.ledger import Ledger


def contacts(ledger: Ledger) -> Contacts:
    """What the files of active clients say of how they are reached."""
    patterns = []
    for client in ledger.catalogue.clients.values():
        if client.active and not client.own:
            patterns += [((client.slug, project.slug), project.contact) for project in client.projects]
            patterns.append(((client.slug, DEFAULT_PROJECT), client.contact))
    return Contacts([each for each in patterns if each[1] != _NONE], _number(ledger))


def _number(ledger: Ledger) -> Callable[[str], str | None]:
    """Reads a number of a client's file; the library behind it is loaded with the first one."""

    def read(text: str) -> str | None:
        from clepsydra.evidence.phone.phone_numbers import pattern, region

        return pattern(text, region(ledger.settings))

    return read


_NONE = ContactPatterns()
