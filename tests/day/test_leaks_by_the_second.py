"""Law 9 with everything in it at once: what the leak report says, against a count that paints each second once."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.leaks import LeakClass
from clepsydra.domain.rounding import GroupScope, Midnight, Model
from clepsydra.domain.session import OWN, Channel, Decision, Scope
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.domain.terms import Client
from clepsydra.ledger import absences, editing
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.day import closing
from clepsydra.ledger.leaks.report import leak_report
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.reports import Days
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import calls as heard
from clepsydra.store import statements as stored
from tests.ledger import leak_reckoning
from tests.ledger.workbench import DAY, HOUR, MINUTE, SINCE, Desk, client, rule

PARIS = ZoneInfo("Europe/Paris")
FIRST = date(2026, 10, 24)
"""The clocks go back on the second of the days that everything happens on."""

DAYS = 4
CLIENTS = {
    each.slug: each
    for each in (
        Client(OWN, "", "EUR", PARIS),
        client("entry", "90", rule(Model.DOWN, 900)),
        client("daily", "120", rule(Model.DOWN, 1800, GroupScope.DAY)),
        client("split", "75.55", rule(Model.NEAREST, 1800, GroupScope.DAY, midnight=Midnight.SPLIT), currency="CHF"),
        client("lines", "61", rule(Model.UP, 3600, GroupScope.LINE), statement=StatementTerms(lines=LineKind.CHANNEL)),
        client("pool", "80", rule(Model.DOWN, 3600, GroupScope.STATEMENT), statement=StatementTerms(tax=20)),
        client("chain", "50", rule(Model.UP, 900, GroupScope.CUMULATIVE)),
        client("month", "110", contracts=(Contract(SINCE, ContractKind.RETAINER, included=1000 * HOUR),)),
        client("fixed", "100", contracts=(Contract(SINCE, ContractKind.FIXED, included=2 * HOUR),)),
    )
}
"""One client for each way in which sessions are billed together, and for each fee that pays for them."""

BILLED = [slug for slug in CLIENTS if slug not in (OWN, "month", "fixed")]
times = st.integers(-HOUR, DAYS * DAY)
lengths = st.sampled_from([0, 1, 61, 5 * MINUTE, 899, 900, 1799, HOUR, 3 * HOUR + 1, 11 * HOUR])
scopes = st.sampled_from(
    [(Scope.IN, None)] * 6 + [(Scope.UNSURE, None)] + [(Scope.OUT, each) for each in (*Decision, Decision.BILL)]
)
sessions = st.lists(
    st.tuples(
        times, lengths, st.sampled_from([*CLIENTS, "daily", "pool"]), scopes,
        st.sampled_from([Channel.WORK, Channel.WORK, Channel.CALL, Channel.MESSAGE]),
        st.sampled_from(["", "", "", "gift"]),
        st.sampled_from([None, None, None, 0, 1000, 2 * HOUR]),
        st.booleans(),
    ),
    max_size=7,
)  # fmt: skip
stretches = st.lists(st.tuples(times, st.sampled_from([30, 600, HOUR, 5 * HOUR])), max_size=3)
calls = st.lists(
    st.tuples(times, st.sampled_from([20, 600, HOUR]), st.sampled_from(BILLED), st.sampled_from(["", "ignored"])),
    max_size=4,
)
closed_days = st.lists(st.tuples(st.sampled_from([0, 1, 1, 1, 2, 3]), st.booleans()), max_size=4)
issued = st.lists(st.sampled_from(BILLED), max_size=3)
offices = st.sampled_from([{}, dict.fromkeys(range(7), (("09:00", "12:00"), ("14:00", "18:00")))])


class Story:
    """A desk on which all of it happens."""

    def __init__(self, office: dict[int, Sequence[tuple[str, str]]]) -> None:
        self.begin = int(datetime(2026, 10, 24, tzinfo=PARIS).timestamp())
        self.desk = Desk.at(now=self.begin)
        self.desk.terms.clients = dict(CLIENTS)
        hours = {d: tuple(tuple(time.fromisoformat(t) for t in pair) for pair in pairs)
                 for d, pairs in office.items()}  # fmt: skip
        self.desk.set(working_hours=hours)
        self.calls: list[tuple[int, int, str]] = []
        self._number = count()

    def log(self, offset, length, slug, scope, channel, reason, total, late) -> None:
        """A session written down at its end, or three days after it."""
        begin = self.begin + offset
        work = Work(slug, channel=channel, scope=scope[0], decision=scope[1])
        self.desk.now = begin + length + (3 * DAY if late else 0)
        session = editing.add(self.desk.ledger, work, begin, begin + length)
        with suppress(Refused):  # own work has neither
            if reason:
                editing.write_off(self.desk.ledger, session.id, reason)
            if total is not None:
                agreed_time.agree_session(self.desk.ledger, session.id, total)

    def ring(self, offset: int, length: int, slug: str, state: str) -> None:
        """A call that nobody took, each through a program of its own."""
        ident, begin = f"call-{next(self._number)}", self.begin + offset
        log, end = self.desk.ledger.db, begin + length
        heard.keep_span(log, heard.SpanRow(ident, "capture", ident, ident, None, begin * 1000, end * 1000, None, 0))
        heard.keep_call(log, heard.CallRow(ident, ident, ident, begin, end, "[]", 0, "", slug))
        if state:
            with self.desk.ledger.change("decide"):
                heard.decide(log, heard.DecisionRow(ident, state, None, "[]", end))
        self.calls.append((begin, begin + length, slug))

    def issue(self, slugs: list[str]) -> None:
        """Bill what is there of some clients."""
        self.desk.now = self.begin + (DAYS + 3) * DAY
        for slug in slugs:
            with suppress(Refused):
                statements.issue(self.desk.ledger, slug)

    def close(self, days: list[tuple[int, bool]], now: int) -> None:
        """Close days with what is unknown about them, and open some of them again."""
        self.desk.now = now
        for number, again in days:
            day = FIRST + timedelta(days=number)
            with suppress(Refused):
                closing.close_day(self.desk.ledger, day, unknown=True)
                if again:
                    closing.reopen_day(self.desk.ledger, day, "forgot a call")

    def truth(self) -> leak_reckoning.Truth:
        """What there is to know, as rows."""
        ledger, terms = self.desk.ledger, self.desk.terms
        closed = {date.fromordinal(row[0]) for row in ledger.db.execute("SELECT day FROM day_close")}
        owed = {
            row.id: (date.fromordinal(row.last_day), row.net_minor + row.tax_minor - row.paid_minor)
            for row in stored.select(ledger.db)
            if row.state == "issued" and row.due_on < ledger.today.toordinal()
        }
        days = [FIRST + timedelta(days=n) for n in range(-DAYS, 2 * DAYS)]
        return leak_reckoning.Truth(
            rows=self.desk.all(), clients=terms.clients, now=self.desk.now, zone=PARIS,
            late_after=terms.settings.late_after, unbilled_over=terms.settings.warn.unbilled_over,
            absences=ledger.db.execute("SELECT started_at, ended_at FROM absence").fetchall(), calls=self.calls,
            closed=closed, owed=owed, hours={day: self._hours(day) for day in days},
        )  # fmt: skip

    def _hours(self, day: date) -> list[tuple[int, int]]:
        pairs = self.desk.terms.settings.working_hours.get(day.weekday(), ())
        return [tuple(int(datetime.combine(day, t, PARIS).timestamp()) for t in pair) for pair in pairs]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    before=sessions, bills=issued, after=sessions, away=stretches, rung=calls, closed=closed_days, office=offices,
    looked_at=st.sampled_from([2 * DAY, (DAYS + 4) * DAY, 20 * DAY, 75 * DAY]),
    first=st.integers(-1, 2), last=st.integers(2, 4),
)  # fmt: skip
@example(
    before=[], bills=[], after=[(at, length, OWN, (Scope.IN, None), Channel.WORK, "", None, False)
                                for at, length in ((0, 0), (301, 1))],
    away=[], rung=[], closed=[], office={}, looked_at=2 * DAY, first=0, last=2,
)  # fmt: skip
def test_every_second_leaks_once_and_every_figure_is_right(
    before, bills, after, away, rung, closed, office, looked_at, first, last
):
    story = Story(office)
    for each in before:
        story.log(*each)
    story.issue(bills)
    for each in after:
        story.log(*each)
    for offset, length in away:
        absences.add(story.desk.ledger, Interval(story.begin + offset, story.begin + offset + length), "break")
    for each in rung:
        story.ring(*each)
    story.close(closed, story.begin + looked_at)

    days = Days(FIRST + timedelta(days=first), FIRST + timedelta(days=last))
    report = leak_report(story.desk.ledger, days)
    said = {
        (row.kind.value, row.client, row.currency, row.at_risk): (row.seconds, row.minor, set(row.sessions))
        for row in report.rows
        if row.seconds or row.minor
    }
    counted = leak_reckoning.leaks(story.truth(), days.first, days.last)
    assert said == {key: (figure.seconds, figure.minor, figure.sessions) for key, figure in counted.items()}
    assert verify(story.desk.ledger) == []


@pytest.mark.parametrize(("looked_at", "delayed"), [("2026-11-01", False), ("2026-11-30", False), ("2026-12-01", True)])
def test_a_retainers_extra_work_waits_too_long_once_another_month_has_passed(looked_at, delayed):
    story = Story({})
    story.log(0, HOUR, "month", (Scope.OUT, Decision.BILL), Channel.WORK, "", None, False)
    story.log(6 * DAY, HOUR, "month", (Scope.OUT, Decision.BILL), Channel.WORK, "", None, False)
    story.desk.now = int(datetime.fromisoformat(looked_at).replace(tzinfo=PARIS).timestamp())
    rows = leak_report(story.desk.ledger, Days(FIRST, FIRST + timedelta(days=7))).rows
    delays = [(row.seconds, row.minor) for row in rows if row.kind is LeakClass.DELAY]
    assert delays == ([(2 * HOUR, 22_000)] if delayed else [])
