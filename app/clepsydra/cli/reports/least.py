"""report least: the tenth of the hours that earned least."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.reports.rates import per_hour
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator

if TYPE_CHECKING:
    from clepsydra.ledger.insights.least import Least, Poor

_MONDAY = date(2024, 1, 1)


def least(context: CommandContext, given: Arguments) -> int:
    """The tenth of the hours that earned least, of this month where no period is given."""
    from clepsydra.ledger.insights import least as least_of
    from clepsydra.ledger.insights.rates import rates
    from clepsydra.ledger.reports import Period

    period = reading.period(context, given)
    if period.first is None and period.last is None:
        period = Period(context.ledger.today.replace(day=1), context.ledger.today)
    found = least_of.least(context.ledger, rates(context.ledger, period, reading.client(context, given)).sessions)
    put(
        context,
        given,
        lambda: {"totals": [_least_object(each) for each in found]},
        lambda: [_table(context, each) for each in found],
        lambda: Data(
            ("client", "channel", "currency", "seconds", "minor", "weekday", "hour"),
            [
                (p.client, p.channel.value, each.currency, p.seconds, p.minor, p.weekday, p.hour)
                for each in found
                for p in each.parts
            ],
        ),
        [_sentence(context.tr, each) for each in found] or [context.tr.t("nothing logged in that period")],
    )
    tell_problems(context)
    return 0


def _sentence(tr: Translator, each: "Least") -> str:
    return tr.t(
        "{time} earned {amount}; at the rate of the other hours they would have earned {better}",
        time=formats.duration(each.seconds, tr.lang),
        amount=formats.money(each.minor, each.currency, tr.lang),
        better=formats.money(each.better_minor, each.currency, tr.lang),
    )


def slot_words(part: "Poor", tr: Translator) -> str:
    """The weekday and hour that something mostly fell on."""
    day = formats.weekday(_MONDAY + timedelta(days=part.weekday), tr.lang)
    return f"{day} {formats.clock(time(part.hour))}"


def _table(context: CommandContext, each: "Least") -> ReportTable:
    from clepsydra.domain.earning import per_hour as rate

    tr = context.tr
    rows = [
        (
            context.place_name(part.client, "default"),
            words.channel(part.channel, tr),
            formats.duration(part.seconds, tr.lang),
            formats.money(part.minor, each.currency, tr.lang),
            per_hour(rate(part.minor, part.seconds), each.currency, tr),
            slot_words(part, tr),
        )
        for part in each.parts
    ]
    head = (
        tr.p("column", "Client"), tr.p("column", "Channel"), tr.p("column", "Hours"), tr.p("column", "Earned"),
        tr.p("column", "Rate"), tr.p("column", "Mostly on"),
    )  # fmt: skip
    return ReportTable(tr.t("The tenth of the hours that earned least"), head, rows, frozenset({2, 3, 4}))


def _least_object(each: "Least") -> dict[str, Any]:
    return {
        "currency": each.currency,
        "seconds": each.seconds,
        "minor": each.minor,
        "better_minor": each.better_minor,
        "parts": [
            {"client": p.client, "channel": p.channel.value, "seconds": p.seconds, "minor": p.minor,
             "weekday": p.weekday, "hour": p.hour, "sessions": list(p.sessions)}
            for p in each.parts
        ],
    }  # fmt: skip
