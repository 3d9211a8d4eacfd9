"""import of a list of calls: into the calls inbox, the clients' alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import Usage
from clepsydra.language.sources import source_names

if TYPE_CHECKING:
    from clepsydra.evidence.phone.shape import ListFile
    from clepsydra.language.translator import Translator
    from clepsydra.ledger.evidence.importing import CallsImported


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


def import_calls(context: CommandContext, given: Arguments, file: "ListFile", contacts: Mapping[str, str]) -> int:
    """Take the clients' calls of a list into the inbox; `contacts` are numbers to write into clients' files first."""
    from clepsydra.ledger.evidence import importing, wording

    dry = given.flag("dry-run")
    if contacts and not dry:
        _learn(context, contacts)
        after = context.again()  # the files of clients say more now
        try:
            return import_calls(after, given, file, {})
        finally:
            after.close()
    done = importing.import_calls(context.ledger, file, dry_run=dry)
    if given.flag("json"):
        context.json({"calls": counted(done), "format": done.source, "dry_run": dry})
        return 0
    context.print(*wording.imported(done, context.tr))
    if dry:
        _tell_parties(context, file)
        context.say(context.tr.t("nothing was written"))
    tell_problems(context)
    return 0


def _learn(context: CommandContext, contacts: Mapping[str, str]) -> None:
    """Write numbers, addresses and chat names into the files of the clients they are of."""
    from clepsydra.evidence.phone.phone_numbers import party, region
    from clepsydra.ledger.evidence.parties import learn

    places = {}
    for typed, place in contacts.items():
        found = (typed,) if "@" in typed or ":" in typed else party(typed, region(context.ledger.settings))
        if not found or found[0].endswith("*"):
            raise Usage("--contact: “{word}” is not a whole telephone number, an address or a chat name", word=typed)
        places[found[0]] = place
    learn(context.ledger, context.home, places)


def _tell_parties(context: CommandContext, file: "ListFile") -> None:
    """Who is in the list, as the phone names them, and whose they are or may be."""
    from clepsydra.evidence.phone.phone_numbers import masked
    from clepsydra.language import formats
    from clepsydra.ledger.evidence.parties import parties

    tr = context.tr
    context.table([
        (
            plain(each.name) or "–", masked(each.party) if each.party.startswith("+") else plain(each.party),
            formats.number(each.calls, tr.lang), formats.duration(each.seconds, tr.lang),
            each.known or (tr.t("{client}?", client=each.suggested) if each.suggested else tr.t("nobody’s")),
        )
        for each in parties(context.ledger, file)
    ], frozenset({2, 3}))  # fmt: skip


def counted(done: "CallsImported") -> dict[str, int]:
    """What came of a list of calls, for scripts."""
    return {
        "new": done.fresh, "known": done.known, "strangers": done.strangers, "unsure": done.unsure,
        "without_length": done.lengthless, "others": done.others,
    }  # fmt: skip
