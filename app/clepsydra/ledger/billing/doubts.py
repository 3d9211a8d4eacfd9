"""What is odd about work that is to be billed: said in the preview, before it is locked, and where clients are checked.

The same minutes twice, work on a day without a rate, a session of no length, one that is still to come; and agreements
whose edits no longer fit what was billed of them. None of it is refused: the person has the last word.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from clepsydra.domain.agreement_view import AgreementView
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Precision, Session, State
from clepsydra.domain.terms import Client
from clepsydra.domain.unfit import Unfit, unfit
from clepsydra.language.message import Length, Message, Sum, message
from clepsydra.language.translator import mark
from clepsydra.ledger.agreements.fees import seen
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.unconfirmed import unconfirmed
from clepsydra.store import sessions

UNFIT = "unfit"
"""The kind of an agreement that was edited below what was billed."""

ROUNDED = "rounded"
"""The kind of work that another program had rounded before it came here."""

BY_RULE = "rule"
"""The kind of work that a rule took and no person has seen."""

SETTLED = (UNFIT, ROUNDED)
"""Kinds that are said and stop nothing."""

MOST = 20
"""More of one kind are counted, not listed."""


@dataclass(frozen=True, slots=True)
class BillingDoubt:
    """One thing to look at; `kind` is a stable word: overlap, unpriced, no_length, future, rounded, rule,
    unfit."""

    kind: str
    what: Message
    sessions: tuple[str, ...] = ()


def doubts_of(ledger: Ledger, client: Client, some: Sequence[Session]) -> list[BillingDoubt]:
    """What is odd about sessions of a client that are to be stated."""
    found = [
        *_unpriced(ledger, client, some), *_alone(ledger, some), *_shared(ledger, client, some), *_rounded(some),
        *_of_rules(ledger, some),
    ]  # fmt: skip
    kept: list[BillingDoubt] = []
    for kind in dict.fromkeys(each.kind for each in found):
        mine = [each for each in found if each.kind == kind]
        kept += mine[:MOST]
        if len(mine) > MOST:
            kept.append(BillingDoubt(kind, message("and {count} more of the same", count=len(mine) - MOST)))
    return kept


def open_doubts(ledger: Ledger, client: Client) -> list[BillingDoubt]:
    """What is odd about all that is open of a client, and about its agreements."""
    if client.own:
        return []
    wanted = sessions.Filter(client.slug, awaiting=True)
    ready = [s for s in sessions.select(ledger.db, wanted) if s.state is State.APPROVED]
    return [*doubts_of(ledger, client, ready), *unfit_of(client, seen(ledger, client))]


def _unpriced(ledger: Ledger, client: Client, some: Iterable[Session]) -> Iterator[BillingDoubt]:
    by_day: dict[date, list[Session]] = {}
    for session in some:
        day = date.fromordinal(session.day)
        contract = client.contract(session.project, day)
        free = not client.rate(session.project, session.channel, day)
        if free and session.exact_seconds(ledger.now) and not (contract and contract.covers and session.scope != "out"):
            by_day.setdefault(day, []).append(session)
    for day, found in sorted(by_day.items()):
        time = Length(sum(session.exact_seconds(ledger.now) for session in found))
        what = message("{time} of {day} have no rate and are billed at nothing", time=time, day=day.isoformat())
        yield BillingDoubt("unpriced", what, tuple(session.id for session in found))


def _alone(ledger: Ledger, some: Iterable[Session]) -> Iterator[BillingDoubt]:
    now = ledger.now
    for session in some:
        day = date.fromordinal(session.day).isoformat()
        if session.ended_at == session.started_at:
            what = message("session {id} of {day} has no length and bills nothing", id=session.id[-6:], day=day)
            yield BillingDoubt("no_length", what, (session.id,))
        if max(session.started_at, session.ended_at or 0) > now + 60:
            what = message("session {id} of {day} is still to come", id=session.id[-6:], day=day)
            yield BillingDoubt("future", what, (session.id,))


def _shared(ledger: Ledger, client: Client, some: Sequence[Session]) -> Iterator[BillingDoubt]:
    """The minutes that two sessions of the client share, of which at least one is to be stated."""
    if not some:
        return
    mine = {session.id for session in some}
    first, last = min(s.day for s in some) - 1, max(s.day for s in some) + 1
    wanted = sessions.Filter(client.slug, first_day=first, last_day=last)
    open_: list[Session] = []
    for session in sorted(sessions.select(ledger.db, wanted), key=lambda s: (s.started_at, s.id)):
        if session.write_off is not None or not session.placed:
            continue
        open_ = [other for other in open_ if other.span(ledger.now).ended_at > session.started_at]
        for other in open_:
            if mine & {session.id, other.id} and session.exact_seconds(ledger.now):
                end = min(other.span(ledger.now).ended_at, session.span(ledger.now).ended_at)
                yield BillingDoubt("overlap", _twice(other, session, end), (other.id, session.id))
        open_.append(session)


def _rounded(some: Sequence[Session]) -> Iterator[BillingDoubt]:
    """Law 1 is about our own record: what came in rounded is said before it is billed as exact."""
    found = [session for session in some if session.precision in (Precision.TENTH, Precision.MINUTE_UP)]
    if found:
        what = message("{count} of these sessions came in rounded from another program", count=len(found))
        yield BillingDoubt(ROUNDED, what, tuple(session.id for session in found))


def _of_rules(ledger: Ledger, some: Sequence[Session]) -> Iterator[BillingDoubt]:
    """A rule may make a session; nothing goes onto a statement before a person saw it."""
    by_day: dict[date, list[Session]] = {}
    for session in unconfirmed(ledger, some):
        by_day.setdefault(date.fromordinal(session.day), []).append(session)
    for day, found in sorted(by_day.items()):
        time = Length(sum(session.exact_seconds(ledger.now) for session in found))
        what = message("a rule took {time} of {day}, and no close of that day has confirmed it", time=time,
                       day=day.isoformat())  # fmt: skip
        yield BillingDoubt(BY_RULE, what, tuple(session.id for session in found))


def _twice(one: Session, other: Session, end: int) -> Message:
    return message(
        "sessions {one} and {other} of {day} overlap by {time}: the same minutes are billed twice",
        one=one.id[-6:],
        other=other.id[-6:],
        day=date.fromordinal(other.day).isoformat(),
        time=Length(end - other.started_at),
    )


def unfit_of(client: Client, views: Iterable[AgreementView]) -> list[BillingDoubt]:
    """Agreements of a client, seen up to today, that owe less, as edited, than live statements have taken."""
    return [BillingDoubt(UNFIT, _unfit(client, each)) for view in views for each in unfit(view)]


def _unfit(client: Client, odd: Unfit) -> Message:
    day, taken, owed = odd.since.isoformat(), Sum(odd.taken, client.currency), Sum(odd.owed, client.currency)
    values: dict[str, object] = {"day": day, "taken": taken, "owed": owed}
    if odd.kind is ClaimKind.CAP:
        return message(mark(
            "the cap from {day} is {owed}, and {taken} were billed under it: its hours bill nothing more; raise it, "
            "or void a statement"
        ), **values)  # fmt: skip
    if odd.kind is ClaimKind.OVERAGE:
        return message(mark(
            "in the period from {day}, {time} more were billed beyond the included hours than are beyond them now: "
            "what comes beyond bills that much less"
        ), day=day, time=Length(odd.seconds))  # fmt: skip
    if odd.kind is ClaimKind.PERIOD:
        return message(mark(
            "the fee of the period from {day} is {owed}, and {taken} were billed: it bills nothing more"
        ), **values)  # fmt: skip
    if odd.item:
        return message(mark(
            "the part “{item}” of the fee from {day} is gone, and was billed: the other parts bill that much less; if "
            "it was renamed, give the part its old name as id"
        ), item=odd.item, day=day)  # fmt: skip
    return message(mark(
        "of the fee from {day}, {taken} were billed, and the parts that are due are worth {owed} now: the next ones "
        "bill that much less; or void a statement and issue it again"
    ), **values)  # fmt: skip
