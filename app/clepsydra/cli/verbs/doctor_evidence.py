"""doctor evidence: every path and every name on a bus that may be opened, how it stands, and what to do."""

from itertools import groupby
from pathlib import Path
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.output import plain
from clepsydra.language.translator import mark, mark_p
from clepsydra.ledger.evidence.checking import CheckState, EvidenceCheck, checks
from clepsydra.settings.load import load_clients, load_settings

_STATES = {
    CheckState.READ: mark_p("evidence source", "read"),
    CheckState.OFF: mark_p("evidence source", "off"),
    CheckState.PROPOSED: mark_p("evidence source", "proposed"),
    CheckState.SILENT: mark_p("evidence source", "silent"),
    CheckState.MISSING: mark_p("evidence source", "missing"),
    CheckState.REFUSED: mark_p("evidence source", "refused"),
}

_SOURCES = {
    "lists": mark("lists of calls"),
    "mail": mark("sent mail"),
    "calendars": mark("calendars"),
    "commits": mark("commits"),
    "line": mark("telephone line"),
    "presence": mark("presence"),
    "call_list": mark("call list of the telephone"),
}


def evidence(context: CommandContext, given: Arguments) -> int:
    """Print everything that may be opened. Nothing that is off is opened for it."""
    settings = load_settings(context.home, context.environ).value
    clients = load_clients(context.home, settings).value.values()
    found = list(checks(settings, clients, Path(context.environ.get("HOME") or Path.home())))
    if given.flag("json"):
        context.json({"evidence": [_object(context, check) for check in found]})
        return 0
    for source, group in groupby(found, key=lambda check: check.source):
        context.print(context.tr.t(_SOURCES[source]))
        _print(context, list(group))
    return 0


def _print(context: CommandContext, found: list[EvidenceCheck]) -> None:
    """Each with its state; what to do is said once, below the last that wants it."""
    for check, after in zip(found, [*found[1:], None], strict=True):
        state = context.tr.p(*_STATES[check.state])
        context.print("  " + "  ".join(each for each in (state, plain(check.opens), context.said(check.what)) if each))
        if check.mend and (after is None or after.mend != check.mend):
            context.print(f"    → {context.said(check.mend)}")


def _object(context: CommandContext, check: EvidenceCheck) -> dict[str, Any]:
    return {
        "source": check.source,
        "opens": check.opens or None,
        "state": check.state.value,
        "what": plain(check.what.said(context.tr)),
        "mend": plain(check.mend.said(context.tr)) if check.mend else None,
    }
