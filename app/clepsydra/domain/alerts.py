"""When an agreement asks for attention: a function of its state alone, so that no alert is lost and none repeated.

A level is shown until it is acknowledged; acknowledging one takes those below it along, and a new period begins anew.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.contracts import BurnState
from clepsydra.domain.interval import HOUR

AHEAD = HOUR
"""A timer is said to pass a limit when an hour of work would."""


def subject(client: str, project: str | None, state: BurnState) -> str:
    """What tells the alerts of one agreement and period from all others."""
    return f"alert {client}/{project or ''} {state.first.isoformat()}"


def to_show(client: str, project: str | None, state: BurnState, noted: Mapping[str, Decimal]) -> Decimal | None:
    """The level to be shown now; None when there is none, or when it was acknowledged."""
    known = noted.get(subject(client, project, state))
    return state.level if state.level is not None and (known is None or state.level > known) else None


def passed_by(state: BurnState, more: int = AHEAD) -> Decimal | None:
    """The level that so many more seconds would reach; the highest one where everything is used up already."""
    if not state.available:
        return state.level if state.over else None
    now, after = Fraction(state.used, state.available), Fraction(state.used + more, state.available)
    levels = [level for level in state.contract.alerts if now < Fraction(level) <= after]
    if now >= 1:
        return max(state.contract.alerts, default=Decimal(1))
    return max(levels, default=None)
