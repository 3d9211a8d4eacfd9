"""Warnings about a session as a form says them: what is odd, never that it cannot be."""

from clepsydra.domain.checks import Check, Finding
from clepsydra.domain.civil import wall
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.warnings import findings
from clepsydra.tui.present.main import client_label

_SENTENCES = {
    Check.ZERO: mark("it has no length"),
    Check.FUTURE: mark("it lies {time} ahead"),
    Check.OVERLAP: mark("it shares {time} with {other}"),
    Check.OVER_LONG: mark("it is {time} longer than usual"),
    Check.RUNS_LONG: mark("it has been running {time} longer than usual"),
    Check.AGREED: mark("it joins a group agreed at {time} and adds nothing to what is billed"),
    Check.UNPRICED: mark("there is no rate for it on that day"),
}


def caution(finding: Finding, ledger: Ledger, tr: Translator) -> str:
    """What is odd about the session at hand, the one it overlaps named by its client and time."""
    other = ledger.session(finding.other) if finding.other else None
    return tr.t(
        _SENTENCES[finding.check],
        time=formats.duration(finding.seconds, tr.lang),
        other=named(other, ledger, tr) if other else "",
    )


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
