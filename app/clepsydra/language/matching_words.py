"""Why a line of a bank is proposed for what: the reasons of matching in words."""

from functools import reduce

from clepsydra.domain.match_proposal import Likeness, MatchProposal, MatchReason
from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark, mark_p

_LIKENESS = {
    Likeness.SURE: mark_p("match", "sure"),
    Likeness.LIKELY: mark_p("match", "likely"),
    Likeness.LOOK: mark_p("match", "look"),
}

_REASONS = {
    MatchReason.NUMBER: mark("number and amount"),
    MatchReason.NUMBERS: mark("the numbers, and their sum"),
    MatchReason.CLIENT: mark("{client}, and one document of that amount"),
    MatchReason.PART: mark("the number is named; {gap} less than is open: a part, or fees of a bank"),
    MatchReason.REST: mark("the number is named; the rest of it after another line"),
    MatchReason.INSTALMENT: mark("{client}, and the amount of the next instalment"),
    MatchReason.SUM: mark("{client}, and the only sum of that amount"),
    MatchReason.SHORT: mark("{client}; {gap} less than is open: fees of a bank?"),
    MatchReason.ONLY: mark("the only document of that amount; nobody is named"),
    MatchReason.ALIKE: mark("several fit that amount"),
    MatchReason.TWO_CLIENTS: mark("two clients stand in the text"),
    MatchReason.OTHER_CLIENT: mark("another client is named than owes that"),
    MatchReason.PAID_TWICE: mark("another line pays {about} already: paid twice?"),
    MatchReason.SETTLED: mark("{about} is settled already: paid twice?"),
    MatchReason.MORE: mark("{gap} more than is open of {about}"),
    MatchReason.OTHER_AMOUNT: mark("the number named and the amount do not go together; see {about}"),
    MatchReason.OTHER_CURRENCY: mark("{about} is asked in another currency"),
    MatchReason.NOTHING: mark("nothing open fits it"),
}

_FOUND = frozenset({MatchReason.ALIKE})
"""Reasons that name what they speak of behind them, where that is known."""


def likeness(found: Likeness, tr: Translator) -> str:
    """How sure a proposal is, in a word."""
    return tr.p(*_LIKENESS[found])


def counted(found: Likeness, count: int, tr: Translator) -> str:
    """How many proposals are so sure."""
    if found is Likeness.SURE:
        return tr.n("{count} sure", "{count} sure", count)
    if found is Likeness.LIKELY:
        return tr.n("{count} likely", "{count} likely", count)
    return tr.n("{count} to look at", "{count} to look at", count)


def why(proposal: MatchProposal, client: str, currency: str, tr: Translator) -> str:
    """The reasons of a proposal, one behind the other; `client` is the name of who pays."""
    about = ", ".join(proposal.about)
    gap = formats.money(abs(proposal.gap_minor), currency, tr.lang)
    said = [tr.t(_REASONS[each], client=client, gap=gap, about=about) for each in proposal.because]
    if about and _FOUND & set(proposal.because):
        said[-1] = tr.t("{reason}: {about}", reason=said[-1], about=about)
    return reduce(lambda before, more: tr.t("{before}; {more}", before=before, more=more), said)
