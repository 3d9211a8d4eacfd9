"""What live statements hold of a day: late work of it counts with them, and nothing of it is billed twice.

One hour billed, the day agreed at three: two are left. Six hours billed as a day, one more hour later: nothing is due.
"""

from collections.abc import Iterable
from datetime import date

from clepsydra.domain.interval import Interval
from clepsydra.domain.money import Hourly
from clepsydra.domain.records import dataclass
from clepsydra.domain.rounding import GroupScope, RoundingRule
from clepsydra.domain.session import Decision, Scope


@dataclass(frozen=True, slots=True)
class Held:
    """What live statements hold of the group of a day: the stretches, the seconds that the rule made of them and those
    that were billed, and the total that was agreed last, with the statement that has it.
    """

    spans: tuple[Interval, ...] = ()
    rule_seconds: int = 0
    billed_seconds: int = 0
    total: int | None = None
    total_by: str = ""

    def plus(self, spans: Iterable[Interval], rule: int, billed: int, total: int | None, by: str = "") -> "Held":
        """The same with a group of a later statement."""
        agreed = (self.total, self.total_by) if total is None else (total, by)
        return Held((*self.spans, *spans), self.rule_seconds + rule, self.billed_seconds + billed, *agreed)


DayKey = tuple[str, Hourly, Scope, Decision | None, RoundingRule, date]
"""Which group of a day: project, rate, scope, decision, rule and day."""


def by_day(rule: RoundingRule) -> bool:
    """Whether a rule's groups are days, which other statements may hold a part of."""
    return rule.scope is GroupScope.DAY
