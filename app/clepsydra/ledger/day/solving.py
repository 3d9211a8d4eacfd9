"""Settle what is open about a day: each answer is one journalled change, and many accepted at once are one too."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from clepsydra.domain.interval import Interval, subtract, total
from clepsydra.domain.records import replace
from clepsydra.domain.session import Session, Source
from clepsydra.language.translator import mark
from clepsydra.ledger import absences, editing, recovery
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.calls import deciding
from clepsydra.ledger.calls.inbox import find
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.day.answers import DayAnswer, DayPart, Item, ItemKind, Verb
from clepsydra.ledger.day.cutting import take_out
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import made
from clepsydra.store import day_closes, sessions

_ALLOWED = {
    ItemKind.HAPPENED: {Verb.KEEP},
    ItemKind.GAP: {Verb.FILL, Verb.UNKNOWN},
    ItemKind.CALL: {Verb.FILL, Verb.PERSONAL, Verb.IGNORE},
    ItemKind.WAITING: {Verb.TAKE, Verb.FILL, Verb.IGNORE},
    ItemKind.OVERLAP: {Verb.KEEP, Verb.CUT_FIRST, Verb.CUT_SECOND},
    ItemKind.DOUBTFUL: {Verb.KEEP, Verb.END, Verb.SPLIT, Verb.DISCARD},
    ItemKind.RUNNING: {Verb.END},
    ItemKind.AWAY: {Verb.KEEP, Verb.FILL},
    ItemKind.OVER_LONG: {Verb.KEEP, Verb.END},
    ItemKind.UNSURE: {Verb.SCOPE},
    ItemKind.PENDING: {Verb.SCOPE},
    ItemKind.NO_NOTE: {Verb.NOTE, Verb.KEEP},
    ItemKind.AGREED: {Verb.AGREE, Verb.KEEP},
}
"""Which answers each kind of item takes."""

_LABELS = {
    ItemKind.HAPPENED: mark("confirm what rules took"),
    ItemKind.GAP: mark("explain a gap"),
    ItemKind.CALL: mark("say whose a call was"),
    ItemKind.WAITING: mark("say what came of something that happened"),
    ItemKind.OVERLAP: mark("settle an overlap"),
    ItemKind.DOUBTFUL: mark("confirm the end of a session"),
    ItemKind.RUNNING: mark("end what still runs"),
    ItemKind.AWAY: mark("say whether you were away"),
    ItemKind.OVER_LONG: mark("look at a very long session"),
    ItemKind.UNSURE: mark("settle an unsure scope"),
    ItemKind.PENDING: mark("decide about work out of scope"),
    ItemKind.NO_NOTE: mark("note what a session was about"),
    ItemKind.AGREED: mark("settle an agreed time"),
}
"""How the journal calls the settling of each kind of item."""

_MOVING = {Verb.CUT_FIRST, Verb.CUT_SECOND, Verb.END, Verb.SPLIT, Verb.DISCARD}
"""Answers that change when a session was, or whether it is there at all."""


def answers_to(kind: ItemKind) -> list[Verb]:
    """The answers that a kind of item takes."""
    return [verb for verb in Verb if verb in _ALLOWED[kind]]


def solve(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    """Settle one item; raises `Refused` when the answer does not fit it or a law stands against it."""
    if answer.verb not in _ALLOWED[item.kind]:
        raise Refused("“{verb}” is no answer to “{kind}”", verb=answer.verb.value, kind=item.kind.value)
    with ledger.change(_LABELS[item.kind]):
        _SOLVERS[answer.verb](ledger, item, answer)


def accept_all(ledger: Ledger, items: Iterable[Item], *, asked: bool = False) -> int:
    """Accept every suggestion that may be accepted at once, as one change; returns how many.

    With `asked` the person has named the items, and each is accepted whatever it decides.

    What would rest on a session whose time another suggestion has just moved is left, to be asked again.
    """
    done = 0
    with ledger.change("accept {count} suggestions") as said:
        moved: set[str] = set()
        for item in items:
            if item.suggestion is None or not (asked or item.at_once):
                continue
            answer = item.suggestion.answer
            about = {session.id for session in item.sessions} | {p.extends for p in answer.parts if p.extends}
            if about & moved:
                continue
            if answer.verb in _MOVING or answer.parts:
                moved |= about
            solve(ledger, item, answer)
            done += 1
        said["count"] = done
    return done


# -- gaps and calls


def _fill(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    _refuse_bad_parts(item, answer.parts)
    if item.kind is ItemKind.WAITING:
        _take(ledger, item, answer)
        return
    if item.kind is ItemKind.GAP:
        _refuse_explained(ledger, answer.parts)
    if item.kind is ItemKind.AWAY:
        _leave_machine(ledger, item)
    if item.call:
        _assign(ledger, item, answer.parts)
    for part in answer.parts:
        if part.work is None:
            absences.written(ledger, part.span, part.reason)
        elif part.extends:
            _extend(ledger, part)
        elif not item.call:
            client = ledger.client_with(part.work.client, part.work.project)
            session = made(ledger, client, part.work, part.span.started_at, part.span.ended_at, Source.MANUAL)
            sessions.add(ledger.db, session)


def _assign(ledger: Ledger, item: Item, parts: Sequence[DayPart]) -> None:
    """A call becomes its parts of work; its own begin and end stand where an answer covers all of it."""
    _refuse_decided(ledger, item)
    call = item.call
    assert call is not None
    work = [(part.work, part.span) for part in parts if part.work is not None]
    if not work:
        deciding.explained(ledger, call.id)
    elif len(work) == 1 and work[0][1] == item.span:
        deciding.assign(ledger, call.id, deciding.CallPart(work[0][0]))
    else:
        cut = [deciding.CallPart(each, span.started_at, span.ended_at) for each, span in work]
        deciding.assign(ledger, call.id, *cut)


def _leave_machine(ledger: Ledger, item: Item) -> None:
    """The stretch leaves the timer that ran over it, which goes on after it."""
    session = ledger.session(item.sessions[0].id)
    if item.span.clip(session.span(ledger.now)) != item.span:
        raise Refused("that time is explained already; look at the day again")
    take_out(ledger, session, item.span, runs_on=True)


def _refuse_bad_parts(item: Item, parts: Sequence[DayPart]) -> None:
    """Parts lie inside the item, in order, and share no second."""
    if not parts:
        raise Refused("say what it was")
    for part in parts:
        if not part.span.seconds or part.span.clip(item.span) != part.span:
            raise Refused("a part must lie inside the stretch it explains")
    if any(before.span.ended_at > after.span.started_at for before, after in pairwise(parts)):
        raise Refused("the parts of a stretch may not overlap")


def _refuse_explained(ledger: Ledger, parts: Sequence[DayPart]) -> None:
    """Whoever was asked may answer late: something else may have explained a part of the gap meanwhile."""
    spans, now = [part.span for part in parts], ledger.now
    whole = Interval(spans[0].started_at, spans[-1].ended_at)
    explained = [session.span(now) for session in sessions.within(ledger.db, whole.started_at, whole.ended_at)]
    explained += [row.span for row in absences.within(ledger, whole)]
    if total(subtract(spans, explained)) < total(spans):
        raise Refused("that time is explained already; look at the day again")


def _extend(ledger: Ledger, part: DayPart) -> None:
    session = ledger.session(part.extends)
    if session.ended_at != part.span.started_at:
        raise Refused("that session no longer ends there; look at the day again")
    sessions.replace(ledger.db, replace(session, ended_at=part.span.ended_at))


def _unknown(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    day_closes.note(ledger.db, item.subject, Verb.UNKNOWN, ledger.now)


def _personal(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    deciding.personal(ledger, _refuse_decided(ledger, item))


def _take(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    """What happened becomes time: as its rule suggests, else as an answer says whose it was."""
    from clepsydra.ledger.evidence import automatic
    from clepsydra.ledger.evidence import deciding as happenings
    from clepsydra.ledger.evidence.ruling import ruled

    (found,) = ruled(ledger, item.happened)
    part = next(iter(answer.parts), None)
    if part is None and found.rule is not None:
        automatic.take_suggested(ledger, found)
        return
    if part is not None and (part.work is None or len(answer.parts) > 1):
        raise Refused("say one client whose that was, or that it was no work")
    seconds = part.span.seconds if part is not None and part.span != item.span else None
    happenings.take(ledger, found.item, part.work if part else None, seconds=seconds)


def _ignore(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    if item.kind is ItemKind.WAITING:
        from clepsydra.ledger.evidence.deciding import leave

        leave(ledger, item.happened[0])
        return
    deciding.ignore(ledger, _refuse_decided(ledger, item))


def _refuse_decided(ledger: Ledger, item: Item) -> str:
    """The id of an item's call, if it still waits for a decision."""
    assert item.call is not None
    if find(ledger, item.call.id).state is not CallState.INBOX:
        raise Refused("that call was decided already")
    return item.call.id


# -- overlaps


def _cut_first(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    first, second = _both(ledger, item)
    _give_way(ledger, first, second)


def _cut_second(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    first, second = _both(ledger, item)
    _give_way(ledger, second, first)


def _both(ledger: Ledger, item: Item) -> tuple[Session, Session]:
    first, second = (ledger.session(session.id) for session in item.sessions)
    return first, second


def _give_way(ledger: Ledger, loser: Session, winner: Session) -> None:
    """Take the time of one session out of another."""
    take_out(ledger, loser, winner.span(ledger.now), runs_on=not winner.running)


# -- sessions


def _keep(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    if item.kind is ItemKind.HAPPENED:
        _confirm(ledger, item, answer)
    elif item.kind is ItemKind.DOUBTFUL:
        recovery.keep(ledger, item.sessions[0].id)
    else:
        day_closes.note(ledger.db, item.subject, Verb.KEEP, ledger.now)


def _confirm(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    from clepsydra.ledger.evidence.automatic import confirm

    kept = confirm(ledger, item.sessions, [each.item for each in item.ready], answer.leaving)
    day_closes.note(ledger.db, replace(item, sessions=tuple(kept), ready=()).subject, Verb.KEEP, ledger.now)


def _end(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    session = item.sessions[0]
    if item.kind is ItemKind.DOUBTFUL and answer.at is None:
        recovery.cut(ledger, session.id)
    else:
        end = max(ledger.now, session.started_at) if answer.at is None else answer.at
        editing.edit(ledger, session.id, Edit(ended_at=end))
    if item.kind is ItemKind.OVER_LONG:  # who said when it ended is not asked again, however long it still is
        day_closes.note(ledger.db, item.subject, Verb.END, ledger.now)


def _split(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    recovery.split(ledger, item.sessions[0].id)


def _discard(ledger: Ledger, item: Item, _: DayAnswer) -> None:
    recovery.discard(ledger, item.sessions[0].id)


def _scope(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    editing.set_scope(ledger, item.sessions[0].id, answer.scope, answer.decision)


def _note(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    if not answer.text.strip():
        raise Refused("say what it was about, or leave it without a note")
    editing.edit(ledger, item.sessions[0].id, Edit(note=answer.text.strip()))


def _agree(ledger: Ledger, item: Item, answer: DayAnswer) -> None:
    agreed_time.agree_together(ledger, [session.id for session in item.sessions], answer.seconds)


_SOLVERS: dict[Verb, Callable[[Ledger, Item, DayAnswer], None]] = {
    Verb.FILL: _fill, Verb.UNKNOWN: _unknown, Verb.PERSONAL: _personal, Verb.IGNORE: _ignore, Verb.KEEP: _keep,
    Verb.TAKE: _take,
    Verb.CUT_FIRST: _cut_first, Verb.CUT_SECOND: _cut_second, Verb.END: _end, Verb.SPLIT: _split,
    Verb.DISCARD: _discard, Verb.SCOPE: _scope, Verb.NOTE: _note,
    Verb.AGREE: _agree,
}  # fmt: skip
