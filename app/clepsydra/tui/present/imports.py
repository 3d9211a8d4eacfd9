"""A file that is to be brought in, in words: what is new and for whom, what is odd, what is still to be said."""

from collections.abc import Iterator
from decimal import Decimal

from clepsydra.exchange.doors import words
from clepsydra.exchange.problems import RowProblem, RowReason, sentence
from clepsydra.exchange.text import plain
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.imports.plan import Options, Plan
from clepsydra.ledger.imports.preview import ClientPreview, billed_elsewhere, client_rows, rates_told
from clepsydra.tui.keys.dialogs import IMPORT_FILE, LEAVE, entry
from clepsydra.tui.widgets.action_bar import BarEntry

PROBLEMS = 6
"""Problems shown one by one; the rest is counted."""

_NAMES = 4
"""Names without a place shown; the rest is counted."""

_PLACES = (RowReason.UNPLACED, RowReason.NO_PLACE)
_ASKED = (*_PLACES, RowReason.DATE_ORDER, RowReason.TWICE, RowReason.PERSONS)
"""What a key answers here; on the command line an option does."""

Line = tuple[str, str]
"""A word at the left, and what is said of it."""


def lines(plan: Plan, tr: Translator) -> list[Line]:
    """What the file holds for each client, then everything that is no new session."""
    return [*_clients(plan, tr), *_others(plan, tr), *_asked(plan, tr), *_problems(plan, tr)]


def entries(plan: Plan, options: Options, tr: Translator, *, skip_bad: bool) -> list[BarEntry]:
    """The keys that can be of use now; what one has answered stands in its words, and it can answer otherwise."""
    reasons = {problem.reason for problem in plan.problems}
    added = bool(plan.newcomers.added)
    dates = {"dmy": tr.t("dates: day, month"), "mdy": tr.t("dates: month, day")}
    folds = {"first": tr.t("the first of the two hours"), "second": tr.t("the second of the two hours")}
    doubles = {"leave": tr.t("doubles are left out"), "take": tr.t("doubles are taken")}
    bad = bool(reasons - set(_PLACES)) or bool(plan.problems and plan.new)
    asked = (
        ("toggle_new", tr.t("no new clients") if added else tr.t("make the new clients"), added or bool(plan.unplaced)),
        ("rates", tr.t("their rates"), added),
        (
            "choose",
            tr.t("whose the rest is"),
            bool(options.client) or RowReason.NO_PLACE in reasons or bool(plan.unplaced),
        ),
        ("billed", tr.t("what is billed already"), bool(plan.new)),
        (
            "order",
            dates.get(options.dates, tr.t("order of the dates")),
            bool(options.dates) or RowReason.DATE_ORDER in reasons,
        ),
        (
            "fold",
            folds.get(options.fold, tr.t("which of the two hours")),
            bool(options.fold) or RowReason.TWICE in reasons,
        ),
        ("person", options.me or tr.t("who I am"), bool(options.me) or RowReason.PERSONS in reasons),
        ("toggle_bad", tr.t("bad lines are left out") if skip_bad else tr.t("leave bad lines out"), bad),
        ("doubles", doubles.get(options.doubles, tr.t("doubles: leave, take")), bool(options.doubles or plan.doubts)),
    )
    return [
        entry(IMPORT_FILE, "bring_in", tr.t("bring in")),
        *(entry(IMPORT_FILE, does, label) for does, label, holds in asked if holds),
        entry(IMPORT_FILE, LEAVE, tr.t("not yet")),
    ]


def _clients(plan: Plan, tr: Translator) -> Iterator[Line]:
    rows, told = [row for row in client_rows(plan) if row.sessions], rates_told(plan)
    for row in rows:
        yield formats.duration(row.seconds, tr.lang), _client(plan, row, told.get(row.client), tr)
    if len(rows) > 1:
        count = sum(row.sessions for row in rows)
        words = tr.n("{count} session in all", "{count} sessions in all", count)
        yield formats.duration(sum(row.seconds for row in rows), tr.lang), words
    if not rows and not plan.unplaced:
        yield "–", tr.t("nothing new in this file")


def _client(plan: Plan, row: ClientPreview, told: Decimal | None, tr: Translator) -> str:
    client = plan.newcomers.clients[row.client]
    days = [formats.date(day, tr.lang) for day in dict.fromkeys((row.first, row.last)) if day]
    count = tr.n("{count} session", "{count} sessions", row.sessions)
    parts = [client.name or row.client, count, " – ".join(days)]
    if row.client in plan.newcomers.added:
        rate = plan.newcomers.rate_of(row.client)
        shown = formats.hourly(rate or told or Decimal(0), client.currency, tr.lang)
        if rate is not None:
            parts.append(tr.t("a new client, {rate}", rate=shown))
        elif told is not None:
            parts.append(tr.t("a new client, at {rate} in the file: r takes it", rate=shown))
        else:
            parts.append(tr.t("a new client, without a rate yet"))
    return " · ".join(parts)


def _others(plan: Plan, tr: Translator) -> Iterator[Line]:
    billed = billed_elsewhere(plan)
    if billed:
        yield "€", tr.n("{count} of them was billed elsewhere", "{count} of them were billed elsewhere", billed)
    elif plan.new:
        yield "€", tr.t("nothing of it is billed yet; b says what is")
    if plan.known:
        yield "=", tr.n("{count} is in the log already", "{count} are in the log already", len(plan.known))
    for why, count in sorted(plan.why.items()):
        yield "·", tr.t("{count} left out: {why}", count=count, why=words.left_out(why, tr))
    if plan.rounded:
        yield (
            "·",
            tr.n(
                "{count} entry has fractions of a second: its start and end were each rounded to the second",
                "{count} entries have fractions of a second: their starts and ends were each rounded to the second",
                plan.rounded,
            ),
        )
    if plan.changed:
        text = tr.n("{count} is other there than in the log", "{count} are other there than in the log",
                    len(plan.changed))  # fmt: skip
        yield "≠", text
    edits = sum(doubt.edit for doubt in plan.doubts)
    if edits:
        yield "?", tr.n("{count} seems to have been changed there since it came in; d says what becomes of it",
                        "{count} seem to have been changed there since they came in; d says what becomes of them",
                        edits)  # fmt: skip
    if len(plan.doubts) > edits:
        yield "?", tr.n("{count} looks like work in the log already", "{count} look like work in the log already",
                        len(plan.doubts) - edits)  # fmt: skip


def _asked(plan: Plan, tr: Translator) -> Iterator[Line]:
    """What a key answers."""
    names = list(dict.fromkeys(_named(plan, key) for key in plan.unplaced if key[0]))
    if names:
        shown = ", ".join(names[:_NAMES]) + (" …" if len(names) > _NAMES else "")
        yield "!", tr.n("{count} name is no client yet, {names}; n makes it, c says whose it is",
                        "{count} names are no clients yet, {names}; n makes them, c says whose they are",
                        len(names), names=shown)  # fmt: skip
    nobodys = sum(count for (client, _), count in plan.unplaced.items() if not client)
    if nobodys:
        yield "!", tr.n("{count} entry names no client; c says whose it is",
                        "{count} entries name no client; c says whose they are", nobodys)  # fmt: skip
    for problem in plan.problems:
        if problem.reason is RowReason.DATE_ORDER:
            yield "!", tr.t("{found} may be a day and month in two orders; o says which", found=plain(problem.found))
        elif problem.reason is RowReason.PERSONS:
            yield "!", tr.t("the file has the work of several persons; p says who you are")
    twice = sum(problem.reason is RowReason.TWICE for problem in plan.problems)
    if twice:
        yield "!", tr.n("{count} entry lies in an hour that the clocks showed twice; f says in which of the two",
                        "{count} entries lie in an hour that the clocks showed twice; f says in which of the two",
                        twice)  # fmt: skip


def _named(plan: Plan, key: tuple[str, str]) -> str:
    client, project = key
    return plain(f"{client} / {project}" if project and plan.newcomers.knows(client) else client)


def _problems(plan: Plan, tr: Translator) -> Iterator[Line]:
    others: list[RowProblem] = [problem for problem in plan.problems if problem.reason not in _ASKED]
    for problem in others[:PROBLEMS]:
        yield "!", sentence(problem, tr)
    more = len(others) - PROBLEMS
    if more > 0:
        yield "!", tr.n("and {count} more problem", "and {count} more problems", more)


def standing(plan: Plan, *, skip_bad: bool, doubles: str, tr: Translator) -> str:
    """What still keeps the file out; empty where nothing does."""
    if plan.problems and not skip_bad:
        if all(problem.reason in _ASKED for problem in plan.problems):
            return tr.t("answer what is marked ! first; s leaves those lines out") if plan.new else tr.t(
                "answer what is marked ! first")  # fmt: skip
        return tr.t("mend the marked lines in the file, or leave them out with s")
    if plan.doubts and not doubles:
        return tr.t("say whether what looks like work in the log already is left out or taken")
    if not (plan.new or plan.changed or plan.billed_since):
        return tr.t("there is nothing to bring in")
    return ""
