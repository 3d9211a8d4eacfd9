"""What is said of an agreement whose hours run out."""

from clepsydra.domain.alerts import passed_by
from clepsydra.domain.contracts import BurnState
from clepsydra.language import formats
from clepsydra.language.translator import Translator


def limit_sentence(name: str, state: BurnState, tr: Translator) -> str:
    """What a timer of that client runs into; empty where an hour of work passes no limit."""
    level = passed_by(state)
    if level is None:
        return ""
    if state.available is not None and state.used >= state.available:
        over = formats.duration(state.used - state.available, tr.lang)
        return tr.t("{name}: the agreed hours are used up, {time} beyond", name=name, time=over)
    percent = formats.percent(int(level * 100), tr.lang)
    left = formats.duration(max(0, (state.available or 0) - state.used), tr.lang)
    return tr.t("{name}: {time} left of the agreed hours, {percent} will be passed", name=name, time=left,
                percent=percent)  # fmt: skip
