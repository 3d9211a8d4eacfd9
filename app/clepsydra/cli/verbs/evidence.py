"""evidence: what happened outside the microphone on a day; take it into the log, or leave it."""

from collections.abc import Sequence
from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import stretch, tell, tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import NOTE
from clepsydra.domain.civil import wall
from clepsydra.domain.happenings import HappeningKind
from clepsydra.language import formats
from clepsydra.language.sources import source_names
from clepsydra.language.translator import mark
from clepsydra.ledger.evidence import automatic, deciding, rule_words, wording
from clepsydra.ledger.evidence.gathering import happened, happened_on, last_weeks, looks_anywhere
from clepsydra.ledger.evidence.model import Happened, HappenedState, WhatHappened, note_of
from clepsydra.ledger.evidence.ruling import Ruled, ruled, why_asked
from clepsydra.ledger.timers import Work


def show(context: CommandContext, given: Arguments) -> int:
    """What happened on a day."""
    found = _of_day(context, given)
    judged = ruled(context.ledger, found.items)
    if given.flag("json"):
        judged = [each for each in judged if each.asks] if given.flag("waiting") else judged
        objects = [told(each.item) | {"ruling": _ruling(each)} for each in judged]
        context.json({"happened": objects, "problems": _problems(context, found)})
        return 0
    waits = given.flag("waiting")
    seen = [each for each in judged if each.item.state is not HappenedState.STRANGER or each.open]
    seen = [each for each in seen if each.asks] if waits else seen
    context.table(
        [(*_row(context, each.item, dated=waits), _decided(context, each)) for each in seen], frozenset({3, 4})
    )
    shown = [each.item for each in seen]
    _sum_up(context, found.items if waits else shown, found)
    _say_problems(context, found)
    return 0


def strangers(context: CommandContext, given: Arguments) -> int:
    """What happened with nobody the files of the clients name; it is kept in memory only."""
    found = _of_day(context, given)
    items = [item for item in found.items if item.state is HappenedState.STRANGER]
    if given.flag("json"):
        context.json({"strangers": [told(item) | {"party": _party(item)} for item in items]})
        return 0
    context.table([(*_row(context, item)[:4], _party(item)) for item in items], frozenset({3}))
    if not items:
        context.say(context.tr.t("everybody is known"))
    _say_problems(context, found)
    return 0


def take(context: CommandContext, given: Arguments) -> int:
    """Make it a client's time."""
    item = deciding.item_of(context.ledger, given.word("id"))
    length, client = given.maybe("minutes"), given.maybe("client")
    seconds = reading.duration(length) if length else None
    (found,) = ruled(context.ledger, [item])
    if client is None and found.rule is not None:  # whose it is, and what of, as its rule suggests
        made = automatic.take_suggested(context.ledger, found, given.word("note"), seconds)
    else:
        place = reading.place(context, client) if client else item.owner.place
        note = given.word("note") or note_of(item)
        made = deciding.take(context.ledger, item, Work(*place, note) if place else None, seconds=seconds)
    words = ", ".join(stretch(context, session) for session in made)
    return tell(context, given, context.tr.t("taken: {session}", session=words), *made)


def leave(context: CommandContext, given: Arguments) -> int:
    """It is no work."""
    item = deciding.item_of(context.ledger, given.word("id"))
    deciding.leave(context.ledger, item)
    if given.flag("json"):
        context.json({"happened": told(deciding.item_of(context.ledger, item.id))})
    else:
        context.print(context.tr.t("left: {id} is not asked about again; undo brings it back", id=item.id))
    return 0


def fetch(context: CommandContext, given: Arguments) -> int:
    """Ask the paired telephone for its list of calls, and let it name those that are known."""
    from clepsydra.cli.verbs.imports_calls import counted
    from clepsydra.ledger.evidence import fetching

    settings = context.ledger.settings
    if settings.phone.bluetooth:
        context.say(context.tr.t("asking the telephone: it may want your yes on its screen"))
    done = fetching.take_in(context.ledger, fetching.ask(settings))
    if given.flag("json"):
        context.json({"calls": counted(done), "format": done.source})
        return 0
    context.print(*wording.imported(done, context.tr))
    return 0


def _of_day(context: CommandContext, given: Arguments) -> WhatHappened:
    if given.flag("waiting"):
        if given.maybe("date"):
            raise Usage("--waiting looks at the last four weeks, and takes no day")
        return happened(context.ledger, last_weeks(context.ledger))
    return happened_on(context.ledger, reading.maybe_day(context, given.maybe("date")) or context.ledger.today)


# -- as a list


def _row(context: CommandContext, item: Happened, *, dated: bool = False) -> tuple[str, ...]:
    """A happening as a row: its id, when, through what, how long, what it is worth, whose and why."""
    tr = context.tr
    zone = context.ledger.settings.time_zone
    day = f"{formats.date(context.ledger.own_day(item.began), tr.lang, 'day')} " if dated else ""
    begin = day + formats.clock(wall(item.began, zone), seconds=True)
    end = f" – {formats.clock(wall(item.ended, zone), seconds=True)}" if item.ended is not None else ""
    length = formats.timer(item.suggested_seconds) if item.suggested_seconds is not None else "?"
    money = formats.money(item.minor, item.currency, tr.lang) if item.minor is not None else ""
    return (
        item.id, f"{begin}{end}", plain(wording.through(item, tr)), length, money,
        _whose(context, item),
    )  # fmt: skip


def _whose(context: CommandContext, item: Happened) -> str:
    owners = (item.taken_for,) if item.taken_for else item.owner.places
    places = [context.place_name(client, project) for client, project in owners]
    words = [f"{'/'.join(places)}{'' if item.owner.sure or item.taken_for else '?'}" if places else "?"]
    if item.state is not HappenedState.OPEN:
        words.append(wording.state(item.state, context.tr))
    else:
        words += [context.said(each) for each in wording.reasons(item)]
    if item.merged.best.words:
        words.append(context.tr.n("{count} word of yours", "{count} words of yours", item.merged.best.words))
    if note_of(item):
        words.append(context.tr.t("“{text}”", text=plain(note_of(item))))
    words.append(source_names(item.merged.sources, context.tr))
    return " · ".join(filter(None, words))


def _sum_up(context: CommandContext, shown: Sequence[Happened], found: WhatHappened) -> None:
    """What is not in the list: nobody's, or nothing at all; of weeks, whose days are asked one by one, only that."""
    tr = context.tr
    seen = {item.id for item in shown}
    alien = sum(item.state is HappenedState.STRANGER and item.id not in seen for item in found.items)
    if alien:
        context.say(tr.n("{count} of nobody’s: “clepsydra evidence strangers” shows it",
                         "{count} of nobody’s: “clepsydra evidence strangers” shows them", alien))  # fmt: skip
    if not found.items:
        context.say(tr.t("nothing is known to have happened"))
        if not looks_anywhere(context.ledger.settings):
            context.say(tr.t("nothing is looked at yet: name a folder in [phone] lists, or your address in [mail] me"))


def _say_problems(context: CommandContext, found: WhatHappened) -> None:
    for problem in found.problems:
        context.say(context.said(problem))
    tell_problems(context)


def _decided(context: CommandContext, found: Ruled) -> str:
    """The rule that fits, and why it is asked all the same."""
    if not found.open or not found.ruling.fitting:
        return ""
    rules = [rule_words.called(client, rule, context.tr) for client, rule in found.ruling.fitting]
    asked = [rule_words.reason(why, context.tr) for why in why_asked(found)]
    ready = [] if asked else [rule_words.take(found.take, context.tr)]
    return plain(" · ".join([", ".join(rules), *asked, *ready]))


# -- as JSON


def _ruling(found: Ruled) -> dict[str, Any] | None:
    """What rules say of it; None where none fits."""
    if not found.ruling.fitting:
        return None
    client, rule = found.ruling.fitting[0]
    return {
        "client": client, "rule": rule.number, "take": rule.then.take.value, "ready": found.ready,
        "reasons": [why.value for why in why_asked(found)] if found.open else [],
    }  # fmt: skip


def told(item: Happened) -> dict[str, Any]:
    """A happening for scripts; whom it was with is not in it."""
    from clepsydra.exchange.log_json import stamp

    place = item.owner.place
    sure = item.taken_for or (place if item.owner.sure else None)
    return {
        "id": item.id,
        "kind": item.kind.value,
        "sources": list(item.merged.sources),
        "started_at": stamp(item.began),
        "ended_at": stamp(item.ended),
        "seconds": item.merged.best.seconds,
        "way": item.merged.way.value or None,
        "client": sure[0] if sure else None,
        "project": sure[1] if sure else None,
        "suggestion": place[0] if place else None,
        "clients": [client for client, _ in item.owner.places],
        "state": item.state.value,
        "why": item.owner.why.value or None,
        "asked": [cause.value for cause in item.asked],
        "rule": item.rule or None,
        "placed": {
            "covered_seconds": item.placement.covered_seconds,
            "other_seconds": item.placement.other_seconds,
            "free_seconds": item.placement.free_seconds,
        },
        "suggested_seconds": item.suggested_seconds,
        "words": item.merged.best.words,
        "worth_minor": item.minor,
        "currency": item.currency or None,
        "sessions": list(item.sessions),
    }


def _problems(context: CommandContext, found: WhatHappened) -> list[str]:
    return [context.said(problem) for problem in found.problems]


def _party(item: Happened) -> str:
    """The other side, as little of it as tells one from another."""
    if item.kind is HappeningKind.CALL:
        from clepsydra.evidence.phone.phone_numbers import masked

        return ", ".join(masked(each) if each.startswith("+") else plain(each) for each in item.merged.party) or "?"
    return plain(", ".join(item.merged.party)) or "?"


_DATE = Argument("date", mark("the day; today without it"), needed=False)
_ID = Argument("id", mark("what happened: its id, or the beginning of it, as “evidence” shows"))
_WAITING = Option("waiting", mark("all that waits of the last four weeks"))
_MINUTES = Option("minutes", mark("how long it took: 5, 1h10, 90s"), "LENGTH")
_CLIENT = Option("client", mark("whose it was, where that is not known or another’s"), "CLIENT[/PROJECT]")

COMMANDS = (
    Command(
        "evidence", mark("what happened outside the microphone: calls, mails, messages"), default="list",
        commands=(
            Command(
                "list", mark("what happened on a day, and where it lies in the log"), show, (_DATE,), (_WAITING, JSON)
            ),
            Command("take", mark("make it a client’s time"), take, (_ID, NOTE), (_CLIENT, _MINUTES, JSON)),
            Command("leave", mark("it was no work"), leave, (_ID,), (JSON,)),
            Command("fetch", mark("ask the paired telephone for its list of calls"), fetch, (), (JSON,)),
            Command("strangers", mark("what happened with nobody the client files name"), strangers, (_DATE,), (JSON,)),
        ),
        usages=("[DATE | --waiting] [--json]", "take|leave|strangers|fetch …"),
    ),
)  # fmt: skip
