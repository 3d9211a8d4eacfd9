"""What can be read, and told apart, under each shipped theme."""

import pytest
from textual.color import Color
from textual.theme import Theme

from clepsydra.tui.meanings import FILL_MEANINGS, TEXT_MEANINGS
from clepsydra.tui.themes import ThemeLibrary
from tests.tui.colour_science import contrast, difference, difference_seen_with
from tests.tui.gallery import THEMES

SHIPPED = ThemeLibrary([THEMES])
SHIPPED.reload()
NAMES = sorted(SHIPPED.themes)
COLOURED = [name for name in NAMES if not SHIPPED.themes[name].ansi]
GROUNDS = ("background", "surface", "panel", "cursor", "cursor-blurred")


def colours_of(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


@pytest.mark.parametrize("name", COLOURED)
def test_every_word_can_be_read_on_everything_it_may_lie_on(name):
    colours = colours_of(SHIPPED.themes[name])
    wanted = 7.0 if name == "high-contrast" else 4.5
    low = {
        (meaning, ground): round(ratio, 2)
        for meaning in ("foreground", *TEXT_MEANINGS)
        for ground in GROUNDS
        if (ratio := contrast(Color.parse(colours[meaning]), Color.parse(colours[ground]))) < wanted
    }
    assert low == {}


@pytest.mark.parametrize("name", COLOURED)
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("block-cursor-foreground", "block-cursor-background"),
        ("footer-key-foreground", "footer-background"),
        ("input-selection-foreground", "input-selection-background"),
    ],
)
def test_words_on_textual_s_own_grounds_can_be_read(name, words, ground):
    colours = colours_of(SHIPPED.themes[name])
    wanted = 7.0 if name == "high-contrast" else 4.5
    assert contrast(Color.parse(colours[words]), Color.parse(colours[ground])) >= wanted


@pytest.mark.parametrize("name", COLOURED)
def test_the_example_in_an_empty_line_can_be_read(name):
    colours = colours_of(SHIPPED.themes[name])
    words = Color.parse(colours["foreground"])
    line = Color.parse(colours["track"]).blend(words, 0.05)  # Textual tints the line that has the keyboard
    assert contrast(line.blend(words, 0.78), line) >= 4.5


@pytest.mark.parametrize("name", COLOURED)
def test_every_shape_stands_out_from_what_is_behind_it(name):
    colours = colours_of(SHIPPED.themes[name])
    for meaning in FILL_MEANINGS:
        for ground in ("background", "surface", "panel"):
            ratio = contrast(Color.parse(colours[meaning]), Color.parse(colours[ground]))
            assert ratio >= 3, (meaning, ground, round(ratio, 2))


@pytest.mark.parametrize("deficiency", ["protanopia", "deuteranopia"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loss", "gain"),
        ("timer-running", "call-live"),
        ("billable", "out-of-scope"),
        ("out-of-scope", "gain"),
        ("unsure", "gain"),
        ("attention", "gain"),
        ("pending", "gain"),
        ("pending", "out-of-scope"),
        ("pending", "timer-running"),
        ("muted", "timer-running"),
        ("work", "call"),
        ("work", "gap"),
        ("work", "own"),
        ("work", "absence"),
        ("work", "work-other"),
        ("call", "gap"),
        ("gap", "absence"),
        ("touch", "work"),
    ],
)
def test_clear_sight_keeps_colours_apart_for_colour_blind_eyes(deficiency, one, other):
    colours = colours_of(SHIPPED.themes["clear-sight"])
    assert difference_seen_with(deficiency, Color.parse(colours[one]), Color.parse(colours[other])) >= 12


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_gives_the_published_differences(one, other, expected):
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)
