"""Reports over a period: rounding and its losses, who owns every second, totals."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from clepsydra.domain.billing import Seconds, Treatment, treatment
from clepsydra.domain.civil import day_within
from clepsydra.domain.figures import Figures, line_figures
from clepsydra.domain.money import rate_from
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.due import read_due
from clepsydra.ledger.agreements.fees import FeesDue, pays_beside_hours
from clepsydra.ledger.agreements.overage import overage_misplaced
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import open_work
from clepsydra.ledger.plain_work import work_alike
from clepsydra.ledger.statement_json import frozen_lines
from clepsydra.store import billed_groups, sessions


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days, both included; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    @property
    def ordinals(self) -> tuple[int | None, int | None]:
        """Both ends as the log keeps days."""
        return self.first.toordinal() if self.first else None, self.last.toordinal() if self.last else None

    def holds(self, day: int) -> bool:
        """Whether a day (ordinal) lies in it."""
        return day_within(day, *self.ordinals)

    def filter(self, client: str, *, unbilled: bool = False) -> sessions.Filter:
        """The sessions of a client whose own day lies in the period."""
        first, last = self.ordinals
        return sessions.Filter(client=client, first_day=first, last_day=last, unbilled=unbilled)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of civil days, both ends included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def period(self) -> Period:
        """The same where an end may be open."""
        return Period(self.first, self.last)


@dataclass(frozen=True, slots=True)
class ClientFigures:
    """One client's figures in one currency: its own, or the one a statement was issued in."""

    client: str
    currency: str
    figures: Figures


def chosen(ledger: Ledger, client: str | None) -> Iterator[Client]:
    """The named client, or all, in the order of the catalogue; own work has no figures and is left out."""
    if client is not None:
        yield ledger.client(client)
        return
    yield from (c for c in ledger.catalogue.clients.values() if not c.own)


def rounding(ledger: Ledger, period: Period, client: str | None = None) -> list[ClientFigures]:
    """Exact and billed time and money with every loss and gain, per client and currency with billable work then.

    What a statement has billed keeps the figures and the currency it was frozen with. A frozen group belongs to its
    first day, overage to the days it was worked on; what a period has of a line is priced together.
    """
    return [ClientFigures(row.client, row.currency, row.figures) for row in totals(ledger, period, client)]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a client's billable work of a period came to, and the part of it that is on no statement yet.

    Figures are of hours alone: `beyond_cap` are the minor units that caps take off them, `unbilled_beyond_cap` off what
    is unbilled.
    """

    client: str
    currency: str
    figures: Figures
    unbilled: Figures
    beyond_cap: int = 0
    unbilled_beyond_cap: int = 0

    @property
    def minor(self) -> int:
        """What the client pays for it before tax."""
        return self.figures.billed_minor - self.beyond_cap

    @property
    def unbilled_minor(self) -> int:
        """What a statement would bill of it."""
        return self.unbilled.billed_minor - self.unbilled_beyond_cap


def totals(ledger: Ledger, period: Period, client: str | None = None) -> list[Totals]:
    """The clients with billable work in the period, with the figures of `rounding`, both from one state of the log."""
    rows, ledger = [], ledger.standing
    everyone = list(chosen(ledger, client))
    with read_due(ledger, everyone, running=True) as due:
        for one in everyone:
            open_ = open_work(ledger, one, *period.ordinals, running=True)
            fees, days = due[one.slug], period.ordinals
            unbilled = open_.figures + fees.beyond(*days)
            for currency, figures in both_figures(ledger, one, unbilled, period).items():
                if figures.exact_seconds or figures.billed_seconds:
                    own = currency == one.currency
                    waiting = unbilled if own else Figures()
                    # What a cap takes off is shared over the days; their work alone may round to a little less.
                    off = min(fees.off(*days), figures.billed_minor) if own else 0
                    open_off = min(fees.open_off(*days), waiting.billed_minor)
                    rows.append(Totals(one.slug, currency, figures, waiting, off, open_off))
    return rows


def both_figures(ledger: Ledger, client: Client, unbilled: Figures, period: Period) -> dict[str, Figures]:
    """What a client's statements froze in a period and what is on none yet, by currency."""
    sums = frozen_figures(ledger, client, period)
    sums[client.currency] = sums.get(client.currency, Figures()) + unbilled
    return sums


def frozen_figures(ledger: Ledger, client: Client, period: Period) -> dict[str, Figures]:
    """The figures a client's statements froze in a period, by the currency they were issued in."""
    sums = {
        code: Figures(*row) for code, row in billed_groups.whole_sums(ledger.db, client.slug, *period.ordinals).items()
    }
    for currency, hourly, counted in billed_groups.cut_sums(ledger.db, client.slug, *period.ordinals):
        line = line_figures(Seconds(*counted), rate_from(hourly), currency)
        sums[currency] = sums.get(currency, Figures()) + line
    for currency, figures in overage_misplaced(ledger, client.slug, *period.ordinals):
        sums[currency] = sums.get(currency, Figures()) + figures
    return sums


def by_currency(rows: Iterable[ClientFigures]) -> dict[str, Figures]:
    """Totals, one per currency: amounts of different currencies are never added."""
    sums: dict[str, Figures] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Figures()) + row.figures
    return dict(sorted(sums.items()))


def totals_by_currency(rows: Iterable[Totals]) -> list[Totals]:
    """Totals of all clients together, one per currency."""
    sums: dict[str, Totals] = {}
    for row in rows:
        so_far = sums.get(row.currency, Totals("", row.currency, Figures(), Figures()))
        sums[row.currency] = Totals(
            "",
            row.currency,
            so_far.figures + row.figures,
            so_far.unbilled + row.unbilled,
            so_far.beyond_cap + row.beyond_cap,
            so_far.unbilled_beyond_cap + row.unbilled_beyond_cap,
        )
    return [sums[code] for code in sorted(sums)]


@dataclass(frozen=True, slots=True)
class Ownership:
    """A client's exact time in a period and what became of it: the parts always sum to the whole (law 2)."""

    client: str
    currency: str
    exact_seconds: int
    seconds: dict[str, int]
    minor: dict[str, int]
    sessions: int


OWNERS = ("billable", "out_bill", "out_pending", "out_absorbed", "included", "written_off", "non_billable")


def owner(session: Session, client: Client) -> str:
    """Which part of law 2 a session's seconds belong to."""
    kind = treatment(session, client)
    if kind is Treatment.BILLABLE:
        return "out_bill" if session.decision else "billable"
    return {Treatment.PENDING: "out_pending", Treatment.ABSORBED: "out_absorbed"}.get(kind, kind.value)


def ownership(ledger: Ledger, period: Period, client: str | None = None) -> list[Ownership]:
    """Who owns every second of a period, per client, own work included; values at the sessions' own rates."""
    ledger = ledger.standing
    everyone = [ledger.client(client)] if client is not None else list(ledger.catalogue.clients.values())
    with read_due(ledger, everyone) as due:
        rows = [_owned(ledger, one, period, due[one.slug]) for one in everyone]
    return [row for row in rows if row.sessions]


def _owned(ledger: Ledger, client: Client, period: Period, due: FeesDue) -> Ownership:
    seconds: dict[str, int] = dict.fromkeys(OWNERS, 0)
    minor: dict[str, int] = dict.fromkeys(OWNERS, 0)
    count = 0
    for work in work_alike(ledger, client, *period.ordinals):
        part = owner(work.like, client)
        seconds[part] += sum(work.lengths)
        minor[part] += work.minor(client.currency)
        count += len(work.lengths)
    beyond = _beyond(ledger, client, period, due)
    for name, sign in (("included", -1), ("billable", 1)):
        seconds[name] += sign * beyond.exact_seconds
        minor[name] += sign * beyond.exact_minor
    return Ownership(client.slug, client.currency, sum(seconds.values()), seconds, minor, count)


def _beyond(ledger: Ledger, client: Client, period: Period, due: FeesDue) -> Figures:
    """What of the time in scope a fee no longer covers, since it is billed as overage."""
    if client.own or not pays_beside_hours(client):
        return Figures()
    days = period.ordinals
    some = billed_groups.overage(ledger.db, client.slug, *days)
    rows = [row for row, begins, ends in some if period.holds(row.day) or (period.holds(begins) and period.holds(ends))]
    moved = (figures for _, figures in overage_misplaced(ledger, client.slug, *days))
    return sum(chain((figures for _, figures in frozen_lines(rows)), moved), due.beyond(*days))


def given_since_january(ledger: Ledger, client: str) -> int:
    """The seconds that agreed times have given to a client since the first of January."""
    since = Period(ledger.today.replace(month=1, day=1), ledger.today)
    return sum(row.figures.manual_loss_seconds for row in rounding(ledger, since, client))
