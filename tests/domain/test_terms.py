"""What becomes of a session under its client's terms, and which terms hold on its day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.rounding import EXACT, Model, RoundingRule
from clepsydra.domain.session import OWN, Channel, Decision, Scope
from clepsydra.domain.terms import DatedRule, Project, Rate
from tests.domain.samples import START, client, session


class TestTreatment:
    """Every session has one treatment."""

    retainer = Contract(date(2026, 3, 1), ContractKind.RETAINER, included=36_000)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, Treatment.BILLABLE),
            ({"scope": Scope.UNSURE}, Treatment.BILLABLE),
            ({"write_off": "courtesy"}, Treatment.WRITTEN_OFF),
            ({"write_off": "", "scope": Scope.OUT, "decision": Decision.BILL}, Treatment.WRITTEN_OFF),
            ({"scope": Scope.OUT}, Treatment.PENDING),
            ({"scope": Scope.OUT, "decision": Decision.PENDING}, Treatment.PENDING),
            ({"scope": Scope.OUT, "decision": Decision.BILL}, Treatment.BILLABLE),
            ({"scope": Scope.OUT, "decision": Decision.ABSORB}, Treatment.ABSORBED),
        ],
    )
    def test_by_the_hour(self, changes, expected):
        assert treatment(session("24 09:00", "24 10:00", **changes), client()) is expected

    def test_under_a_fee_from_the_day_it_holds_to_its_last(self):
        work = session("24 09:00", "24 10:00")
        assert treatment(work, client(contracts=(self.retainer,))) is Treatment.INCLUDED
        later = replace(self.retainer, since=date(2026, 11, 25))
        assert treatment(work, client(contracts=(later,))) is Treatment.BILLABLE
        ended = replace(self.retainer, ends=date(2026, 11, 23))
        assert treatment(work, client(contracts=(ended,))) is Treatment.BILLABLE
        last_day = replace(self.retainer, ends=date(2026, 11, 24))
        assert treatment(work, client(contracts=(last_day,))) is Treatment.INCLUDED
        late = replace(ended, kind=ContractKind.FIXED)
        assert treatment(work, client(contracts=(late,))) is Treatment.INCLUDED

    def test_extra_work_is_billed_beside_a_fee(self):
        extra = session("24 09:00", "24 10:00", scope=Scope.OUT, decision=Decision.BILL)
        assert treatment(extra, client(contracts=(self.retainer,))) is Treatment.BILLABLE

    def test_own_work_is_never_billable(self):
        assert treatment(session("24 09:00", "24 10:00"), client(slug=OWN)) is Treatment.NON_BILLABLE


class TestTerms:
    """A session uses the terms of its own civil day."""

    def test_the_last_rate_whose_date_has_come(self):
        owner = client(rates=(Rate(date(2026, 1, 1), Decimal(90)), Rate(date(2026, 7, 1), Decimal(100))))
        assert owner.rate("default", Channel.WORK, date(2025, 12, 31)) == 0
        assert owner.rate("default", Channel.WORK, date(2026, 6, 30)) == 90
        assert owner.rate("default", Channel.WORK, date(2026, 7, 1)) == 100

    def test_a_projects_terms_win_and_the_clients_fill_in(self):
        api = Project("api", "API", rates=(Rate(date(2026, 7, 1), Decimal(150), ((Channel.CALL, Decimal(170)),)),))
        owner = client(projects=(api,))
        assert owner.rate("api", Channel.WORK, date(2026, 6, 30)) == 90
        assert owner.rate("api", Channel.WORK, date(2026, 7, 1)) == 150
        assert owner.rate("api", Channel.CALL, date(2026, 7, 1)) == 170
        assert owner.project("nowhere") is None

    def test_a_rule_for_calls_stands_beside_the_general_one(self):
        calls, later = RoundingRule(Model.UP, 900), RoundingRule(Model.UP, 360)
        owner = client(
            rounding=(DatedRule(START, calls, frozenset({Channel.CALL})), DatedRule(date(2026, 6, 1), later))
        )
        assert owner.rule("default", Channel.CALL, date(2026, 7, 1)) == calls
        assert owner.rule("default", Channel.WORK, date(2026, 7, 1)) == later
        assert owner.rule("default", Channel.WORK, date(2026, 5, 31)) == EXACT
