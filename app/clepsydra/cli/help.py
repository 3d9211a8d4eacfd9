"""Help in the person's language, from the same data the parser works with."""

from collections.abc import Iterable
from importlib import import_module

from clepsydra.cli.commands import MODULES
from clepsydra.cli.grammar import FEW, Argument, Command, Option
from clepsydra.cli.output import table
from clepsydra.cli.parsing import EVERYWHERE, VERSION
from clepsydra.language.translator import Translator


def all_commands() -> list[Command]:
    """Every command, in the order of the table."""
    found = {c.name: c for module in MODULES.values() for c in import_module(f"clepsydra.cli.{module}").COMMANDS}
    return [found[name] for name in MODULES]


def overview(tr: Translator) -> list[str]:
    """What `clepsydra --help` prints."""
    return [
        tr.t("usage: {usage}", usage="clepsydra [--home DIR] [--language en|fr] [COMMAND …]"),
        "",
        tr.t("Without a command, the full screen opens."),
        "",
        tr.t("commands:"),
        *_indented((command.name, tr.t(command.summary)) for command in all_commands()),
        "",
        tr.t("options:"),
        *_options((*EVERYWHERE, VERSION), tr),
        "",
        tr.t("“clepsydra COMMAND --help” says more. Times are typed as people write them: {examples}.",
             examples=tr.t("9:30, 9h30, -10m, “yesterday 17:05”, 2026-11-24T09:30")),
        tr.t("Exit codes: 0 done, 1 refused or not found, 2 wrong usage."),
    ]  # fmt: skip


def help_of(command: Command, path: str, tr: Translator) -> list[str]:
    """What `clepsydra COMMAND --help` prints; `path` is the words that call the command."""
    usages = [f"clepsydra {path} {usage}".rstrip() for usage in command.usages or (usage_of(command),)]
    lines = [tr.t("usage: {usage}", usage=usages[0])]
    lines += [" " * (len(lines[0]) - len(usages[0])) + usage for usage in usages[1:]]
    lines += ["", sentence(tr.t(command.summary))]
    if command.notes:
        lines += ["", tr.t(command.notes)]
    if command.commands:
        lines += ["", tr.t("commands:")]
        lines += _indented((f"{c.name} {usage_of(c)}".rstrip(), tr.t(c.summary)) for c in command.commands)
    explained = [a for a in command.arguments if a.help]
    if explained:
        lines += ["", tr.t("arguments:"), *_indented((_bare(a), tr.t(a.help)) for a in explained)]
    return [*lines, "", tr.t("options:"), *_options((*command.options, *EVERYWHERE), tr)]


def _bare(argument: Argument) -> str:
    return argument.shown.strip("[]") if not argument.needed else argument.shown


def usage_of(command: Command) -> str:
    if command.usages:
        return command.usages[0]
    if command.commands:
        return "|".join(each.name for each in command.commands) + " …"
    arguments = [argument.shown + (" …" if argument.rest else "") for argument in command.arguments]
    return " ".join([*arguments, *(f"[{option.shown}]" for option in command.options)])


def _options(options: Iterable[Option], tr: Translator) -> list[str]:
    return _indented((option.shown, _with_choices(option, tr)) for option in options)


def _with_choices(option: Option, tr: Translator) -> str:
    words = tr.t(option.help)
    if len(option.choices) <= FEW:
        return words
    return tr.t("{label}: {value}", label=words, value=", ".join(option.choices))


def _indented(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {line}" for line in table(list(rows))]


def sentence(summary: str) -> str:
    return f"{summary[:1].upper()}{summary[1:]}."
