"""Durations as people type them, and back from every form we print."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.language import formats
from clepsydra.language.typed import NotUnderstood, Unreadable, parse_duration

LANGUAGES = st.sampled_from(["en", "fr"])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h12", 4320),
        ("1:12", 4320),
        ("72m", 4320),
        ("1.2h", 4320),
        ("1,2h", 4320),
        ("1h 12m", 4320),
        ("1H12", 4320),
        (" 1 h 12 min ", 4320),
        ("1 heure 12", 4320),
        ("1 hour 12 minutes", 4320),
        ("2 heures", 7200),
        ("2\u00a0h\u00a015", 8100),
        ("2\u202fh\u202f15", 8100),
        ("90s", 90),
        ("90 sec", 90),
        ("1h12m30s", 4350),
        ("1h30s", 3630),
        ("12m30s", 750),
        ("1:12:44", 4364),
        ("0:45", 2700),
        ("45", 2700),
        ("90", 5400),
        ("1.5m", 90),
        ("0,333 h", 1199),
        ("100h", 360000),
        ("0", 0),
    ],
)
def test_read(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "h", "m", "x", "1.5", "1,5", "-5m", "−5m", "1h60", "1:60", "1:5", "1:12:60", "1h 75m", "1.5h30"),
        *("1h12m30", "1h1230s", "10m 5h", "5 m 10 m", "1e3m", "1_0m", "٤٥", "1d", "[/red]", "\x1b[31m", "1\x0012"),
        "9" * 5000,
    ],
)
def test_refused(text):
    with pytest.raises(Unreadable) as refused:
        parse_duration(text)
    assert refused.value.typed == text


def test_what_is_longer_than_any_duration_says_how_long_one_may_be():
    assert parse_duration("100000h") == 360_000_000
    with pytest.raises(Unreadable) as refused:
        parse_duration("100000h01")
    assert str(refused.value) == "“100000h01” is longer than 100,000 hours"


@given(st.integers(0, 10**6), LANGUAGES)
def test_what_is_printed_is_read(seconds, lang):
    full_minutes = seconds - seconds % 60 if seconds >= 60 else seconds
    assert parse_duration(formats.duration(seconds, lang)) == full_minutes
    assert parse_duration(formats.length(seconds, lang)) == seconds
    assert parse_duration(formats.timer(seconds)) == seconds


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(NotUnderstood):
        assert parse_duration(text) >= 0
