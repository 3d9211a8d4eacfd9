"""What money wants done, as rows and as JSON: for `remind list` and `day`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain
from clepsydra.language import dues_words, formats
from clepsydra.ledger.chasing.evening import DuesItem, dues


def dues_object(item: DuesItem) -> dict[str, Any]:
    """One item as JSON."""
    return {
        "kind": item.kind.value,
        "client": item.client,
        "number": item.number or None,
        "on": item.day.isoformat(),
        "days": item.days,
        "minor": item.minor,
        "currency": item.currency,
        "level": item.level,
        "usual_day": item.usual_day,
        "detail": item.detail or None,
    }


def dues_rows(context: CommandContext, items: Iterable[DuesItem]) -> list[tuple[str, ...]]:
    """Items as cells: what, whose, about which document, how much, since when."""
    ledger, tr = context.ledger, context.tr
    return [
        (
            dues_words.kind(item.kind.value, tr), plain(ledger.name_of(item.client)), item.number,
            formats.money(item.minor, item.currency, tr.lang) if item.minor else "",
            plain(dues_words.when(item.kind.value, item.day, item.days, item.usual_day, item.detail, tr)),
        )
        for item in items
    ]  # fmt: skip


def dues_of_day(context: CommandContext, day: date) -> dict[str, Any]:
    """The key of a day's JSON: what money wants done, today alone; a day without any has the keys of every day."""
    found = [dues_object(each) for each in _today(context, day)]
    return {"money": found} if found else {}


def print_dues(context: CommandContext, day: date) -> None:
    """What money wants done, under the page of today."""
    rows = dues_rows(context, _today(context, day))
    if rows:
        context.print("", context.tr.t("Money:"))
        context.table(rows, frozenset({3}))


def _today(context: CommandContext, day: date) -> list[DuesItem]:
    return dues(context.ledger) if day == context.ledger.today else []
