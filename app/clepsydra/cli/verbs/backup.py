"""backup, restore: whole copies of the log."""

from pathlib import Path

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.language.translator import mark
from clepsydra.ledger import leftovers, safekeeping


def backup(context: CommandContext, given: Arguments) -> int:
    """Write a checked copy of the log and print where it is."""
    if given.flag("daily"):
        return _daily(context)
    folder = given.maybe("to")
    path = safekeeping.back_up(context.home, context.clock, Path(folder) if folder else None)
    context.tell_cleared(leftovers.clear(context.home))
    if given.flag("json"):
        context.json({"file": str(path)})
    else:
        context.print(plain(str(path)))
    return 0


def _daily(context: CommandContext) -> int:
    """Today's copy, unless there is one; what commands leave to a process of its own where the log is long."""
    from clepsydra.ledger.opening import back_up_daily

    context.tell_cleared(back_up_daily(context.ledger, context.home))
    return 0


def restore(context: CommandContext, given: Arguments) -> int:
    """Put a backup in the log's place and say where the log that was there is kept."""
    from clepsydra.settings.asked import Asked

    file = Path(given.word("file"))
    terms = Asked(context.home, context.environ)
    restored = safekeeping.restore(context.home, file, context.clock, terms, even_if_lost=context.yes)
    if given.flag("json"):
        context.json({
            "restored": str(file), "kept": str(restored.kept) if restored.kept else None,
            "lost": [loss.number for loss in restored.losses], "open_programs": restored.programs,
            "missing": list(map(str, restored.missing)),
        })  # fmt: skip
        return 0
    tr = context.tr
    context.print(tr.t("the log is now that of {file}", file=plain(str(file))))
    if restored.kept and restored.sound:
        context.print(tr.t("what was there before is kept in {file}", file=plain(str(restored.kept))))
    elif restored.kept:
        context.print(tr.t("the damaged log is kept as it was in {file}", file=plain(str(restored.kept))))
    if restored.losses:
        numbers = ", ".join(plain(str(loss)) for loss in restored.losses)
        context.print(tr.t("no longer in the log: {numbers}; their numbers are not given again", numbers=numbers))
    if restored.missing:
        names = (plain(each) if isinstance(each, str) else context.said(each) for each in restored.missing)
        context.say(tr.t("files that are missing: {files}", files=", ".join(names)))
    if restored.programs:
        words = tr.n("{count} open program takes it up by itself", "{count} open programs take it up by themselves",
                     restored.programs)  # fmt: skip
        context.print(words)
    return 0


_TO = Option("to", mark("the folder to write to, instead of the home’s backups"), "DIR")
_DAILY = Option("daily", mark("today’s copy, unless it is there already; older ones make room"))
_FILE = Argument("file", mark("the backup"))

COMMANDS = (
    Command("backup", mark("write a checked copy of the log"), backup, (), (_TO, _DAILY, JSON)),
    Command("restore", mark("put a backup in the log’s place"), restore, (_FILE,), (JSON,)),
)
