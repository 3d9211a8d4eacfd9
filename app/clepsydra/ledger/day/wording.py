"""The words for what is open about a day and for the answers to it, in the reader's language."""

from collections.abc import Sequence

from clepsydra.domain.billing import Group
from clepsydra.domain.civil import wall
from clepsydra.domain.memory import Lateness
from clepsydra.domain.session import DEFAULT_PROJECT, Channel
from clepsydra.domain.timeline import UNPLACED
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger import reports
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.calls.wording import program
from clepsydra.ledger.day.answers import Because, DayAnswer, DayPart, Item, ItemKind, Verb
from clepsydra.ledger.evidence import rule_words
from clepsydra.ledger.evidence.model import note_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.names import place
from clepsydra.ledger.timers import Work

_KINDS = {
    ItemKind.HAPPENED: mark_p("open item", "taken by rules"),
    ItemKind.DOUBTFUL: mark_p("open item", "end to confirm"),
    ItemKind.RUNNING: mark_p("open item", "still running"),
    ItemKind.CALL: mark_p("open item", "call without a client"),
    ItemKind.OVERLAP: mark_p("open item", "overlap"),
    ItemKind.GAP: mark_p("open item", "gap"),
    ItemKind.WAITING: mark_p("open item", "happened"),
    ItemKind.AWAY: mark_p("open item", "nobody at the machine"),
    ItemKind.OVER_LONG: mark_p("open item", "very long"),
    ItemKind.UNSURE: mark_p("open item", "scope unsure"),
    ItemKind.PENDING: mark_p("open item", "out of scope, undecided"),
    ItemKind.NO_NOTE: mark_p("open item", "without a note"),
    ItemKind.AGREED: mark_p("open item", "total to agree"),
}

_REASONS = {
    AbsenceReason.BREAK: mark_p("absence", "break"),
    AbsenceReason.AWAY: mark_p("absence", "away"),
    AbsenceReason.ASLEEP: mark_p("absence", "asleep"),
    AbsenceReason.PERSONAL: mark_p("absence", "personal"),
}

_SOURCES = {
    Because.NEIGHBOURS: mark_p("evidence", "neighbours"),
    Because.CALENDAR: mark_p("evidence", "calendar"),
    Because.COMMITS: mark_p("evidence", "commits"),
    Because.USUAL: mark_p("evidence", "usual hours"),
    Because.HOURS: mark_p("evidence", "working hours"),
    Because.HABIT: mark_p("evidence", "habit"),
    Because.CALL: mark_p("evidence", "call"),
    Because.CAUTION: mark_p("evidence", "caution"),
    Because.RULE: mark_p("evidence", "rule"),
    Because.PRESENCE: mark_p("evidence", "presence"),
    Because.EVIDENCE: mark_p("evidence", "what happened"),
}

_LATENESS = {
    Lateness.HOUR: mark_p("logged", "within the hour"),
    Lateness.DAY: mark_p("logged", "within the day"),
    Lateness.LATER: mark_p("logged", "later"),
    Lateness.MEMORY: mark_p("logged", "from memory"),
}


def kind(value: ItemKind, tr: Translator) -> str:
    """What is open."""
    return tr.p(*_KINDS[value])


def source(value: Because, tr: Translator) -> str:
    """Where a suggestion comes from."""
    return tr.p(*_SOURCES[value])


def lateness(value: Lateness, tr: Translator) -> str:
    """How fresh the memory was."""
    return tr.p(*_LATENESS[value])


def reason(text: str, tr: Translator) -> str:
    """Why somebody was absent: a named reason in words, any other as it was typed."""
    if text == UNPLACED:
        return tr.t("worked, times unknown")
    return tr.p(*_REASONS[AbsenceReason(text)]) if text in set(AbsenceReason) else text


def work(ledger: Ledger, value: Work, tr: Translator) -> str:
    """What a stretch of work was: whose, how, and about what."""
    parts = [place(ledger, value.client, value.project, tr)]
    if value.channel is not Channel.WORK:
        parts.append(words.channel(value.channel, tr))
    if value.note:
        parts.append(value.note)
    return " · ".join(parts)


def answer(ledger: Ledger, item: Item, value: DayAnswer, tr: Translator) -> str:
    """What an answer would make of an item."""
    if value.verb is Verb.FILL:
        return ", ".join(_part(ledger, item, part, tr) for part in value.parts)
    if value.verb in (Verb.CUT_FIRST, Verb.CUT_SECOND):
        first = value.verb is Verb.CUT_FIRST
        if len({(each.client, each.project) for each in item.sessions}) == 1:  # a name would not tell which
            return tr.t("the first gives way") if first else tr.t("the later one gives way")
        loser = item.sessions[0 if first else 1]
        return tr.t("{client} gives way", client=place(ledger, loser.client, loser.project, tr))
    if value.verb is Verb.END:
        return _end(ledger, item, value, tr)
    if value.verb is Verb.SCOPE:
        said = words.scope(value.scope, tr)
        if not value.decision:
            return said
        return tr.t("{scope}: {decision}", scope=said, decision=words.decision(value.decision, tr))
    if value.verb is Verb.NOTE:
        return tr.t("“{text}”", text=value.text)
    if value.verb is Verb.AGREE:
        return tr.t("{time} agreed", time=formats.duration(value.seconds, tr.lang))
    if item.kind in (ItemKind.AGREED, ItemKind.HAPPENED, ItemKind.WAITING):
        return _plain(ledger, item, value, tr)
    return {
        Verb.UNKNOWN: tr.t("nobody knows"), Verb.PERSONAL: tr.t("a personal call"), Verb.IGNORE: tr.t("not a call"),
        Verb.KEEP: tr.t("right as it is"), Verb.SPLIT: tr.t("split: what was not seen becomes a session of its own"),
        Verb.DISCARD: tr.t("none of it was work"),
    }[value.verb]  # fmt: skip


def _plain(ledger: Ledger, item: Item, value: DayAnswer, tr: Translator) -> str:
    """Answers that mean something else to some kinds of items."""
    if item.kind is ItemKind.WAITING:
        taken = item.happened[0].owner.place if value.verb is Verb.TAKE else None
        return place(ledger, *taken, tr) if taken else tr.t("take it") if value.verb is Verb.TAKE else tr.t("no work")
    return tr.t("billed by the rule") if item.kind is ItemKind.AGREED else tr.t("confirm")


def _part(ledger: Ledger, item: Item, part: DayPart, tr: Translator) -> str:
    said = work(ledger, part.work, tr) if part.work else reason(part.reason, tr)
    return said if part.span == item.span else f"{_span(ledger, part.span.started_at, part.span.ended_at)} {said}"


def _span(ledger: Ledger, started_at: int, ended_at: int, *, short: bool = False) -> str:
    zone = ledger.settings.time_zone
    return "–".join(formats.clock(wall(at, zone), short=short) for at in (started_at, ended_at))


def _end(ledger: Ledger, item: Item, value: DayAnswer, tr: Translator) -> str:
    at = value.at
    if at is None and item.kind is ItemKind.DOUBTFUL:
        at = max(item.sessions[0].started_at, item.sessions[0].doubtful_from or 0)
    if at is None:
        return tr.t("stop it now")
    return tr.t("it ended at {time}", time=formats.clock(wall(at, ledger.settings.time_zone)))


def about(ledger: Ledger, item: Item, tr: Translator) -> str:
    """Whose an item is: the sessions or the program it is about; empty for a gap."""
    if item.call:
        return program(item.call.program, item.call.program_name, tr)
    if item.happened or item.wrote:
        told = [rule_words.in_short(ledger, each, tr) for each in item.happened]
        if item.kind is ItemKind.WAITING and (label := note_of(item.happened[0])):
            told.append(tr.t("“{text}”", text=label))
        return ", ".join([*told, *_wrote(ledger, item, tr)])
    if item.kind is ItemKind.HAPPENED:
        return _by_rules(ledger, item, tr)
    names = [place(ledger, session.client, session.project, tr) for session in item.sessions]
    if item.kind is ItemKind.AGREED:
        return names[0]
    if len(names) == 1 and item.sessions[0].note:
        names.append(item.sessions[0].note)
    return " · ".join(names)


def _wrote(ledger: Ledger, item: Item, tr: Translator) -> list[str]:
    """Who wrote in a gap: “3 mails from Acme SARL”."""
    return [
        tr.n(
            "{count} mail from {client}",
            "{count} mails from {client}",
            count,
            client=place(ledger, client, DEFAULT_PROJECT, tr),
        )
        for client, count in item.wrote
    ]


def _by_rules(ledger: Ledger, item: Item, tr: Translator) -> str:
    """How many, and whose: “3: Acme SARL 12:41, 15:02, Brel & Cie 17:31”."""
    begins = [(session.client, session.project, session.started_at) for session in item.sessions]
    begins += [(each.ruling.client or "", each.project, each.item.began) for each in item.ready]
    zone = ledger.settings.time_zone
    parts: dict[str, list[str]] = {}
    for client, project, at in sorted(begins, key=lambda each: each[2]):
        parts.setdefault(place(ledger, client, project, tr), []).append(formats.clock(wall(at, zone)))
    whose = " · ".join(f"{name} {', '.join(times)}" for name, times in parts.items())
    return tr.t("{what}: {parts}", what=len(begins), parts=whose)


def ticks(ledger: Ledger, item: Item, tr: Translator) -> list[tuple[str, str]]:
    """Each of what rules took or are ready to take: the id it is left by, and what it is."""
    zone = ledger.settings.time_zone
    rows = []
    for session in item.sessions:
        length = formats.duration(session.exact_seconds(ledger.now), tr.lang)
        name = place(ledger, session.client, session.project, tr)
        rows.append((session.id, f"{formats.clock(wall(session.started_at, zone))}  {length}  {name}"))
    for each in item.ready:
        length, money = formats.duration(each.seconds, tr.lang), formats.money(each.minor, each.currency, tr.lang)
        name = place(ledger, each.ruling.client or "", each.project, tr)
        rule = rule_words.called(each.ruling.client or "", each.rule, tr) if each.rule else ""
        at = formats.clock(wall(each.item.began, zone))
        rows.append((each.item.id, f"{at}  {length}  {money}  {name} · {rule}"))
    return rows


def cost(groups: Sequence[Group], seconds: int, tr: Translator) -> str:
    """What an agreed total changes against the rule."""
    more, minor = agreed_time.cost(groups, seconds)
    return tr.t(
        "{time} against the rule = {money}",
        time=formats.duration(more, tr.lang, sign=True),
        money=formats.money(minor, groups[0].currency, tr.lang, sign=True),
    )


def taken(seconds: int, total: int | None, tr: Translator) -> str:
    """What statements have billed of a day whose total is agreed; empty where they have nothing of it."""
    if not seconds:
        return ""
    if total is not None and seconds > total:
        return tr.t(
            "{time} of that day is billed already, {more} more than agreed: nothing more is billed",
            time=formats.duration(seconds, tr.lang), more=formats.duration(seconds - total, tr.lang),
        )  # fmt: skip
    return tr.t("{time} of that day is billed already and counts in the total", time=formats.duration(seconds, tr.lang))


def given(ledger: Ledger, client: str, tr: Translator) -> str:
    """What agreed totals have given to a client this year, to be said beside the cost of one more; else empty."""
    seconds = reports.given_since_january(ledger, client)
    if not seconds:
        return ""
    return tr.t("this client: {time} given since January", time=formats.duration(seconds, tr.lang))


def span(ledger: Ledger, item: Item, *, short: bool = False) -> str:
    """From when to when, on the person's clock."""
    return _span(ledger, item.span.started_at, item.span.ended_at, short=short)
