"""Whose something was, from the words that stand about it: names of clients and projects in a title."""

import re
from collections.abc import Iterable

from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.terms import Client

_LEISURE = frozenset({
    "lunch", "break", "holiday", "holidays", "vacation", "leave", "off", "dentist", "doctor", "gym", "school",
    "déjeuner", "dejeuner", "pause", "vacances", "congé", "congés", "férié", "dentiste", "médecin", "école", "sport",
})  # fmt: skip
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
            if len(name) >= SHORTEST and name != DEFAULT_PROJECT:
                self._names.append((_plain(name), (client, project)))

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
    return " ".join(text.casefold().split())
