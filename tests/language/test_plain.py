"""One neutraliser for the screen, the command line and the documents."""

import pytest

from clepsydra.cli import output
from clepsydra.exchange import text
from clepsydra.language import plain
from clepsydra.tui.widgets import drawing

COMMANDS = ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u200e", "\u202e", "\u2066", "\u2028", "\ufeff", "\ud800"]
HARMLESS = "Doré & Cie 🧑\u200d🚀 עברית"


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_what_commands_is_a_dot_on_screen_and_command_line_alike(command):
    typed = f"a{command}b"
    assert plain.one_line(typed) == "a·b"
    assert output.plain(typed) == drawing.one_line(typed) == "a·b"
    assert command not in text.plain(typed)


def test_what_people_write_stays():
    assert plain.one_line(HARMLESS) == output.plain(HARMLESS) == text.plain(HARMLESS) == HARMLESS


def test_a_line_stays_one_line():
    assert plain.one_line("one\r\ntwo\tthree") == "one⏎two three"
