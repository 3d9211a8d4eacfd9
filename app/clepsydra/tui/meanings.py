"""What colours mean: the names widgets ask for, and the colour each has under the current theme.

A theme file gives colours to meanings ("timer-running", "gap"), never to places on the screen. Each meaning becomes
a CSS variable of the same name (`$timer-running`) and, through `Palette`, a style for widgets that draw their own
lines. A meaning the theme does not name falls back to one of Textual's own variables, so any theme works.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from clepsydra.domain.records import dataclass

TEXT_MEANINGS: Mapping[str, str] = {
    "timer-running": "text-primary",
    "call-live": "text-accent",
    "billable": "text-success",
    "out-of-scope": "text-warning",
    "unsure": "text-warning",
    "pending": "text-secondary",
    "loss": "text-error",
    "gain": "text-success",
    "attention": "text-warning",
    "heading": "text-primary",
    "key": "text-accent",
    "muted": "foreground-muted",
}
"""Meanings that colour words, with the Textual variable each falls back to."""

FILL_MEANINGS: Mapping[str, str] = {
    "work": "primary",
    "work-other": "secondary",
    "own": "foreground-muted",
    "call": "accent",
    "touch": "text-accent",
    "absence": "foreground-muted",
    "gap": "warning",
    "now": "foreground",
}
"""Meanings that colour shapes: bars, stretches of the day, water."""

GROUND_MEANINGS: Mapping[str, str] = {
    "track": "panel",
    "line": "foreground-disabled",
    "cursor": "block-cursor-background",
    "cursor-blurred": "block-cursor-blurred-background",
}
"""Meanings that stay behind: the empty part of a bar, frames, the background of the chosen row."""

MEANINGS: Mapping[str, str] = {**TEXT_MEANINGS, **FILL_MEANINGS, **GROUND_MEANINGS}

_TERMINAL_GROUND = {"track": "ansi_bright_black", "line": "ansi_bright_black", "muted": "ansi_default 50%"}
_TERMINAL_NEEDS = {"ansi-background": "ansi_black", "ansi-foreground": "ansi_white"}
"""Variables that Textual's own style sheets use under the terminal's colours and its palette does not make."""


def theme_variable_defaults(theme: Theme) -> dict[str, str]:
    """A concrete colour for every meaning the theme leaves out, for `App.get_theme_variable_defaults`."""
    generated = theme.to_color_system().generate()
    terminal = _TERMINAL_GROUND if theme.ansi else {}
    needs = _TERMINAL_NEEDS if theme.ansi else {}
    return {
        **{name: colour for name, colour in needs.items() if name not in generated},
        **{
            meaning: terminal.get(meaning) or generated.get(fallback) or generated["foreground"]
            for meaning, fallback in MEANINGS.items()
        },
    }


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind a text: nothing, or the chosen row of a list with or without the keyboard focus."""

    chosen: bool = False
    focused: bool = False


PLAIN = Ground()


class Palette:
    """Styles by meaning under one theme. Cheap to ask: every answer is remembered."""

    def __init__(self, variables: Mapping[str, str], *, terminal: bool) -> None:
        """`variables` are the app's CSS variables; `terminal` says that the theme uses the terminal's own colours."""
        self._variables = variables
        self._terminal = terminal
        self._background = self._parse("background")
        self.style = lru_cache(maxsize=512)(self._style)

    def _parse(self, name: str) -> Color:
        """The colour of a variable, which may have a strength after it: "ansi_default 50%"."""
        words = self._variables.get(name, "ansi_default").split()
        strength = words.pop() if len(words) > 1 and words[-1].endswith("%") else "100%"
        try:
            colour = Color.parse(" ".join(words))
            return colour._replace(a=colour.a * float(strength[:-1]) / 100)
        except (ColorParseError, ValueError):
            return Color.parse("ansi_default")

    def _solid(self, colour: Color) -> Color:
        if colour.a >= 1 or colour.ansi is not None or self._background.ansi is not None:
            return colour
        return self._background + colour

    def _style(
        self,
        meaning: str = "foreground",
        on: str = "",
        ground: Ground = PLAIN,
        bold: bool = False,
        underline: bool = False,
    ) -> Style:
        """The style of a meaning, over the colour of `on` or over a row's ground.

        Under the terminal's own colours nothing is known about their contrast, so a chosen row keeps no colour: it
        is shown in reverse with the keyboard focus, in bold without.
        """
        colour = self._parse(meaning)
        dim = True if colour.ansi is not None and colour.a < 1 else None
        if ground.chosen and self._terminal:
            return Style(reverse=ground.focused or None, bold=True, underline=underline or None)
        behind = on or (("cursor" if ground.focused else "cursor-blurred") if ground.chosen else "")
        return Style(
            color=self._solid(colour).rich_color,
            bgcolor=self._solid(self._parse(behind)).rich_color if behind else None,
            bold=bold or None,
            underline=underline or None,
            dim=dim,
        )


class Rethemed(Widget):
    """A widget drawn again under another theme."""

    def on_mount(self) -> None:
        """Be drawn again under another theme, even when no style of this widget has changed by it."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.refresh())

    def on_unmount(self) -> None:
        """What waits for another theme is kept, with all its rows, as long as the program runs."""
        self.app.theme_changed_signal.unsubscribe(self)


class Painted(Rethemed):
    """A widget that draws its own lines in the colours of the current theme."""

    _palette: Palette | None = None
    _palette_variables: Mapping[str, str] | None = None
    _base: Style | None = None
    """The style of the widget itself, which all lines of one drawing stand on; None until one of them is drawn."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual's own; every drawing asks anew what its lines stand on."""
        self._base = None
        return super().render_lines(crop)

    @property
    def palette(self) -> Palette:
        """The styles of the current theme; made again when the theme has changed."""
        variables = self.app.theme_variables
        if self._palette is None or self._palette_variables is not variables:
            self._palette = Palette(variables, terminal=self.app.native_ansi_color)
            self._palette_variables = variables
        return self._palette

    def strip(self, segments: Iterable[Segment], width: int) -> Strip:
        """The segments on the widget's own background, cut or padded to exactly `width` cells."""
        if self._base is None:
            self._base = self.rich_style
        return Strip(segments).simplify().adjust_cell_length(width).apply_style(self._base)
