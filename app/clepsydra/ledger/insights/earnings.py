"""What each session earned: its share of what statements billed, and what it will earn while it is on none.

A line's money is split by billed time, a fee's by the real time that it pays for, overage's by the time beyond; what
was collected of a statement is collected of each of its sessions. Sessions on no statement have invoiced nothing yet:
they count with all their time and what is expected.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache

from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.contracts import budget, ledger_of_periods
from clepsydra.domain.forecast import fee
from clepsydra.domain.money import Hourly, half_up, minor_units, rate_from, share
from clepsydra.domain.overage import beyond_of_each
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Session
from clepsydra.domain.statement import LineSort, Statement
from clepsydra.domain.statement_lines import bundles, priced, shared
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import has_cap
from clepsydra.ledger.agreements.due import Counted
from clepsydra.ledger.agreements.fees import fees_due
from clepsydra.ledger.agreements.overage import open_overage
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Period
from clepsydra.ledger.statement_json import statement_from_body
from clepsydra.store import document_sums, documents, sessions, statements
from clepsydra.store import earned as store
from clepsydra.store.document_sums import OnInvoice
from clepsydra.store.earned import Stated
from clepsydra.store.readers import paced


@dataclass(frozen=True, slots=True)
class Earned:
    """One session with its time, its one treatment and its money in minor units before tax.

    `hourly` is the rate it was billed with or, on no statement, today's. `expected` is what was invoiced, or what the
    next statement will make of it.
    """

    session: Session
    seconds: int
    treatment: Treatment
    hourly: Hourly
    invoiced: int
    collected: int
    expected: int

    @property
    def billable(self) -> bool:
        """Whether a client pays for it, by the hour or by a fee."""
        return self.treatment in (Treatment.BILLABLE, Treatment.INCLUDED)


@dataclass
class Invoiced:
    """A client's money by session, the rates it was billed with, and what was billed for no session at all: an unused
    fee, by its last day and project, or overage that no session is left of; with what was collected of it.
    """

    rates: dict[str, Hourly] = field(default_factory=dict)
    by_session: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    collected: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    idle: list[tuple[date, str, int, int]] = field(default_factory=list)

    def add(self, one: "_Stated", paid: Fraction, kept: Fraction) -> None:
        """Take in a statement: `kept` is the share of it that was not taken back by discounts and credit notes, `paid`
        the share that was paid. What was collected is split without losing a cent.
        """
        one = one.cut(kept)
        if not one.idle and paid in (0, 1) and min(one.by_session.values(), default=0) >= 0:
            self.by_session.update(one.by_session)  # on no other statement, as long as this one lives
            if paid:
                self.collected.update(one.by_session)
            return
        minors = [*one.by_session.values(), *(minor for _, _, minor in one.idle)]
        parts = share(half_up(sum(minors) * paid), [max(0, minor) for minor in minors]) if minors else []
        for (ident, minor), got in zip(one.by_session.items(), parts, strict=False):
            self.by_session[ident] += minor
            self.collected[ident] += got
        for (day, project, minor), got in zip(one.idle, parts[len(one.by_session) :], strict=True):
            self.idle.append((day, project, minor, got))


@dataclass
class _Stated:
    """What one statement billed by session, and for none; `beyond` are the seconds of overage of each."""

    by_session: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    idle: list[tuple[date, str, int]] = field(default_factory=list)
    beyond: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def cut(self, kept: Fraction) -> "_Stated":
        """The same less what was taken back, to the cent."""
        if kept == 1:
            return self
        minors = [*self.by_session.values(), *(minor for _, _, minor in self.idle)]
        parts = share(half_up(sum(minors) * kept), [max(0, minor) for minor in minors]) if minors else []
        sessions_ = dict(zip(self.by_session, parts, strict=False))
        rest = parts[len(sessions_) :]
        return _Stated(sessions_, [(*each[:2], part) for each, part in zip(self.idle, rest, strict=True)])


def earned(ledger: Ledger, client: Client, used: Counted, period: Period) -> tuple[list[Earned], Invoiced]:
    """What every session of a client's period earned; left out are sessions whose end is doubtful, and those that were
    billed elsewhere: what they earned is not known here.

    `used` is what the client's agreements used.
    """
    before = statements.elsewhere(ledger.db, client.slug)
    all_ = paced(ledger.db, sessions.select(ledger.db, period.filter(client.slug)))
    found = [s for s in all_ if s.doubtful_from is None and s.statement not in before]
    money = invoiced(ledger, client, period)
    expected = _expected(ledger, client, used, [s for s in found if s.statement is None], period)
    rows = []
    for session in paced(ledger.db, found):
        billed = money.by_session.get(session.id, 0)
        got = money.collected.get(session.id, 0)
        kind = treatment(session, client)
        later = billed if session.statement is not None else expected.get(session.id, 0)
        seconds = session.exact_seconds(ledger.now)
        today = client.rate(session.project, session.channel, date.fromordinal(session.day))
        rows.append(Earned(session, seconds, kind, money.rates.get(session.id, today), billed, got, later))
    return rows, money


def invoiced(ledger: Ledger, client: Client, period: Period) -> Invoiced:
    """What live statements billed for each session of those that may reach into a period."""
    first = period.first.toordinal() if period.first else 0
    return billed_by(ledger, store.stated(ledger.db, client.slug, first))


def billed_by(ledger: Ledger, some: Iterable[Stated]) -> Invoiced:
    """What statements billed for each of their sessions."""
    result = Invoiced()
    for each in some:
        kept, paid = realised(ledger, each)
        one = _by_hour(ledger, each.id, result.rates)
        if each.beside:
            _add_fees(ledger, one, statement_from_body(store.body(ledger.db, each.id)))
        result.add(one, paid, kept)
    return result


def realised(ledger: Ledger, each: Stated) -> tuple[Fraction, Fraction]:
    """What of a statement was not taken back, by discounts and credit notes, and what of that was paid."""
    bill = document_sums.of_statement(ledger.db, each.id, documents.MONEY)
    if bill is not None:
        return _of_invoice(ledger, bill)
    return Fraction(1), Fraction(each.paid_minor, each.total_minor) if each.total_minor else Fraction(0)


def _of_invoice(ledger: Ledger, bill: OnInvoice) -> tuple[Fraction, Fraction]:
    """The same by the invoice that has it; what was paid of its deposits pays as much of it as it deducts of them.

    Of 600.00, with 120.00 to pay after a deposit of 480.00 that was paid, 80 % is paid.
    """
    left = max(0, bill.revenue_minor - bill.credited_minor)
    kept = Fraction(left, bill.lines_minor) if bill.lines_minor > 0 else Fraction(1)
    asked, got = bill.payable_minor + bill.deducted_minor, Fraction(bill.paid_minor)
    for each in document_sums.deducted_of(ledger.db, bill.id, documents.MONEY) if bill.deducted_minor else ():
        got += each.minor * _share_paid(each.paid_minor, each.asked_minor)
    return min(Fraction(1), kept), _share_paid(got, asked)


def _share_paid(paid: Fraction | int, asked: int) -> Fraction:
    """At most all of it; nothing of what asks for nothing."""
    return min(Fraction(1), Fraction(paid) / asked) if asked > 0 else Fraction(0)


def _by_hour(ledger: Ledger, statement: str, rates: dict[str, Hourly]) -> _Stated:
    """What the groups of a statement billed, by session; the rate that each was billed at goes to `rates`, but not that
    of overage, which is not the work's: it is of what of each session lies beyond.
    """
    result = _Stated()
    for hourly, day, project, exact, minor, overage, pieces in store.pieces(ledger.db, statement):
        rate = _rate(hourly)
        if len(pieces) == 1 and not overage:  # as most are
            ident = pieces[0][0]
            result.by_session[ident] += minor
            rates[ident] = rate
            continue
        lengths = [end - begin for _, begin, end, _ in pieces]
        lengths = beyond_of_each(exact, lengths) if overage else lengths
        if not pieces:  # overage of which no open work was left
            result.idle.append((date.fromordinal(day), project, minor))
        for (ident, *_), seconds, part in zip(pieces, lengths, share(minor, lengths) if pieces else (), strict=True):
            result.by_session[ident] += part
            if overage:
                result.beyond[ident] += seconds
            else:
                rates[ident] = rate
    return result


_rate = lru_cache(maxsize=64)(rate_from)


def _add_fees(ledger: Ledger, result: _Stated, statement: Statement) -> None:
    """What a statement billed beside hours, over the sessions it is for."""
    for line in statement.lines:
        if line.fee_minor:
            behind = [each for each in statement.lines if each.sort in (LineSort.INCLUDED, LineSort.OVERAGE)
                      and line.first_day <= each.last_day and each.first_day <= line.last_day]  # fmt: skip
            ids = line.sessions or tuple(dict.fromkeys(i for each in behind for i in each.sessions))
            if line.sort is LineSort.FEE and not ids:
                ids = tuple(i for each in statement.lines if each.sort is LineSort.INCLUDED for i in each.sessions)
            _share_fee(ledger, result, line.fee_minor, ids, (line.last_day, line.project))


def _share_fee(ledger: Ledger, result: _Stated, minor: int, ids: tuple[str, ...], place: tuple[date, str]) -> None:
    """A fee over its sessions by the real time that it pays for, or where that is none by all; one without sessions is
    kept apart.
    """
    found = {ident: s for ident in ids if (s := sessions.by_id(ledger.db, ident)) is not None}
    lengths = [s.exact_seconds(ledger.now) for s in found.values()]
    if not any(lengths):
        result.idle.append((*place, minor))
        return
    within = [max(0, length - result.beyond.get(ident, 0)) for ident, length in zip(found, lengths, strict=True)]
    for ident, part in zip(found, share(minor, within if any(within) else lengths), strict=True):
        result.by_session[ident] += part


def _expected(ledger: Ledger, client: Client, used: Counted, open_: list[Session], period: Period) -> dict[str, int]:
    """What sessions on no statement will earn: by their groups, or by the fee over the time it is for."""
    money: dict[str, int] = {}
    by_kind: dict[Treatment, list[Session]] = {}
    for session in paced(ledger.db, open_):
        by_kind.setdefault(treatment(session, client), []).append(session)
    billable = by_kind.get(Treatment.BILLABLE, [])
    groups = group_sessions(billable, client, ledger.now, held=held_for(ledger, client, billable))
    lines = paced(ledger.db, bundles(groups, client))
    for group, figures in (pair for line in lines for pair in zip(line, shared(line), strict=True)):
        weights = [piece.span.seconds for piece in group.pieces]
        for piece, part in zip(group.pieces, share(figures.billed_minor, weights), strict=True):
            money[piece.session.id] = money.get(piece.session.id, 0) + part
    for ident, off in _beyond_caps(ledger, client, money, period).items():
        money[ident] -= off
    included = by_kind.get(Treatment.INCLUDED, [])
    beyond = _overage(ledger, client) if included else {}
    rates = list(_fee_rates(client, used, ledger.today)) if included else []
    for session in included:
        day = date.fromordinal(session.day)
        whose, _ = client.agreement(session.project, day)
        rate = next((r for owner, first, last, r in rates if owner == whose and first <= day <= last), Fraction(0))
        seconds, minor = beyond.get(session.id, (0, 0))
        money[session.id] = half_up(rate * (session.exact_seconds(ledger.now) - seconds)) + minor
    return money


def _overage(ledger: Ledger, client: Client) -> dict[str, tuple[int, int]]:
    """What of open sessions lies beyond a fee and what a rate pays for it: exact seconds and minor units."""
    found: dict[str, tuple[int, int]] = {}
    for group in open_overage(ledger, client):
        lengths = [piece.span.seconds for piece in group.pieces]
        parts = share(priced([group]).billed_minor, lengths) if lengths else []
        for piece, minor in zip(group.pieces, parts, strict=True):
            before = found.get(piece.session.id, (0, 0))
            found[piece.session.id] = before[0] + piece.span.seconds, before[1] + minor
    return found


def _beyond_caps(ledger: Ledger, client: Client, money: Mapping[str, int], period: Period) -> dict[str, int]:
    """What caps take off open sessions of a period, the latest first."""
    found: dict[str, int] = {}
    for line in fees_due(ledger, client, None, period.last, running=True).lines if money and has_cap(client) else ():
        off = -line.fee_minor if line.sort is LineSort.CAP else 0
        for ident in line.sessions:
            taken = min(off, money.get(ident, 0))
            if taken > 0:
                found[ident] = taken
                off -= taken
    return found


def _fee_rates(client: Client, used: Counted, today: date) -> Iterator[tuple[str | None, date, date, Fraction]]:
    """What a second of included time earns, by agreement and days: the fee over the hours it is for, or took."""
    for agreement, use in used:
        for period in ledger_of_periods(agreement.contracts, use.seconds, today, agreement.begins):
            whole = max(period.included, period.used - period.over)
            if whole:
                minor = Fraction(period.fee_minor(client.currency), whole)
                yield agreement.project, period.first, period.last, minor
        following = [contract.since for contract in agreement.contracts[1:]]
        for contract, until in zip(agreement.contracts, [*following, date.max], strict=True):
            if contract.whole:
                hours = sum(seconds for day, seconds in use.seconds.items() if contract.since <= day < until)
                whole = max(budget(contract, today), hours, contract.estimate or 0)
                minor = Fraction(minor_units(fee(contract, today), client.currency))
                if whole:
                    yield agreement.project, contract.since, until, minor / whole
