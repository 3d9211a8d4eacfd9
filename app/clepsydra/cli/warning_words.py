"""The sentences of warnings."""

from clepsydra.domain.checks import Check, Finding
from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark

_SENTENCES = {
    Check.ZERO: mark("session {id} has no length"),
    Check.FUTURE: mark("session {id} lies {time} ahead"),
    Check.OVERLAP: mark("session {id} shares {time} with session {other}"),
    Check.OVER_LONG: mark("session {id} is {time} longer than usual"),
    Check.RUNS_LONG: mark("session {id} has been running {time} longer than usual"),
    Check.AGREED: mark("session {id} joins a group agreed at {time}; its time adds nothing to what is billed"),
    Check.UNPRICED: mark("session {id} has no rate; its client’s file says none for that day"),
}


def sentence(finding: Finding, tr: Translator) -> str:
    """What is odd about which session, in the translator's language."""
    return tr.t(
        _SENTENCES[finding.check],
        id=finding.session[-6:],
        time=formats.duration(finding.seconds, tr.lang),
        other=(finding.other or "")[-6:],
    )
