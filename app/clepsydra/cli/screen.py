"""The full screen, where there is one to fill."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain

if TYPE_CHECKING:
    from clepsydra.settings.home import Home


def is_there(context: CommandContext) -> bool:
    """Whether both sides are a terminal that can be drawn on."""
    streams = context.streams
    return streams.stdin.isatty() and streams.out.isatty() and context.environ.get("TERM", "") not in ("", "dumb")


def open_app(context: CommandContext, home: "Home") -> int:
    """Open the app on a home and return its exit code; only now is anything of it loaded."""
    if not _has_log(context, home):
        return 1
    from clepsydra.cli.first_frame import shown

    with shown(context):
        program: Any = import_module("clepsydra.tui.program")
        return int(program.run(home, context.environ, language=context.language or ""))


def _has_log(context: CommandContext, home: "Home") -> bool:
    """Whether there is a log to open. Where one was and is gone, asks what to do: bring the latest backup back, or
    begin an empty one.
    """
    from clepsydra.ledger import opening

    if not opening.missing(home):
        return True
    tr, copies = context.tr, opening.latest_copies(home)
    context.print(tr.t("The log is missing: {file}", file=plain(str(home.database))))
    if copies:
        context.print(tr.t("r  bring the latest backup back: {backup}", backup=plain(str(copies[0]))))
    context.print(tr.t("e  start an empty log"), tr.t("⏎  leave everything as it is"))
    context.streams.out.flush()
    answer = context.streams.stdin.readline().strip().casefold()
    if answer == "e":
        opening.begin_anew(home)
        return True
    if answer == "r" and copies:
        from clepsydra.ledger.safekeeping import restore
        from clepsydra.settings.asked import Asked

        restore(home, copies[0], context.clock, Asked(home, context.environ), even_if_lost=True)
        return True
    return False
