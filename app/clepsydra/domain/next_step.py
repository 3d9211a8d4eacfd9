"""When the billed time of what runs rises next.

Up to the quarter hour, 37 minutes are billed as 45: the next step is 8 minutes away.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from clepsydra.domain.interval import Interval
from clepsydra.domain.rounding import RoundingRule, rounded


def until_next_step(rule: RoundingRule, spans: Sequence[Interval], zone: ZoneInfo, horizon: int = 86_400) -> int | None:
    """Seconds the last stretch can still run before the billed time rises; None if not within `horizon` seconds.

    Found by doubling and bisection on the rule itself, so every model answers by the same law that bills it. Billed
    time never falls as a stretch grows, which is what makes the bisection right.
    """
    if not spans:
        return None
    *others, last = spans

    def billed(extra: int) -> int:
        return rounded(rule, [*others, Interval(last.started_at, last.ended_at + extra)], zone)

    now = billed(0)
    low, high = 0, min(1, horizon)
    while billed(high) <= now:
        if high >= horizon:
            return None
        low, high = high, min(2 * high, horizon)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if billed(middle) <= now else (low, middle)
    return high
