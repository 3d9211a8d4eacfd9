"""calls: what was noticed and waits for a word; call: one that nothing could notice, by hand."""

from typing import Any

from clepsydra.calls.call import Rank
from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import clock_of, described, near_day, stretch, tell, tell_problems, until_of
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import AT, CLIENT_PROJECT, NOTE
from clepsydra.domain.civil import wall
from clepsydra.domain.session import Channel
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.calls.inbox import find, folded, listed
from clepsydra.ledger.calls.model import CallState, CallSuggestion, DetectedCall
from clepsydra.ledger.calls.planned import plans_for_waiting
from clepsydra.ledger.calls.reasons import reason
from clepsydra.ledger.errors import Refused

# -- what was noticed


def list_calls(context: CommandContext, given: Arguments) -> int:
    """List the calls that wait, or all of them."""
    period = reading.period(context, given)
    since = context.ledger.own_bounds(period.first).started_at if period.first else None
    until = context.ledger.own_bounds(period.last).ended_at if period.last else None
    said = plans_for_waiting(context.ledger)
    found = listed(context.ledger, since, until, everything=given.flag("all"), calendar=said.hints)
    short = folded(context.ledger, _today(context) if since is None and not given.flag("all") else since, until)
    if given.flag("json"):
        told = {"calls": [_object(context, call) for call in found]}
        context.json({**told, "folded": [_object(context, call) for call in short]})
        return 0
    context.table([row(context, call) for call in found], frozenset({2, 4}))
    if short:
        length = formats.timer(sum(call.seconds(context.ledger.now) for call in short))
        context.print(context.tr.n("{count} short call, {length}", "{count} short calls, {length}", len(short),
                                   length=length))  # fmt: skip
    if not found:
        context.say(context.tr.t("no call waits for a decision"))
    for problem in said.problems:
        context.say(context.said(problem))
    tell_problems(context)
    return 0


def _today(context: CommandContext) -> int:
    return context.ledger.own_bounds(context.ledger.today).started_at


def row(context: CommandContext, call: DetectedCall) -> tuple[str, ...]:
    """A call as a row: its id, when, how long, through what, what it is worth, whose."""
    tr, ledger = context.tr, context.ledger
    end = "…" if call.ended_at is None else until_of(context, call.started_at, call.ended_at)
    money = formats.money(call.minor, call.currency, tr.lang) if call.minor is not None else ""
    return (
        call.id[-6:],
        f"{_begin(context, call)}–{end}",
        formats.timer(call.seconds(ledger.now)),
        _program(context, call),
        money,
        _whose(context, call),
    )


def _begin(context: CommandContext, call: DetectedCall) -> str:
    ledger = context.ledger
    moment = wall(call.started_at, ledger.settings.time_zone)
    day = "" if moment.date() == ledger.today else near_day(context, moment.date()) + " "
    return day + formats.clock(moment)


def _whose(context: CommandContext, call: DetectedCall) -> str:
    if call.state is CallState.ASSIGNED:
        from clepsydra.ledger.calls import wording

        owner = plain(context.place_name(call.client, "default")) if call.client else context.tr.t("several clients")
        return wording.written_off(owner, context.tr) if call.written_off else owner
    if call.state is not CallState.INBOX:
        return _state(context, call)
    words = [suggested(context, call.suggestion) if call.suggestion else "?"]
    words += [_rank(context, call)] if call.rank is not Rank.CERTAIN else []
    words += [context.tr.t("end in doubt")] if call.doubtful_end else []
    words += [context.tr.t("perhaps two calls: {times}", times=_seams(context, call))] if call.seams else []
    return " · ".join(words)


def _program(context: CommandContext, call: DetectedCall) -> str:
    from clepsydra.ledger.calls import wording

    return plain(wording.program(call.program, call.program_name, context.tr))


def _rank(context: CommandContext, call: DetectedCall) -> str:
    from clepsydra.ledger.calls import wording

    return wording.rank(call.rank, context.tr)


def _seams(context: CommandContext, call: DetectedCall) -> str:
    return ", ".join(clock_of(context, seam, seconds=True) for seam in call.seams)


def _state(context: CommandContext, call: DetectedCall) -> str:
    from clepsydra.ledger.calls import wording

    return wording.state(call.state, context.tr)


def suggested(context: CommandContext, suggestion: CallSuggestion) -> str:
    """Whose a call may be, and why."""
    asked = context.tr.t("{client}?", client=context.place_name(suggestion.client, suggestion.project))
    return plain(f"{asked} ({reason(suggestion).said(context.tr)})")


def _object(context: CommandContext, call: DetectedCall) -> dict[str, Any]:
    from clepsydra.exchange.log_json import stamp

    return {
        "id": call.id,
        "program": call.program,
        "program_name": call.program_name,
        "started_at": stamp(call.started_at),
        "ended_at": stamp(call.ended_at),
        "exact_seconds": call.seconds(context.ledger.now),
        "state": call.state.told,
        "suggestion": call.suggestion.client if call.suggestion else None,
        "reason": call.suggestion.why.value if call.suggestion else None,
        "reason_detail": (call.suggestion.detail or None) if call.suggestion else None,
        "exact_minor": call.minor,
        "currency": call.currency or None,
        "client": call.client,
        "sessions": list(call.sessions),
        "written_off": call.written_off,
        "evidence": list(call.evidence),
        "certainty": call.rank.value,
        "seams": [stamp(seam) for seam in call.seams],
        "doubtful": call.doubtful_begin or call.doubtful_end,
    }


def assign(context: CommandContext, given: Arguments) -> int:
    """Make a call a client's."""
    from clepsydra.ledger.calls.deciding import CallPart
    from clepsydra.ledger.calls.deciding import assign as make

    began, ended = given.maybe("from"), given.maybe("to")
    call = find(context.ledger, given.word("id"))
    begin = reading.near(context, began, call.started_at)
    end = reading.end(context, ended, call.started_at if begin is None else begin) if ended is not None else None
    part = CallPart(reading.work(context, given, Channel.CALL), begin, end)
    made = make(context.ledger, call.id, part)
    words = ", ".join(stretch(context, session) for session in made)
    return tell(context, given, context.tr.t("call assigned: {session}", session=words), *made)


def dismiss(context: CommandContext, given: Arguments) -> int:
    """It was no call, or a personal one."""
    from clepsydra.ledger.calls import deciding

    decide = deciding.ignore
    if given.flag("personal"):
        decide = deciding.personal
    elif given.flag("unanswered"):
        decide = deciding.unanswered
    decide(context.ledger, given.word("id"))
    call = find(context.ledger, given.word("id"))
    if given.flag("json"):
        context.json({"call": _object(context, call)})
    else:
        context.print(f"{call.id[-6:]}  {_program(context, call)}  {_state(context, call)}")
    return 0


def never(context: CommandContext, given: Arguments) -> int:
    """Its program, or pages of its title, are never a call."""
    from clepsydra.ledger.calls import deciding

    gone = deciding.never(context.ledger, context.home, given.word("id"), title=given.flag("title"))
    if given.flag("json"):
        context.json({"calls": [_object(context, find(context.ledger, call.id)) for call in gone]})
    else:
        context.print(context.tr.t("never a call from now on ([calls] ignore); undo takes it back"))
    return 0


def show(context: CommandContext, given: Arguments) -> int:
    """Why it is a call."""
    from clepsydra.cli.verbs.calls_show import lines, told
    from clepsydra.ledger.calls.explaining import explain

    found = explain(context.ledger, given.word("id"))
    if given.flag("json"):
        context.json({"call": {**_object(context, found.call), **told(found)}})
        return 0
    call = found.call
    context.print("  ".join(each for each in row(context, call) if each), *lines(context, found))
    return 0


def rederive(context: CommandContext, given: Arguments) -> int:
    """Derive the calls again from the stored evidence, under the constants of the settings.

    Raises `Refused` for a constant of the settings that is not allowed.
    """
    from clepsydra.calls.constants import ConstantError, Constants
    from clepsydra.ledger.calls.deriving import rederive as derive_again
    from clepsydra.ledger.calls.titles import ignored

    settings = context.ledger.settings.calls
    try:
        constants = Constants.from_mapping(settings.constants)
    except ConstantError as error:
        raise Refused(
            "[calls.constants] {name}: found {found}, allowed: {allowed}",
            name=error.name, found=repr(error.found), allowed=error.allowed,
        ) from error  # fmt: skip
    done = derive_again(context.ledger, constants, ignored(settings.ignore))
    if given.flag("json"):
        figures = {"added": done.added, "removed": done.removed, "changed": done.changed, "decided": done.decided}
        context.json({"rederived": figures})
    else:
        context.print(context.tr.t(
            "calls derived again: {added} new, {removed} gone, {changed} changed, {decided} stand as decided",
            added=done.added, removed=done.removed, changed=done.changed, decided=done.decided,
        ))  # fmt: skip
    return 0


# -- by hand


def start(context: CommandContext, given: Arguments) -> int:
    """A call begins over what runs."""
    from clepsydra.ledger.calls.interrupting import begin_by_hand

    work = reading.work(context, given, Channel.CALL)
    session = begin_by_hand(context.ledger, work, reading.instant(context, given.maybe("at")))
    begun = context.tr.t(
        "{work} runs since {time}", work=described(context, session), time=clock_of(context, session.started_at)
    )
    return tell(context, given, begun, session)


def stop(context: CommandContext, given: Arguments) -> int:
    """The running call ends, and what it put aside goes on."""
    from clepsydra.ledger.calls.interrupting import end_by_hand

    ended, resumed = end_by_hand(context.ledger, reading.instant(context, given.maybe("at")))
    lines = [context.tr.t("call ended: {session}", session=stretch(context, ended))]
    lines += [context.tr.t("{work} goes on", work=described(context, session)) for session in resumed]
    return tell(context, given, "\n".join(lines), ended, *resumed)


_CALL = Argument("id", mark("the call: the end of its id, as “calls” shows"))
_ALL = Option("all", mark("all calls, not only those that wait"))
_UNANSWERED = Option("unanswered", mark("somebody was called, and nobody answered"))
_TITLE = Option("title", mark("only pages of its title"))
_PERSONAL = Option("personal", mark("it was a call, but no work"))
_BEGIN = Option("from", mark("another start, inside the call"), "TIME")
_END = Option("to", mark("another end, inside the call"), "TIME")
_PERIOD = (
    Option("from", mark("the first day, or a month, week or year"), "DAY"),
    Option("to", mark("the last day, or a month, week or year"), "DAY"),
)

COMMANDS = (
    Command(
        "calls", mark("decide about the calls that were noticed"), default="list",
        commands=(
            Command("list", mark("the calls that wait for a decision"), list_calls, (), (_ALL, *_PERIOD, JSON)),
            Command("assign", mark("make a call a client’s"), assign, (_CALL, CLIENT_PROJECT, NOTE),
                    (_BEGIN, _END, JSON)),
            Command("dismiss", mark("it was no call"), dismiss, (_CALL,), (_PERSONAL, _UNANSWERED, JSON)),
            Command("never", mark("its program, or pages of its title, are never a call"), never, (_CALL,),
                    (_TITLE, JSON)),
            Command("show", mark("why it is a call: its streams, its start and end"), show, (_CALL,), (JSON,)),
            Command("rederive", mark("derive the calls again; what was decided stands"), rederive, (), (JSON,)),
        ),
    ),
    Command(
        "call", mark("start and end a call by hand, over what runs"),
        commands=(
            Command("start", mark("a call begins; what runs is put aside"), start, (CLIENT_PROJECT, NOTE), (AT, JSON)),
            Command("stop", mark("the call ends; what was put aside goes on"), stop, (), (AT, JSON)),
        ),
    ),
)  # fmt: skip
