"""Themes from files: what is taken, what is said about the rest, what changes while the app runs."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from clepsydra.language.translator import translator
from clepsydra.tui.meanings import MEANINGS, theme_variable_defaults
from clepsydra.tui.theme_check import COLOURS, mistakes_in, textual_variables
from clepsydra.tui.themes import ThemeLibrary, reload_into
from clepsydra.tui.widgets.big_time import BigTime
from tests.tui.frames import colours_on, watch
from tests.tui.gallery import THEMES, Gallery

SHIPPED = ThemeLibrary([THEMES])
PROBLEMS = SHIPPED.reload().problems
NAMES = sorted(SHIPPED.themes)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def home_with(tmp_path: Path, text: str) -> tuple[ThemeLibrary, list[str]]:
    write(tmp_path, "mine", text)
    library = ThemeLibrary([THEMES, tmp_path])
    return library, [problem.text(translator("en")) for problem in library.reload().problems]


def test_shipped_themes_are_sound_and_enough():
    assert PROBLEMS == ()
    assert {"clepsydra", "clepsydra-light", "paper", "high-contrast", "clear-sight", "terminal"} <= set(NAMES)
    assert SHIPPED.themes["terminal"].ansi
    assert len(NAMES) >= 7


@pytest.mark.parametrize("name", [*NAMES, "nord", "ansi-light", "gruvbox"])
def test_every_meaning_has_a_colour_under_any_theme(name):
    theme = SHIPPED.themes.get(name) or BUILTIN_THEMES[name]
    defaults = theme_variable_defaults(theme)
    assert set(MEANINGS) <= set(defaults)
    for meaning in MEANINGS:
        Color.parse(defaults[meaning].removesuffix(" 50%"))


def test_a_child_says_only_what_differs(tmp_path):
    library, problems = home_with(tmp_path, 'name = "rain"\nparent = "paper"\n[meaning]\ngap = "#ff0000"\n')
    assert problems == []
    rain, paper = library.themes["rain"], library.themes["paper"]
    assert rain.variables["gap"] == "#ff0000"
    assert (rain.primary, rain.dark, rain.variables["loss"]) == (paper.primary, False, paper.variables["loss"])


def test_a_theme_of_the_person_replaces_the_shipped_one_and_may_start_from_it(tmp_path):
    library, problems = home_with(tmp_path, 'name = "clepsydra"\nparent = "clepsydra"\nprimary = "#123456"\n')
    assert problems == []
    assert library.get("clepsydra").primary == "#123456"
    assert library.get("clepsydra").variables["loss"] == SHIPPED.get("clepsydra").variables["loss"]


def test_a_theme_of_textual_may_be_the_parent(tmp_path):
    library, problems = home_with(tmp_path, 'name = "mine"\nparent = "nord"\n[meaning]\ngap = "red"\n')
    assert problems == []
    assert library.themes["mine"].primary == BUILTIN_THEMES["nord"].primary


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "m"\nprimary = "blu"\n', "mine.toml:2: primary: 'blu' is not a colour; did you mean blue?"),
        ('name = "m"\nprimray = "blue"\n', "mine.toml:2: primray: is not a key of a theme; did you mean primary?"),
        ('name = "m"\nprimary = "blue"\n[meaning]\ngapp = "red"\n', "mine.toml:4: meaning.gapp: is not a meaning"),
        ('name = "m"\nprimary = "blue"\n[variables]\nborder = 3\n', "mine.toml:4: variables.border: 3 is not a colour"),
        ('name = "m"\nprimary = "blue"\n[variables]\nbordr = "red"\n', "did you mean border?"),
        ('name = "m"\nprimary = "blue"\ndark = "yes"\n', "mine.toml:3: dark: 'yes' must be true or false"),
        ('name = "m"\nprimary = "blue"\ntext_alpha = 7\n', "text_alpha: 7 must be a number from 0 to 1"),
        ('name = "../x"\nprimary = "blue"\n', "must be a short name"),
        ('primary = "blue"\n', "name: needs a name"),
        ('name = "m"\n', "primary: needs a colour"),
        ('name = "m"\nparent = "nobody"\n', "there is no theme nobody to start from"),
        ('name = "m"\nparent = "m"\n', "its parents go in a circle at m"),
        ('name = "m"\nprimary = "blu"\nerror = "rde"\n', "(and 1 more mistake)"),
        ('name = "m"\nprimary = "blue"\nmeaning = "red"\n', "meaning: must be a table"),
        ('name = "m\n', "mine.toml: is not valid TOML"),
    ],
)
def test_a_bad_file_gives_one_line_and_leaves_the_rest_alone(tmp_path, text, said):
    library, problems = home_with(tmp_path, text)
    assert len(problems) == 1
    assert said in problems[0]
    assert sorted(library.themes) == NAMES
    assert library.get("m").name == "clepsydra"


COLOURS_AS_TYPED = (
    "auto 50%",
    "auto",
    "transparent",
    "ansi_red",
    "ansi_default",
    "ansi_default 50%",
    "hsl(200, 50%, 40%)",
    "rgba(1, 2, 3, 0.5)",
    "#fff8",
    "red",
    "red 40%",
    "initial",
    "bold",
    "none",
    "not bold",
    "none bold",
    "not",
    "",
    "$primary",
    "red; }",
)


def test_no_theme_that_is_taken_can_end_the_app(tmp_path):
    tui = Gallery("clepsydra", rows=10)
    library = ThemeLibrary([tmp_path])
    taken = []

    async def try_all(pilot):
        for colour in COLOURS_AS_TYPED:
            for ansi in ("true", "false"):
                for table, keys in (("", COLOURS), ("meaning", tuple(MEANINGS)), ("variables", textual_variables())):
                    head = f'name = "m{len(taken)}"\nansi = {ansi}\n' + (
                        "" if table == "" else f'primary = "blue"\n[{table}]\n'
                    )
                    ok = [k for k in keys if not mistakes_in(tomllib.loads(f'{head}{k} = "{colour}"\n'), "")]
                    body = "".join(f'{key} = "{colour}"\n' for key in ok)
                    write(tmp_path, "mine", head + body)
                    for name in reload_into(tui, library, f"m{len(taken)}").changed:
                        taken.append(name)
                        await pilot.pause()
                        assert tui.theme == name

    watch(tui, try_all)
    assert len(taken) > 30


@given(st.dictionaries(st.sampled_from(["name", "primary", "dark", "parent", "meaning", "zz"]), st.text(max_size=20)))
def test_no_content_of_a_file_raises(values):
    for mistake in mistakes_in(values, "\n".join(values)):
        assert mistake.text(translator("en"))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a" * 70_000, b"a = " + b"[" * 5_000])
def test_what_is_no_text_is_said_and_not_raised(tmp_path, content):
    (tmp_path / "bad.toml").write_bytes(content)
    library = ThemeLibrary([THEMES, tmp_path])
    assert len(library.reload().problems) == 1
    assert sorted(library.themes) == NAMES


def test_a_file_saved_while_the_app_runs_changes_what_is_on_the_screen(tmp_path):
    path = write(tmp_path, "mine", 'name = "mine"\nparent = "clepsydra"\n[meaning]\ngap = "#ff0001"\n')
    tui = Gallery("clepsydra", rows=10)
    library = ThemeLibrary([THEMES, tmp_path])

    async def save(pilot):
        reload_into(tui, library, "mine")
        await pilot.pause()
        assert "#ff0001" in colours_on(tui.screen)

        path.write_text('name = "mine"\nparent = "clepsydra"\n[meaning]\ngap = "#ff0002"\n', encoding="utf-8")
        os.utime(path, ns=(1, 1))
        reload_into(tui, library, "mine")
        await pilot.pause()
        assert "#ff0002" in colours_on(tui.screen)
        assert "#ff0001" not in colours_on(tui.screen)

        path.unlink()
        assert reload_into(tui, library, "mine").removed == {"mine"}
        await pilot.pause()
        assert tui.theme == "clepsydra"
        assert "mine" not in tui.available_themes

    watch(tui, save, (100, 30))


def test_a_child_is_taken_when_its_parent_comes(tmp_path):
    library, problems = home_with(tmp_path, 'name = "mine"\nparent = "later"\n')
    assert len(problems) == 1
    write(tmp_path, "later", 'name = "later"\nprimary = "#010203"\n')
    assert library.reload().problems == ()
    assert library.get("mine").primary == "#010203"


def test_reload_says_what_changed_and_keeps_the_last_good_version(tmp_path):
    path = write(tmp_path, "mine", 'name = "mine"\nprimary = "#111111"\n')
    library = ThemeLibrary([THEMES, tmp_path])
    assert "mine" in library.reload().changed
    assert library.reload().changed == frozenset()

    path.write_text('name = "mine"\nprimary = "#222222"\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert library.reload().changed == {"mine"}

    path.write_text('name = "mine"\nprimary = "not a colour"\n', encoding="utf-8")
    broken = library.reload()
    assert (broken.changed, len(broken.problems)) == (frozenset(), 1)
    assert library.get("mine").primary == "#222222"

    path.unlink()
    gone = library.reload()
    assert (gone.removed, gone.problems) == ({"mine"}, ())


def test_without_any_folder_there_is_still_a_theme(tmp_path):
    library = ThemeLibrary([tmp_path / "missing"])
    assert library.reload().problems == ()
    assert library.get("clepsydra").name == "textual-dark"


@pytest.mark.parametrize("name", [*NAMES, "textual-light", "ansi-light"])
def test_every_theme_can_be_switched_to_while_the_app_runs(name):
    tui = Gallery("clepsydra", rows=10)

    async def switch(pilot):
        tui.theme = name
        await pilot.pause()
        wanted = Color.parse(tui.theme_variables["timer-running"]).rich_color
        strip = tui.query_one(BigTime).render_line(0)
        assert any(segment.style and segment.style.color == wanted for segment in strip)

    watch(tui, switch, size=(100, 30))
