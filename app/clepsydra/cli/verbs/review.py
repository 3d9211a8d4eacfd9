"""review: what a person means to stop, automate or delegate, kept and looked at again."""

from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.language import formats, words
from clepsydra.language.translator import mark

if TYPE_CHECKING:
    from clepsydra.ledger.insights.reviews import Review


def review(context: CommandContext, given: Arguments) -> int:
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


def _review_cells(context: CommandContext, each: "Review") -> tuple[str, ...]:
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


def keep(context: CommandContext, given: Arguments) -> int:
    """Put something on the list; it comes back in a month.

    Raises `Usage` when it is not said what is meant to be done.
    """
    from clepsydra.ledger.insights import reviews

    if given.word("kind") not in reviews.KINDS:
        raise Usage("say what you mean to do: {choices}", choices=", ".join(reviews.KINDS))
    made = reviews.keep(context.ledger, given.word("kind"), given.word("text"))
    return _tell(context, given, made)


def done(context: CommandContext, given: Arguments) -> int:
    """Take something off the list."""
    from clepsydra.ledger.insights import reviews

    return _tell(context, given, reviews.done(context.ledger, given.word("id")))


def again(context: CommandContext, given: Arguments) -> int:
    """Look at something once more in a month."""
    from clepsydra.ledger.insights import reviews

    return _tell(context, given, reviews.again(context.ledger, given.word("id")))


def _tell(context: CommandContext, given: Arguments, made: "Review") -> int:
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
