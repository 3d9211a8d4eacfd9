from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.widgets.prose import broken
from tests.tui.frames import frame, watch
from tests.tui.sample_app import opened


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


def test_what_a_question_says_never_begins_a_line_with_a_sign(home):
    tui = opened(home, "fr")

    async def ask(pilot):
        text = tui.tr.t("Who sends the statement? Your name or your firm’s; esc leaves it out.")
        await tui.push_screen(Prompt(tui.tr.t("Sender"), hint=text))
        await pilot.pause()
        return frame(tui.screen)

    begins = [line.strip(" │\u00a0\u202f")[:1] for line in watch(tui, ask, (80, 24))]
    assert ";" not in begins
