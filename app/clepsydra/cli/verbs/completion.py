"""completion: a script that completes commands and options in the shell."""

import argparse
from collections.abc import Iterator

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.help import all_commands
from clepsydra.cli.parsing import EVERYWHERE, VERSION
from clepsydra.language.translator import Translator, mark

SHELLS = ("bash", "zsh", "fish", "tcsh")
NAMES = "names"
_PLACES = f"clepsydra completion {NAMES}"
"""What a script asks for the clients and projects there are."""


def completion(context: CommandContext, given: Arguments) -> int:
    """Print the completion script of a shell, or what it completes clients and projects with."""
    if given.word("shell") == NAMES:
        context.print(*_places(context))
        return 0
    import shtab

    context.streams.out.write(shtab.complete(parser(context.tr), given.word("shell")) + "\n")
    return 0


def _places(context: CommandContext) -> Iterator[str]:
    for slug, client in context.ledger.catalogue.clients.items():
        yield slug
        yield from (f"{slug}/{project.slug}" for project in client.projects)


def parser(tr: Translator) -> argparse.ArgumentParser:
    """The commands as argparse knows them: what shtab reads, and nothing parses with."""
    root = argparse.ArgumentParser("clepsydra", add_help=False)
    _add_options(root, Command("", "", options=(*EVERYWHERE, VERSION)), tr)
    _add_commands(root, tuple(all_commands()), tr)
    return root


def _add_commands(above: argparse.ArgumentParser, commands: tuple[Command, ...], tr: Translator) -> None:
    inner = above.add_subparsers()
    for command in commands:
        one = inner.add_parser(command.name, help=_words(command.summary, tr), add_help=False)
        if command.commands:
            _add_commands(one, command.commands, tr)
            continue
        _add_options(one, command, tr)
        for argument in command.arguments:
            _add_argument(one, argument, tr)


def _words(text: str, tr: Translator) -> str:
    """A help text as argparse reads it: a percent sign begins a place to be filled there."""
    return tr.t(text).replace("%", "%%")


def _add_options(one: argparse.ArgumentParser, command: Command, tr: Translator) -> None:
    import shtab

    for option in command.options:
        if not option.metavar:
            one.add_argument(f"--{option.name}", action="store_true", help=_words(option.help, tr))
            continue
        added = one.add_argument(
            f"--{option.name}", metavar=option.metavar, choices=option.choices or None, help=_words(option.help, tr)
        )
        if option.metavar == "DIR":
            added.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        if option.metavar == "CLIENT":
            added.complete = shtab.cmd(_PLACES)  # type: ignore[attr-defined]


def _add_argument(one: argparse.ArgumentParser, argument: Argument, tr: Translator) -> None:
    import shtab

    words = _words(argument.help, tr) if argument.help else None
    nargs = "*" if argument.rest else None if argument.needed else "?"
    added = one.add_argument(argument.name, nargs=nargs, choices=argument.choices or None, help=words)
    if argument.name == "client":
        added.complete = shtab.cmd(_PLACES)  # type: ignore[attr-defined]
    if argument.name == "file":
        added.complete = shtab.FILE  # type: ignore[attr-defined]


_SHELL = Argument("shell", choices=(*SHELLS, NAMES))

COMMANDS = (Command("completion", mark("print the completion script of a shell"), completion, (_SHELL,)),)
