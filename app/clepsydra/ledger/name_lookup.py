"""Which client and project a person means: by slug, by key, by name in any case and without accents, or by a beginning
that only one has: of the slug or the name, else of one of their words.

`etu`, `étude r` and `ROY` all mean “Étude Roy”, as long as no other client has a word that begins so.
"""

from collections.abc import Callable, Mapping

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.ledger.errors import Refused

if TYPE_CHECKING:
    from clepsydra.domain.terms import Client, Project
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
        lambda client: begins_a_word(word, client.slug, folded(client.name)),
    )
    for fits in rules:
        found = [client for client in clients.values() if fits(client)]
        active = [client for client in found if client.active]
        if found:
            return [client.slug for client in active or found]
    return []


def begins_a_word(beginning: str, *texts: str) -> bool:
    """Whether a word of one of the texts begins so; it may go on into the next: `roy avo` of “Étude Roy Avocats”."""
    if not beginning[:1].isalnum():
        return False
    return any(f" {_spaced(beginning)}" in f" {_spaced(text)}" for text in texts)


def _spaced(text: str) -> str:
    """Letters and figures alone, a blank for each other sign: `etude-roy` is two words, and so is `d’orsay`."""
    return "".join(sign if sign.isalnum() else " " for sign in text)


def fitting_projects(typed: str, client: "Client") -> list[str]:
    """The slugs of a client's projects that a text may mean, by name, by a beginning or by one of a word."""
    from clepsydra.language.folding import folded

    word = folded(typed.strip())
    if not word:
        return []
    rules: tuple[Callable[[Project], bool], ...] = (
        lambda project: folded(project.name) == word or project.slug == word,
        lambda project: project.slug.startswith(word) or folded(project.name).startswith(word),
        lambda project: begins_a_word(word, project.slug, folded(project.name)),
    )
    for number, fits in enumerate(rules):
        found = [project.slug for project in client.projects if fits(project)]
        if found:
            return [slug for slug in found if number == 0 or slug != DEFAULT_PROJECT]
    return []
