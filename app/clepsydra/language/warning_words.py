"""The sentences of warnings about a session: of one told by its id, and of the one at hand in a form."""

from clepsydra.domain.checks import Check, Finding
from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark

_BY_ID, _AT_HAND = 0, 1

_SENTENCES = {
    Check.ZERO: (mark("session {id} has no length"), mark("it has no length")),
    Check.FUTURE: (mark("session {id} lies {time} ahead"), mark("it lies {time} ahead")),
    Check.OVERLAP: (mark("session {id} shares {time} with session {other}"), mark("it shares {time} with {other}")),
    Check.OVER_LONG: (mark("session {id} is {time} longer than usual"), mark("it is {time} longer than usual")),
    Check.RUNS_LONG: (
        mark("session {id} has been running {time} longer than usual"),
        mark("it has been running {time} longer than usual"),
    ),
    Check.AGREED: (
        mark("session {id} joins a group agreed at {time}; its time adds nothing to what is billed"),
        mark("it joins a group agreed at {time} and adds nothing to what is billed"),
    ),
    Check.UNPRICED: (
        mark("session {id} has no rate; its client’s file says none for that day"),
        mark("there is no rate for it on that day"),
    ),
}


def sentence(finding: Finding, tr: Translator) -> str:
    """What is odd about which session, in the translator's language."""
    return tr.t(
        _SENTENCES[finding.check][_BY_ID],
        id=finding.session[-6:],
        time=formats.duration(finding.seconds, tr.lang),
        other=(finding.other or "")[-6:],
    )


def of_the_one_at_hand(finding: Finding, other: str, tr: Translator) -> str:
    """The same of a session that the person is looking at; `other` names the one that it overlaps, if any."""
    time = formats.duration(finding.seconds, tr.lang)
    return tr.t(_SENTENCES[finding.check][_AT_HAND], time=time, other=other)
