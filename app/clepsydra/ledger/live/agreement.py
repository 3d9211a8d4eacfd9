"""One agreement as the screen shows it, with what runs: where it stands, what is beyond it, when its hours run out."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.alerts import to_show
from clepsydra.domain.billing import counters
from clepsydra.domain.contracts import BurnState
from clepsydra.domain.figures import Figures, line_figures
from clepsydra.domain.forecast import Exhaustion
from clepsydra.domain.money import minor_units
from clepsydra.domain.overage import overage_rate
from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, Use, consumes, run_consumes, state_of
from clepsydra.ledger.agreements.heading import drift_of, end_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.runs import Running


@dataclass(frozen=True, slots=True)
class ScopeUse:
    """Where one agreement stands.

    `end` is when its hours run out, None where that cannot be told; `drift` the share of the hours of its period that
    is out of scope; `alert` the level that waits to be seen.
    """

    client: Client
    project: str | None
    state: BurnState
    end: Exhaustion | None = None
    drift: Fraction | None = None
    alert: Decimal | None = None


class LiveAgreement:
    """One agreement and its use; where it stands is worked out again only when the running timer adds something."""

    def __init__(self, ledger: Ledger, agreement: Agreement, use: Use, today: date) -> None:
        self.agreement, self._use, self._today = agreement, use, today
        self.idle = state_of(agreement, self._use, today)
        self._billed = use.billed_under(agreement.contracts, self.idle.contract.since) if self.idle else 0
        self._end = end_of(self.idle, self._use.seconds, today) if self.idle else None
        self._drift = drift_of(ledger, agreement, self.idle) if self.idle else None
        self._known: tuple[tuple[int, int], BurnState | None] = ((0, 0), self.idle)

    def shown(self, state: BurnState, noted: Mapping[str, Decimal]) -> ScopeUse:
        """The agreement in a state, with what waits to be seen of it."""
        client, project = self.agreement.client, self.agreement.project
        return ScopeUse(client, project, state, self._end, self._drift, to_show(client.slug, project, state, noted))

    def with_runs(self, runs: Iterable[Running]) -> BurnState | None:
        """Where it stands with the timers among some that consume it."""
        mine = self._mine(runs)
        more = (sum(map(run_consumes, mine)), sum(r.earned.billed_minor for r in mine))
        if self._known[0] != more:
            self._known = more, state_of(self.agreement, self._use, self._today, *more)
        return self._known[1]

    def _mine(self, runs: Iterable[Running]) -> list[Running]:
        slug = self.agreement.client.slug
        return [
            r
            for r in runs
            if r.session.client == slug and self.agreement.holds(r.session) and consumes(r.session, r.client)
        ]

    def beyond(self, runs: Iterable[Running]) -> tuple[Figures | None, int]:
        """What running timers add in overage, and the minor units of theirs that a cap takes off."""
        mine = self._mine(runs)
        now = self.with_runs(mine) if mine and self.idle else None
        if now is None or self.idle is None:
            return None, 0
        client, contract = self.agreement.client, now.contract
        if contract.periodic and now.over > self.idle.over:
            last = mine[-1].session
            normal = client.rate(last.project, last.channel, date.fromordinal(last.day))
            rate = overage_rate(contract, normal)
            sums = [line_figures(counters(s.over, s.over, s.over), rate, client.currency) for s in (now, self.idle)]
            return sums[0] - sums[1], 0
        if contract.capped and contract.cap is not None:
            room = minor_units(contract.cap, client.currency) - self._billed
            more = sum(r.earned.billed_minor for r in mine)
            return None, max(0, more - max(0, room))
        return None, 0
