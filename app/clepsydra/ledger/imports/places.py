"""Whose an entry is: from the texts of another program to a client and project of the person's.

A text counts by the mapping, else where it is the slug or the whole name of a client; never by a beginning, and a tag
never by itself. A project that a mapped client has not goes to the client, and its name into the note. What has no
place is remembered by its text, so that it is asked once and not once a row.
"""

from collections.abc import Mapping

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import DEFAULT_PROJECT, OWN, Channel, Scope, place_text
from clepsydra.domain.terms import Client
from clepsydra.exchange.doors.shape import Found
from clepsydra.language.folding import folded
from clepsydra.ledger.imports.newcomers import nameless
from clepsydra.settings.imports import ImportMap, Keep, Meaning

NOTHING = Meaning()


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """Client and project by their slugs."""

    client: str
    project: str = DEFAULT_PROJECT

    @classmethod
    def of(cls, text: str) -> "ImportPlace":
        """`acme` or `acme/api`."""
        client, _, project = text.partition("/")
        return cls(client, project or DEFAULT_PROJECT)

    @property
    def text(self) -> str:
        """As the mapping writes it."""
        return place_text(self.client, self.project)


@dataclass(frozen=True, slots=True)
class Meant:
    """What the texts of an entry mean: no place where nothing says whose it is."""

    place: ImportPlace | None
    channel: Channel
    scope: Scope
    note: str
    billed: bool = False


@dataclass
class Places:
    """The places of one file's texts, each text looked up once."""

    clients: Mapping[str, Client]
    mapping: ImportMap
    fallback: ImportPlace | None = None
    projects_wanted: bool = False
    strays: set[tuple[str, str]] = field(default_factory=set)
    settled: dict[str, str] = field(default_factory=dict)
    clients_seen: set[str] = field(default_factory=set)
    unplaced: dict[tuple[str, str], int] = field(default_factory=dict)
    _known: dict[tuple[str, str], ImportPlace | None] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slug, client in self.clients.items():
            if slug != OWN:
                self._names.setdefault(folded(client.name), slug)
        for slug in self.clients:
            self._names[folded(slug)] = slug

    def meant(self, found: Found) -> Meant:
        """What the texts of an entry mean; without a place it is remembered among the unplaced."""
        tags = [(tag, self.tag(tag)) for tag in found.tags]
        task = self.mapping.tasks.get(found.task, NOTHING) if found.task else NOTHING
        place = self._place(found) or next((ImportPlace.of(m.place) for _, m in (*tags, ("", task)) if m.place), None)
        if place is None:
            place = self.fallback
        if place is None:
            self.unplaced.setdefault((found.client, found.project), found.line)
        known = place is not None
        words = [tag for tag, meaning in tags if _stays(meaning)]
        if found.task and _stays(task):
            words.insert(0, found.task)
        if (found.client, found.project) in self.strays:
            words.insert(0, found.project)
        elif known and self.fallback == place and found.client and self._place(found) is None:
            words[:0] = filter(None, (found.client, found.project))
        meanings = (task, *(meaning for _, meaning in tags))
        return Meant(
            place,
            found.channel or next((m.channel for m in meanings if m.channel), Channel.WORK),
            next((m.scope for m in meanings if m.scope), Scope.IN),
            noted(found.note, words),
            any(m.billed for m in meanings),
        )

    def forget(self, found: Found) -> None:
        """Look an entry's texts up again: a client or project was added since."""
        self.__post_init__()
        key = (found.client, found.project)
        self._known.pop(key, None)
        self.unplaced.pop(key, None)

    def tag(self, tag: str) -> Meaning:
        """What a tag means, with or without its mark."""
        tags = self.mapping.tags
        return tags.get(tag) or tags.get(tag.lstrip("#")) or tags.get(f"#{tag}") or NOTHING

    def _place(self, found: Found) -> ImportPlace | None:
        if not found.client:
            return None
        key = (found.client, found.project)
        if key not in self._known:
            self._known[key] = self._looked_up(*key)
        return self._known[key]

    def _looked_up(self, client: str, project: str) -> ImportPlace | None:
        both = f"{client} / {project}"
        self.clients_seen |= {client, both}
        if project and both in self.mapping.clients:
            return ImportPlace.of(self.mapping.clients[both])
        mapped = self.mapping.clients.get(client)
        if mapped is not None:
            whole = ImportPlace.of(mapped)
            if "/" in mapped or not project:
                return whole
            found = self._project(whole.client, project)
            if found is None and not self.projects_wanted:
                self.strays.add((client, project))
                return whole
            return found
        slug = self._names.get(folded(client)) or nameless(self.clients.items(), client)
        if slug is None:
            return None
        self.settled[client] = slug
        return self._project(slug, project) if project else ImportPlace(slug)

    def _project(self, slug: str, project: str) -> ImportPlace | None:
        client = self.clients.get(slug)
        if project in ("", DEFAULT_PROJECT) or client is None:
            return ImportPlace(slug)
        for each in client.projects:
            if folded(project) in (folded(each.slug), folded(each.name)):
                return ImportPlace(slug, each.slug)
        bare = nameless(((each.slug, each) for each in client.projects), project)
        return ImportPlace(slug, bare) if bare else None


def _stays(meaning: Meaning) -> bool:
    """Whether a word stays in the note: an unmapped one does, and one that is told to."""
    return meaning.note is Keep.KEEP or (meaning.note is None and meaning == NOTHING)


def noted(note: str, words: list[str]) -> str:
    """The note with the words that nothing else keeps, as tags behind it: `Fix login #backend`."""
    for word in words:
        tag = word if word.startswith("#") else f"#{word}"
        if tag not in note:
            note = f"{note} {tag}".strip()
    return note
