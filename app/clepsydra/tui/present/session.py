"""One session in words: when it was, what it comes to, where it stands. Pure, so that it can be read in a test."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from clepsydra.domain.billing import Treatment
from clepsydra.domain.civil import wall, zone_named
from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Scope, Session, Source, State
from clepsydra.domain.terms import Client
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.entry import Weighed
from clepsydra.tui.present.main import client_label, scope_words
from clepsydra.tui.widgets.lines import Word, WordLine


def place_label(session_client: str, project: str, clients: Mapping[str, Client], tr: Translator) -> str:
    """Client and project by their names, where they have any."""
    name = client_label(session_client, clients, tr)
    if project == DEFAULT_PROJECT:
        return name
    client = clients.get(session_client)
    found = client.project(project) if client else None
    return f"{name} · {found.name if found and found.name else project}"


def span_words(begin: int, end: int | None, zone: ZoneInfo, lang: str) -> str:
    """From when to when: the day once where both ends share it, seconds where there are any."""
    since = wall(begin, zone)
    day = formats.date(since.date(), lang, "weekday")
    seconds = bool(since.second) or (end is not None and bool(wall(end, zone).second))
    text = f"{day} {formats.clock(since, seconds)}"
    if end is None:
        return f"{text}–…"
    until = wall(end, zone)
    clock = formats.clock(until, seconds)
    # The clocks changed in between: the offset tells why it is longer or shorter than it looks, unless a time that
    # came twice says which it is.
    if since.utcoffset() != until.utcoffset() and "#" not in text + clock:
        clock += f" ({until:%z})"
    if since.date() == until.date():
        return f"{text}–{clock}"
    return f"{text} – {formats.date(until.date(), lang, 'weekday')} {clock}"


def exact_length(seconds: int, lang: str) -> str:
    """A length to the second: "42 min", "2 h 10", "0:42:13"."""
    if seconds % MINUTE:
        return formats.timer(seconds)
    return formats.duration(seconds, lang) if seconds >= HOUR else formats.length(seconds, lang)


def worth_words(weighed: Weighed, tr: Translator) -> str:
    """What a session comes to: its worth, and what is billed for it where its own day decides that."""
    length = exact_length(weighed.seconds, tr.lang)
    if weighed.treatment is not Treatment.BILLABLE:
        return f"{length} · {words.treatment(weighed.treatment, tr)}"
    amount = formats.money(weighed.minor, weighed.currency, tr.lang)
    figures = weighed.billed
    if figures is None or (weighed.alone and figures.billed_seconds == weighed.seconds):
        return f"{length} · {amount}"
    time = exact_length(figures.billed_seconds, tr.lang)
    sum_ = formats.money(figures.billed_minor, weighed.currency, tr.lang)
    if weighed.alone:
        billed = tr.t("billed as {time}: {amount}", time=time, amount=sum_)
    else:
        billed = tr.t("with the rest of its day billed as {time}: {amount}", time=time, amount=sum_)
    return f"{length} · {amount} · {billed}"


def facts(session: Session, number: str, now: int, zone: ZoneInfo, late_after: int, tr: Translator) -> list[WordLine]:
    """When exactly, how, in which scope; then where it stands and how it came into the log."""
    length = formats.timer(session.exact_seconds(now))
    first = [
        Word(" " + span_words(session.started_at, session.ended_at, zone, tr.lang)),
        Word(f"  {length}", "timer-running" if session.running else "foreground", bold=True),
        Word(f"  {words.channel(session.channel, tr)}", "call-live" if session.channel is Channel.CALL else "muted"),
    ]
    meaning = {Scope.IN: "muted", Scope.OUT: "out-of-scope", Scope.UNSURE: "unsure"}[session.scope]
    first.append(Word(f"  {scope_words(session, tr)}", meaning))
    second = [Word(" " + _standing(session, number, tr), "attention" if session.doubtful_from else "muted")]
    if session.agreed_seconds is not None:
        agreed = tr.t("agreed {time}", time=formats.duration(session.agreed_seconds, tr.lang))
        second.append(Word(f"  {agreed}", "pending"))
    if session.request:
        asked = tr.t("asked: {request}", request=session.request)
        second.append(Word(f"  {asked}"))
    second.append(Word(f"  {words.source(session.source, tr)}", "muted"))
    second += _late(session, late_after, tr)
    if session.precision is not None:
        second.append(Word(f"  ≈ {words.precision(session.precision, tr)}", "muted"))
    if session.zone != zone.key:
        second.append(Word(f"  {_there(session)}", "muted"))
    return [WordLine(tuple(first)), WordLine(tuple(second), (Word(f"{session.id[-6:]} ", "muted"),))]


def _standing(session: Session, number: str, tr: Translator) -> str:
    if session.write_off is not None:
        return tr.t("given: {reason}", reason=words.write_off_words(session.write_off, tr))
    if session.state is State.BILLED and number:
        return tr.t("on statement {number}", number=number)
    return words.state(session.state, tr)


def _there(session: Session) -> str:
    """The zone a session was recorded in, with the time its clocks showed."""
    try:
        return f"{formats.clock(wall(session.started_at, zone_named(session.zone)))} {session.zone}"
    except (KeyError, ValueError):  # a zone this machine does not know
        return session.zone


def _late(session: Session, late_after: int, tr: Translator) -> list[Word]:
    """How long after the fact it was logged, from a minute on; what counts as from memory stands out."""
    if session.source is Source.IMPORT:
        return []
    behind = session.logged_at - (session.ended_at if session.ended_at is not None else session.started_at)
    if behind < 60:
        return []
    text = tr.t("logged {time} after", time=formats.age(behind, tr.lang))
    return [Word(f"  {text}", "attention" if behind > late_after else "muted")]
