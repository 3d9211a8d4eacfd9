"""Real rates summed from what groups of statements froze are those of the sessions, one by one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.session import Channel, State
from clepsydra.domain.terms import DatedRule, Rate
from clepsydra.ledger import editing
from clepsydra.ledger.billing import statements
from clepsydra.ledger.insights.rates import RateRow, Rates, rates, rates_alone
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.reports import Period
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import earned, sessions
from tests.domain.strategies import books
from tests.ledger.workbench import BY_DAY, DAY, HOUR, MONDAY, SINCE, Desk, client


def told(found: Rates) -> tuple[Rates, list[list[RateRow]]]:
    """Rows that earn alike come in any order."""
    rows = [sorted(some, key=lambda row: (row.client, row.project or "", row.channel or "")) for some in
            (found.clients, found.projects, found.channels)]  # fmt: skip
    return replace(found, sessions=(), clients=(), projects=(), channels=()), rows


def bill(desk: Desk, slug: str, last: date | None, paid: int | None) -> None:
    """Issue a statement up to a day, where there is anything to bill, and pay the whole of it or a part."""
    try:
        issued = statements.issue(desk.ledger, slug, None, last)
        if paid is not None and issued.total_minor > paid:
            statement_payment.pay(desk.ledger, issued.number, paid or issued.total_minor, date(2026, 11, 23))
    except Refused:
        return


@given(st.data(), books())
@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
def test_sums_of_groups_are_those_of_their_sessions(data, book):
    terms, found = book
    desk = Desk.at()
    desk.terms.clients = {terms.slug: terms}
    for session in found:
        fate = data.draw(
            st.sampled_from([{}, {}, {}, {}, {"write_off": "gift"}, {"doubtful_from": session.started_at}])
        )
        sessions.add(desk.ledger.db, replace(session, statement=None, **fate))
    days = sorted({date.fromordinal(session.day) for session in found if session.state is not State.RUNNING})
    for last in (*days[:1], *days[2:3], *days[4:5]):
        bill(desk, terms.slug, last, data.draw(st.sampled_from([None, 0, 0, 1])))
    for first in (None, *days[1:2]):
        for until in (desk.ledger.today, *days[3:4]):
            period = Period(first, until)
            assert told(rates_alone(desk.ledger, period)) == told(rates(desk.ledger, period))
    desk.ledger.db.close()


def test_no_session_of_a_plain_statement_is_read():
    """Three hours of two channels on one day, billed as one group: what it froze tells each channel's part."""
    desk = Desk.at(acme=client("acme", rates=(Rate(SINCE, Decimal(90)),), rounding=(DatedRule(SINCE, BY_DAY),)))
    for n, channel in enumerate((Channel.WORK, Channel.CALL)):
        begin = MONDAY - 7 * DAY + n * 3 * HOUR
        editing.add(desk.ledger, Work("acme", channel=channel), begin, begin + (1 + n) * HOUR + 100)
    issued = statements.issue(desk.ledger, "acme")
    [stated] = earned.stated(desk.ledger.db, "acme", 0)
    found = {each.channel: (each.seconds, each.minor) for each in earned.billed_sums(desk.ledger.db, [stated.id])}
    assert found.keys() == {"work", "call"}
    assert sum(seconds for seconds, _ in found.values()) == 3 * HOUR + 200
    assert sum(minor for _, minor in found.values()) == issued.net_minor == 29_250
    assert found["call"] == (2 * HOUR + 100, 19_411)
    assert not list(verify(desk.ledger))
