"""Times as a form shows and reads them: what is shown is read as the same instant, and typed text is kept."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.language.typed import parse_duration
from clepsydra.tui.time_reader import TimeReader, length
from clepsydra.tui.widgets.drawing import in_line, in_lines
from clepsydra.tui.widgets.text_line import restored
from tests.clock import PARIS, at
from tests.tui.test_drawing import ANY_TEXT

NOW = at("2026-11-24 14:32")
INSTANTS = st.integers(at("2016-01-01 0:00"), at("2036-01-01 0:00"))
AUTUMN = st.integers(at("2026-10-25 0:00"), at("2026-10-25 6:00"))
SPRING = st.integers(at("2026-03-29 0:00"), at("2026-03-29 6:00"))


def desk(lang="en", near=None, day_starts_at=time(0)):
    return TimeReader(NOW, PARIS, day_starts_at, lang, near)


@pytest.mark.parametrize("starts", [time(0), time(4)])
@pytest.mark.parametrize("lang", ["en", "fr"])
@given(instant=INSTANTS | AUTUMN | SPRING, seconds=st.integers(0, 100_000))
def test_what_is_shown_is_read_as_the_same_instants(lang, starts, instant, seconds):
    reader = desk(lang, instant, starts)
    assert reader.begin(reader.dated(instant)) == instant
    assert reader.end(reader.after(instant, instant + seconds), instant) == instant + seconds


@given(st.integers(0, 1_000_000))
def test_a_length_is_read_to_the_second(seconds):
    assert parse_duration(length(seconds)) == seconds


def test_an_end_on_the_same_day_is_a_bare_time():
    reader = desk()
    assert reader.after(at("2026-11-24 9:30"), at("2026-11-24 10:12")) == "10:12"
    assert reader.after(at("2026-11-24 22:00"), at("2026-11-25 1:00")) == "01:00"
    assert reader.after(at("2026-11-24 9:30"), at("2026-11-25 10:12")) == "2026-11-25 10:12"
    assert desk("fr").dated(at("2026-11-24 9:30")) == "24/11/2026 09:30"


@given(ANY_TEXT, ANY_TEXT, st.integers(0, 40), st.integers(0, 40))
def test_what_was_not_typed_over_is_kept_to_the_character(given_text, typed, begin, width):
    shown = in_line(given_text)
    assert len(shown) == len(given_text)
    assert restored(given_text, shown, shown) == given_text
    plain = "".join(c for c in typed if c.isalnum())
    begin = min(begin, len(shown))
    end = min(begin + width, len(shown))
    changed = shown[:begin] + plain + shown[end:]
    kept = restored(given_text, shown, changed)
    assert in_line(kept) == changed


def test_a_line_end_typed_as_its_sign_becomes_one():
    assert restored("one", "one", "one⏎two") == "one\ntwo"
    assert restored("a\nb", "a⏎b", "a⏎bc") == "a\nbc"


@given(ANY_TEXT)
def test_paragraphs_hold_nothing_that_acts_on_a_terminal(text):
    assert all(c == "\n" or c.isprintable() or c in "\u200c\u200d\u00a0" or c.isspace() for c in in_lines(text))
    assert "\x1b" not in in_lines(text)
    assert "\r" not in in_lines(text)
