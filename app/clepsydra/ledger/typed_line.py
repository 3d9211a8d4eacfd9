"""One line of work as people say it, `riva hier 9h-10h30 relecture`: read first, so that it can be shown, then kept."""

from typing import NamedTuple

from clepsydra.domain.interval import Interval
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, Session
from clepsydra.language.typed.entries import TypedEntry, parse_entry
from clepsydra.ledger import editing
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.name_lookup import fitting, place_meant, project_meant
from clepsydra.ledger.timers import Work

_NAME_WORDS = 6
"""Words that a client's name at the head of a line may have."""


class LineRead(NamedTuple):
    """What a line means: the work, and the stretches it was done in, in order."""

    work: Work
    spans: tuple[Interval, ...]


def read_line(ledger: Ledger, text: str) -> LineRead:
    """Read a line against the clients, the clock and the zone of a ledger; nothing is written.

    Raises `Refused` where no one client or project is meant, `NotUnderstood` where the times are not clear.
    """
    words = text.split()
    if not words:
        raise Refused("type a client, then when or how long, then what it was")
    client, project, taken = _place(ledger, words)
    settings = ledger.settings
    entry = parse_entry(" ".join(words[taken:]), ledger.now, settings.time_zone, settings.day_starts_at)
    if entry.project:
        project = project_meant(ledger, client, entry.project)
    ledger.client_with(client, project)
    return LineRead(_work(client, project, entry), entry.spans)


def add_line(ledger: Ledger, line: LineRead) -> list[Session]:
    """Add what a line says, all of it in one change."""
    with ledger.change("add {client}", client=line.work.client):
        return [editing.add(ledger, line.work, span.started_at, span.ended_at) for span in line.spans]


def _place(ledger: Ledger, words: list[str]) -> tuple[str, str, int]:
    """Client and project at the head of a line, and how many words name them: the longest name that fits."""
    clients = ledger.catalogue.clients
    for count in range(min(_NAME_WORDS, len(words)), 0, -1):
        head = " ".join(words[:count])
        name, slash, _ = head.partition("/")
        if name in clients or fitting(head if not slash else name, clients):
            return *place_meant(ledger, head), count
    ledger.client(words[0])  # says what is nearest
    return words[0], DEFAULT_PROJECT, 1


def _work(client: str, project: str, entry: TypedEntry) -> Work:
    scope, decision = (Scope.OUT, Decision.PENDING) if entry.out else (Scope.IN, None)
    return Work(client, project, entry.note, entry.channel or Channel.WORK, scope, decision)
