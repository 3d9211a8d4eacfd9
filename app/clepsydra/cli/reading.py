"""From the words of a command to clients, instants, days and durations."""

from datetime import date

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.parsing import Usage
from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.ledger.timers import Work

if TYPE_CHECKING:
    from decimal import Decimal

    from clepsydra.ledger.reports import Period

MINUS = ("-", "\N{MINUS SIGN}")


def place(context: CommandContext, word: str) -> tuple[str, str]:
    """The slugs of client and project in CLIENT[/PROJECT], however people call them; raises `Usage` or `Refused`."""
    from clepsydra.ledger.name_lookup import place_meant

    client, slash, project = word.partition("/")
    if not client or (slash and not project):
        raise Usage("“{word}” is not CLIENT or CLIENT/PROJECT", word=word)
    return place_meant(context.ledger, word)


def client(context: CommandContext, given: Arguments) -> str | None:
    """The slug of the client that was named, if one was; raises `Refused` where the name fits several."""
    typed = given.maybe("client")
    if typed is None:
        return None
    from clepsydra.ledger.name_lookup import client_meant

    return client_meant(context.ledger, typed)


def known_client(context: CommandContext, given: Arguments) -> str | None:
    """The slug of the client that was named, if one was; raises `Refused` where there is none of that name."""
    slug = client(context, given)
    if slug is not None:
        context.ledger.client(slug)
    return slug


def work(context: CommandContext, given: Arguments, channel: Channel = Channel.WORK) -> Work:
    """Client, project, note, channel and scope, as `start`, `switch`, `add` and `touch` take them."""
    client, project = place(context, given.word("client"))
    scope, decision = Scope.IN, None
    if given.flag("out"):
        scope, decision = Scope.OUT, Decision.PENDING
    elif given.flag("unsure"):
        scope = Scope.UNSURE
    return Work(client, project, given.word("note"), Channel(given.maybe("channel") or channel), scope, decision)


def instant(context: CommandContext, typed: str | None) -> int | None:
    """The instant that a person typed, by the clock of their own zone; None where nothing was."""
    if typed is None:
        return None
    from clepsydra.language.typed.instants import parse_instant

    settings = context.ledger.settings
    return parse_instant(typed, context.ledger.now, settings.time_zone, settings.day_starts_at).instant


def end(context: CommandContext, typed: str, began_at: int) -> int:
    """The end of a session that began at an instant, from a time or, as `+1h30`, a length.

    One that is taken as that of the next day is said; raises `NotUnderstood` for one before the start.
    """
    from clepsydra.language.typed.ends import parse_end

    settings = context.ledger.settings
    found = parse_end(typed, began_at, context.ledger.now, settings.time_zone, settings.day_starts_at)
    if found.next_day:
        from clepsydra.domain.civil import wall
        from clepsydra.language import formats

        finish = wall(found.instant, settings.time_zone)
        day = formats.date(finish.date(), context.tr.lang, "weekday")
        context.say(context.tr.t("{time} is taken as that of {day}", time=formats.clock(finish), day=day))
    return found.instant


def duration(typed: str) -> int:
    """Seconds of a typed duration."""
    from clepsydra.language.typed.durations import parse_duration

    return parse_duration(typed)


def number(typed: str) -> "Decimal | None":
    """The number that a word writes with a decimal sign or without; None where it writes none."""
    import re
    from decimal import Decimal

    bare = typed.strip().replace(MINUS[1], MINUS[0]).replace(",", ".")
    return Decimal(bare) if re.fullmatch(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})", bare) else None


def day(context: CommandContext, typed: str) -> date:
    """The civil day a person typed."""
    from clepsydra.language.typed.days import parse_day

    settings = context.ledger.settings
    return parse_day(typed, context.ledger.now, settings.time_zone, settings.day_starts_at)


def day_ahead(context: CommandContext, typed: str | None) -> date | None:
    """The civil day to come that a person typed, if they did."""
    from clepsydra.language.typed.days import parse_day_ahead

    ledger = context.ledger
    if typed is None:
        return None
    return parse_day_ahead(typed, ledger.now, ledger.settings.time_zone, ledger.settings.day_starts_at)


def maybe_day(context: CommandContext, typed: str | None) -> date | None:
    """The civil day a person typed, if they did."""
    return None if typed is None else day(context, typed)


def signed_amount(context: CommandContext, typed: str, currency: str) -> int:
    """Minor units of an amount as people write it or as it is printed; below zero it takes back what was too much.

    Raises `Usage` for anything else.
    """
    from clepsydra.language.typed.amounts import parse_amount
    from clepsydra.language.typed.errors import NotUnderstood

    less = typed.strip().startswith(MINUS)
    try:
        minor = parse_amount(typed.strip()[less:], currency, context.tr.lang)
    except NotUnderstood:
        raise Usage("“{word}” is not an amount in {currency}", word=typed, currency=currency) from None
    return -minor if less else minor


def period(context: CommandContext, given: Arguments) -> "Period":
    """The days of --from and --to, both included; either may name a longer stretch, such as a month.

    Raises `Usage` for a period that ends before it begins.
    """
    from clepsydra.ledger.reports import Period

    first, last = given.maybe("from"), given.maybe("to")
    found = Period(_stretch(context, first)[0] if first else None, _stretch(context, last)[1] if last else None)
    if found.first and found.last and found.first > found.last:
        raise Usage("the period ends before it begins")
    return found


def lately(context: CommandContext, given: Arguments) -> "Period":
    """The same, or the last twelve months where neither is given: years ago say little of what an hour earns now."""
    from clepsydra.domain.periods import ONE_DAY, months_after
    from clepsydra.ledger.reports import Period

    found, today = period(context, given), context.ledger.today
    return found if found.first or found.last else Period(months_after(today, -12) + ONE_DAY, today)


def _stretch(context: CommandContext, typed: str) -> tuple[date, date]:
    """First and last day of what was typed: a day, or a month, a week, a year."""
    from clepsydra.language.typed.errors import NotUnderstood
    from clepsydra.language.typed.periods import parse_period

    settings = context.ledger.settings
    try:
        found = day(context, typed)
    except NotUnderstood:
        return parse_period(typed, context.ledger.now, settings.time_zone, settings.day_starts_at)
    return found, found


def near(context: CommandContext, typed: str | None, instant: int, after: int | None = None) -> int | None:
    """The instant typed for a session of another day: a bare clock time is of the civil day that holds `instant`."""
    if typed is None:
        return None
    from clepsydra.language.typed.instants import parse_instant

    settings = context.ledger.settings
    found = parse_instant(typed, context.ledger.now, settings.time_zone, settings.day_starts_at, after, instant)
    return found.instant
