"""What a person makes of a happening: a client's time, or no work. Each is one journalled change, and undo brings the
question back.

Only seconds that nobody else owns for good are taken: what the client's own work covers stays as it is, another's
timer gives way where the person says so, and what was typed, agreed, written off or billed is never cut.
"""

import json
from collections.abc import Sequence

from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.interval import Interval, subtract, union
from clepsydra.domain.placing import Placement
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel, Session, Source
from clepsydra.ledger import timers, touches
from clepsydra.ledger.calls import deciding as call_deciding
from clepsydra.ledger.calls.deciding import CallPart
from clepsydra.ledger.calls.interrupting import carve, gives_way, interrupts
from clepsydra.ledger.evidence.gathering import find, happened_on
from clepsydra.ledger.evidence.keeping import keep_call
from clepsydra.ledger.evidence.model import Happened, HappenedState, note_of
from clepsydra.ledger.evidence.placing import CHANNELS, EXCHANGES, day_of_letters, held, length_of, placement_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work
from clepsydra.settings.model import Interrupt
from clepsydra.store import calls, evidence, sessions
from clepsydra.store.evidence import EvidenceDecisionRow


def item_of(ledger: Ledger, given: str) -> Happened:
    """The happening of an id, or of its beginning. Raises `Refused` where none or several have it."""
    day = day_of_letters(given)
    found = find(happened_on(ledger, day).items, given) if day else []
    if not found:
        raise Refused("nothing that happened has the id “{given}”; “clepsydra evidence” lists them", given=given)
    if len(found) > 1:
        raise Refused("several things that happened have the id “{given}”; type more of it", given=given)
    return found[0]


def take(
    ledger: Ledger, item: Happened, work: Work | None = None, *, seconds: int | None = None,
    channel: Channel | None = None, write_off: str = "", rule: str = "", source: Source | None = None,
) -> list[Session]:  # fmt: skip
    """Make it a client's time: the seconds of it that can be had, as sessions.

    `work` says whose it is where nobody or somebody else is meant, with note and scope; `seconds` how long it took
    where that is not known; a `rule` of the person's is kept as its text. Raises `Refused` where it is decided already,
    has no owner or no length, or no second of it is left.
    """
    _refuse_decided(ledger, item)
    work = replace(work or _work(item), channel=channel or CHANNELS[item.kind])
    with ledger.change("taken as it happened: {client}", client=work.client) as said:
        _refuse_decided(ledger, item)  # under the lock: another instance may have taken it
        ledger.client_with(work.client, work.project)
        length = length_of(ledger, item, (work.client, work.project), seconds)
        if length is None or length <= 0:
            raise Refused("nobody knows how long that took; say it with --minutes")
        whole = Interval(item.began, item.began + length)
        holds = held(ledger, item.began - length, whole.ended_at)
        placement = placement_of(item, work.client, length, holds)
        free = takeable(ledger, placement)
        if not free:
            raise Refused("no second of that is left to take: {clients} holds it; change that session first",
                          clients=_holders(ledger, placement))  # fmt: skip
        said["interrupt"] = interrupts(ledger)
        made = (_take_call if item.kind is HappeningKind.CALL else _take_exchange)(ledger, item, work, free, whole)
        made = [_finished(ledger, session, work.channel, write_off, source) for session in made]
        _decide(ledger, item, HappenedState.TAKEN, [session.id for session in made], rule)
    return made


def _refuse_decided(ledger: Ledger, item: Happened) -> None:
    known = evidence.decisions(ledger.db, item.marks) or (item.row and calls.decision_of(ledger.db, item.row))
    if known or item.state in (HappenedState.TAKEN, HappenedState.LEFT):
        raise Refused("that was decided already; undo takes a decision back")


def _holders(ledger: Ledger, placement: Placement) -> str:
    """Whose work holds the seconds of a happening."""
    spans = [*placement.covered, *placement.other, *placement.free]
    found = [s for span in spans for s in sessions.within(ledger.db, span.started_at, span.ended_at)]
    return ", ".join(dict.fromkeys(ledger.name_of(session.client) for session in found)) or "?"


def leave(ledger: Ledger, item: Happened, *, rule: str = "") -> None:
    """It is no work: it is not asked about again. Raises `Refused` where it is decided already."""
    with ledger.change("left, as no work"):
        _refuse_decided(ledger, item)
        if item.row:
            call_deciding.explained(ledger, item.row)
        _decide(ledger, item, HappenedState.LEFT, [], rule)


def _work(item: Happened) -> Work:
    place = item.owner.place
    if place is None and item.owner.places:
        names = ", ".join(client for client, _ in item.owner.places)
        raise Refused("that may be {clients}; say whose it is", clients=names)
    if place is None:
        raise Refused("say whose that was")
    return Work(place[0], place[1], note_of(item))


def takeable(ledger: Ledger, placement: Placement) -> list[Interval]:
    """The free seconds, and those of timers that give way: such as ran before a stretch of them began. Where calls are
    only noted, nothing gives way."""
    found = []
    for wanted in union([*placement.free, *placement.other]):
        stays = [
            session.span(ledger.now) for session in sessions.within(ledger.db, wanted.started_at, wanted.ended_at)
            if session.placed
            and (interrupts(ledger) is Interrupt.NOTE or not gives_way(session, wanted.started_at))
        ]  # fmt: skip
        found += subtract([wanted], stays)
    return found


# -- calls


def _take_call(ledger: Ledger, item: Happened, work: Work, free: Sequence[Interval], whole: Interval) -> list[Session]:
    """The call is in the log, or is put there, and is assigned the parts that can be had."""
    row = item.row or keep_call(ledger, item.merged, work, whole)
    if list(free) == [whole]:
        return call_deciding.assign(ledger, row, CallPart(work, *_ends(ledger, row, whole)))
    return call_deciding.assign(ledger, row, *(CallPart(work, each.started_at, each.ended_at) for each in free))


def _ends(ledger: Ledger, row: str, whole: Interval) -> tuple[int | None, int | None]:
    """No ends where the whole call is taken, so that what was timed by hand beside it can stand for it."""
    from clepsydra.ledger.calls.inbox import find as find_call

    call = find_call(ledger, row)
    same = (call.started_at, call.ended_at) == (whole.started_at, whole.ended_at)
    return (None, None) if same else (whole.started_at, whole.ended_at)


# -- exchanges


def _take_exchange(ledger: Ledger, item: Happened, work: Work, free: Sequence[Interval], __: Interval) -> list[Session]:
    """A message, where its time was found; free where the agreement gives so many a month."""
    client, made = ledger.client(work.client), []
    for span in free:
        source = Source.TOUCH if item.kind in EXCHANGES else Source.MANUAL
        session = timers.made(ledger, client, work, span.started_at, span.ended_at, source)
        session = replace(session, precision=item.merged.best.precision)
        session = touches.given_free(ledger, client, session)
        carve(ledger, session)
        sessions.add(ledger.db, session)
        made.append(session)
    return made


def _finished(
    ledger: Ledger, session: Session, channel: Channel, write_off: str, source: Source | None
) -> Session:  # fmt: skip
    """What a rule says further of a session that it made."""
    after = replace(session, channel=channel, source=source or session.source, write_off=write_off or session.write_off)
    if after != session:
        sessions.replace(ledger.db, after)
    return after


def _decide(ledger: Ledger, item: Happened, state: HappenedState, made: Sequence[str], rule: str) -> None:
    """Under the mark of everybody who tells it, so that no later copy asks again."""
    verdict = "taken" if state is HappenedState.TAKEN else "left"
    for mark in item.marks:
        evidence.decide(
            ledger.db,
            EvidenceDecisionRow(mark, item.kind, item.began, verdict, rule, json.dumps(list(made)), ledger.now),
        )
