"""No row of a table is broken by a terminal, whatever its width; long output goes through the pager a person named."""

import os
import pty
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.cli.output import folded, table, width

APP = Path(__file__).parents[2] / "app"
CELLS = st.lists(
    st.sampled_from(["", "1:05:19", "€20,589.94", "Mairie d’Ivry-la-Forêt", "江戸デザイン", "x" * 40]),
    min_size=5,
    max_size=5,
)


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=4), st.integers(24, 120), st.frozensets(st.integers(1, 4)))
def test_no_row_is_wider_than_the_room(rows, room, right):
    lines = table(rows, right, room)
    assert len(lines) == len(rows)
    last = max(width(row[-1]) for row in rows) if 4 in right else 0
    assert all(width(line) <= max(room, last) for line in lines)
    assert table(rows, right, 400) == table(rows, right)


def test_figures_are_left_out_whole_and_never_cut():
    row = ("Mairie d’Ivry-la-Forêt", "128:16:55", "€10,824.55", "€1,270.00", "+€186.34")
    assert table([row], frozenset({1, 2, 3, 4}), 50) == ["Mairie d’Ivry-la…  128:16:55  €10,824.55  +€186.34"]


def test_a_sentence_goes_on_under_its_words():
    lines = folded("  warning: " + "word " * 9, 30)
    assert all(width(line) <= 30 for line in lines)
    assert lines[1].startswith("    word")


def typed_in_a_terminal(home, columns, lines, *words, **environ):
    """What a command shows in a terminal of that size."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(APP), "LC_ALL": "C.UTF-8", "TERM": "xterm", **environ}
    command = [sys.executable, "-m", "clepsydra", "--home", str(home), *words]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += (part := os.read(ours, 65536))
            except OSError:
                break
            if not part:
                break
    os.close(ours)
    return shown.decode().replace("\r", "").splitlines()


def test_a_log_in_a_small_terminal_is_paged_and_breaks_no_row(cli):
    for hour in range(8, 16):
        cli.add("acme", f"{hour}:00", f"{hour}:30", "a note that is far too long for a terminal of sixty columns")
    shown = typed_in_a_terminal(cli.home, 60, 5, "log", PAGER="sed s/^/|/", NO_COLOR="1")
    assert len([line for line in shown if line.startswith("|")]) >= 8
    assert all(width(line) <= 61 for line in shown)
    assert not any(line.startswith("|") for line in typed_in_a_terminal(cli.home, 60, 40, "log", PAGER="sed s/^/|/"))


def test_what_is_left_over_goes_to_the_texts_that_were_cut():
    rows = [("Mairie d’Ivry-la-Forêt", "1 480,00 €", "lun. 30 nov. 2026", "mise en demeure, et un appel avant")]
    assert table(rows, frozenset({1}), 56) == ["Mairie d’Ivry-la-Forêt  1 480,00 €  mise en demeure, et…"]
    assert table(rows, frozenset({1}), 80) == [
        "Mairie d’Ivry-la-Forêt  1 480,00 €  lun. 30 nov. 2026  mise en demeure, et un a…"
    ]
