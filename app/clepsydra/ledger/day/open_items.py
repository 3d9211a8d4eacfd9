"""What is still open about a day, each with its price: gaps, calls, overlaps and sessions that leave a question."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.interval import Interval, subtract
from clepsydra.domain.records import replace
from clepsydra.domain.session import OWN, Scope, Session, Source, State
from clepsydra.domain.statement_lines import priced
from clepsydra.ledger.calls import inbox
from clepsydra.ledger.calls.model import DetectedCall
from clepsydra.ledger.day.agreeing import groups_to_agree
from clepsydra.ledger.day.answers import Item, ItemKind
from clepsydra.ledger.day.outside import NOWHERE, Outside
from clepsydra.ledger.day.presence import left_machine, ran_meanwhile
from clepsydra.ledger.day.suggestions import Suggester
from clepsydra.ledger.day.waiting import waiting_items
from clepsydra.ledger.day.worth import DayRate, day_rate
from clepsydra.ledger.days import Day
from clepsydra.ledger.evidence.model import HappenedState
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import worth
from clepsydra.store import day_closes

if TYPE_CHECKING:
    from clepsydra.ledger.evidence.ruling import Ruled

_FIRST = {
    ItemKind.HAPPENED: -1,
    ItemKind.DOUBTFUL: 0,
    ItemKind.RUNNING: 0,
    ItemKind.CALL: 1,
    ItemKind.OVERLAP: 1,
    ItemKind.GAP: 1,
    ItemKind.WAITING: 1,
    ItemKind.AWAY: 1,
}
"""Ends that are not certain come first, then whose the time was, then what the sessions are."""


def open_items(ledger: Ledger, day: Day, outside: Outside = NOWHERE) -> list[Item]:
    """Everything open about a day, in the order it is asked; what was noted and left as it is stays out."""
    rate = day_rate(ledger, day)
    found = [
        *_stretches(ledger, day, rate), *_overlaps(ledger, day, rate), *_left(ledger, day, rate),
        *_sessions(ledger, day), *_totals(ledger, day),
    ]  # fmt: skip
    found = _with_what_happened(ledger, day, found, outside)
    noted = day_closes.noted(ledger.db, [item.subject for item in found])
    order = list(ItemKind)
    found = sorted(
        (item for item in found if item.subject not in noted),
        key=lambda i: (_FIRST.get(i.kind, 2), i.span.started_at, order.index(i.kind), i.subject),
    )
    suggester = Suggester(ledger, day, outside)
    return [replace(item, suggestion=suggester.suggest(item)) for item in found]


def short_gaps(ledger: Ledger, day: Day) -> list[Interval]:
    """The gaps of a day that are too short to be asked."""
    return [gap for gap in day.timeline.unexplained if gap.seconds <= ledger.settings.day.gap_under]


def unknown_gaps(ledger: Ledger, day: Day) -> list[Interval]:
    """The gaps of a day that were named unknown."""
    gaps = [item for item in _stretches(ledger, day, DayRate(Decimal(0), "")) if item.kind is ItemKind.GAP]
    noted = day_closes.noted(ledger.db, [item.subject for item in gaps])
    return [item.span for item in gaps if item.subject in noted]


def _stretches(ledger: Ledger, day: Day, rate: DayRate) -> Iterator[Item]:
    """Calls that wait, and the gaps around them."""
    calls = [(call, span) for call in _waiting(ledger, day) if (span := call.span(day.as_of).clip(day.bounds))]
    for call, span in calls:
        minor, currency = _call_worth(call, span, rate)
        yield Item(ItemKind.CALL, span, minor, currency, call=call)
    for gap in subtract(day.timeline.unexplained, [span for _, span in calls]):
        if gap.seconds > ledger.settings.day.gap_under:  # shorter ones are told as one figure when the day is closed
            yield Item(ItemKind.GAP, gap, rate.worth(gap.seconds), rate.currency)


def _call_worth(call: DetectedCall, span: Interval, rate: DayRate) -> tuple[int, str]:
    """A call at the rate of who is suggested, as everywhere; at the day's where nobody is or a part is of another."""
    if call.minor is None or call.ended_at is None or span.seconds != call.ended_at - call.started_at:
        return rate.worth(span.seconds), rate.currency
    return call.minor, call.currency


def _with_what_happened(ledger: Ledger, day: Day, found: list[Item], outside: Outside) -> list[Item]:
    """What rules took or are ready to take, to be confirmed in one look; and what fell into the gaps."""
    made = [session for session in day.sessions if session.source is Source.RULE and not day.closed]
    found = [replace(item, wrote=_wrote(ledger, item, outside)) if item.kind is ItemKind.GAP else item
             for item in found] if outside.received else found  # fmt: skip
    if not made and not outside.found.happenings:
        return found
    from clepsydra.ledger.evidence.automatic import ready
    from clepsydra.ledger.evidence.gathering import happened

    items = happened(ledger, day.bounds, outside.found).items
    taking = [] if day.closed else ready(ledger, items)
    waiting = [each for each in items if each.state is HappenedState.OPEN]
    found = [
        replace(item, happened=tuple(each for each in waiting if _in(each.began, item.span)))
        if item.kind is ItemKind.GAP
        else item
        for item in found
    ]
    gaps = [item.span for item in found if item.kind is ItemKind.GAP]
    asked = {each.item.id for each in taking}
    alone = [each for each in waiting if each.id not in asked and not any(_in(each.began, gap) for gap in gaps)]
    return [*_by_rules(ledger, day, made, taking), *found, *([] if day.closed else waiting_items(day, alone))]


def _wrote(ledger: Ledger, gap: Item, outside: Outside) -> tuple[tuple[str, int], ...]:
    """Which clients wrote in a gap, the most mails first."""
    from clepsydra.ledger.contacts import contacts

    known = contacts(ledger)
    inside = [known.of(mail.sender) for mail in outside.received if _in(mail.at, gap.span)]
    whose = Counter(client for places in inside for client in {client for client, _ in places})
    return tuple(sorted(whose.items(), key=lambda each: (-each[1], each[0])))


def _in(instant: int, span: Interval) -> bool:
    return span.started_at <= instant < span.ended_at


def _by_rules(ledger: Ledger, day: Day, made: list[Session], taking: "list[Ruled]") -> Iterator[Item]:
    """One item a currency: amounts of two are never added."""
    clients = ledger.catalogue.clients
    worths = {s.id: worth(s, clients[s.client], day.as_of) for s in made if s.client in clients}
    by_currency = {s.id: clients[s.client].currency for s in made if s.client in clients}
    for currency in sorted({*by_currency.values(), *(each.currency for each in taking)}):
        own = tuple(s for s in made if by_currency.get(s.id) == currency)
        new = tuple(each for each in taking if each.currency == currency)
        spans = [s.span(day.as_of) for s in own] + [span for each in new for span in each.placement.free]
        whole = Interval(min(s.started_at for s in spans), max(s.ended_at for s in spans))
        minor = sum(worths[s.id] for s in own) + sum(each.minor for each in new)
        yield Item(ItemKind.HAPPENED, whole, minor, currency, own, ready=new)


def _waiting(ledger: Ledger, day: Day) -> list[DetectedCall]:
    """The calls of a day that are over and wait for a decision, each with what was merged into it."""
    found = inbox.listed(ledger, day.bounds.started_at, day.bounds.ended_at)
    return [call for call in found if call.ended_at is not None]


def _overlaps(ledger: Ledger, day: Day, rate: DayRate) -> Iterator[Item]:
    by_id = {session.id: session for session in day.sessions}
    for overlap in day.timeline.overlaps:
        first, second = _ordered(by_id[overlap.first], by_id[overlap.second], day.as_of)
        if _worth_asking(ledger, first, second):
            yield Item(
                ItemKind.OVERLAP,
                overlap.span,
                rate.worth(overlap.span.seconds),
                rate.currency,
                sessions=(first, second),
            )


def _ordered(one: Session, other: Session, now: int) -> tuple[Session, Session]:
    """The session that began first, then the other; the longer of two that began together."""
    first, second = sorted((one, other), key=lambda s: (s.started_at, -s.span(now).ended_at, s.id))
    return first, second


def _worth_asking(ledger: Ledger, first: Session, second: Session) -> bool:
    """Timers that are meant to run side by side are no question; a touch inside another client's work is."""
    if first.statement is not None and second.statement is not None:
        return False
    return not (first.running and second.running and ledger.settings.parallel_timers)


def _sessions(ledger: Ledger, day: Day) -> Iterator[Item]:
    """What sessions leave open; one is asked about on the day it began, an open end on every day it reaches."""
    for session in day.sessions:
        client = ledger.catalogue.clients.get(session.client)
        if client is None or session.state in (State.BILLED, State.WRITTEN_OFF):
            continue
        span = session.span(day.as_of)
        own_day = day.bounds.started_at <= session.started_at
        value = worth(session, client, day.as_of)
        for kind in _kinds(ledger, session, span, treatment(session, client)):
            if own_day or kind in (ItemKind.DOUBTFUL, ItemKind.RUNNING):
                yield Item(kind, span.clip(day.bounds) or span, value, client.currency, (session,))


def _kinds(ledger: Ledger, session: Session, span: Interval, what: Treatment) -> Iterator[ItemKind]:
    if session.doubtful_from is not None:
        yield ItemKind.DOUBTFUL
    elif session.running:
        yield ItemKind.RUNNING
    elif span.seconds > ledger.settings.warn.session_over:
        yield ItemKind.OVER_LONG
    if session.scope is Scope.UNSURE:
        yield ItemKind.UNSURE
    if what is Treatment.PENDING:
        yield ItemKind.PENDING
    unnamed = not session.note and not session.running and session.doubtful_from is None
    if unnamed and session.client != OWN and session.source not in (Source.TOUCH, Source.RULE):
        yield ItemKind.NO_NOTE


def _left(ledger: Ledger, day: Day, rate: DayRate) -> Iterator[Item]:
    """Timers that ran while nobody sat at the machine."""
    left = left_machine(ledger, day.bounds)
    for session in day.sessions if left else ():
        for each in ran_meanwhile(ledger, session, left, day.as_of):
            yield Item(ItemKind.AWAY, each.span, rate.worth(each.span.seconds), rate.currency, (session,))


def _totals(ledger: Ledger, day: Day) -> Iterator[Item]:
    """Totals to agree, each at what the rule makes of it."""
    for groups in groups_to_agree(ledger, day):
        pieces = [piece for group in groups for piece in group.pieces]
        span = Interval(min(p.span.started_at for p in pieces), max(p.span.ended_at for p in pieces))
        minor = sum(priced([group]).billed_minor for group in groups)
        members = tuple({piece.session.id: piece.session for piece in pieces}.values())
        yield Item(
            ItemKind.AGREED, span.clip(day.bounds) or span, minor, groups[0].currency, sessions=members, groups=groups
        )
