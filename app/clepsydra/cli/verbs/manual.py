"""man: the manual page, for `man` to show or to be installed."""

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command
from clepsydra.language.translator import mark


def manual(context: CommandContext, _: Arguments) -> int:
    """Print the manual page: `clepsydra man | man -l -` shows it."""
    from clepsydra.cli.manual import page

    context.streams.out.writelines(f"{line}\n" for line in page(context.tr))
    return 0


COMMANDS = (
    Command(
        "man",
        mark("print the manual page"),
        manual,
        notes=mark("“clepsydra man | man -l -” shows it; “clepsydra man > clepsydra.1” keeps it."),
    ),
)
