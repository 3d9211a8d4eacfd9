"""Help in the person's language, from the same data the parser works with."""

from collections.abc import Iterable
from importlib import import_module
from typing import TextIO

from clepsydra.cli.commands import MODULES
from clepsydra.cli.grammar import FEW, Argument, Command, Option
from clepsydra.cli.output import room_of, width, wrapped
from clepsydra.cli.parsing import EVERYWHERE, VERSION
from clepsydra.language.translator import Translator

COLUMNS = 80
"""How wide help is, in a file too, unless the terminal is narrower."""

_NAMES = 24
"""Cells of a name up to which its explanation stands beside it; a longer one has it below."""


def room_in(stream: TextIO) -> int:
    """The columns that help has on a stream."""
    return min(COLUMNS, room_of(stream) or COLUMNS)


def all_commands() -> list[Command]:
    """Every command, in the order of the table."""
    found = {c.name: c for module in MODULES.values() for c in import_module(f"clepsydra.cli.{module}").COMMANDS}
    return [found[name] for name in MODULES]


def overview(tr: Translator, room: int = COLUMNS) -> list[str]:
    """What `clepsydra --help` prints, in so many columns."""
    lines = [
        tr.t("usage: {usage}", usage="clepsydra [--home DIR] [--language en|fr] [COMMAND …]"),
        "",
        tr.t("Without a command, the full screen opens."),
        "",
        tr.t("commands:"),
        *_indented(((command.name, tr.t(command.summary)) for command in all_commands()), room),
        "",
        tr.t("options:"),
        *_options((*EVERYWHERE, VERSION), tr, room),
        "",
        tr.t("“clepsydra COMMAND --help” says more. Times are typed as people write them: {examples}.",
             examples=tr.t("9:30, 9h30, -10m, “yesterday 17:05”, 2026-11-24T09:30")),
        tr.t("Exit codes: 0 done, 1 refused or not found, 2 wrong usage."),
    ]  # fmt: skip
    return [part for line in lines for part in wrapped(line, room)]


def help_of(command: Command, path: str, tr: Translator, room: int = COLUMNS) -> list[str]:
    """What `clepsydra COMMAND --help` prints, in so many columns; `path` is the words that call the command."""
    lines, begin = [], tr.t("usage: {usage}", usage="")
    for usage in command.usages or (usage_of(command),):
        lines += wrapped(f"{begin}clepsydra {path} {usage}".rstrip(), room, len(begin))
        begin = " " * len(begin)
    lines += ["", *wrapped(sentence(tr.t(command.summary)), room)]
    if command.notes:
        lines += ["", *wrapped(tr.t(command.notes), room)]
    if command.commands:
        rows = [(f"{c.name} {usage_of(c)}".rstrip(), tr.t(c.summary)) for c in command.commands]
        lines += ["", tr.t("commands:"), *_indented(rows, room)]
    explained = [a for a in command.arguments if a.help]
    if explained:
        lines += ["", tr.t("arguments:"), *_indented(((_bare(a), tr.t(a.help)) for a in explained), room)]
    return [*lines, "", tr.t("options:"), *_options((*command.options, *EVERYWHERE), tr, room)]


def _bare(argument: Argument) -> str:
    return argument.shown.strip("[]") if not argument.needed else argument.shown


def usage_of(command: Command) -> str:
    if command.usages:
        return command.usages[0]
    if command.commands:
        names = "|".join(each.name for each in command.commands)
        return ("COMMAND" if len(names) > COLUMNS // 2 else names) + " …"
    arguments = [argument.shown + (" …" if argument.rest else "") for argument in command.arguments]
    return " ".join([*arguments, *(f"[{option.shown}]" for option in command.options)])


def _options(options: Iterable[Option], tr: Translator, room: int) -> list[str]:
    return _indented(((option.shown, _with_choices(option, tr)) for option in options), room)


def _with_choices(option: Option, tr: Translator) -> str:
    words = tr.t(option.help)
    if len(option.choices) <= FEW:
        return words
    return tr.t("{label}: {value}", label=words, value=", ".join(option.choices))


def _indented(rows: Iterable[tuple[str, str]], room: int) -> list[str]:
    """Names with what they are beside them, or below a name that is too long for that."""
    found = list(rows)
    beside = max((width(name) for name, _ in found if width(name) <= _NAMES), default=0)
    lines: list[str] = []
    for name, words in found:
        if width(name) <= beside:
            lines += wrapped(f"  {name}{' ' * (beside - width(name))}  {words}", room, beside + 4)
        else:
            lines += wrapped(f"  {name}", room, 6)
            lines += wrapped(f"      {words}", room, 6)
    return lines


def sentence(summary: str) -> str:
    return f"{summary[:1].upper()}{summary[1:]}."
