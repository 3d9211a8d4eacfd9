"""A file that is to be brought in, in words: what is new and for whom, what is odd, what is still to be said."""

from collections.abc import Iterator

from clepsydra.exchange.doors import words
from clepsydra.exchange.problems import sentence
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.imports.plan import Plan
from clepsydra.ledger.imports.preview import ClientPreview, billed_elsewhere, client_rows

PROBLEMS = 6
"""Problems shown one by one; the rest is counted."""

Line = tuple[str, str]
"""A word at the left, and what is said of it."""


def lines(plan: Plan, tr: Translator) -> list[Line]:
    """What the file holds for each client, then everything that is no new session."""
    return [*_clients(plan, tr), *_others(plan, tr), *_problems(plan, tr)]


def _clients(plan: Plan, tr: Translator) -> Iterator[Line]:
    rows = [row for row in client_rows(plan) if row.sessions]
    for row in rows:
        yield formats.duration(row.seconds, tr.lang), _client(plan, row, tr)
    if not rows:
        yield "–", tr.t("nothing new in this file")


def _client(plan: Plan, row: ClientPreview, tr: Translator) -> str:
    client = plan.newcomers.clients[row.client]
    days = [formats.date(day, tr.lang) for day in dict.fromkeys((row.first, row.last)) if day]
    count = tr.n("{count} session", "{count} sessions", row.sessions)
    parts = [client.name or row.client, count, " – ".join(days)]
    if row.client in plan.newcomers.added:
        parts.append(tr.t("a new client, without a rate yet"))
    return " · ".join(parts)


def _others(plan: Plan, tr: Translator) -> Iterator[Line]:
    billed = billed_elsewhere(plan)
    if billed:
        yield "€", tr.n("{count} of them was billed elsewhere", "{count} of them were billed elsewhere", billed)
    if plan.known:
        yield "=", tr.n("{count} is in the log already", "{count} are in the log already", len(plan.known))
    for why, count in sorted(plan.why.items()):
        yield "·", tr.t("{count} left out: {why}", count=count, why=words.left_out(why, tr))
    if plan.changed:
        text = tr.n("{count} is other there than in the log", "{count} are other there than in the log",
                    len(plan.changed))  # fmt: skip
        yield "≠", text
    if plan.doubts:
        yield "?", tr.n("{count} looks like work in the log already", "{count} look like work in the log already",
                        len(plan.doubts))  # fmt: skip


def _problems(plan: Plan, tr: Translator) -> Iterator[Line]:
    for problem in plan.problems[:PROBLEMS]:
        yield "!", sentence(problem, tr)
    more = len(plan.problems) - PROBLEMS
    if more > 0:
        yield "!", tr.n("and {count} more problem", "and {count} more problems", more)


def standing(plan: Plan, *, skip_bad: bool, doubles: str, tr: Translator) -> str:
    """What still keeps the file out; empty where nothing does."""
    if plan.problems and not skip_bad:
        return tr.t("mend the lines, make the clients, or leave bad lines out")
    if plan.doubts and not doubles:
        return tr.t("say whether what looks like work in the log already is left out or taken")
    if not (plan.new or plan.changed or plan.billed_since):
        return tr.t("there is nothing to bring in")
    return ""
