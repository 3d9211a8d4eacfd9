"""A rounding rule as a sentence, as it stands on statements: how each minute was turned into billed time.

Two rules that can bill differently read differently; an option that the model has no use for is left out.
"""

from fractions import Fraction

from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie
from clepsydra.language.formats import length
from clepsydra.language.translator import Translator, mark, mark_p
from clepsydra.language.words import days

_HALF, _QUARTER, _TENTH = HOUR // 2, HOUR // 4, HOUR // 10

# Usual steps have a name, and each name its gender in French: whole phrases are translated.
_STARTED = {
    HOUR: mark("by started hours"),
    _HALF: mark("by started half-hours"),
    _QUARTER: mark("by started quarter-hours"),
    _TENTH: mark("by started tenths of an hour"),
    MINUTE: mark("by started minutes"),
}
_FULL = {
    HOUR: mark("by full hours"),
    _HALF: mark("by full half-hours"),
    _QUARTER: mark("by full quarter-hours"),
    _TENTH: mark("by full tenths of an hour"),
    MINUTE: mark("by full minutes"),
}
_NEAREST = {
    HOUR: mark("to the nearest hour"),
    _HALF: mark("to the nearest half-hour"),
    _QUARTER: mark("to the nearest quarter-hour"),
    _TENTH: mark("to the nearest tenth of an hour"),
    MINUTE: mark("to the nearest minute"),
}
_TIES = {
    Tie.UP: mark("an exact half counts up"),
    Tie.DOWN: mark("an exact half counts down"),
    Tie.EVEN: mark("an exact half goes to the even step"),
}
_BEGINS = {
    Edge.FLOOR: mark_p("clock rounding", "start rounded earlier"),
    Edge.CEIL: mark_p("clock rounding", "start rounded later"),
    Edge.NEAREST: mark_p("clock rounding", "start to the nearest"),
}
_FINISHES = {
    Edge.FLOOR: mark_p("clock rounding", "end rounded earlier"),
    Edge.CEIL: mark_p("clock rounding", "end rounded later"),
    Edge.NEAREST: mark_p("clock rounding", "end to the nearest"),
}
_GROUPS = {
    GroupScope.ENTRY: mark("per session"),
    GroupScope.DAY: mark("per day"),
    GroupScope.LINE: mark("per line"),
    GroupScope.STATEMENT: mark("on the whole statement"),
    GroupScope.CUMULATIVE: mark("what is left over carried to the next session"),
}

MODELS = {
    Model.EXACT: mark("not at all"),
    Model.UP: mark("up to the next step"),
    Model.NEAREST: mark("to the nearest step"),
    Model.DOWN: mark("down to the full step"),
}
"""What is offered on a screen; a model without words here is written in the file, and shown as its sentence."""

KEYS = {
    "model": mark("how time is rounded"),
    "step": mark("the step, as in 15m"),
    "scope": mark("what is rounded together"),
    "minimum": mark("never bill less than this"),
    "maximum": mark("never bill more than this"),
    "tie": mark("where “nearest” sends an exact half"),
    "grace": mark("what “grace” lets go beyond a full step"),
    "grace_first": mark("the grace also holds for the first step"),
    "first": mark("the first block of “first”"),
    "begin": mark("where “clock” sends the start"),
    "finish": mark("where “clock” sends the end"),
    "tiers": mark("a row of “tiers”: UP_TO=BILLED, the last one =BILLED"),
    "flat": mark("what “flat” bills, however long it took"),
    "midnight": mark("what a day takes of a session over midnight"),
    "unit": mark("what it bills is a unit of sale, no rounding"),
}
"""What each key of a rule says, for help; a key without words here is not offered by `simulate`."""


def sentence(rule: RoundingRule, translator: Translator, day: int | None = None) -> str:
    """The rule in words: "by started quarter-hours, per session, minimum 15 min".

    `day` is the length in seconds of the day that is sold, so that what is billed reads as days.
    """
    parts = [*_operator(rule, translator, day), *_group(rule, translator)]
    if rule.minimum is not None:
        parts.append(translator.t("minimum {length}", length=length(rule.minimum, translator.lang)))
    if rule.maximum is not None:
        parts.append(translator.t("maximum {length}", length=length(rule.maximum, translator.lang)))
    return ", ".join(parts)


def _operator(rule: RoundingRule, translator: Translator, day: int | None) -> list[str]:
    match rule.model:
        case Model.EXACT:
            return [translator.t("exact time")]
        case Model.UP:
            return [_started(rule, translator)]
        case Model.DOWN:
            return [_full(rule, translator)]
        case Model.NEAREST:
            return _nearest(rule, translator)
        case Model.GRACE:
            return _grace(rule, translator)
        case Model.FIRST:
            first = translator.t("{length} due from the start", length=length(rule.first or 0, translator.lang))
            return [first, translator.t("then {steps}", steps=_started(rule, translator))]
        case Model.CLOCK:
            return _clock(rule, translator)
        case Model.TIERS:
            return [_tiers(rule, translator, day)]
        case Model.FLAT:
            flat = length(rule.flat or 0, translator.lang)
            return [translator.t("{length} flat, however long it took", length=flat)]


def _step(rule: RoundingRule, translator: Translator) -> str:
    return length(rule.step or 0, translator.lang)


def _started(rule: RoundingRule, translator: Translator) -> str:
    known = _STARTED.get(rule.step or 0)
    return translator.t(known) if known else translator.t("by started {step}", step=_step(rule, translator))


def _full(rule: RoundingRule, translator: Translator) -> str:
    known = _FULL.get(rule.step or 0)
    return translator.t(known) if known else translator.t("by full {step}", step=_step(rule, translator))


def _nearest(rule: RoundingRule, translator: Translator) -> list[str]:
    known = _NEAREST.get(rule.step or 0)
    text = translator.t(known) if known else translator.t("to the nearest {step}", step=_step(rule, translator))
    return [text, translator.t(_TIES[rule.tie])]


def _grace(rule: RoundingRule, translator: Translator) -> list[str]:
    grace = length(rule.grace, translator.lang)
    if rule.grace_first:
        tolerance = translator.t("with {grace} of grace, from the first step on", grace=grace)
    else:
        tolerance = translator.t("with {grace} of grace after the first step", grace=grace)
    return [_started(rule, translator), tolerance]


def _clock(rule: RoundingRule, translator: Translator) -> list[str]:
    grid = translator.t("between clock times by {step}", step=_step(rule, translator))
    parts = [grid, translator.p(*_BEGINS[rule.begin]), translator.p(*_FINISHES[rule.finish])]
    return [*parts, translator.t(_TIES[rule.tie])] if Edge.NEAREST in (rule.begin, rule.finish) else parts


def _tiers(rule: RoundingRule, translator: Translator, day: int | None) -> str:
    rows = []
    for bound, billed in rule.tiers:
        sold = Fraction(billed, day) if day else None
        known = sold is not None and sold.denominator <= 2
        counted = days(sold, translator) if sold is not None and known else length(billed, translator.lang)
        if bound is None:
            rows.append(translator.t("beyond: {billed}", billed=counted))
        else:
            rows.append(translator.t("up to {bound}: {billed}", bound=length(bound, translator.lang), billed=counted))
    return " · ".join(rows)


def model_word(rule: RoundingRule, model: Model, translator: Translator) -> str:
    """A model in a few words, the one of the rule as its sentence where it has none."""
    return translator.t(MODELS[model]) if model in MODELS else sentence(rule, translator)


def group_word(scope: GroupScope, translator: Translator) -> str:
    """What is rounded together, in words."""
    return translator.t(_GROUPS[scope])


def _group(rule: RoundingRule, translator: Translator) -> list[str]:
    if rule.model is Model.EXACT and rule.minimum is None and rule.maximum is None:
        return []
    group = translator.t(_GROUPS[rule.scope])
    if rule.scope is GroupScope.DAY and rule.midnight is Midnight.SPLIT:
        return [group, translator.t("sessions cut where the day ends")]
    return [group]
