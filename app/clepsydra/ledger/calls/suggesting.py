"""Whose a call may have been: by rule, by calendar, by habit, by what was being worked on. Only ever a suggestion."""

import json
import re
from collections.abc import Iterator, Sequence

from clepsydra.calls.evidence import PHONE, EvidenceKind
from clepsydra.domain.contacts import Place
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Session, place_text
from clepsydra.domain.terms import CallHints, Client
from clepsydra.ledger.calls.model import CalendarHint, CallSuggestion, SuggestionCause
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.mentions import SHORTEST
from clepsydra.store import calls, sessions
from clepsydra.store.calls import CallRow

_REMEMBERED = 9
"""How many of a program's last calls are looked at."""

HEARD = frozenset({EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK, EvidenceKind.VOICE, EvidenceKind.SOUND})
"""What this machine hears of a call; whatever else tells of it knows the other side."""

EARLY = 600
"""Seconds before its entry in the calendar at which a call may begin: people join early."""


@dataclass(frozen=True, slots=True)
class _Hinted:
    """The rules of one agreement on calls."""

    place: Place
    hints: CallHints


def suggestion(ledger: Ledger, call: CallRow, calendar: Sequence[CalendarHint] = ()) -> CallSuggestion | None:
    """Whose a call may have been, and why: a rule on its title or its program, the calendar, the last client of that
    program, the timer that ran.

    Where several clients' rules name the program, what follows chooses among them.
    """
    if call.client_hint:
        client, _, project = call.client_hint.partition("/")
        if client in ledger.catalogue.clients:
            why = SuggestionCause.CONTACT if set(json.loads(call.evidence)) - HEARD else SuggestionCause.TITLE
            return CallSuggestion(client, project or DEFAULT_PROJECT, why)
    places = apps_of(ledger, call.program, call.program_name)
    if len({client for client, _ in places}) == 1:
        return CallSuggestion(*places[0], SuggestionCause.APP)
    further = [s for s in _further(ledger, call, calendar) if s.client in ledger.catalogue.clients]
    among = [each for each in further if each.client in {client for client, _ in places}]
    return next(iter(among or further), None)


def likely(ledger: Ledger, call_id: str, calendar: Sequence[CalendarHint] = ()) -> CallSuggestion | None:
    """Whose the call of that id may have been."""
    row = calls.call_by_id(ledger.db, call_id)
    return suggestion(ledger, row, calendar) if row else None


def _further(ledger: Ledger, call: CallRow, calendar: Sequence[CalendarHint]) -> Iterator[CallSuggestion]:
    span = Interval(call.started_at, max(call.started_at + 1, call.ended_at or ledger.now))
    for entry in sorted(calendar, key=lambda hint: -_shared(hint.span, span)):
        if Interval(entry.span.started_at - EARLY, entry.span.ended_at).overlaps(span):
            yield CallSuggestion(entry.client, entry.project, SuggestionCause.CALENDAR, detail=entry.reason)
    # Everybody calls through one telephone: that the last one was somebody's says nothing about the next.
    last = calls.last_clients(ledger.db, call.program, call.started_at, _REMEMBERED) if call.program != PHONE.id else []
    if last:
        row = next((n for n, client in enumerate(last) if client != last[0]), len(last))
        yield CallSuggestion(last[0], DEFAULT_PROJECT, SuggestionCause.LAST, count=row)
    running = _running_at(ledger, call.started_at, span.ended_at)
    if running:
        yield CallSuggestion(running.client, running.project, SuggestionCause.RUNNING)


def _shared(one: Interval, other: Interval) -> int:
    both = one.clip(other)
    return both.seconds if both else 0


def _running_at(ledger: Ledger, instant: int, until: int) -> Session | None:
    """What was being worked on when a call began, or what a person began in it; own work says nothing about calls."""
    near = [
        s
        for s in sessions.within(ledger.db, instant - 1, until)
        if not _is_own(ledger, s) and s.span(ledger.now).ended_at >= instant
    ]
    begun = [s for s in near if s.started_at >= instant and (s.running or s.channel is Channel.CALL)]
    before = [s for s in near if s.started_at < instant]
    return next(iter(begun[-1:] or before[-1:]), None)


def _is_own(ledger: Ledger, session: Session) -> bool:
    client = ledger.catalogue.clients.get(session.client)
    return client is None or client.own


# -- rules


def apps_of(ledger: Ledger, program: str, name: str) -> list[Place]:
    """The agreements whose rules name a program, by its id or its name."""
    names = {program.casefold(), name.casefold()}
    return [rule.place for rule in _rules(ledger) if names & {app.casefold() for app in rule.hints.apps}]


def titled(ledger: Ledger, title: str) -> tuple[str, bool] | None:
    """`client` or `client/project` of the first rule that a title fits, and whether that client wants it stored."""
    folded = title.casefold()
    for rule in _rules(ledger):
        if any(part.casefold() in folded for part in rule.hints.titles):
            client, project = rule.place
            return place_text(client, project), rule.hints.store_titles
    return _chatting(ledger, folded)


def _chatting(ledger: Ledger, title: str) -> tuple[str, bool] | None:
    """The one client whose contacts in chats a title names; two are nobody's."""
    found = {
        client.slug: client.calls.store_titles
        for client in ledger.catalogue.clients.values()
        if client.active and not client.own
        for name in client.contact.chat
        if len(said := name.partition(":")[2].strip().casefold()) >= SHORTEST
        and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", title)
    }
    return next(iter(found.items())) if len(found) == 1 else None


def too_short(ledger: Ledger, call: CallRow) -> bool:
    """Whether a call is so short that nobody is asked about it; so is one that has not lasted yet."""
    return (call.ended_at or call.started_at) - call.started_at < _shortest(ledger, suggestion(ledger, call))


def too_short_by_now(ledger: Ledger, call: CallRow) -> bool:
    """The same of a call under way: whether it has not lasted long enough yet."""
    until = max(ledger.now, call.started_at) if call.ended_at is None else call.ended_at
    return until - call.started_at < _shortest(ledger, suggestion(ledger, call))


def _shortest(ledger: Ledger, suggested: CallSuggestion | None) -> int:
    """Seconds below which a call is not kept: as the suggested client says, or the usual."""
    client = ledger.catalogue.clients.get(suggested.client) if suggested else None
    if client is None or suggested is None:
        return CallHints().ignore_under
    project = client.project(suggested.project)
    return (project.calls if project and project.calls else client.calls).ignore_under


def _rules(ledger: Ledger) -> Iterator[_Hinted]:
    for client in ledger.catalogue.clients.values():
        if client.active and not client.own:
            yield from _rules_of(client)


def _rules_of(client: Client) -> Iterator[_Hinted]:
    """A project's own rules stand before its client's; what it takes over from the client is said once."""
    for project in client.projects:
        if project.calls is None:
            continue
        own = CallHints(
            apps=project.calls.apps if project.calls.apps != client.calls.apps else (),
            titles=project.calls.titles if project.calls.titles != client.calls.titles else (),
            store_titles=project.calls.store_titles,
        )
        yield _Hinted((client.slug, project.slug), own)
    yield _Hinted((client.slug, DEFAULT_PROJECT), client.calls)
