"""Letters and stops of chasing in words, for the person."""

from clepsydra.domain.chasing import ChaseLevel, ChaseStop
from clepsydra.language.translator import Translator, mark_p

TONES = {
    ChaseLevel.COURTESY: mark_p("reminder", "courtesy"),
    ChaseLevel.FRIENDLY: mark_p("reminder", "friendly"),
    ChaseLevel.FIRM: mark_p("reminder", "firm"),
    ChaseLevel.CHARGES: mark_p("reminder", "charges possible"),
    ChaseLevel.NOTICE: mark_p("reminder", "formal notice"),
}

STOPS = {
    ChaseStop.SETTLED: mark_p("reminder", "settled"),
    ChaseStop.OFF: mark_p("reminder", "never reminded"),
    ChaseStop.DISPUTED: mark_p("reminder", "disputed"),
    ChaseStop.PROMISED: mark_p("reminder", "promised"),
    ChaseStop.DEFERRED: mark_p("reminder", "put off"),
    ChaseStop.PLANNED: mark_p("reminder", "paid in parts"),
    ChaseStop.LAST: mark_p("reminder", "all letters sent"),
}


def tone(level: int, tr: Translator, *, consumer: bool = False) -> str:
    """The tone of a letter; to a consumer, who is never charged, the third is as firm as the second and no more."""
    firm = consumer and level == ChaseLevel.CHARGES
    return tr.p(*TONES[ChaseLevel.FIRM if firm else ChaseLevel(level)])


def stop(why: ChaseStop, tr: Translator) -> str:
    """Why somebody is not reminded."""
    return tr.p(*STOPS[why])
