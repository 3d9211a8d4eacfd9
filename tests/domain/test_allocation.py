"""How money closes debts: nothing is lost between what came in, what it closes and what is left."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.allocation import TaxPortion, closings, exchanged, portions_of
from clepsydra.domain.receivables import equal_parts, parts_of

MINORS = st.integers(0, 10**7)
SIGNED = st.integers(-(10**7), 10**7)
DAY = date(2026, 12, 31)


@settings(max_examples=300)
@given(MINORS, st.integers(0, 5000), st.lists(MINORS, max_size=6))
def test_money_and_fee_close_debts_in_their_order(minor, fee, opens):
    if fee > sum(opens):
        return
    found, left = closings(minor, fee, opens)
    assert sum(each.money_minor for each in found) + left == minor
    assert left >= 0
    assert sum(each.fee_minor for each in found) == fee
    closed = {each.index: each.money_minor + each.fee_minor for each in found}
    whole = [closed.get(place, 0) == each for place, each in enumerate(opens)]
    assert all(closed.get(place, 0) <= each for place, each in enumerate(opens))
    assert left == 0 or all(whole), "nothing is left while something is open"
    short = [place for place, each in enumerate(whole) if not each]
    assert all(closed.get(place, 0) == 0 for place in short[1:]), "the first is closed before the next"


@settings(max_examples=200)
@given(st.lists(st.tuples(MINORS, MINORS), min_size=1, max_size=3), MINORS, st.integers(-(10**7), 10**7))
def test_an_amount_is_split_over_taxes_to_the_cent(taxes, laid_out, minor):
    listed = [TaxPortion("S", Decimal(n), "", base, tax) for n, (base, tax) in enumerate(taxes)]
    portions, outside = portions_of(listed, sum(base for base, _ in taxes), laid_out, minor)
    assert sum(each.base_minor + each.tax_minor for each in portions) + outside == minor


@settings(max_examples=200)
@given(st.lists(st.tuples(SIGNED, SIGNED), min_size=1, max_size=3), MINORS, st.integers(0, 100))
def test_taxes_that_take_back_are_split_to_the_cent(taxes, laid_out, percent):
    listed = [TaxPortion("S", Decimal(n), "", base, tax) for n, (base, tax) in enumerate(taxes)]
    net = sum(base for base, _ in taxes)
    whole = net + sum(tax for _, tax in taxes) + laid_out
    if whole <= 0:
        return
    assert portions_of(listed, net, laid_out, whole) == (listed, laid_out), "all of it is all of each"
    part = whole * percent // 100
    portions, outside = portions_of(listed, net, laid_out, part)
    assert sum(each.base_minor + each.tax_minor for each in portions) + outside == part
    for each, (base, tax) in zip(portions, taxes, strict=True):
        assert abs(each.base_minor * whole - base * part) < whole
        assert abs(each.tax_minor * whole - tax * part) < whole


@settings(max_examples=200)
@given(st.integers(12, 10**7), st.integers(1, 12), MINORS)
def test_parts_of_a_plan_sum_to_what_is_open(minor, count, paid):
    planned = [(date.fromordinal(DAY.toordinal() + 30 * n), part) for n, part in enumerate(equal_parts(minor, count))]
    assert sum(part for _, part in planned) == minor
    left = max(0, minor - paid)
    parts = parts_of(planned, left, DAY)
    assert sum(part.open_minor for part in parts) == left
    started = [part.open_minor > 0 for part in parts]
    assert started == sorted(started), "the earliest part is paid first"


def test_examples():
    assert equal_parts(100000, 3) == [33334, 33333, 33333]
    assert equal_parts(230040, 7) == [32863] * 6 + [32862]
    assert exchanged(100000, "USD", Decimal("0.94"), 92140, 1200, "EUR").fx_minor == -660
    assert exchanged(100000, "JPY", Decimal("0.0061"), 61000, 0, "EUR").fx_minor == 0
