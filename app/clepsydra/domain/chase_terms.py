"""How a client who does not pay is chased: after how many days, with what tone, at what rate; and when not at all."""

from decimal import Decimal
from typing import NamedTuple

LEAST_GAP = 5
"""Days between two reminders to one client, at least (law 17)."""


class ChaseTerms(NamedTuple):
    """What was set for one client. `levels` are days after the due day of friendly, firm, charges and formal notice.

    `courtesy` is days before it, 0 for no such letter; `gap` days between two letters. `fee` is in major units; it,
    `rate` and `floor` are the seller's country's own where empty. `holidays` are (year, month, day), year 0 for each.
    """

    chase: bool = True
    levels: tuple[int, ...] = (3, 10, 20, 30)
    courtesy: int = 0
    gap: int = LEAST_GAP
    fee: Decimal | None = None
    rate: str = ""
    floor: str = ""
    holidays: tuple[tuple[int, int, int], ...] = ()
