"""What a client's agreements bill beside hours: fees, overage and caps, as the log stands.

One reading serves statements, the live totals and the reports, so that they cannot tell different stories.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from clepsydra.domain.agreement_view import AgreementView, FeeLines, Worked
from clepsydra.domain.billing import Group
from clepsydra.domain.caps import beyond_by_day
from clepsydra.domain.civil import civil_day, day_within
from clepsydra.domain.claims import Claim, ClaimKind
from clepsydra.domain.fees import due
from clepsydra.domain.figures import Figures
from clepsydra.domain.overage import beyond_alone, within_days
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.statement_lines import priced
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import agreements, counting
from clepsydra.ledger.agreements.usage import CountedWork
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import fees


def pays_beside_hours(client: Client) -> bool:
    """Whether any of a client's agreements has a fee, overage or a cap."""
    return any(c.covers or c.cap is not None for _, contracts in counting(client) for c in contracts)


def fees_due(
    ledger: Ledger, client: Client, first: date | None = None, last: date | None = None, *, running: bool = False
) -> FeeLines:
    """Everything beside hours that a statement of the period could bill now; without a last day, up to today. With what
    runs by the hour, if asked.
    """
    return beside_hours(seen(ledger, client, first, last, running=running))


def beside_hours(views: Iterable[AgreementView]) -> FeeLines:
    """Everything beside hours that a statement which sees the agreements so could bill."""
    return sum(map(due, views), FeeLines())


def seen(
    ledger: Ledger, client: Client, first: date | None = None, last: date | None = None, *, running: bool = False
) -> Iterator[AgreementView]:
    """The agreements of a client as a statement of the period sees them; without a last day, up to today."""
    until, taken = last or civil_day(ledger.now, client.zone), tuple(fees.taken(ledger.db, client.slug))
    for agreement in agreements(ledger, client):
        yield _view(CountedWork(ledger, agreement, running=running), taken, first, until)


def open_overage_groups(ledger: Ledger, client: Client) -> Iterator[Group]:
    """The groups of overage that a statement of all up to today would bill, with their sessions; those are looked at
    only where there is any.
    """
    until, taken = civil_day(ledger.now, client.zone), tuple(fees.taken(ledger.db, client.slug))
    for agreement in agreements(ledger, client):
        work = CountedWork(ledger, agreement)
        yield from map(work.named, due(_view(work, taken, None, until, sums=True), work=False).groups)


def _view(
    work: CountedWork, taken: tuple[Claim, ...], first: date | None, until: date, *, sums: bool = False
) -> AgreementView:
    """An agreement as a statement sees it; for `sums` alone the work is left out that makes no difference to them."""
    mine, worked = work.agreement, Worked({})
    if mine.hours_matter or not sums:
        use, ever = work.seconds(until), work.seconds()
        # A cap that was taken off once asks for the groups of work by the hour.
        light = work.light(until) if sums and not any(claim.kind is ClaimKind.CAP for claim in taken) else None
        worked = Worked(
            used=use,
            billed=work.taken.minor,
            included=tuple(work.included(first, until)) if light is None else light,
            billable=tuple(work.billable(first, until)) if light is None else (),
            ever=ever if ever != use else None,
        )
    return AgreementView(mine.client, mine.project, mine.contracts, worked, taken, first, until, mine.begins)


@dataclass(frozen=True, slots=True)
class FeesDue:
    """Fees due in one sum: minor units beside hours, the groups of overage, and the oldest day of either.

    A group of overage has of each session the part that lies beyond; where sums told what is due, no more of its
    sessions is known than their times. Days are ordinals. `capped` is what caps take off the open work of each day in
    minor units, `capped_before` what they took off that of live statements.
    """

    minor: int = 0
    overage: tuple[Group, ...] = ()
    oldest_day: int | None = None
    capped: Mapping[int, int] = field(default_factory=dict)
    capped_before: Mapping[int, int] = field(default_factory=dict)

    def beyond(self, first: int | None = None, last: int | None = None) -> Figures:
        """The figures of overage worked on some days, both ends included; None leaves an end open."""
        some = (within_days(group, first, last) for group in self.overage)
        return sum((priced([part]) for part in some if part is not None), Figures())

    def open_off(self, first: int | None = None, last: int | None = None) -> int:
        """The minor units that caps take off the open work of some days, both ends included."""
        return sum(off for day, off in self.capped.items() if day_within(day, first, last))

    def off(self, first: int | None = None, last: int | None = None) -> int:
        """The minor units that caps take off all work of some days, open and billed."""
        before = (off for day, off in self.capped_before.items() if day_within(day, first, last))
        return self.open_off(first, last) + sum(before)


def due_of(ledger: Ledger, client: Client, works: Iterable[CountedWork]) -> FeesDue:
    """What is due to a client as of today, of the work of its agreements."""
    today, taken = civil_day(ledger.now, client.zone), tuple(fees.taken(ledger.db, client.slug))
    found, capped, before = FeeLines(), dict[int, int](), dict[int, int]()
    for work in works:
        view = _view(work, taken, None, today, sums=True)
        found += due(view, work=False)
        for sums, by_day in zip((capped, before), beyond_by_day(view), strict=True):
            for day, off in by_day.items():
                sums[day.toordinal()] = sums.get(day.toordinal(), 0) + off
    return replace(_summed(found), capped=capped, capped_before=before)


def _summed(found: FeeLines) -> FeesDue:
    """What is due, as live totals count it."""
    days = [claim.last for claim in found.claims if claim.kind is ClaimKind.PERIOD and claim.minor]
    days += [line.first_day for line in found.lines if line.fee_minor > 0 and line.sort == "fee" and line.note]
    days += [group.day for group in found.groups]
    return FeesDue(
        minor=sum(line.fee_minor for line in found.lines),
        overage=tuple(map(beyond_alone, found.groups)),
        oldest_day=min((day.toordinal() for day in days), default=None),
    )
