"""Whose something was, from the words that stand about it: names of clients and projects in a title."""

import re
from collections.abc import Iterable, Mapping

from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.terms import Client, Project
from clepsydra.language.folding import folded
from clepsydra.language.nearest import nearest

_LEISURE = frozenset({
    "lunch", "break", "holiday", "holidays", "vacation", "leave", "off", "dentist", "doctor", "gym", "school",
    "dejeuner", "pause", "vacances", "conge", "conges", "ferie", "dentiste", "medecin", "ecole", "sport",
})  # fmt: skip
_FORMS = frozenset({
    "ag", "agence", "associates", "association", "cabinet", "cie", "co", "company", "corp", "ei", "entreprise",
    "etude", "eurl", "gmbh", "group", "groupe", "inc", "limited", "llc", "ltd", "plc", "sa", "sarl", "sas", "sasu",
    "sci", "scop", "selarl", "societe", "srl", "studio",
})  # fmt: skip
"""Words of a name that say what somebody is and not who: a title leaves them out ("Point Dupré" of Société Dupré)."""

SHORTEST = 3
"""Names of fewer letters are found by chance too often."""


class Mentions:
    """Finds clients by the names their files give them."""

    def __init__(self, clients: Iterable[Client]) -> None:
        self._names: list[tuple[str, tuple[str, str]]] = []
        for client in clients:
            if client.own:
                continue
            for project in client.projects:
                self._add((project.name, project.slug), client.slug, project.slug)
            self._add((client.name, client.slug, *client.calls.titles), client.slug, DEFAULT_PROJECT)
        # The longest name first, so that “Acme Legal” is not taken for “Acme”; a client before its projects.
        self._names.sort(key=lambda entry: (-len(entry[0]), entry[1][1] != DEFAULT_PROJECT))

    def _add(self, names: Iterable[str], client: str, project: str) -> None:
        for name in names:
            for each in {_plain(name), _who(name)}:
                if len(each) >= SHORTEST and name != DEFAULT_PROJECT:
                    self._names.append((each, (client, project)))

    def place(self, title: str, about: str = "") -> tuple[str, str] | None:
        """Client and project that a title names, else the text about it; None where none or several do."""
        for text in (title, about):
            found = self._in(_plain(text))
            if found:
                return found
        return None

    def _in(self, text: str) -> tuple[str, str] | None:
        hits = [place for name, place in self._names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        if len({client for client, _ in hits}) != 1:
            return None
        return next((place for place in hits if place[1] != DEFAULT_PROJECT), hits[0])

    def leisure(self, title: str) -> bool:
        """Whether a title speaks of time that is not work."""
        return bool(_LEISURE & set(re.findall(r"\w+", _plain(title))))


def _plain(text: str) -> str:
    return " ".join(folded(text).split())


def _who(name: str) -> str:
    """A name without the words that say what kind of business it is."""
    return " ".join(word for word in _plain(name).split() if word.strip(".,()") not in _FORMS)


def nearest_place(typed: str, clients: Mapping[str, Client]) -> str:
    """What a person may have meant who typed no client's slug: the client most like it by slug or by a word of its
    name, else CLIENT/PROJECT where a project is called so; empty where nothing is near.
    """
    words = {slug: slug for slug in clients}
    for client in clients.values():
        for word in (folded(client.name), *re.findall(r"\w+", folded(client.name))):
            if len(word) >= SHORTEST:
                words.setdefault(word, client.slug)
    near = nearest(typed, words)
    if near:
        return words[near]
    places = (f"{client.slug}/{p.slug}" for client in clients.values() for p in client.projects if _called(p, typed))
    return next(places, "")


def nearest_project(typed: str, client: Client) -> str:
    """The slug of the client's project most like what was typed, by slug or by name; empty where none is near."""
    words = {word: p.slug for p in reversed(client.projects) for word in (folded(p.name), p.slug) if word}
    return words.get(nearest(typed, words), "")


def _called(project: Project, typed: str) -> bool:
    return project.slug != DEFAULT_PROJECT and folded(typed) in (project.slug, folded(project.name))
