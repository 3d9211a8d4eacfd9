"""From ledger figures to what widgets show: words, numbers and meanings. Pure, so that it can be read in a test."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from clepsydra.domain.billing import Treatment
from clepsydra.domain.civil import wall
from clepsydra.domain.contracts import BurnState
from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import exponent
from clepsydra.domain.records import replace
from clepsydra.domain.session import DEFAULT_PROJECT, TOUCH_CHANNELS, Channel, Decision, Scope, Session, State
from clepsydra.domain.terms import Client
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.figures import Running, Snapshot
from clepsydra.ledger.open_work import worth
from clepsydra.settings.defaults import SESSION_OVER
from clepsydra.tui.limits import agreement_of
from clepsydra.tui.widgets.big_time import TimeView
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, TableRow

MINUS = "\u2212"
OLD_AFTER_DAYS = 30


def client_name(client: Client, tr: Translator) -> str:
    """A client's name; own work is named in the person's language."""
    return tr.t("Own work") if client.own else client.name


def client_label(slug: str, clients: Mapping[str, Client], tr: Translator) -> str:
    """A client's name, or the slug that the log has where its file is gone."""
    client = clients.get(slug)
    return client_name(client, tr) if client else slug


def title(
    now: int,
    zone: ZoneInfo,
    tr: Translator,
    status: Sequence[Word],
    earned: Sequence[Word] = (),
    *,
    sample: bool = False,
    year: bool = True,
    narrow: bool = False,
) -> WordLine:
    """The top line: the program, whether its home is an invented one, the day and time, what was earned, what is being
    noticed; with less between them where it is `narrow`.
    """
    moment = wall(now, zone)
    day = formats.date(moment.date(), tr.lang, "weekday")
    if not year:
        day = day.rsplit(" ", 1)[0]
    left = (
        Word(" Clepsydra", "heading", bold=True),
        Word((" " if narrow else " · ") + tr.t("sample") if sample else "", "attention"),
        Word("  " if narrow else "   "),
        Word(day, "foreground"),
        Word("  "),
        Word(formats.clock(moment.time()), "foreground", bold=True),
        *earned,
        Word(" " if narrow else "  "),
    )
    if not status:
        return WordLine(left)
    *first, last = status
    last = last._replace(text=last.text.rstrip(" "), shorter=tuple(text.rstrip(" ") for text in last.shorter))
    return WordLine(left, (*first, last, Word(" ")))


def client_rows(
    snapshot: Snapshot, clients: Sequence[Client], keys: Mapping[str, str], today: date, tr: Translator,
    session_over: int = SESSION_OVER,
) -> list[ClientRow]:  # fmt: skip
    """The list of clients with their live figures; whose timer runs longer than usual comes first and says so."""
    key_of = {slug: key for key, slug in keys.items()}
    running = {run.session.client: run for run in reversed(snapshot.running)}
    longer = {slug: run.seconds - session_over for slug, run in running.items() if run.seconds > session_over}
    rows = [_client_row(c, running.get(c.slug), snapshot, key_of.get(c.slug, ""), today, tr) for c in clients]
    rows = [_long(row, longer[row.slug], tr) if row.slug in longer else row for row in rows]
    return sorted(rows, key=lambda row: -longer.get(row.slug, 0))


def _long(row: ClientRow, longer: int, tr: Translator) -> ClientRow:
    words = tr.t("{time} too long", time=formats.duration(longer, tr.lang))
    return replace(row, contract=words, contract_meaning="loss", age_meaning="attention")


def _client_row(
    client: Client, run: Running | None, snapshot: Snapshot, key: str, today: date, tr: Translator
) -> ClientRow:
    sums = snapshot.unbilled.get(client.slug)
    scope = next((s.state for s in snapshot.scopes if s.client.slug == client.slug and s.state.available), None)
    minor = sums.minor if sums else 0
    shown = bool(sums and (minor or sums.sessions))
    age = sums.age_days(today) if sums else 0
    return ClientRow(
        slug=client.slug,
        name=client_name(client, tr),
        key=key,
        running=run is not None,
        time=formats.timer(run.seconds) if run else "",
        amount=formats.money(minor, client.currency, tr.lang) if shown else "",
        decimals=exponent(client.currency),
        age=formats.age(age * 86_400, tr.lang) if shown and age else "",
        age_meaning="attention" if age > OLD_AFTER_DAYS else "muted",
        contract=_hours_used(scope, tr) if scope else "",
        contract_meaning="loss" if scope and scope.over else "muted",
    )


def _hours_used(state: BurnState, tr: Translator) -> str:
    used, available = state.used // 3600, (state.available or 0) // 3600
    return tr.t("{used} h of {available}", used=used, available=available)


def idle_view(waiting: int, tr: Translator, *, first: bool) -> TimeView:
    """The large clock while nothing runs: how to start a timer, and what goes on with a key; before the `first` session
    how to log what was done already.
    """
    start = (tr.t("a client’s key starts its timer"), "muted")
    if waiting:
        text = tr.n(
            "{count} pause waits: {press[timer.pause]} resumes it",
            "{count} pauses wait: {press[timer.pause]} resumes",
            waiting,
        )
        more = ((text, "muted"), start)
    elif first:
        more = (start, (tr.t("{press[session.line]} logs what was done before"), "muted"))
    else:
        more = (start, (tr.t("{press[timer.toggle]} goes on with the last"), "muted"))
    return TimeView("0:00:00", ((tr.t("Nothing is running"), "foreground"), *more), "muted")


def time_view(snapshot: Snapshot, tr: Translator, after: str = "") -> TimeView:
    """The large clock of the timer that was started last, and what it is worth.

    `after` is the work that goes on when the running call ends.
    """
    runs = snapshot.running
    run = runs[-1]
    return TimeView(
        formats.timer(run.seconds),
        tuple(_worth(run, _used_up(run, snapshot), tr)),
        "timer-running",
        session_title(replace(run.session, note=""), run.client, tr),
        _scope_words(run.session, tr, more=len(runs) - 1, after=after),
        run.session.note,
    )


def session_title(session: Session, client: Client | None, tr: Translator) -> str:
    """Client, project and note of a session, as far as there are any."""
    parts = [client_name(client, tr) if client else session.client]
    return " · ".join([*parts, *_what(session, client)])


def _what(session: Session, client: Client | None) -> Iterator[str]:
    """Project and note, as far as there are any."""
    if session.project != DEFAULT_PROJECT:
        project = client.project(session.project) if client else None
        yield project.name if project and project.name else session.project
    if session.note:
        yield session.note


def _used_up(run: Running, snapshot: Snapshot) -> bool:
    """Whether the hours of the fee a session falls under are used up."""
    use = agreement_of(run, snapshot)
    return use is not None and use.state.over > 0


def _worth(run: Running, used_up: bool, tr: Translator) -> Iterator[tuple[str, str]]:
    """What the time comes to, how much of it is billed, when that grows: a line each, for the narrowest card."""
    if run.treatment is Treatment.INCLUDED and used_up:
        yield tr.t("beyond the fee"), "attention"
        return
    if run.treatment is Treatment.INCLUDED:
        yield tr.t("included in the fee"), "billable"
        return
    if run.treatment is not Treatment.BILLABLE:
        if run.session.scope is Scope.IN:  # else the foot of the card says what becomes of it
            yield words.treatment(run.treatment, tr), "muted"
        elif minor := worth(run.session, run.client, run.session.started_at + run.seconds):
            yield formats.money(minor, run.client.currency, tr.lang), "pending"
            yield tr.t("not billed as it stands"), "muted"
        return
    yield formats.money(run.earned.billed_minor, run.client.currency, tr.lang), "billable"
    yield tr.t("billed as {billed}", billed=formats.duration(run.billed_seconds, tr.lang)), "foreground"
    if run.next_step is not None:
        yield tr.t("grows in {step}", step=_about(run.next_step, tr)), "muted"


def _about(seconds: int, tr: Translator) -> str:
    """How long until then, as a length and no time of day: full minutes, and seconds only when they are the last."""
    return formats.duration(seconds, tr.lang) if seconds >= HOUR else formats.age(seconds, tr.lang)


def _scope_words(session: Session, tr: Translator, more: int, after: str) -> tuple[str, str]:
    text = scope_words(session, tr)
    if session.doubtful_from is not None:
        text += " · " + tr.t("unseen for a while: to be confirmed")
    elif more:
        text += " · " + tr.n("{count} more timer runs", "{count} more timers run", more)
    if after:
        text += " · " + tr.t("then {client}", client=after)
    meaning = {Scope.IN: "muted", Scope.OUT: "out-of-scope", Scope.UNSURE: "unsure"}[session.scope]
    return text, meaning


def scope_words(session: Session, tr: Translator) -> str:
    """Whether the work is in scope, and what becomes of it when not."""
    return decided(session.scope, session.decision, tr)


def decided(scope: Scope, decision: Decision | None, tr: Translator) -> str:
    """A scope, and the decision about it where there is one."""
    text = words.scope(scope, tr)
    return tr.t("{scope}: {decision}", scope=text, decision=words.decision(decision, tr)) if decision else text


def session_row(session: Session, now: int, zone: ZoneInfo, client: Client | None, tr: Translator) -> TableRow:
    """A session as a row: times, length, client, what it was, its channel and what stands out about it."""
    end = formats.clock(wall(session.ended_at, zone), short=True) if session.ended_at is not None else "…"
    span = f"{formats.clock(wall(session.started_at, zone), short=True)}–{end}"
    seconds = session.exact_seconds(now)
    name = client_name(client, tr) if client else session.client
    what = " · ".join(_what(session, client))
    channel = "" if session.channel is Channel.WORK else words.channel(session.channel, tr)
    flag, meaning = flag_of(session, tr)
    mark, mark_meaning = mark_of(session)
    return TableRow(
        session.id,
        (
            Cell(span, "muted"),
            Cell(formats.timer(seconds), "timer-running" if session.running else "foreground"),
            Cell(name),
            Cell(what or channel, "foreground" if what else "muted"),
            Cell(flag, meaning),
        ),
        mark,
        mark_meaning,
    )


def dated_row(session: Session, ledger: Ledger, tr: Translator) -> TableRow:
    """The same with its day before it, for lists of many days."""
    zone = ledger.settings.time_zone
    drawn = session_row(session, ledger.now, zone, ledger.catalogue.clients.get(session.client), tr)
    day = formats.date(wall(session.started_at, zone).date(), tr.lang, "day")
    return drawn._replace(cells=(Cell(day, "muted"), *drawn.cells))


def mark_of(session: Session) -> tuple[str, str]:
    """The sign before a session, readable without colour."""
    if session.running:
        return "▶", "timer-running"
    if session.channel is Channel.CALL:
        return "▓", "call"
    return ("◆", "touch") if session.channel in TOUCH_CHANNELS else (" ", "foreground")


def flag_of(session: Session, tr: Translator) -> tuple[str, str]:
    """The one thing that stands out most about a session, and its meaning."""
    if session.state is State.DOUBTFUL:
        return tr.t("to confirm"), "attention"
    if session.state is State.BILLED:
        return tr.t("billed"), "muted"
    if session.write_off is not None:
        return tr.t("given: {reason}", reason=words.write_off_words(session.write_off, tr)), "loss"
    if session.scope is not Scope.IN:
        return scope_words(session, tr), "unsure" if session.scope is Scope.UNSURE else "out-of-scope"
    if session.agreed_seconds is not None:
        return tr.t("agreed {time}", time=formats.duration(session.agreed_seconds, tr.lang)), "pending"
    return "", "muted"


def next_scope(session: Session) -> tuple[Scope, Decision | None]:
    """The scope that the scope key sets next: in, out (pending), unsure, in again."""
    return {
        Scope.IN: (Scope.OUT, Decision.PENDING),
        Scope.OUT: (Scope.UNSURE, None),
        Scope.UNSURE: (Scope.IN, None),
    }[session.scope]
