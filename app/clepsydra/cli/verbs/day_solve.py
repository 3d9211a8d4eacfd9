"""day solve: settle one open item of a day, by the id that `day --json` gives it or its number in the list."""

from collections.abc import Callable

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.language.translator import mark
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.day import wording
from clepsydra.ledger.day.answers import DayAnswer, DayPart, Item, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.outside import Outside, look_outside
from clepsydra.ledger.day.slices import sliced
from clepsydra.ledger.day.solving import answers_to, solve
from clepsydra.ledger.days import Day, day_of
from clepsydra.ledger.ledger import Refused

ACCEPT = "accept"
"""Typed as an answer, it takes the one that is suggested."""

_SCOPES = {
    "in": DayAnswer(Verb.SCOPE, scope=Scope.IN),
    **{each.value: DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=each) for each in Decision},
}


def settle(context: CommandContext, given: Arguments) -> int:
    """Settle one item."""
    day = reading.maybe_day(context, given.maybe("date")) or context.ledger.today
    item = _chosen(read(context, day_of(context.ledger, day))[1], given.word("item"))
    answer = _answer(context, given, item)
    solve(context.ledger, item, answer)
    if given.flag("json"):
        context.json({"day": day.isoformat(), "solved": item.subject, "answer": answer.verb.value})
        return 0
    tr = context.tr
    about = [wording.span(context.ledger, item), wording.kind(item.kind, tr)]
    told = wording.answer(context.ledger, item, answer, tr)
    context.print(plain(tr.t("{reason}: {about}", reason=" ".join(about), about=told)))
    if answer.verb is Verb.AGREE:
        context.print(wording.cost(item.groups, answer.seconds, tr))
        given_away = wording.given(context.ledger, item.sessions[0].client, tr)
        context.print(*([given_away] if given_away else []))
    return 0


def read(context: CommandContext, day: Day) -> tuple[Outside, list[Item]]:
    """What calendars and repositories tell about a day, and what is open about it."""
    ledger = context.ledger
    outside = look_outside(ledger.settings, ledger.catalogue.clients.values(), day.bounds)
    return outside, open_items(ledger, day, outside)


def _chosen(items: list[Item], typed: str) -> Item:
    if typed.isascii() and typed.isdigit():
        if not items:
            raise Usage("nothing is open about this day")
        return items[number(typed, len(items)) - 1]
    for item in items:
        if item.subject == typed:
            return item
    raise Refused("nothing of the id “{id}” is open on that day; “clepsydra day --json” lists the ids", id=typed)


def number(typed: str, most: int) -> int:
    """A typed number from 1 to `most`. Raises `Usage` for anything else."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and 1 <= int(typed) <= most):
        raise Usage("“{word}” is not a number from 1 to {most}", word=typed, most=most)
    return int(typed)


def _answer(context: CommandContext, given: Arguments, item: Item) -> DayAnswer:
    word, text = given.word("answer").replace("-", "_"), given.word("text")
    if word == ACCEPT:
        if item.suggestion is None:
            raise Refused("nothing is suggested here; choose an answer")
        return item.suggestion.answer
    allowed = answers_to(item.kind)
    if word not in allowed:
        choices = ", ".join((ACCEPT, *allowed))
        raise Usage("“{word}” is no answer here; choose one of {choices}", word=given.word("answer"), choices=choices)
    verb = Verb(word)
    channel = given.maybe("channel")
    if verb in _TEXTUAL:
        return _TEXTUAL[verb](context, item, text, Channel(channel) if channel else None)
    if text:
        raise Usage("“{word}” takes nothing more", word=word)
    return DayAnswer(verb)


def _fill(context: CommandContext, item: Item, text: str, channel: Channel | None) -> DayAnswer:
    words = {reason.value: wording.reason(reason, context.tr) for reason in AbsenceReason}
    answer = sliced(context.ledger, item.span, text, words)
    wanted = channel or (Channel.CALL if item.kind is ItemKind.CALL else Channel.WORK)
    return DayAnswer(Verb.FILL, tuple(_through(part, wanted) for part in answer.parts))


def _through(part: DayPart, channel: Channel) -> DayPart:
    from clepsydra.domain.records import replace

    return replace(part, work=replace(part.work, channel=channel)) if part.work else part


def _end(context: CommandContext, item: Item, text: str, _: Channel | None) -> DayAnswer:
    began = item.sessions[0].started_at
    return DayAnswer(Verb.END, at=reading.end(context, text, began) if text else None)


def _scope(context: CommandContext, item: Item, text: str, _: Channel | None) -> DayAnswer:  # noqa: ARG001
    if text not in _SCOPES:
        raise Usage("say whether it is {choices}", choices=", ".join(_SCOPES))
    return _SCOPES[text]


def _note(context: CommandContext, item: Item, text: str, _: Channel | None) -> DayAnswer:  # noqa: ARG001
    return DayAnswer(Verb.NOTE, text=text)


def _agree(context: CommandContext, item: Item, text: str, _: Channel | None) -> DayAnswer:  # noqa: ARG001
    return DayAnswer(Verb.AGREE, seconds=reading.duration(text))


_TEXTUAL: dict[Verb, Callable[[CommandContext, Item, str, Channel | None], DayAnswer]] = {
    Verb.FILL: _fill, Verb.END: _end, Verb.SCOPE: _scope, Verb.NOTE: _note, Verb.AGREE: _agree,
}  # fmt: skip
"""Answers that say more than their verb."""

COMMAND = Command(
    "solve",
    mark("settle one open item, by its id or its number"),
    settle,
    (
        Argument("item", mark("its id in the JSON of the day, or its number in the list"), metavar="ID|N"),
        Argument("answer", mark("accept, keep, take, fill, unknown, personal, ignore, cut-first, cut-second, end, "
                                "split, discard, scope, note or agree, as far as the item takes it")),
        Argument("text", mark("what fill, end, scope, note and agree need: “acme 20m, break”, 17:30, in|bill|absorb|"
                              "pending, the note, 2h"), needed=False, rest=True),
    ),
    (
        Option("date", mark("the day of the item; today without it"), "DATE"),
        Option("channel", mark("how the work of “fill” happened"), "CHANNEL", tuple(Channel)),
        JSON,
    ),
)  # fmt: skip
