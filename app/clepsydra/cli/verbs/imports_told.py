"""What an import tells: a preview or what was done, what was left out, what is to be decided."""

from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.output import plain
from clepsydra.exchange.doors import words
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.imports.preview import ClientPreview, billed_elsewhere, client_rows

if TYPE_CHECKING:
    from clepsydra.ledger.importing import Imported
    from clepsydra.ledger.imports.odd import Oddity

_SHOWN = 20
"""Problems shown one by one; the rest is counted."""

_ODD_SHOWN = 3
"""Warnings of one kind shown one by one."""


def tell(context: CommandContext, given: Arguments, done: "Imported") -> None:
    """Tell what an import did, or would do."""
    from clepsydra.ledger.imports.odd import oddities

    odd = oddities(context.ledger, done.plan)
    if given.flag("json"):
        warnings = [{"line": line, "check": each.check.value, "seconds": each.seconds} for line, each in odd]
        context.json(_object(done) | {"warnings": warnings})
        return
    from clepsydra.exchange.problems import sentence

    tr = context.tr
    context.say(*(plain(sentence(problem, tr)) for problem in done.problems[:_SHOWN]))
    if len(done.problems) > _SHOWN:
        more = len(done.problems) - _SHOWN
        context.say(tr.n("and {count} more problem", "and {count} more problems", more))
    if given.flag("dry-run") or not done.stored:
        context.table(_rows(context, done), frozenset({1, 2}))
    _tell_result(context, given, done)
    _tell_rest(context, done)
    _tell_odd(context, odd)


def _tell_odd(context: CommandContext, odd: "list[Oddity]") -> None:
    """What is odd about the sessions, each kind by its first lines, the others counted."""
    from clepsydra.language.warning_words import sentence

    tr = context.tr
    for check in dict.fromkeys(each.check for _, each in odd):
        alike = [(line, each) for line, each in odd if each.check is check]
        for line, each in alike[:_ODD_SHOWN]:
            what = tr.t("line {line}: {problem}", line=line, problem=sentence(each, tr))
            context.say(tr.t("warning: {what}", what=what))
        more = len(alike) - _ODD_SHOWN
        if more > 0:
            context.say(tr.n("and {count} more like this one", "and {count} more like these", more))


def _rows(context: CommandContext, done: "Imported") -> list[tuple[str, ...]]:
    return [_row(context, done, row) for row in client_rows(done.plan) if row.sessions]


def _row(context: CommandContext, done: "Imported", row: ClientPreview) -> tuple[str, ...]:
    lang = context.tr.lang
    days = [formats.date(day, lang) for day in dict.fromkeys((row.first, row.last)) if day]
    name = done.plan.newcomers.clients[row.client].name or row.client
    seconds = formats.duration(row.seconds, lang)
    return plain(name), formats.number(row.sessions, lang), seconds, " – ".join(days)


def _tell_result(context: CommandContext, given: Arguments, done: "Imported") -> None:
    tr = context.tr
    shown = formats.number(done.added, tr.lang)
    if done.stored:
        context.print(tr.n("{shown} session added", "{shown} sessions added", done.added, shown=shown))
    elif done.problems and not given.flag("dry-run") and not given.flag("skip-bad"):
        context.say(tr.t("nothing was imported; mend the lines, or leave them out with --skip-bad"))
    else:
        context.print(tr.n("{shown} session to add", "{shown} sessions to add", done.added, shown=shown))
    if done.known:
        known = formats.number(done.known, tr.lang)
        context.print(
            tr.n("{known} was in the log already", "{known} were in the log already", done.known, known=known)
        )


def _tell_rest(context: CommandContext, done: "Imported") -> None:
    """What else there is to know: left out, changed, doubtful, new clients."""
    tr, plan = context.tr, done.plan
    billed = billed_elsewhere(plan)
    if billed:
        context.say(tr.n("{count} of them was billed elsewhere", "{count} of them were billed elsewhere", billed))
    for why, count in sorted(plan.why.items()):
        context.say(tr.t("{count} left out: {why}", count=count, why=words.left_out(why, tr)))
    if done.updated:
        context.print(tr.n("{count} session brought up to date", "{count} sessions brought up to date", done.updated))
    context.say(*_odd_counts(done, tr))
    for slug, name in plan.newcomers.added.items():
        context.say(_newcomer(context, done, slug, plain(name)))


def _odd_counts(done: "Imported", tr: Translator) -> list[str]:
    """What was rounded, what differs from the log, and what is still to be decided: each with how many."""
    plan = done.plan
    changed, edits = 0 if done.updated else len(plan.changed), sum(doubt.edit for doubt in plan.doubts)
    alike = len(plan.doubts) - edits
    told = (
        (plan.rounded, tr.n(
            "{count} entry has fractions of a second: its start and end were each rounded to the second",
            "{count} entries have fractions of a second: their starts and ends were each rounded to the second",
            plan.rounded)),
        (changed, tr.n(
            "{count} session is other there than in the log; --update takes what the file says",
            "{count} sessions are other there than in the log; --update takes what the file says", changed)),
        (len(plan.locked), tr.n(
            "{count} session on a statement is other there; it stays as it was billed",
            "{count} sessions on statements are other there; they stay as they were billed", len(plan.locked))),
        (edits, tr.n(
            "{count} entry seems to have been changed there since it came in; --doubles leave keeps what the log has, "
            "--doubles take adds it",
            "{count} entries seem to have been changed there since they came in; --doubles leave keeps what the log "
            "has, --doubles take adds them", edits)),
        (alike, tr.n(
            "{count} entry looks like work in the log already; --doubles leave or --doubles take decides",
            "{count} entries look like work in the log already; --doubles leave or --doubles take decides", alike)),
    )  # fmt: skip
    return [words for count, words in told if count]


def _newcomer(context: CommandContext, done: "Imported", slug: str, name: str) -> str:
    tr, rate = context.tr, done.plan.newcomers.rate_of(slug)
    if rate is None:
        return tr.t("{name} is client “{slug}”; its work has no price yet", name=name, slug=slug)
    return tr.t("{name} is client “{slug}”, at {rate}", name=name, slug=slug,
                rate=formats.hourly(rate, context.ledger.settings.currency, tr.lang))  # fmt: skip


def _object(done: "Imported") -> dict[str, Any]:
    plan = done.plan
    clients = [
        {
            "client": row.client,
            "sessions": row.sessions,
            "seconds": row.seconds,
            "first": row.first.isoformat() if row.first else None,
            "last": row.last.isoformat() if row.last else None,
            "doubles": row.doubles,
            "refused": row.refused,
            "overlaps": row.overlaps,
        }
        for row in client_rows(plan)
    ]
    return {
        "format": plan.door,
        "added": done.added,
        "known": done.known,
        "stored": done.stored,
        "updated": done.updated,
        "statements": done.statements,
        "billed_elsewhere": billed_elsewhere(plan),
        "clients": clients,
        "new_clients": [{"client": slug, "name": name} for slug, name in plan.newcomers.added.items()],
        "unplaced": [{"client": c, "project": p, "entries": n} for (c, p), n in plan.unplaced.items()],
        "left_out": {why.value: count for why, count in sorted(plan.why.items())},
        "rounded": plan.rounded,
        "changed": [{"line": each.line, "id": each.session.id} for each in plan.changed],
        "locked": [{"line": each.line, "id": each.session.id} for each in plan.locked],
        "doubts": [{"line": d.entry.line, "edit": d.edit} for d in plan.doubts],
        "problems": [
            {"line": p.line, "reason": p.reason.value, "column": p.column, "found": p.found} for p in done.problems
        ],
    }
