"""What is unbilled, per client: the figure that matters most, kept ready.

Finished sessions are summed once and remembered in the tallies; the reader adds what runs, second by second.
"""

import json
import sqlite3
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from clepsydra.domain.billing import Figures, Treatment, group_sessions, total, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.money import price
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.fees import FeesDue, fees_due, pays_beside_hours, summed
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.watch import fingerprint
from clepsydra.store import journal, sessions, tallies
from clepsydra.store.database import reading, transaction

STALE_ROWS = 500
"""A tally that is right but so many rows of the journal behind is dated anew, to keep the look back short."""


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A client's finished billable work on no statement yet, and what waits for a decision beside it.

    Days are ordinals; `pending_minor` is the value at the sessions' own rates. `figures` hold overage too; `fee_minor`
    is what is due beside hours: fees, less what caps take off.
    """

    client: str
    currency: str
    figures: Figures = field(default_factory=Figures)
    sessions: int = 0
    oldest_day: int | None = None
    pending_seconds: int = 0
    pending_minor: int = 0
    unsure_seconds: int = 0
    fee_minor: int = 0

    @property
    def minor(self) -> int:
        """Everything a statement of today would bill before tax."""
        return self.figures.billed_minor + self.fee_minor

    def age_days(self, today: date) -> int:
        """Days since the oldest unbilled session; 0 when there is none."""
        return max(0, today.toordinal() - self.oldest_day) if self.oldest_day else 0


def unbilled_of(ledger: Ledger, client: Client) -> Unbilled:
    """Sum one client's unbilled work from its sessions."""
    found = sessions.select(ledger.db, sessions.Filter(client=client.slug, unbilled=True))
    finished = [s for s in found if not s.running and s.doubtful_from is None]
    by_treatment: dict[Treatment, list[Session]] = {}
    for session in finished:
        by_treatment.setdefault(treatment(session, client), []).append(session)
    billable = by_treatment.get(Treatment.BILLABLE, [])
    pending = by_treatment.get(Treatment.PENDING, [])
    fees = summed(fees_due(ledger, client)) if pays_beside_hours(client) else FeesDue()
    days = [s.day for s in billable] + ([fees.oldest_day] if fees.oldest_day else [])
    return Unbilled(
        client=client.slug,
        currency=client.currency,
        figures=total(group_sessions(billable, client, ledger.now)) + fees.overage,
        sessions=len(billable),
        oldest_day=min(days, default=None),
        pending_seconds=sum(s.exact_seconds(ledger.now) for s in pending),
        pending_minor=sum(worth(s, client, ledger.now) for s in pending),
        unsure_seconds=sum(s.exact_seconds(ledger.now) for s in billable if s.scope is Scope.UNSURE),
        fee_minor=fees.minor,
    )


def worth(session: Session, client: Client, now: int) -> int:
    """Minor units a session's exact time is worth at its own rate."""
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return price(session.exact_seconds(now), hourly, client.currency)


def unbilled(ledger: Ledger, only: set[str] | None = None) -> dict[str, Unbilled]:
    """Every client's unbilled totals (or those of `only`), from the tallies where nothing has changed since."""
    with reading(ledger.db):
        sums, fresh = gather(ledger, only)
    keep(ledger, fresh)
    return sums


def gather(ledger: Ledger, only: set[str] | None = None) -> tuple[dict[str, Unbilled], list[tallies.Tally]]:
    """What `unbilled` answers, and the tallies that would make the next answer quicker; only reads."""
    reached = journal.latest_row(ledger.db)
    kept = tallies.all_tallies(ledger.db)
    wanted = {
        slug: client for slug, client in ledger.catalogue.clients.items() if only is None or slug in only
    }  # fmt: skip
    behind = [tally.as_of for slug, tally in kept.items() if slug in wanted and tally.as_of < reached]
    changed = journal.clients_changed(ledger.db, min(behind)) if behind else set()
    result, fresh = {}, []
    for slug, client in wanted.items():
        terms = _terms(ledger, client)
        tally = kept.get(slug)
        if tally and tally.terms == terms and (tally.as_of >= reached or slug not in changed):
            result[slug] = _from_body(tally.body)
            if reached - tally.as_of > STALE_ROWS:
                fresh.append(replace(tally, as_of=reached))
            continue
        sums = unbilled_of(ledger, client)
        result[slug] = sums
        fresh.append(tallies.Tally(slug, reached, terms, json.dumps(asdict(sums))))
    return result, fresh


def _terms(ledger: Ledger, client: Client) -> str:
    """What a tally is true under; fees fall due as days go by, though nothing is logged."""
    today = civil_day(ledger.now, client.zone, client.day_starts_at)
    return f"{fingerprint(client)} {today}" if pays_beside_hours(client) else fingerprint(client)


def keep(ledger: Ledger, fresh: list[tallies.Tally]) -> None:
    """Remember totals for the next reader, unless the log cannot be written just now: they can be summed again."""
    if fresh and not ledger.db.in_transaction:
        with suppress(sqlite3.OperationalError), transaction(ledger.db, wait=False):
            for tally in fresh:
                tallies.keep(ledger.db, tally)


def _from_body(body: str) -> Unbilled:
    content = json.loads(body)
    return Unbilled(**content | {"figures": Figures(**content["figures"])})
