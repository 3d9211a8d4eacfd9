"""Warnings about a session as a form says them: what is odd, never that it cannot be."""

from clepsydra.domain.checks import Check, Finding
from clepsydra.domain.civil import wall
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.language.warning_words import of_the_one_at_hand
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.warnings import findings
from clepsydra.tui.present.main import client_label


def caution(finding: Finding, ledger: Ledger, tr: Translator) -> str:
    """What is odd about the session at hand, the one it overlaps named by its client and time."""
    other = ledger.session(finding.other) if finding.other else None
    return of_the_one_at_hand(finding, named(other, ledger, tr) if other else "", tr)


def overlaps(session: Session, ledger: Ledger, tr: Translator) -> list[str]:
    """What a session that was just written shares its time with."""
    found = [finding for finding in findings(ledger, session, price=False) if finding.check is Check.OVERLAP]
    return [caution(finding, ledger, tr) for finding in found]


def named(session: Session, ledger: Ledger, tr: Translator) -> str:
    """A session by its client and its times of day."""
    zone = ledger.settings.time_zone
    end = formats.clock(wall(session.ended_at, zone)) if session.ended_at is not None else "…"
    begin = formats.clock(wall(session.started_at, zone))
    return f"{client_label(session.client, ledger.catalogue.clients, tr)} {begin}–{end}"
