"""From a civil day to its bar: where its sessions, gaps and hours fall, and the day in a line."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import first_instant_from, wall
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.day import Day
from clepsydra.tui.present import client_name
from clepsydra.tui.widgets.day_cells import Shape, Stretch
from clepsydra.tui.widgets.timeline import DayView, Tick

_SHAPES = {Channel.CALL: Shape.CALL, Channel.MESSAGE: Shape.TOUCH, Channel.FIX: Shape.TOUCH}


def day_view(
    day: Day, now: int, zone: ZoneInfo, clients: Mapping[str, Client], keys: Mapping[str, str], tr: Translator
) -> DayView:
    """Today as a channel of time, from the hour of the first session (or eight) to that of the last (or six)."""
    key_of = {slug: key for key, slug in keys.items()}
    stretches = []
    for session in day.sessions:
        span = session.span(now).clip(day.bounds)
        client = clients.get(session.client)
        if span is None:
            continue
        shape = _SHAPES.get(session.channel, Shape.OWN if client and client.own else Shape.WORK)
        label = client_name(client, tr) if client else session.client
        stretches.append(
            Stretch(span.started_at, span.ended_at, shape, key_of.get(session.client, ""), label, session.running)
        )
    gaps = day.timeline.unexplained
    stretches += [Stretch(gap.started_at, min(gap.ended_at, now), Shape.GAP, "?") for gap in gaps]
    begins, ends = _frame(day, now, zone)
    return DayView(begins, ends, tuple(stretches), _ticks(begins, ends, zone), now)


def _frame(day: Day, now: int, zone: ZoneInfo) -> tuple[int, int]:
    """Whole hours around what happened, eight to six at least, never outside the civil day."""

    def at(hour: int) -> int:
        return first_instant_from(datetime.combine(day.day, datetime.min.time()) + timedelta(hours=hour), zone)

    span = day.timeline.span
    first = min(at(8), span.started_at // 3600 * 3600 if span else at(8))
    last = max(at(18), -(-max(span.ended_at if span else 0, now) // 3600) * 3600)
    return max(first, day.bounds.started_at), min(last, day.bounds.ended_at)


def _ticks(begins: int, ends: int, zone: ZoneInfo) -> tuple[Tick, ...]:
    first = -(-begins // 3600) * 3600
    return tuple(Tick(at, str(wall(at, zone).hour)) for at in range(first, ends + 1, 3600) if not wall(at, zone).minute)


def day_summary(day: Day, tr: Translator) -> str:
    """The day in a line: how much was worked, how much nothing explains."""
    worked = formats.duration(day.timeline.presence_seconds, tr.lang)
    missing = formats.duration(day.timeline.unexplained_seconds, tr.lang)
    return tr.t("worked {worked} · unexplained {missing}", worked=worked, missing=missing)
