"""The statement lines of fees, overage and included time."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from clepsydra.domain.billing import Group, agreed_seconds, summed
from clepsydra.domain.figures import Figures, line_figures
from clepsydra.domain.money import Hourly
from clepsydra.domain.overage import Beyond
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import EXACT
from clepsydra.domain.session import Scope
from clepsydra.domain.statement import Line, LineSort, PeriodUse
from clepsydra.domain.statement_lines import priced
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
    """A fee of those days (both inclusive) in minor units."""
    return replace(_line(client, LineSort.FEE, project, *days), note=note, fee_minor=minor, use=use)


def cap_line(client: Client, project: str, days: tuple[date, date], minor: int, sessions: Iterable[str]) -> Line:
    """What a cap takes off in minor units, below zero; above, what a raised cap gives back."""
    return replace(_line(client, LineSort.CAP, project, *days), fee_minor=minor, sessions=tuple(sessions))


def overage_line(client: Client, group: Group) -> Line:
    """What lies beyond the included time, at its rate."""
    last = group.pieces[-1].day if group.pieces else group.day
    line = _line(client, LineSort.OVERAGE, group.key.project, group.day, last)
    return replace(line, hourly=group.key.hourly, rule=group.key.rule, figures=priced([group]), sessions=_ids([group]))


def included_lines(
    client: Client, groups: Sequence[Group], beyond: Beyond, use: PeriodUse | None = None
) -> tuple[Line, ...]:
    """One line of included time for each project and rate, without what lies beyond; they bill nothing."""
    bundles: dict[tuple[str, Hourly, int | None], list[Group]] = {}
    for group in groups:
        bundles.setdefault((group.key.project, group.key.hourly, group.key.day_sold), []).append(group)
    lines = [_included(client, bundle, beyond) for bundle in bundles.values()]
    return (replace(lines[0], use=use), *lines[1:]) if lines else ()


def _included(client: Client, bundle: Sequence[Group], beyond: Beyond) -> Line:
    key = bundle[0].key
    last = max(group.pieces[-1].day for group in bundle)
    line = _line(client, LineSort.INCLUDED, key.project, bundle[0].day, last)
    rule, *others = dict.fromkeys(group.key.rule for group in bundle)
    return replace(
        line,
        hourly=key.hourly,
        day_sold=key.day_sold,
        rule=rule,
        other_rules=tuple(others),
        figures=line_figures(summed(map(beyond.within, bundle)), key.hourly, client.currency),
        sessions=_ids(bundle),
        agreed=any(agreed_seconds(group.pieces) is not None for group in bundle),
    )


def _ids(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.session.id for group in groups for piece in group.pieces))
