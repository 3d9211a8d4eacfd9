"""Half-up money against Decimal, and shares that lose nothing."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.money import Money, exponent, half_up, minor_units, price, share

CURRENCIES = {"EUR": 2, "JPY": 0, "TND": 3, "XOF": 0, "USD": 2}
rates = st.decimals(min_value=0, max_value=2000, places=4)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_half_up_is_decimals_round_half_up(value):
    assert half_up(Fraction(value)) == int(value.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.integers(0, 10**6), rates, st.sampled_from(sorted(CURRENCIES)))
def test_price_is_seconds_times_rate_rounded_once(seconds, hourly, currency):
    places = CURRENCIES[currency]
    twice = 2 * seconds * int(hourly.scaleb(4)) * 10**places
    per_hour = 3600 * 10**4
    assert price(seconds, hourly, currency) == (twice + per_hour) // (2 * per_hour)


def test_half_a_cent_goes_up():
    assert price(900, Decimal("27.50"), "EUR") == 688  # 6.875
    assert price(1800, Decimal("32.25"), "EUR") == 1613  # 16.125, which half-even would make 16.12
    assert price(47 * 60, Decimal(90), "EUR") == 7050
    assert minor_units(Decimal("2.665"), "EUR") == 267
    assert minor_units(Decimal("-2.665"), "EUR") == -267
    assert minor_units(Decimal("10.005"), "EUR") == 1001


@pytest.mark.parametrize(("currency", "places"), CURRENCIES.items())
def test_minor_units_follow_the_currency(currency, places):
    assert exponent(currency) == places
    assert Money(12_345, currency).major == Decimal(12_345) / 10**places


def test_currencies_are_never_added():
    with pytest.raises(ValueError, match="EUR and USD"):
        Money(1, "EUR") + Money(1, "USD")
    assert Money(1, "EUR") + Money(2, "EUR") == Money(3, "EUR")


@given(st.integers(-(10**7), 10**7), st.lists(st.integers(0, 10**5), min_size=1, max_size=12))
def test_shares_add_up_and_are_within_one_unit_of_the_exact_part(minor, weights):
    shares = share(minor, weights)
    assert sum(shares) == minor
    whole = sum(weights)
    if whole:
        assert all(abs(Fraction(minor * w, whole) - s) < 1 for w, s in zip(weights, shares, strict=True))
        assert all(s == 0 for w, s in zip(weights, shares, strict=True) if w == 0)


def test_largest_remainders_get_the_odd_cents():
    assert share(100_000, [1, 1, 1]) == [33_334, 33_333, 33_333]
    assert share(10, [0, 0]) == [10, 0]
    with pytest.raises(ValueError, match="share"):
        share(1, [])
