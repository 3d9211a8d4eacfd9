"""report least: the tenth of the hours that earned least; review: what to do about it, kept and looked at again."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import Context
from clepsydra.cli.deeds import tell_problems
from clepsydra.cli.grammar import Argument, Command, Given
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.rates_reporting import per_hour
from clepsydra.cli.shaped import Data, Table, put
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator, mark

if TYPE_CHECKING:
    from clepsydra.ledger.insights.least import Least, Poor
    from clepsydra.store.reviews import Review

_MONDAY = date(2024, 1, 1)


def least(context: Context, given: Given) -> int:
    """The tenth of the hours that earned least, of this month where no period is given."""
    from clepsydra.ledger.insights import least as least_of
    from clepsydra.ledger.insights.rates import rates
    from clepsydra.ledger.reports import Period

    period = reading.period(context, given)
    if period.first is None and period.last is None:
        period = Period(context.ledger.today.replace(day=1), context.ledger.today)
    found = least_of.least(context.ledger, rates(context.ledger, period, given.maybe("client")).sessions)
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


def _table(context: Context, each: "Least") -> Table:
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
    return Table(tr.t("The tenth of the hours that earned least"), head, rows, frozenset({2, 3, 4}))


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


def review(context: Context, given: Given) -> int:
    """Show the list, the lines that are due first."""
    from clepsydra.ledger.insights.reviews import open_reviews

    found = open_reviews(context.ledger)
    if given.flag("json"):
        context.json({"reviews": [_review_object(each) for each in found]})
    else:
        context.table([_review_cells(context, each) for each in found])
        if not found:
            context.say(context.tr.t("nothing to stop, automate or delegate yet; “clepsydra report least” shows where"))
    return 0


def _review_cells(context: Context, each: "Review") -> tuple[str, ...]:
    tr = context.tr
    again = formats.date(each.review_on, tr.lang)
    when = tr.t("due {day}", day=again) if each.review_on <= context.ledger.today else again
    return (each.id[-6:], words.review(each.kind, tr), when, plain(each.text))


def _review_object(each: "Review") -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "text": each.text,
        "made_on": each.made_on.isoformat(),
        "review_on": each.review_on.isoformat(),
        "done": each.done,
    }


def keep(context: Context, given: Given) -> int:
    """Put something on the list; it comes back in a month."""
    from clepsydra.ledger.insights import reviews

    if given.word("kind") not in reviews.KINDS:
        raise Usage("say what you mean to do: {choices}", choices=", ".join(reviews.KINDS))
    made = reviews.keep(context.ledger, given.word("kind"), given.word("text"))
    return _tell(context, given, made)


def done(context: Context, given: Given) -> int:
    """Take something off the list."""
    from clepsydra.ledger.insights import reviews

    return _tell(context, given, reviews.done(context.ledger, given.word("id")))


def again(context: Context, given: Given) -> int:
    """Look at something once more in a month."""
    from clepsydra.ledger.insights import reviews

    return _tell(context, given, reviews.again(context.ledger, given.word("id")))


def _tell(context: Context, given: Given, made: "Review") -> int:
    if given.flag("json"):
        context.json(_review_object(made))
    else:
        context.table([_review_cells(context, made)])
    return 0


_KIND = Argument("kind", mark("what you mean to do"), choices=("stop", "automate", "delegate", "price"))
_TEXT = Argument("text", mark("with what"), rest=True)
_ID = Argument("id", mark("the line, as “review” shows it"))

COMMANDS = (
    Command(
        "review",
        mark("what you mean to stop, automate or delegate"),
        commands=(
            Command("list", mark("show the list"), review, (), (JSON,)),
            Command("add", mark("put something on the list"), keep, (_KIND, _TEXT), (JSON,)),
            Command("again", mark("look at something once more in a month"), again, (_ID,), (JSON,)),
            Command("done", mark("take something off the list"), done, (_ID,), (JSON,)),
        ),
        default="list",
    ),
)
