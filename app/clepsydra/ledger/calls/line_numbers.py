"""Whose a number is that a telephone line tells, and whether a call of it may be written down at all.

The number itself lives in memory and is never written: of a client's call the log holds the client's slug, of a
stranger's nothing, unless it put aside a timer that ran.
"""

from clepsydra.calls.call import Call
from clepsydra.calls.evidence import PHONE, ROOM, EvidenceKind, EvidenceSpan
from clepsydra.domain.contacts import Place, one_each
from clepsydra.domain.session import place_text
from clepsydra.ledger import timers
from clepsydra.ledger.calls.interrupting import interrupts
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Interrupt
from clepsydra.store import calls


def numbered(call: Call) -> bool:
    """Whether what is known of a call beside its sound is a number and no title of a window."""
    return call.program in (PHONE, ROOM)


def places_of(ledger: Ledger, number: str) -> list[Place]:
    """The agreements that a number may be of, one for each client."""
    from clepsydra.evidence.phone.phone_numbers import party, region
    from clepsydra.ledger.contacts import contacts

    known = contacts(ledger)
    return list(one_each({place for one in party(number, region(ledger.settings)) for place in known.of(one)}).items())


def hint_of(ledger: Ledger, number: str) -> str:
    """`client` or `client/project` of a number; empty where it is nobody's or may be several's."""
    places = places_of(ledger, number)
    if len(places) != 1:
        return ""
    return place_text(*places[0])


def unwritten(ledger: Ledger, call: Call, *, begins: bool) -> bool:
    """Whether nothing of a call may be written: a stranger's, that puts nothing aside and is not in the log yet."""
    if call.program != PHONE or not _strange(ledger, call.title) or calls.call_by_id(ledger.db, call.id):
        return False
    return not (begins and _puts_aside(ledger))


def unwritten_span(ledger: Ledger, span: EvidenceSpan) -> bool:
    """The same of the evidence of such a call."""
    if span.kind is not EvidenceKind.LINE or not _strange(ledger, span.title):
        return False
    return not calls.has_span(ledger.db, span.id) and not (span.ended is None and _puts_aside(ledger))


def _strange(ledger: Ledger, number: str | None) -> bool:
    return bool(number) and not places_of(ledger, number or "")


def _puts_aside(ledger: Ledger) -> bool:
    return interrupts(ledger) is Interrupt.PAUSE and bool(timers.running(ledger))
