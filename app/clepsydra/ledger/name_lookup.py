"""Which client and project a person means: by slug, by key, by name in any case and without accents, or by a beginning
that only one has.

`roy`, `ROY` and `étude r` all mean “Étude Roy”, as long as no other client begins so.
"""

from collections.abc import Callable, Mapping

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.ledger.errors import Refused

if TYPE_CHECKING:
    from clepsydra.domain.terms import Client
    from clepsydra.ledger.ledger import Ledger


def client_meant(ledger: "Ledger", typed: str) -> str:
    """The slug of the client that was meant; what fits none comes back as it is, for `Ledger.client` to refuse.

    Raises `Refused` where it fits several.
    """
    clients = ledger.catalogue.clients
    if typed in clients:  # first, since it reads no other client's file
        return typed
    found = fitting(typed, clients)
    if len(found) > 1:
        names = ", ".join(f"{clients[slug].name or slug} ({slug})" for slug in found)
        raise Refused("“{typed}” may be {names}: type more of it", typed=typed, names=names)
    return found[0] if found else typed


def place_meant(ledger: "Ledger", typed: str) -> tuple[str, str]:
    """The slugs of client and project in CLIENT or CLIENT/PROJECT, however each is called; the default project where
    none is named. Raises `Refused` where it fits several.
    """
    client, _, project = typed.partition("/")
    slug = client_meant(ledger, client)
    return slug, project_meant(ledger, slug, project) if project else DEFAULT_PROJECT


def project_meant(ledger: "Ledger", slug: str, typed: str) -> str:
    """The slug of the project of a client that was meant, or what was typed where it fits none.

    Raises `Refused` where it fits several.
    """
    client = ledger.catalogue.clients.get(slug)
    if client is None or client.project(typed) is not None:
        return typed
    found = fitting_projects(typed, client)
    if len(found) > 1:
        raise Refused("“{typed}” may be {names}: type more of it", typed=typed, names=", ".join(found))
    return found[0] if found else typed


def fitting(typed: str, clients: "Mapping[str, Client]") -> list[str]:
    """The slugs of the clients that a text may mean, by the first rule that finds any; active ones before others."""
    from clepsydra.language.folding import folded  # not needed by who types the slug

    word = folded(typed.strip())
    if not word:
        return []
    rules: tuple[Callable[[Client], bool], ...] = (
        lambda client: client.slug == word,
        lambda client: client.key is not None and client.key == typed.strip(),
        lambda client: folded(client.name) == word,
        lambda client: client.slug.startswith(word) or folded(client.name).startswith(word),
    )
    for fits in rules:
        found = [client for client in clients.values() if fits(client)]
        active = [client for client in found if client.active]
        if found:
            return [client.slug for client in active or found]
    return []


def fitting_projects(typed: str, client: "Client") -> list[str]:
    """The slugs of a client's projects that a text may mean, by name or by a beginning."""
    from clepsydra.language.folding import folded

    word = folded(typed.strip())
    named = [p.slug for p in client.projects if folded(p.name) == word or p.slug == word]
    begins = [p.slug for p in client.projects if p.slug.startswith(word) or folded(p.name).startswith(word)]
    return named or ([slug for slug in begins if slug != DEFAULT_PROJECT] if word else [])
