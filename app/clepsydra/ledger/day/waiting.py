"""What happened outside the gaps of a day and nobody said of whether it was work: a question each."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.interval import Interval
from clepsydra.language.message import message
from clepsydra.ledger.day.answers import Because, DayAnswer, DaySuggestion, Item, ItemKind, Verb
from clepsydra.ledger.days import Day

if TYPE_CHECKING:
    from clepsydra.ledger.evidence.model import Happened


def waiting_items(day: Day, waiting: "Iterable[Happened]") -> Iterator[Item]:
    """What happened outside every gap and is somebody's: calls in the log are items of their own, and what ends work
    or was only planned is a hint and no question."""
    for each in waiting:
        hint = each.kind is HappeningKind.COMMIT or (each.kind is HappeningKind.MEETING and each.merged.best.doubtful)
        if each.row or hint or not each.owner.places:
            continue
        spans = [*each.placement.free, *each.placement.other] or [Interval(each.began, each.ended or each.began + 1)]
        span = Interval(spans[0].started_at, spans[-1].ended_at).clip(day.bounds)
        if span:
            yield Item(ItemKind.WAITING, span, each.minor or 0, each.currency, happened=(each,))


def as_it_happened(item: Item) -> DaySuggestion | None:
    """What waits is whose its contact, or its subject, says; nothing where two are meant, or nobody knows how long."""
    from clepsydra.ledger.evidence.wording import reasons

    found = item.happened[0]
    if found.owner.place is None or not found.placement.open_seconds:
        return None
    said = reasons(found)
    why = said[0] if said else message("it is named there")
    return DaySuggestion(DayAnswer(Verb.TAKE), Because.EVIDENCE, why)
