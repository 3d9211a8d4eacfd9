"""import of a list of calls: into the calls inbox, the clients' alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.language.sources import source_names

if TYPE_CHECKING:
    from clepsydra.evidence.phone.shape import ListFile
    from clepsydra.language.translator import Translator


def call_lists(tr: "Translator") -> list[tuple[str, str]]:
    """The formats of lists of calls, each with the program as people call it."""
    from clepsydra.evidence.lists import NAMES

    return [(name, source_names([name], tr)) for name in NAMES]


def opened_list(context: CommandContext, file: str, name: str) -> "ListFile | None":
    """The list of calls that a file is; None where it is none, or where a format was named that is none of lists."""
    from clepsydra.evidence.lists import ALIASES, NAMES

    wanted = ALIASES.get(name, name)
    if (name and wanted not in NAMES) or not Path(file).is_file():
        return None
    from clepsydra.ledger.evidence.importing import list_named

    return list_named(context.ledger, Path(file), wanted)


def import_calls(context: CommandContext, given: Arguments, file: "ListFile") -> int:
    """Take the clients' calls of a list into the inbox."""
    from clepsydra.ledger.evidence import importing, wording

    dry = given.flag("dry-run")
    done = importing.import_calls(context.ledger, file, dry_run=dry)
    counts = {
        "new": done.fresh, "known": done.known, "strangers": done.strangers, "unsure": done.unsure,
        "without_length": done.lengthless, "others": done.others,
    }  # fmt: skip
    if given.flag("json"):
        context.json({"calls": counts, "format": done.source, "dry_run": dry})
        return 0
    context.print(*wording.imported(done, context.tr))
    if dry:
        context.say(context.tr.t("nothing was written"))
    tell_problems(context)
    return 0
