"""The words shown for the domain's enumerations; the sentence of a rounding rule is in `rounding_sentence`.

They stand in columns and menus, lower case, and are translated in the context of their enumeration, where one English
word may need several French ones.
"""

from fractions import Fraction

from clepsydra.domain.agreement import ContractKind
from clepsydra.domain.billing import Treatment
from clepsydra.domain.session import FREE_TOUCH, UNDONE, Channel, Decision, Precision, Scope, Source, State
from clepsydra.domain.statement import Line, LineSort, StatementState
from clepsydra.language.translator import Translator, mark, mark_p

_CHANNELS = {
    Channel.WORK: mark_p("channel", "work"),
    Channel.CALL: mark_p("channel", "call"),
    Channel.MEETING: mark_p("channel", "meeting"),
    Channel.MESSAGE: mark_p("channel", "message"),
    Channel.FIX: mark_p("channel", "quick fix"),
    Channel.TRAVEL: mark_p("channel", "travel"),
    Channel.PREP: mark_p("channel", "preparation"),
    Channel.ADMIN: mark_p("channel", "administration"),
    Channel.SALES: mark_p("channel", "sales"),
}

_SCOPES = {
    Scope.IN: mark_p("scope", "in scope"),
    Scope.OUT: mark_p("scope", "out of scope"),
    Scope.UNSURE: mark_p("scope", "scope unsure"),
}

_DECISIONS = {
    Decision.BILL: mark_p("decision", "to bill"),
    Decision.ABSORB: mark_p("decision", "absorbed"),
    Decision.PENDING: mark_p("decision", "pending"),
}

_STATES = {
    State.RUNNING: mark_p("session state", "running"),
    State.DOUBTFUL: mark_p("session state", "end to confirm"),
    State.APPROVED: mark_p("session state", "unbilled"),
    State.BILLED: mark_p("session state", "billed"),
    State.WRITTEN_OFF: mark_p("session state", "written off"),
}

_SOURCES = {
    Source.TIMER: mark_p("source", "timer"),
    Source.MANUAL: mark_p("source", "typed in"),
    Source.TOUCH: mark_p("source", "short exchange"),
    Source.CALL: mark_p("source", "detected call"),
    Source.IMPORT: mark_p("source", "imported"),
    Source.RULE: mark_p("source", "a rule about evidence"),
}

_PRECISIONS = {
    Precision.SECOND: mark_p("precision", "to the second"),
    Precision.MINUTE: mark_p("precision", "to the minute"),
    Precision.MINUTE_UP: mark_p("precision", "at most so long: minutes begun count whole"),
    Precision.TENTH: mark_p("precision", "tenths of an hour, rounded before it came here"),
    Precision.HOURS: mark_p("precision", "hours of the day, times unknown"),
    Precision.DAY: mark_p("precision", "time of the day unknown"),
}

_TREATMENTS = {
    Treatment.BILLABLE: mark_p("treatment", "billable"),
    Treatment.INCLUDED: mark_p("treatment", "included in the fee"),
    Treatment.PENDING: mark_p("treatment", "out of scope, undecided"),
    Treatment.ABSORBED: mark_p("treatment", "out of scope, absorbed"),
    Treatment.WRITTEN_OFF: mark_p("treatment", "written off"),
    Treatment.NON_BILLABLE: mark_p("treatment", "not billable"),
}

_CONTRACT_KINDS = {
    ContractKind.HOURLY: mark_p("contract", "hourly"),
    ContractKind.RETAINER: mark_p("contract", "retainer"),
    ContractKind.FIXED: mark_p("contract", "fixed fee"),
}

_CONTRACT_HINTS = {
    ContractKind.HOURLY: mark("every hour in scope is billed"),
    ContractKind.RETAINER: mark("a number of hours a month for a fee"),
    ContractKind.FIXED: mark("one fee for the whole work"),
}

_REVIEWS = {
    "stop": mark_p("review", "stop"),
    "automate": mark_p("review", "automate"),
    "delegate": mark_p("review", "delegate"),
    "price": mark_p("review", "price otherwise"),
}

_LINE_TITLES = {
    LineSort.FEE: mark_p("statement line", "Fee"),
    LineSort.OVERAGE: mark_p("statement line", "Beyond the agreed hours"),
    LineSort.INCLUDED: mark_p("statement line", "Included in the fee"),
    LineSort.CAP: mark_p("statement line", "Beyond the agreed cap, not billed"),
}

_CAP_GIVEN_BACK = mark_p("statement line", "Earlier work not billed because of the cap, billed now")

_CAP_CAUGHT_UP = mark_p("line sort", "cap catch-up")

_LINE_SORTS = {
    LineSort.TIME: mark_p("line sort", "time"),
    LineSort.FEE: mark_p("line sort", "fee"),
    LineSort.OVERAGE: mark_p("line sort", "overage"),
    LineSort.INCLUDED: mark_p("line sort", "included"),
    LineSort.CAP: mark_p("line sort", "beyond the cap"),
}

_STATEMENT_STATES = {
    StatementState.PREVIEW: mark_p("statement state", "preview"),
    StatementState.ISSUED: mark_p("statement state", "issued"),
    StatementState.PAID: mark_p("statement state", "paid"),
    StatementState.NOTHING_DUE: mark_p("statement state", "nothing due"),
    StatementState.VOID: mark_p("statement state", "void"),
}


def channel(value: Channel, translator: Translator) -> str:
    """How the work happened."""
    return translator.p(*_CHANNELS[value])


def scope(value: Scope, translator: Translator) -> str:
    """Whether the agreement covers the work."""
    return translator.p(*_SCOPES[value])


def decision(value: Decision, translator: Translator) -> str:
    """What becomes of work outside the scope."""
    return translator.p(*_DECISIONS[value])


def precision(value: Precision, translator: Translator) -> str:
    """How exactly the times of a session are known."""
    return translator.p(*_PRECISIONS[value])


def state(value: State, translator: Translator) -> str:
    """Where a session stands."""
    return translator.p(*_STATES[value])


def source(value: Source, translator: Translator) -> str:
    """What made a session."""
    return translator.p(*_SOURCES[value])


def treatment(value: Treatment, translator: Translator) -> str:
    """What becomes of a session's time."""
    return translator.p(*_TREATMENTS[value])


def contract_hint(value: ContractKind, translator: Translator) -> str:
    """How a kind of contract pays, in a few words."""
    return translator.t(_CONTRACT_HINTS[value])


def contract(value: ContractKind, translator: Translator) -> str:
    """How the work is paid."""
    return translator.p(*_CONTRACT_KINDS[value])


def review(kind: str, translator: Translator) -> str:
    """What a person means to do: stop, automate, delegate, price."""
    return translator.p(*_REVIEWS[kind])


def line_sort(line: Line, translator: Translator) -> str:
    """What a statement line bills, in a word or two; a cap line above zero gives earlier work back."""
    return translator.p(*(_CAP_CAUGHT_UP if _gives_back(line) else _LINE_SORTS[line.sort]))


def line_title(line: Line, translator: Translator) -> str:
    """What a statement line is called; empty for time, which its note and its channel tell.

    A cap line above zero bills what the cap had taken off before: a raised cap of 1,500.00 gives back 500.00.
    """
    if _gives_back(line):
        return translator.p(*_CAP_GIVEN_BACK)
    return translator.p(*_LINE_TITLES[line.sort]) if line.sort in _LINE_TITLES else ""


def _gives_back(line: Line) -> bool:
    return line.sort is LineSort.CAP and line.fee_minor > 0


def statement_state(value: StatementState, translator: Translator) -> str:
    """Where a statement stands."""
    return translator.p(*_STATEMENT_STATES[value])


def write_off_words(reason: str, translator: Translator) -> str:
    """Why a session is not billed: what the person wrote, or the sentence for what an agreement gives free."""
    return translator.p("write-off", "free by agreement") if reason == FREE_TOUCH else reason


def void_reason(reason: str, translator: Translator) -> str:
    """Why a statement is void: what the person wrote, or that its issue was undone."""
    return translator.p("void", "its issue was undone") if reason == UNDONE else reason


def days(count: Fraction, _: Translator) -> str:
    """Days that are sold, in halves: "half a day", "1 day", "2.5 days"."""
    if count == Fraction(1, 2):
        return _.t("half a day")
    from clepsydra.language import formats

    return _.n("{number} day", "{number} days", int(count), number=formats.number(count, _.lang))
