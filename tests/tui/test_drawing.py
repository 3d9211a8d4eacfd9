"""Cells are exact whatever a person types, and figures are drawn as they are."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clepsydra.tui.widgets.big_time import large
from clepsydra.tui.widgets.drawing import bar, fit, one_line, split_amount

AWKWARD = (
    "[/red]",
    "=cmd()",
    "\x1b[31mred\x1b[0m",
    "a\tb\nc\r",
    "👩‍👩‍👧‍👦 family",
    "🇫🇷",
    "e\u0301",
    "\u202eabc",
    "שלום",
    "江戸",
    "\ud800",
    "❤️",
)
ANY_TEXT = st.text(max_size=60) | st.sampled_from(AWKWARD)


@given(ANY_TEXT, st.integers(0, 50), st.sampled_from(["left", "right"]))
def test_any_text_takes_exactly_its_width(text, width, align):
    assert cell_len(fit(text, width, align)) == width


@given(ANY_TEXT)
def test_no_text_can_move_the_cursor_or_turn_the_line(text):
    shown = one_line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in shown)
    assert one_line(shown) == shown


def test_a_cut_is_shown():
    assert fit("Fernández", 6) == "Ferná…"
    assert fit("江戸デザイン", 6) == "江戸… "
    assert fit("ab", 4, "right") == "  ab"


def test_amounts_part_at_their_decimal_sign():
    assert split_amount("1 480,00 €", 2) == ("1 480", ",00 €")
    assert split_amount("$12,000.50", 2) == ("$12,000", ".50")
    assert split_amount("12,000 ¥", 0) == ("12,000", " ¥")
    assert split_amount("¥12,000", 0) == ("¥12,000", "")
    assert split_amount("1.234 KWD", 3) == ("1", ".234 KWD")
    assert split_amount("", 2) == ("", "")
    assert split_amount("free", 2) == ("", "free")


@given(st.floats(-1, 3), st.integers(0, 80))
def test_a_bar_never_leaves_its_width(share, width):
    assert len(bar(share, width)) <= max(1, width)


def test_a_bar_shows_its_share():
    assert bar(0.5, 4) == "━━"
    assert bar(0.625, 4) == "━━╸"
    assert bar(0.001, 4) == "╸"
    assert bar(0, 4) == ""


@given(st.text("0123456789:- h", max_size=12))
def test_large_digits_are_three_lines_of_one_width(text):
    assert len({len(line) for line in large(text)}) == 1
