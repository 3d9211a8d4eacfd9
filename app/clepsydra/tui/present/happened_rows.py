"""Which rows the screen of what happened has: calls, mails folded by client, everything else, and what is nobody's."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.records import dataclass
from clepsydra.ledger.calls.model import DetectedCall
from clepsydra.ledger.evidence.model import HappenedState
from clepsydra.ledger.evidence.ruling import Ruled

STRANGERS = "strangers"
"""The row that counts what is nobody's."""


@dataclass(frozen=True, slots=True)
class HappenedRow:
    """One row: a call of the inbox, something else that happened, several folded into one, or all that is nobody's."""

    id: str
    at: int
    call: DetectedCall | None = None
    found: Ruled | None = None
    group: tuple[Ruled, ...] = ()
    open: bool = False
    inner: bool = False


def listed_rows(
    calls: Sequence[DetectedCall],
    found: Sequence[Ruled],
    opened: Collection[str],
    *,
    everything: bool,
    day_of: Callable[[int], date],
) -> list[HappenedRow]:
    """The rows, the latest first; mails and messages of one client and day are one row until it is opened, what is
    nobody's stands last.
    """
    by_row = {each.item.row: each for each in found if each.item.row}
    rows = [HappenedRow(call.id, call.started_at, call, by_row.get(call.id)) for call in calls]
    known = {call.id for call in calls}
    rest = [each for each in found if each.item.row not in known and not _stranger(each)]
    groups = [group for group in _groups(rest, day_of) if everything or any(each.open for each in group)]
    rows += [row for group in groups for row in _rows_of(group, opened)]
    rows.sort(key=lambda row: -row.at)  # stable: what is inside a group stays behind its head
    strangers = tuple(each for each in found if _stranger(each) and each.item.row not in known)
    if strangers:
        shown = STRANGERS in opened
        rows.append(HappenedRow(STRANGERS, 0, group=strangers, open=shown))
        rows += [HappenedRow(each.item.id, 0, found=each, inner=True) for each in strangers if shown]
    return rows


def _stranger(each: Ruled) -> bool:
    return each.item.state is HappenedState.STRANGER and each.ruling.nobody


def _groups(rest: Iterable[Ruled], day_of: Callable[[int], date]) -> list[tuple[Ruled, ...]]:
    """Exchanges and commits of one client and day together, everything else for itself."""
    found: dict[tuple[object, ...], list[Ruled]] = {}
    for each in rest:
        owner = tuple(sorted({*dict(each.item.owner.places), *([each.ruling.client] if each.ruling.client else [])}))
        folds = each.item.kind in (HappeningKind.MAIL, HappeningKind.MESSAGE, HappeningKind.COMMIT)
        key = (each.item.kind.value, day_of(each.item.began), *owner) if folds else ("", each.item.id)
        found.setdefault(key, []).append(each)
    return [tuple(group) for group in found.values()]


def _rows_of(group: tuple[Ruled, ...], opened: Collection[str]) -> list[HappenedRow]:
    latest = max(each.item.began for each in group)
    if len(group) == 1:
        return [HappenedRow(group[0].item.id, latest, found=group[0])]
    name = f"group:{group[0].item.id}"
    head = HappenedRow(name, latest, group=group, open=name in opened)
    inside = [HappenedRow(each.item.id, latest, found=each, inner=True) for each in reversed(group)]
    return [head, *(inside if head.open else [])]
