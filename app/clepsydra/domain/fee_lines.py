"""The statement lines of fees, overage and included time."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from clepsydra.domain.billing import Figures, Group, agreed_seconds
from clepsydra.domain.overage import Beyond
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import EXACT, RoundingRule
from clepsydra.domain.session import Scope
from clepsydra.domain.statement import Line, LineSort, PeriodUse
from clepsydra.domain.terms import Client


def _line(client: Client, sort: LineSort, project: str, first: date, last: date) -> Line:
    named = client.project(project)
    return Line(
        sort=sort,
        project=project,
        project_name=named.name if named else project,
        channel=None,
        note="",
        first_day=first,
        last_day=last,
        scope=Scope.IN,
        decision=None,
        hourly=Decimal(0),
        rule=EXACT,
        agreed=False,
        figures=Figures(),
        sessions=(),
    )


def fee_line(client: Client, project: str, days: tuple[date, date], minor: int, note: str = "",
             use: PeriodUse | None = None) -> Line:  # fmt: skip
    """A fee of those days (both inclusive) in minor units; below zero it is what a cap takes off."""
    line = _line(client, LineSort.FEE if minor >= 0 else LineSort.CAP, project, *days)
    return replace(line, note=note, fee_minor=minor, use=use)


def overage_line(client: Client, group: Group) -> Line:
    """What lies beyond the included time, at its rate."""
    line = _line(client, LineSort.OVERAGE, group.key.project, group.pieces[0].day, group.pieces[-1].day)
    return replace(line, hourly=group.key.hourly, rule=group.key.rule, figures=group.figures, sessions=_ids([group]))


def included_lines(
    client: Client, groups: Sequence[Group], beyond: Beyond, use: PeriodUse | None = None
) -> tuple[Line, ...]:
    """One line of included time for each project and rule, without what lies beyond; they bill nothing."""
    bundles: dict[tuple[str, RoundingRule], list[Group]] = {}
    for group in groups:
        bundles.setdefault((group.key.project, group.key.rule), []).append(group)
    lines = []
    for (project, rule), bundle in bundles.items():
        last = max(group.pieces[-1].day for group in bundle)
        line = _line(client, LineSort.INCLUDED, project, bundle[0].day, last)
        figures = sum(map(beyond.within, bundle), Figures())
        typed = any(agreed_seconds(group.pieces) is not None for group in bundle)
        lines.append(replace(line, rule=rule, figures=figures, sessions=_ids(bundle), agreed=typed))
    return (replace(lines[0], use=use), *lines[1:]) if lines else ()


def _ids(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.session.id for group in groups for piece in group.pieces))
