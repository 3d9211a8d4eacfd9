"""The words shown for the domain's enumerations; the sentence of a rounding rule is in `rules`.

They stand in columns and menus, lower case, and are translated in the context of their enumeration, where one English
word may need several French ones.
"""

from clepsydra.domain.billing import Treatment
from clepsydra.domain.rounding import GroupScope, Model
from clepsydra.domain.session import Channel, Decision, Scope, Source, State
from clepsydra.domain.statement import LineSort, StatementState
from clepsydra.domain.terms import Burn, ContractKind, LineKind, Period
from clepsydra.language.translator import Translator, mark_p

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

_BURNS = {
    Burn.BILLED: mark_p("burn", "billed time"),
    Burn.EXACT: mark_p("burn", "exact time"),
}

_PERIODS = {
    Period.WEEK: mark_p("period", "week"),
    Period.MONTH: mark_p("period", "month"),
    Period.QUARTER: mark_p("period", "quarter"),
    Period.YEAR: mark_p("period", "year"),
}

_LINE_KINDS = {
    LineKind.SESSION: mark_p("line", "session"),
    LineKind.DAY: mark_p("line", "day"),
    LineKind.CHANNEL: mark_p("line", "channel"),
    LineKind.PROJECT: mark_p("line", "project"),
    LineKind.NOTE: mark_p("line", "note"),
}

_REVIEWS = {
    "stop": mark_p("review", "stop"),
    "automate": mark_p("review", "automate"),
    "delegate": mark_p("review", "delegate"),
    "price": mark_p("review", "price otherwise"),
}

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
    StatementState.VOID: mark_p("statement state", "void"),
}

_MODELS = {
    Model.EXACT: mark_p("rounding", "exact"),
    Model.UP: mark_p("rounding", "up"),
    Model.DOWN: mark_p("rounding", "down"),
    Model.NEAREST: mark_p("rounding", "nearest"),
    Model.GRACE: mark_p("rounding", "up, with grace"),
    Model.FIRST: mark_p("rounding", "first block, then steps"),
    Model.CLOCK: mark_p("rounding", "clock times"),
    Model.TIERS: mark_p("rounding", "tiers"),
    Model.FLAT: mark_p("rounding", "flat"),
}

_GROUP_SCOPES = {
    GroupScope.ENTRY: mark_p("rounding group", "session"),
    GroupScope.DAY: mark_p("rounding group", "day"),
    GroupScope.LINE: mark_p("rounding group", "line"),
    GroupScope.STATEMENT: mark_p("rounding group", "statement"),
    GroupScope.CUMULATIVE: mark_p("rounding group", "cumulative"),
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


def state(value: State, translator: Translator) -> str:
    """Where a session stands."""
    return translator.p(*_STATES[value])


def source(value: Source, translator: Translator) -> str:
    """What made a session."""
    return translator.p(*_SOURCES[value])


def treatment(value: Treatment, translator: Translator) -> str:
    """What becomes of a session's time."""
    return translator.p(*_TREATMENTS[value])


def contract(value: ContractKind, translator: Translator) -> str:
    """How the work is paid."""
    return translator.p(*_CONTRACT_KINDS[value])


def burn(value: Burn, translator: Translator) -> str:
    """What consumes included time."""
    return translator.p(*_BURNS[value])


def period(value: Period, translator: Translator) -> str:
    """How long a retainer's period lasts."""
    return translator.p(*_PERIODS[value])


def line_kind(value: LineKind, translator: Translator) -> str:
    """What makes a statement line."""
    return translator.p(*_LINE_KINDS[value])


def review(kind: str, translator: Translator) -> str:
    """What a person means to do: stop, automate, delegate, price."""
    return translator.p(*_REVIEWS[kind])


def line_sort(value: LineSort, translator: Translator) -> str:
    """What a statement line bills."""
    return translator.p(*_LINE_SORTS[value])


def statement_state(value: StatementState, translator: Translator) -> str:
    """Where a statement stands."""
    return translator.p(*_STATEMENT_STATES[value])


def model(value: Model, translator: Translator) -> str:
    """The short name of a rounding model."""
    return translator.p(*_MODELS[value])


def group_scope(value: GroupScope, translator: Translator) -> str:
    """What makes a billing group."""
    return translator.p(*_GROUP_SCOPES[value])
