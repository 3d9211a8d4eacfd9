from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clepsydra.tui.widgets.prose import broken


def test_amounts_and_lengths_stay_whole():
    text = "La plus grosse fuite est « mémoire » : 43\u00a0h\u00a000, 3\u202f757,62\u00a0€ de perdu."
    lines = broken(text, 47).split("\n")
    assert any("43\u00a0h\u00a000" in line for line in lines)
    assert any("3\u202f757,62\u00a0€" in line for line in lines)
    assert " ".join(lines) == text


def test_line_ends_stay():
    assert broken("one\n\ntwo", 20) == "one\n\ntwo"


@given(st.text(), st.integers(10, 60))
def test_nothing_acts_on_the_terminal(text, width):
    assert all(c == "\n" or c.isprintable() or cell_len(c) for c in broken(text, width))
    assert "\x1b" not in broken(text, width)
