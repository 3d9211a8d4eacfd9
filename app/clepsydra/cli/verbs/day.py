"""day: what is still to reconcile of a day; close it, open it again, list the days left open."""

from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import FROM, TO
from clepsydra.cli.verbs import day_solve
from clepsydra.cli.verbs.dues import dues_of_day, print_dues
from clepsydra.domain.interval import Interval
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger import absences
from clepsydra.ledger.day import closing, wording
from clepsydra.ledger.day.answers import DayAnswer, DaySuggestion, Item, ItemKind, Verb
from clepsydra.ledger.day.outside import Outside
from clepsydra.ledger.day.solving import accept_all, answers_to, solve
from clepsydra.ledger.days import Day, billable_seconds, day_of, lateness_of

if TYPE_CHECKING:
    from datetime import date


def show(context: CommandContext, given: Arguments) -> int:
    """What a day holds and what is open about it."""
    day = day_of(context.ledger, _day(context, given))
    outside, items = day_solve.read(context, day)
    if given.flag("json"):
        context.json(_object(context, day, items))
    else:
        _print(context, day, items)
    _tell_outside(context, outside)
    tell_problems(context)
    return 0


def _day(context: CommandContext, given: Arguments) -> "date":
    return reading.maybe_day(context, given.maybe("date")) or context.ledger.today


def _tell_outside(context: CommandContext, outside: Outside) -> None:
    for problem in outside.problems:
        context.say(context.said(problem))


def _object(context: CommandContext, day: Day, items: list[Item]) -> dict[str, Any]:
    timeline = day.timeline
    return {
        "day": day.day.isoformat(),
        "closed": day.closed,
        "span_seconds": timeline.span_seconds,
        "presence_seconds": timeline.presence_seconds,
        "billable_seconds": billable_seconds(context.ledger, day),
        "explained_seconds": timeline.explained_seconds,
        "unexplained_seconds": timeline.unexplained_seconds,
        "unknown_seconds": day.close.unknown_seconds if day.close else 0,
        "logged": {
            f"{lateness.value}_seconds": seconds for lateness, seconds in lateness_of(context.ledger, day).items()
        },
        "items": [_item_object(context, item) for item in items],
        **dues_of_day(context, day.day),
    }


def _item_object(context: CommandContext, item: Item) -> dict[str, Any]:
    from clepsydra.exchange.log_json import stamp

    told = [each.item.id for each in item.ready] + [each.id for each in item.happened]
    return {
        "id": item.subject,
        "kind": item.kind.value,
        "started_at": stamp(item.span.started_at),
        "ended_at": stamp(item.span.ended_at),
        "seconds": item.seconds,
        "minor": item.minor,
        "currency": item.currency,
        "sessions": [session.id for session in item.sessions],
        "call": item.call.id if item.call else None,
        "answers": [verb.value for verb in answers_to(item.kind)],
        "suggestion": _suggestion_object(context, item.suggestion) if item.suggestion else None,
        **({"evidence": told} if told else {}),
    }


def _suggestion_object(context: CommandContext, suggestion: DaySuggestion) -> dict[str, Any]:
    from clepsydra.exchange.log_json import stamp

    answer = suggestion.answer
    return {
        "answer": answer.verb.value,
        "source": suggestion.source.value,
        "because": context.said(suggestion.reason),
        "at": stamp(answer.at),
        "scope": answer.scope.value if answer.verb == "scope" else None,
        "decision": answer.decision.value if answer.decision else None,
        "note": answer.text or None,
        "parts": [
            {
                "started_at": stamp(part.span.started_at),
                "ended_at": stamp(part.span.ended_at),
                "client": part.work.client if part.work else None,
                "project": part.work.project if part.work else None,
                "channel": part.work.channel.value if part.work else None,
                "note": part.work.note if part.work else None,
                "absence": part.reason or None,
            }
            for part in answer.parts
        ],
    }


def _print(context: CommandContext, day: Day, items: list[Item]) -> None:
    tr, lang, timeline = context.tr, context.tr.lang, day.timeline
    state = tr.t("closed") if day.closed else tr.n("{count} open item", "{count} open items", len(items))
    context.print(
        tr.t(
            "{day}: worked {worked}, billable {billable}, absent {absent}, unexplained {unexplained}; {state}",
            day=formats.date(day.day, lang, "weekday"),
            worked=formats.duration(timeline.presence_seconds, lang),
            billable=formats.duration(billable_seconds(context.ledger, day), lang),
            absent=formats.duration(timeline.explained_seconds, lang),
            unexplained=formats.duration(timeline.unexplained_seconds, lang),
            state=state,
        )
    )
    rows = []
    for number, item in enumerate(items, 1):
        what = " · ".join(t for t in (wording.kind(item.kind, tr), wording.about(context.ledger, item, tr)) if t)
        rows.append(
            (
                str(number), wording.span(context.ledger, item), formats.duration(item.seconds, lang),
                formats.money(item.minor, item.currency, lang), plain(what), plain(_suggested(context, item)),
            )
        )  # fmt: skip
    context.table(rows, frozenset({0, 2, 3}))
    print_dues(context, day.day)


def _suggested(context: CommandContext, item: Item) -> str:
    if item.suggestion is None:
        return ""
    answer = wording.answer(context.ledger, item, item.suggestion.answer, context.tr)
    return f"→ {answer} ({item.suggestion.reason.said(context.tr)})"


def close(context: CommandContext, given: Arguments) -> int:
    """Close a day."""
    day = _day(context, given)
    taken = _taken_by_rules(context, day)
    for item in taken:
        solve(context.ledger, item, DayAnswer(Verb.KEEP))
    closed = closing.close_day(context.ledger, day, unknown=given.flag("unknown"))
    if given.flag("json"):
        by_rules = {"by_rules": [_item_object(context, item) for item in taken]} if taken else {}
        unknown_seconds = closed.unknown_seconds
        context.json({"day": day.isoformat(), "closed": True, "unknown_seconds": unknown_seconds, **by_rules})
        return 0
    for item in taken:
        context.print(context.tr.t(
            "taken by rules: {what}, {time}, {amount}", what=plain(wording.about(context.ledger, item, context.tr)),
            time=formats.duration(item.seconds, context.tr.lang),
            amount=formats.money(item.minor, item.currency, context.tr.lang),
        ))  # fmt: skip
    shown = formats.date(day, context.tr.lang, "weekday")
    context.print(context.tr.t("closed {day}", day=shown))
    if closed.unknown_seconds:
        unknown = formats.duration(closed.unknown_seconds, context.tr.lang)
        context.print(context.tr.t("{time} of it stays unexplained: possible work, not counted as lost", time=unknown))
    return 0


def _taken_by_rules(context: CommandContext, day: "date") -> list[Item]:
    """What the close of a day confirms: what rules took of it, and what they are ready to."""
    found = day_of(context.ledger, day)
    if found.closed or day > context.ledger.today:
        return []
    return [item for item in day_solve.read(context, found)[1] if item.kind is ItemKind.HAPPENED]


def reopen(context: CommandContext, given: Arguments) -> int:
    """Open a closed day again. Raises `Usage` without a reason."""
    day = _day(context, given)
    reason = given.maybe("reason")
    if not reason:
        raise Usage("say why: --reason REASON")
    closing.reopen_day(context.ledger, day, reason)
    if given.flag("json"):
        context.json({"day": day.isoformat(), "closed": False})
    else:
        context.print(context.tr.t("{day} is open again", day=formats.date(day, context.tr.lang, "weekday")))
    return 0


def listed(context: CommandContext, given: Arguments) -> int:
    """The days left open, oldest first."""
    period = reading.period(context, given)
    days = list(closing.open_days(context.ledger, period.first, period.last))
    if given.flag("json"):
        context.json(
            {
                "days": [
                    {"day": d.day.isoformat(), "presence_seconds": d.presence_seconds,
                     "unexplained_seconds": d.unexplained_seconds}
                    for d in days
                ]
            }
        )  # fmt: skip
        return 0
    lang = context.tr.lang
    rows = [
        (
            formats.date(d.day, lang, "weekday"),
            context.tr.t("worked {time}", time=formats.duration(d.presence_seconds, lang)),
            context.tr.t("unexplained {time}", time=formats.duration(d.unexplained_seconds, lang)),
        )
        for d in days
    ]
    context.table(rows)
    if not rows:
        context.say(context.tr.t("every day is closed"))
    return 0


def accept(context: CommandContext, given: Arguments) -> int:
    """Accept suggestions of a day: one of them by its number, or all."""
    outside, items = day_solve.read(context, day_of(context.ledger, _day(context, given)))
    only = given.maybe("only")
    if only is not None:
        items = [items[day_solve.number(only, len(items)) - 1]]
    count = accept_all(context.ledger, items, asked=only is not None)
    if given.flag("json"):
        context.json({"accepted": count})
    else:
        context.print(context.tr.n("accepted {count} suggestion", "accepted {count} suggestions", count))
    _tell_outside(context, outside)
    return 0


def away(context: CommandContext, given: Arguments) -> int:
    """Explain a stretch as an absence. Raises `Usage` when it would end before it begins."""
    begin = reading.instant(context, given.word("from"))
    assert begin is not None
    end = reading.end(context, given.word("to"), begin)
    if end <= begin:
        raise Usage("the absence would end before it begins")
    row = absences.add(context.ledger, Interval(begin, end), given.word("reason"))
    if given.flag("json"):
        from clepsydra.exchange.log_json import stamp

        ends = {"started_at": stamp(row.started_at), "ended_at": stamp(row.ended_at)}
        context.json({"absence": {"id": row.id, **ends, "reason": row.reason}})
    else:
        length = formats.duration(row.span.seconds, context.tr.lang)
        why = plain(wording.reason(row.reason, context.tr))
        context.print(context.tr.t("absent for {length}: {reason}", length=length, reason=why))
    return 0


_DATE = Argument("date", mark("the day; today without it"), needed=False)
_REASON = Option("reason", mark("why it is opened again"), "REASON")
_UNKNOWN = Option("unknown", mark("what is left unexplained, nobody knows"))
_ONLY = Option("only", mark("only the suggestion of that number"), "N")

COMMANDS = (
    Command(
        "day",
        mark("what is still open about a day; close it"),
        commands=(
            Command("show", mark("what a day holds and what is open about it"), show, (_DATE,), (JSON,)),
            day_solve.COMMAND,
            Command("accept", mark("accept what is suggested"), accept, (_DATE,), (_ONLY, JSON)),
            Command(
                "away", mark("explain a stretch that was not work"), away,
                (Argument("from", mark("when it began")), Argument("to", mark("when it ended, or its length as +1h30")),
                 Argument("reason", mark("break, away, asleep, or any other"), rest=True)), (JSON,),
            ),
            Command("close", mark("close the day: nothing is missing"), close, (_DATE,), (_UNKNOWN, JSON)),
            Command("reopen", mark("open a closed day again"), reopen, (_DATE,), (_REASON, JSON)),
            Command("list", mark("the days left open, oldest first"), listed, (), (FROM, TO, JSON)),
        ),
        default="show",
        usages=("[DATE] [--json]", "solve|accept|away|close|reopen|list …"),
    ),
)  # fmt: skip
