"""Which key starts which client: their own where nothing else has it, else a digit; and the digit of a new client.

Digits that no file names follow the alphabet, so a new client is given one in its file: the others keep the digits
that hands have learnt.
"""

from collections.abc import Collection, Iterable, Mapping

from clepsydra.domain.terms import Client
from clepsydra.language.folding import folded

DIGITS = "123456789"
"""What a new client may be given; the tenth without a key of its own shows 0."""


def in_order(clients: Iterable[Client]) -> list[Client]:
    """Clients as lists show them: by name, accents aside, own work last."""
    return sorted(clients, key=lambda client: (client.own, folded(client.name)))


def client_keys(clients: Iterable[Client], taken: Collection[str], here: Collection[str] = ()) -> dict[str, str]:
    """Active clients by the key that starts them: their own where no action has `taken` it, else the next free digit in
    the order of their names.

    The keys are those of the main screen on every screen: only a key that does something else `here` gives way.
    """
    keys: dict[str, str] = {}
    waiting = []
    for client in in_order(c for c in clients if c.active):
        if client.key and client.key not in taken and client.key not in keys:
            keys[client.key] = client.slug
        else:
            waiting.append(client)
    free = [d for d in DIGITS + "0" if d not in keys and d not in taken]
    keys.update(zip(free, (c.slug for c in waiting if not c.own), strict=False))
    away = [keys.pop(key) for key in list(keys) if key in here]
    keys.update(zip((d for d in DIGITS + "0" if d not in keys and d not in here), away, strict=False))
    return keys


def key_owner(key: str, clients: Mapping[str, Client], taken: Collection[str]) -> Client | None:
    """The client that a key belongs to: by its file, whether it is active or not, or by what screens show now."""
    shown = client_keys(clients.values(), taken).get(key)
    return next((c for c in clients.values() if c.key == key or c.slug == shown), None) if key else None


def free_digit(clients: Mapping[str, Client], taken: Collection[str]) -> str | None:
    """The lowest digit that is nobody's; None when there is none."""
    return next((d for d in DIGITS if d not in taken and key_owner(d, clients, taken) is None), None)


def perhaps_taken(clients: Mapping[str, Client], bound: Mapping[str, Iterable[str]]) -> set[str]:
    """Keys that actions may have, for who knows the person's own `[keys]` (`bound`) but not the keys of the screens:
    any client's letter may be one, so that a digit starts it.
    """
    letters = {client.key for client in clients.values() if client.key and client.key not in DIGITS + "0"}
    return letters.union(*bound.values())
