"""The burn of every kind of contract."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.agreement import ChangeOrder, Contract, ContractKind
from clepsydra.domain.contracts import alert_level, burn
from tests.domain.included_lots import START
from tests.domain.test_contracts import CARRYING, RETAINER, H


class TestBurn:
    """The live bar: a function of state alone."""

    def test_a_retainer_in_its_month(self):
        contract = replace(RETAINER, included=20 * H)
        state = burn([contract], {date(2026, 11, 3): 10 * H, date(2026, 11, 20): 6 * H + 1440}, date(2026, 11, 24))
        assert state is not None
        assert (state.first, state.last, state.available) == (date(2026, 11, 1), date(2026, 11, 30), 20 * H)
        assert (state.ratio, state.elapsed_ratio) == (Fraction(82, 100), Fraction(23, 30))
        assert (state.level, state.over) == (Decimal("0.8"), 0)

    def test_what_was_carried_counts_as_available(self):
        state = burn([CARRYING], {date(2026, 2, 3): 12 * H}, date(2026, 2, 10))
        assert state is not None
        assert (state.available, state.level) == (15 * H, Decimal("0.8"))

    def test_a_fixed_fee_grows_by_accepted_changes_only(self):
        contract = Contract(
            START,
            ContractKind.FIXED,
            included=40 * H,
            ends=date(2026, 4, 10),
            changes=(ChangeOrder("login", date(2026, 2, 1), 8 * H), ChangeOrder("export", date(2026, 5, 1), 4 * H)),
        )
        state = burn([contract], {date(2026, 1, 5): 24 * H, date(2026, 2, 3): 26 * H}, date(2026, 2, 20))
        assert state is not None
        assert (state.available, state.over, state.level) == (48 * H, 2 * H, Decimal(1))
        assert state.elapsed_ratio == Fraction(1, 2)
        late = burn([contract], {}, date(2026, 6, 1))
        assert late is not None
        assert late.elapsed_ratio == 1

    def test_by_the_hour_with_a_cap_and_an_estimate(self):
        contract = Contract(START, cap=Decimal(5000), estimate=100 * H)
        state = burn([contract], {date(2026, 1, 5): 40 * H}, date(2026, 2, 1), spent=Decimal(4500))
        assert state is not None
        assert (state.ratio, state.elapsed_ratio, state.level) == (Fraction(9, 10), None, Decimal("0.8"))
        free = burn([Contract(START)], {date(2026, 1, 5): 40 * H}, date(2026, 2, 1))
        assert free is not None
        assert (free.ratio, free.available, free.level) == (None, None, None)

    def test_work_where_nothing_is_included_is_past_every_level(self):
        state = burn([replace(RETAINER, included=0)], {date(2026, 1, 5): 1}, date(2026, 1, 6))
        assert state is not None
        assert (state.level, state.over) == (Decimal(1), 1)

    def test_no_contract_no_bar(self):
        assert burn([], {}, START) is None
        assert burn([replace(RETAINER, ends=date(2026, 1, 31))], {}, date(2026, 2, 1)) is None
        assert burn([RETAINER], {}, date(2025, 12, 31)) is None

    def test_levels(self):
        alerts = (Decimal("0.5"), Decimal("0.8"), Decimal(1))
        assert alert_level(Fraction(49, 100), alerts) is None
        assert alert_level(Fraction(1, 2), alerts) == Decimal("0.5")
        assert alert_level(Fraction(3), alerts) == 1
        assert alert_level(None, alerts) is None
