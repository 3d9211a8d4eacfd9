"""What money wants done, as rows and as JSON: for `remind list` and `day`."""

from collections.abc import Iterable
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain
from clepsydra.language import dues_words, formats
from clepsydra.ledger.chasing.evening import DuesItem


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
