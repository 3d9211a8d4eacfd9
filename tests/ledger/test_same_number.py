"""The same work is the same number wherever it is shown, and a breach made by hand in the database is named."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.figures import FIGURE_NAMES
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import GroupScope, Model, RoundingRule
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.domain.terms import DatedRule, Rate
from clepsydra.exchange.statement.json import statement_object
from clepsydra.ledger import editing, reports
from clepsydra.ledger.billing import statements
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.ledger.workbench import Desk, client, wall

START = date(2026, 1, 1)
TIERS = RoundingRule(Model.TIERS, scope=GroupScope.DAY, tiers=((14_400, 12_600), (None, 25_200)))
RULES = [
    RoundingRule(), RoundingRule(Model.UP, 900), RoundingRule(Model.NEAREST, 420, GroupScope.DAY), TIERS,
    RoundingRule(Model.DOWN, 660, GroupScope.LINE), RoundingRule(Model.UP, 3600, GroupScope.STATEMENT),
    RoundingRule(Model.NEAREST, 900, GroupScope.CUMULATIVE), RoundingRule(Model.FLAT, flat=700, unit=True),
]  # fmt: skip
work = st.tuples(
    st.integers(0, 29), st.integers(0, 50_000), st.integers(0, 9000), st.sampled_from(list(Channel)[:4]),
    st.sampled_from(["", "login", "review"]), st.sampled_from([None, None, None, Decision.BILL]),
)  # fmt: skip


def desk_of(rule: RoundingRule, lines: LineKind, hourly: str, call: str) -> Desk:
    made = client("brel", hourly)
    made = replace(
        made,
        rates=(Rate(START, Decimal(hourly), ((Channel.CALL, Decimal(call)),)),),
        rounding=(DatedRule(START, rule), DatedRule(START, RULES[1], frozenset({Channel.MEETING}))),
        statement=StatementTerms(lines=lines, tax=Decimal("19.6")),
    )
    desk = Desk.at(now=wall("2026-11-30 23:00"))
    desk.terms.clients = {**desk.terms.clients, "brel": made}
    return desk


def numbers(figures) -> tuple[int, ...]:
    return tuple(getattr(figures, name) for name in FIGURE_NAMES)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(RULES), st.sampled_from(list(LineKind)), st.sampled_from(["33.33", "90", "0.07"]),
    st.sampled_from(["90", "47.11"]), st.lists(work, min_size=1, max_size=25),
)  # fmt: skip
def test_reports_preview_statement_documents_and_main_screen_agree(rule, lines, hourly, call, done):
    desk = desk_of(rule, lines, hourly, call)
    for day, at, length, channel, note, decision in done:
        begin = wall("2026-11-01 00:00") + day * 86_400 + at
        scope = Scope.OUT if decision else Scope.IN
        what = Work("brel", channel=channel, note=note, scope=scope, decision=decision)
        editing.add(desk.ledger, what, begin, min(begin + length, desk.now))
    month = reports.Period(date(2026, 11, 1), date(2026, 11, 30))
    found = statements.preview(desk.ledger, "brel", month.first, month.last).statement
    before = reports.rounding(desk.ledger, month, "brel")
    live = Live(desk.ledger)
    live.refresh()
    shown = live.at(desk.now)
    figures = before[0].figures if before else type(found.totals)()
    assert numbers(figures) == numbers(found.totals) == numbers(shown.unbilled["brel"].figures)
    if not found.lines:
        return
    assert numbers(shown.month.figures.get("EUR", type(found.totals)())) == numbers(found.totals)
    issued = statements.issue(desk.ledger, "brel", month.first, month.last)
    after = reports.rounding(desk.ledger, month, "brel")
    assert numbers(issued.totals) == numbers(found.totals)
    assert [numbers(row.figures) for row in after] == [numbers(row.figures) for row in before]
    told = statement_object(statements.show(desk.ledger, issued.number))
    assert {name: told["totals"][name] for name in FIGURE_NAMES} == dict(
        zip(FIGURE_NAMES, numbers(found.totals), strict=True)
    )
    for line in told["lines"]:
        priced = Decimal(line["hourly"]) * line["billed_seconds"] / 36
        assert line["billed_minor"] == int(priced + Decimal("0.5"))
    assert verify(desk.ledger) == []


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE statement SET body = json_set(body, '$.lines[0].figures.billed_minor', 1)", "not its billed time"),
        ("UPDATE statement SET body = json_set(body, '$.lines[0].figures.rule_gain_minor', 7)", "do not add up"),
        ("UPDATE billed_group SET billed_minor = billed_minor + 1", "do not sum"),
        ("UPDATE billed_group SET body = json_set(body, '$.line', 'x' || id)", "was changed"),
        ("UPDATE billed_group SET body = json_set(body, '$.hourly', '91')", "was changed"),
    ],
)
def test_a_breach_by_the_line_is_named(sql, words):
    desk = desk_of(RULES[1], LineKind.DAY, "90", "90")
    for n in range(3):
        begin = wall("2026-11-10 08:00") + n * 3700
        editing.add(desk.ledger, Work("brel", note=str(n)), begin, begin + 1000)
    statements.issue(desk.ledger, "brel")
    for (name,) in desk.ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        desk.ledger.db.execute(f"DROP TRIGGER {name}")
    desk.ledger.db.execute(sql)
    assert any(words in str(breach.what) for breach in verify(desk.ledger))
