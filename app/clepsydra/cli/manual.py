"""The manual page in the person's language, from the tables that the parser, the help and the screens are made from."""

from collections.abc import Iterator
from importlib import import_module

from clepsydra import __version__
from clepsydra.cli.grammar import Command
from clepsydra.cli.help import all_commands, sentence, usage_of
from clepsydra.cli.parsing import EVERYWHERE, VERSION
from clepsydra.language.translator import Translator, mark

_FILES = {
    "settings.toml": mark("language, zone, warnings, keys"),
    "clients/NAME.toml": mark("one file per client"),
    "clepsydra.db": mark("the log"),
    "backups/": mark("copies of the log"),
    "statements/": mark("exported documents"),
    "documents/": mark("issued documents, byte by byte"),
    "clepsydra.log": mark("what a fault of the program looked like"),
}


def page(tr: Translator) -> Iterator[str]:
    """The lines of the page, for `man` to lay out."""
    yield f'.TH CLEPSYDRA 1 "" "Clepsydra {__version__}" "{_safe(tr.t("Clepsydra’s manual"))}"'
    yield _section(tr.t("Name"))
    yield _safe("clepsydra - " + tr.t("time, calls and money of people who bill by the hour"))
    yield _section(tr.t("Synopsis"))
    yield f".B {_safe('clepsydra')}"
    yield _safe("[--home DIR] [--language en|fr] [COMMAND …]")
    yield _section(tr.t("Description"))
    yield _safe(tr.t("Without a command, the full screen opens."))
    yield _safe(tr.t("Times are typed as people write them: {examples}.",
                     examples=tr.t("9:30, 9h30, -10m, “yesterday 17:05”, 2026-11-24T09:30")))  # fmt: skip
    yield _section(tr.t("Commands"))
    for command in all_commands():
        yield from _command(command, command.name, tr)
    yield _section(tr.t("Options"))
    for option in (*EVERYWHERE, VERSION):
        yield from _item(option.shown, tr.t(option.help))
    yield from _keys(tr)
    yield _section(tr.t("Files"))
    for name, words in _FILES.items():
        yield from _item(name, tr.t(words))
    yield _section(tr.t("Exit status"))
    yield _safe(tr.t("Exit codes: 0 done, 1 refused or not found, 2 wrong usage."))


def _command(command: Command, path: str, tr: Translator) -> Iterator[str]:
    yield f".SS {_safe(f'{path} {usage_of(command)}'.rstrip())}"
    yield _safe(sentence(tr.t(command.summary)))
    if command.notes:
        yield ".PP"
        yield _safe(tr.t(command.notes))
    for inner in command.commands:
        yield from _item(f"{path} {inner.name} {usage_of(inner)}".rstrip(), tr.t(inner.summary))
        for option in inner.options:
            yield ".RS"
            yield from _item(option.shown, tr.t(option.help))
            yield ".RE"
    for argument in command.arguments:
        if argument.help:
            yield from _item(argument.shown, tr.t(argument.help))
    for option in command.options:
        yield from _item(option.shown, tr.t(option.help))


def _keys(tr: Translator) -> Iterator[str]:
    """The keys of the main screen, then those that work on every other; they ask for no screen to be known."""
    table = import_module("clepsydra.tui.keys.table")
    names = import_module("clepsydra.tui.keys.names")
    titles = {tr.t("Keys of the main screen"): (table.ScreenName.MAIN,), tr.t("Keys of every screen"): table.SHARED}
    for title, some in titles.items():
        yield _section(title)
        for action in table.ACTIONS:
            if action.screen in some:
                yield from _item(", ".join(names.typed_name(key) for key in action.keys), tr.t(action.help))


def _section(title: str) -> str:
    return f".SH {_safe(title.upper())}"


def _item(term: str, words: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_safe(term)}\\fR"
    yield _safe(words)


def _safe(text: str) -> str:
    """A line that `man` prints as it stands, whatever is in it."""
    line = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line
