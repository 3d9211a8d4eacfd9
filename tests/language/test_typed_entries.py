"""A line of work as people type it: what is read of it, and what is refused with a cure."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.session import Channel
from clepsydra.language.typed.entries import parse_entry
from clepsydra.language.typed.errors import NotUnderstood

PARIS = ZoneInfo("Europe/Paris")
NOW = int(datetime(2026, 11, 24, 14, 32, 7, tzinfo=PARIS).timestamp())
"""A Tuesday."""


def stretches(text, now=NOW):
    spans = parse_entry(text, now, PARIS).spans
    return [
        tuple(f"{datetime.fromtimestamp(end, PARIS):%d %H:%M}" for end in (span.started_at, span.ended_at))
        for span in spans
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hier 9h-10h30 relecture", [("23 09:00", "23 10:30")]),
        ("call 20m", [("24 14:12", "24 14:32")]),
        ("20 min point", [("24 14:12", "24 14:32")]),
        ("1h 30m point", [("24 13:02", "24 14:32")]),
        ("-15m", [("24 14:17", "24 14:32")]),
        ("9-12 +13:30-17 #api out", [("24 09:00", "24 12:00"), ("24 13:30", "24 17:00")]),
        ("lundi 9h à 10h30 point", [("23 09:00", "23 10:30")]),
        ("from 9 to 10:30 review", [("24 09:00", "24 10:30")]),
        ("23/11 9h +20m", [("23 09:00", "23 09:20")]),
        ("depuis 9h30 portail", [("24 09:30", "24 14:32")]),
        ("9h30-now portal", [("24 09:30", "24 14:32")]),
        ("22h-1h garde", [("24 22:00", "25 01:00")]),
        ("relecture du contrat 1h30", [("24 13:02", "24 14:32")]),
    ],
)
def test_when_it_was(text, expected):
    assert stretches(text) == expected


def test_what_it_was():
    entry = parse_entry("appel 20m point avec Luc, à revoir #api out", NOW, PARIS)
    assert (entry.channel, entry.project, entry.out) == (Channel.CALL, "api", True)
    assert entry.note == "point avec Luc, à revoir"
    # Behind the note a channel is a word of it.
    assert parse_entry("20m réponse au mail", NOW, PARIS).note == "réponse au mail"


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("", "say how long"),
        ("relire le contrat", "say how long"),
        ("hier 2h", "from when on that day"),
        ("1h30 9-12", "not both"),
        ("9h-10h30 10h-11h", "overlap"),
        ("12-9", "lies before"),
        ("0m", "above zero"),
        ("9h-25h", "is not a time"),
        ("x" * 401, "too long"),
    ],
)
def test_a_line_that_is_not_clear_says_what_to_type(text, cure):
    with pytest.raises(NotUnderstood, match=cure):
        parse_entry(text, NOW, PARIS)


def test_an_hour_that_came_twice_is_chosen_by_its_number():
    now = int(datetime(2026, 10, 25, 14, 0, tzinfo=PARIS).timestamp())
    first, second = (parse_entry(f"2:10#{n}-2:40#{n} garde", now, PARIS).spans[0] for n in (1, 2))
    assert second.started_at - first.started_at == 3600
    assert first.seconds == second.seconds == 1800


@given(st.text(alphabet="0123456789hm:-+# aàto.,/'xhierlund", max_size=60))
def test_any_line_is_read_in_order_or_refused(text):
    try:
        spans = parse_entry(text, NOW, PARIS).spans
    except NotUnderstood:
        return
    assert spans
    assert all(a.ended_at <= b.started_at for a, b in pairwise(spans))
