"""Themes from TOML files: the shipped ones, then the person's own, checked before Textual sees them.

A wrong colour would end the program from inside Textual, and a wrong key would be ignored, so each file is checked
whole first. A file with a mistake gives one problem and changes nothing: the theme keeps its last good version, or is
left out. A theme may name a `parent` and say only what differs; a theme of the person's that has the name of a
shipped one replaces it, and may have it as its parent.

    name = "rain"
    parent = "clepsydra"
    primary = "#4fb3d9"             # the keys of Textual's Theme, at the top level
    [meaning]
    timer-running = "#7fe0ff"       # what colours mean to Clepsydra
    [variables]
    footer-key-foreground = "#fff"  # any other of Textual's variables
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.app import App
from textual.theme import BUILTIN_THEMES, Theme

from clepsydra.domain.records import dataclass, field
from clepsydra.language.translator import Translator, mark
from clepsydra.settings.foreign import Unusable, UnusableCause, content, tables
from clepsydra.tui.meanings import theme_variable_defaults
from clepsydra.tui.theme_check import Mistake, mistakes_in

DEFAULT_THEME = "clepsydra"
LARGEST_FILE = 64_000
MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class ThemeProblem:
    """One theme file that was not taken: where, and the first mistake in it."""

    path: Path
    mistake: Mistake
    others: int = 0

    def text(self, _: Translator) -> str:
        """The whole line in the translator's language: file and line, key, what is wrong, what is nearest."""
        where = f"{self.path.parent.name}/{self.path.name}"
        if self.mistake.line:
            where = f"{where}:{self.mistake.line}"
        line = f"{where}: {self.mistake.text(_)}"
        if self.others:
            return _.n(
                "{line} (and {count} more mistake)", "{line} (and {count} more mistakes)", self.others, line=line
            )
        return line


@dataclass(frozen=True, slots=True)
class Reload:
    """What changed when the folders were read: new or changed themes, removed ones, and all present problems."""

    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    problems: tuple[ThemeProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """One file as it was read, not yet joined with its parent."""

    path: Path
    name: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class ThemeLibrary:
    """The themes of some folders, later ones over earlier ones; ask `reload` as often as you like.

    `files` is a pattern of file names: for a first frame, the one theme it needs is enough.
    """

    folders: Sequence[Path]
    files: str = "*.toml"
    themes: dict[str, Theme] = field(default_factory=dict)
    _good: dict[Path, _Draft] = field(default_factory=dict)
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)
    _problems: dict[Path, ThemeProblem] = field(default_factory=dict)
    _orphans: dict[Path, ThemeProblem] = field(default_factory=dict)

    def get(self, name: str) -> Theme:
        """The theme of that name, or the nearest thing to it that can be shown."""
        own, theirs = self.themes, BUILTIN_THEMES
        return own.get(name) or theirs.get(name) or own.get(DEFAULT_THEME) or theirs["textual-dark"]

    @property
    def problems(self) -> tuple[ThemeProblem, ...]:
        """Every file that is not taken now, whether or not it has just been changed."""
        return (*self._problems.values(), *self._orphans.values())

    def reload(self) -> Reload:
        """Read the files that are new or have changed; costs one look at each folder when nothing has."""
        stamps = dict(_stamps(self.folders, self.files))
        if stamps == self._seen:
            return Reload(problems=self.problems)
        for path in self._seen.keys() - stamps.keys():
            self._good.pop(path, None)
            self._problems.pop(path, None)
        for path in sorted(stamps, key=list(stamps).index):
            if self._seen.get(path) != stamps[path]:
                self._read(path)
        self._seen = stamps
        before = self.themes
        self.themes = self._joined([self._good[path] for path in stamps if path in self._good])
        return Reload(
            frozenset(name for name, theme in self.themes.items() if before.get(name) != theme),
            frozenset(before.keys() - self.themes.keys()),
            self.problems,
        )

    def _read(self, path: Path) -> None:
        draft, mistakes = read_theme_file(path)
        if draft is None:
            self._problems[path] = ThemeProblem(path, mistakes[0], len(mistakes) - 1)
        else:
            self._good[path] = draft
            self._problems.pop(path, None)

    def _joined(self, drafts: Sequence[_Draft]) -> dict[str, Theme]:
        """Each draft with its parents under it; a parent that is missing or in a circle is a problem of the child."""
        layers: dict[str, list[_Draft]] = {}
        for draft in drafts:
            layers.setdefault(draft.name, []).append(draft)
        themes: dict[str, Theme] = {}
        self._orphans = {}
        for name, layer in layers.items():
            values, mistake = _with_parents(layer[-1], layers)
            if mistake is None:
                themes[name] = _theme(name, values)
            else:
                self._orphans[layer[-1].path] = ThemeProblem(layer[-1].path, mistake)
                if name in self.themes:
                    themes[name] = self.themes[name]
        return themes


def reload_into(app: App[Any], library: ThemeLibrary, wanted: str) -> Reload:
    """Read the folders, hand what changed to the app, and show the wanted theme or the nearest thing to it."""
    reload = library.reload()
    known = app.available_themes
    new = {name for name in reload.changed if known.get(name) != library.themes[name]}
    for name in new:
        app.register_theme(library.themes[name])
    chosen = library.get(wanted).name
    if app.theme != chosen:
        app.theme = chosen
    elif chosen in new:
        app.mutate_reactive(App.theme)
    for name in reload.removed:
        app.unregister_theme(name)
        if name in BUILTIN_THEMES:
            app.register_theme(BUILTIN_THEMES[name])
    return reload


def _stamps(folders: Sequence[Path], files: str) -> Iterable[tuple[Path, tuple[int, int]]]:
    """Every theme file with its time of change (nanoseconds) and size (bytes), in the order of the folders."""
    for folder in folders:
        try:
            paths = sorted(folder.glob(files))
        except OSError:
            continue
        for path in paths[:MOST_FILES]:
            try:
                status = path.stat()
            except OSError:  # a link that leads nowhere
                continue
            yield path, (status.st_mtime_ns, status.st_size)


def read_theme_file(path: Path) -> tuple[_Draft | None, list[Mistake]]:
    """One file, checked: a draft, or all that is wrong with it."""
    try:
        text = content(path, LARGEST_FILE).decode()
        values = tables(text)
        mistakes = mistakes_in(values, text)
    except UnicodeDecodeError:
        return None, [Mistake(mark("is not UTF-8 text"))]
    except ValueError as error:
        return None, [Mistake(mark("is not valid TOML: {why}"), values={"why": str(error)[:200]})]
    except Unusable as error:
        return None, [_unusable(error)]
    except Exception as error:  # whatever a colour or a table may still raise costs this theme alone
        return None, [Mistake(mark("cannot be read: {why}"), values={"why": str(error)[:200]})]
    return (None, mistakes) if mistakes else (_Draft(path, values["name"], values), [])


def _unusable(error: Unusable) -> Mistake:
    if error.why is UnusableCause.TOO_LARGE:
        return Mistake(mark("is too large for a theme"))
    if error.why is UnusableCause.NOT_PLAIN:
        return Mistake(mark("is no plain file"))
    return Mistake(mark("cannot be read: {why}"), values={"why": error.detail})


def _with_parents(draft: _Draft, layers: Mapping[str, Sequence[_Draft]]) -> tuple[dict[str, Any], Mistake | None]:
    chain = [draft]
    base: dict[str, Any] = {}
    while parent := chain[-1].values.get("parent"):
        known = [each for each in layers.get(parent, ()) if each not in chain]
        if known:
            chain.append(known[-1])
        elif parent in BUILTIN_THEMES:
            base = _values_of(BUILTIN_THEMES[parent])
            break
        else:
            circle = mark("its parents go in a circle at {parent}")
            missing = mark("there is no theme {parent} to start from")
            return {}, Mistake(circle if parent in layers else missing, key="parent", values={"parent": parent})
    values = base
    for each in reversed(chain):
        values = _over(values, each.values)
    if "primary" not in values:
        return {}, Mistake(mark("needs a colour"), key="primary")
    return values, None


def _over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    joined = {**under, **over}
    for table in ("meaning", "variables"):
        joined[table] = {**under.get(table, {}), **over.get(table, {})}
    return joined


def _values_of(theme: Theme) -> dict[str, Any]:
    return {key: value for key, value in vars(theme).items() if value is not None}


def _theme(name: str, values: Mapping[str, Any]) -> Theme:
    """The Textual theme, with a concrete colour for every meaning."""
    kept = {key: value for key, value in values.items() if key not in ("name", "parent", "meaning", "variables")}
    theme = Theme(name=name, **kept, variables=dict(values["variables"]))
    theme.variables = {**theme_variable_defaults(theme), **theme.variables, **values["meaning"]}
    return theme
