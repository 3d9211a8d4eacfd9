"""rules: what the rules about evidence would have done, why something was taken or asked; let them take at once."""

from datetime import timedelta
from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.outcome import stretch, tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import CLIENT, PERIOD
from clepsydra.cli.verbs import rules_why
from clepsydra.domain.civil import wall
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.evidence import rule_words, seen_trials
from clepsydra.ledger.evidence.automatic import take_now
from clepsydra.ledger.evidence.gathering import happened_on
from clepsydra.ledger.evidence.ruling import Ruled
from clepsydra.ledger.evidence.trial import PAST, RuleTrial, StaysAsked, Trial, reasons_of, try_rules
from clepsydra.settings.evidence_rules import line_of

SHOWN = 20
"""So many happenings that stay asked are listed; the others are counted."""


def dry_run(context: CommandContext, given: Arguments) -> int:
    """What the rules would have done over past days; nothing is written."""
    found = _tried(context, given)
    if given.flag("json"):
        context.json(trial_object(context, found))
    else:
        _print(context, found)
    for problem in found.problems:
        context.say(context.said(problem))
    tell_problems(context)
    return 0


def accept(context: CommandContext, given: Arguments) -> int:
    """Let the rules that take at once do so, once what they would have done was shown."""
    found = _tried(context, given)
    waiting = seen_trials.untried(context.ledger, reading.client(context, given))
    count = seen_trials.agree(context.ledger, waiting)
    if given.flag("json"):
        context.json(trial_object(context, found) | {"accepted": count})
        return 0
    _print(context, found)
    context.print(
        context.tr.n("{count} rule takes at once from now on", "{count} rules take at once from now on", count)
    )
    tell_problems(context)
    return 0


def take(context: CommandContext, given: Arguments) -> int:
    """Take what rules take at once, of one day."""
    day = reading.maybe_day(context, given.maybe("date")) or context.ledger.today
    found = happened_on(context.ledger, day)
    made = [session for each in take_now(context.ledger, found.items) for session in each.sessions]
    if given.flag("json"):
        from clepsydra.exchange.log_json import session_object

        context.json({"sessions": [session_object(each, context.ledger.now) for each in made]})
    else:
        context.print(*(context.tr.t("taken: {session}", session=stretch(context, each)) for each in made))
        if not made:
            context.say(context.tr.t("no rule takes anything at once"))
    tell_problems(context)
    return 0


def _tried(context: CommandContext, given: Arguments) -> Trial:
    period = reading.period(context, given)
    last = period.last or context.ledger.today
    first = period.first or last - timedelta(days=PAST - 1)
    return try_rules(context.ledger, first, last, reading.client(context, given))


# -- as JSON


def trial_object(context: CommandContext, found: Trial) -> dict[str, Any]:
    """A dry run for scripts."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "rules": [_rule_object(context, each) for each in found.rules],
        "asked": [_asked_object(each) for each in found.asked],
        "asked_reasons": {why.value: count for why, count in reasons_of(found.asked).items()},
        "nobody": found.nobody,
        "problems": [context.said(problem) for problem in found.problems],
    }


def _rule_object(context: CommandContext, each: RuleTrial) -> dict[str, Any]:
    file = context.home.client_file(each.client)
    return {
        "client": each.client,
        "rule": each.rule.number,
        "file": str(file),
        "line": line_of(file, each.rule.number),
        "text": each.rule.text,
        "take": each.rule.then.take.value,
        "give": each.rule.then.give or None,
        "matched": each.matched,
        "would_take": each.takes,
        "would_take_seconds": each.seconds,
        "would_take_minor": each.minor,
        "currency": each.currency,
        "agreed": each.agreed,
        "differed": each.differed,
        "hidden": each.hidden,
        "asked": each.asked,
    }


def _asked_object(each: StaysAsked) -> dict[str, Any]:
    from clepsydra.exchange.log_json import stamp

    item, ruling = each.found.item, each.found.ruling
    return {
        "id": item.id,
        "kind": item.kind.value,
        "started_at": stamp(item.began),
        "ended_at": stamp(item.ended),
        "client": ruling.client,
        "rule": ruling.rule.number if ruling.rule else None,
        "reasons": [reason.value for reason in each.reasons],
    }


# -- as text


def _print(context: CommandContext, found: Trial) -> None:
    tr = context.tr
    context.print(tr.t("what the rules would have done, {days}", days=formats.days(found.first, found.last, tr.lang)))
    if not found.rules:
        context.say(tr.t("no client file has rules yet: [[decide]] in clients/NAME.toml says what evidence is made"))
        return
    for each in found.rules:
        context.print("", *(plain(line) for line in _rule_lines(context, each)))
    if found.asked:
        context.print("", tr.n("{count} stays asked", "{count} stay asked", len(found.asked)))
        for why, count in reasons_of(found.asked).items():
            context.print(f"  {count} × {rule_words.reason(why, tr)}")
        context.table([_asked_row(context, each.found, each) for each in found.asked[:SHOWN]])
        if len(found.asked) > SHOWN:
            context.say(tr.t("and {count} more", count=len(found.asked) - SHOWN))
    if found.nobody:
        context.print(tr.n("{count} is nobody’s", "{count} are nobody’s", found.nobody))


def _rule_lines(context: CommandContext, each: RuleTrial) -> list[str]:
    tr = context.tr
    file = context.home.client_file(each.client)
    where = f"clients/{file.name}:{line_of(file, each.rule.number)}"
    money = formats.money(each.minor, each.currency, tr.lang)
    takes = tr.t("would take {count}, {time}, {amount}", count=each.takes,
                 time=formats.duration(each.seconds, tr.lang), amount=money)  # fmt: skip
    if each.takes > 1:
        apart = formats.duration(each.seconds // each.takes, tr.lang)
        takes = tr.t("{takes} ({time} each)", takes=takes, time=apart)
    if each.rule.then.give:
        takes = tr.t("{takes}, given: {reason}", takes=takes, reason=each.rule.then.give)
    parts = [tr.t("fits {count}", count=each.matched), takes]
    if each.agreed or each.differed:
        parts.append(tr.t("as you did {agreed}, otherwise {differed}", agreed=each.agreed, differed=each.differed))
    if each.asked:
        parts.append(tr.t("asked {count}", count=each.asked))
    if each.hidden:
        parts.append(tr.t("decided by an earlier rule {count}", count=each.hidden))
    return [
        f"{where} · {rule_words.called(each.client, each.rule, tr)} · {rule_words.take(each.rule.then.take, tr)}",
        f"  {each.rule.text}",
        f"  {' · '.join(parts)}",
    ]


def _asked_row(context: CommandContext, found: Ruled, each: StaysAsked) -> tuple[str, ...]:
    tr, item = context.tr, found.item
    at = wall(item.began, context.ledger.zone)
    client = found.ruling.client
    return (
        f"  {item.id}",
        f"{formats.date(at.date(), tr.lang, 'weekday')} {formats.clock(at)}",
        plain(context.place_name(client, "default")) if client else "?",
        ", ".join(rule_words.reason(why, tr) for why in each.reasons),
    )


_ID = Argument("id", mark("what happened, by its id, or a session that was made of it"))
_DATE = Argument("date", mark("the day; today without it"), needed=False)
_TRY = mark("what the rules of the client files would have done over the past 30 days; writes nothing")

COMMANDS = (
    Command(
        "rules",
        mark("rules about evidence: try them, and see why"),
        commands=(
            Command("try", _TRY, dry_run, (), (*PERIOD, JSON)),
            Command("why", mark("from the evidence to what is billed of it"), rules_why.why, (_ID,), (JSON,)),
            Command("take", mark("make what rules take at once, of one day; for a timetable of the system"), take,
                    (_DATE,), (JSON,)),
            Command("accept", mark("let rules with take = \"now\" do so, with what they would have done"), accept, (),
                    (CLIENT, JSON)),
        ),
        default="try",
        usages=("[--from DAY] [--to DAY] [--client CLIENT] [--json]", "why|accept|take …"),
    ),
)  # fmt: skip
