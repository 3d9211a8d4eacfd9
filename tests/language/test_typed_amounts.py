"""Amounts as people type them: nothing rounded, nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.language.formats import money
from clepsydra.language.typed import Unreadable, parse_amount


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1245.50", "EUR", 124550),
        ("1245,5", "EUR", 124550),
        ("1 245,50 €", "EUR", 124550),
        ("1,245.50", "EUR", 124550),
        ("1.245,50", "EUR", 124550),
        ("CHF 1'245.05", "CHF", 124505),
        ("$US 12", "USD", 1200),
        ("$12", "USD", 1200),
        ("12 000", "EUR", 1200000),
        ("1,234,567.89", "USD", 123456789),
        ("800", "JPY", 800),
        ("0,125", "TND", 125),
        ("0", "EUR", 0),
        ("12.", "EUR", 1200),
    ],
)
def test_read(text, currency, minor, lang):
    assert parse_amount(text, currency, lang) == minor


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "text", ["", "abc", "-5", "12.3456", "1.2.3", "1,23,4", "12.3.", "1e3", "٣", "5 5", "€", "0,125"]
)
def test_refused(text, lang):
    with pytest.raises(Unreadable):
        parse_amount(text, "EUR", lang)


def test_the_language_decides_between_thousands_and_decimals():
    assert parse_amount("1,245", "EUR", "en") == 124500
    assert parse_amount("1.245", "EUR", "fr") == 124500
    assert parse_amount("1.245", "TND", "en") == 1245
    with pytest.raises(Unreadable):
        parse_amount("1,245", "EUR", "fr")


@given(
    st.integers(0, 10**9), st.sampled_from(["EUR", "USD", "CHF", "JPY", "TND", "XOF"]), st.sampled_from(["en", "fr"])
)
def test_what_is_shown_can_be_typed(minor, currency, lang):
    assert parse_amount(money(minor, currency, lang), currency, lang) == minor
