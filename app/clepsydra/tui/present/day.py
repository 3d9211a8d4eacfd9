"""From a civil day to its bar: where its sessions, gaps and hours fall, and the day in a line."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import first_instant_from, wall
from clepsydra.domain.interval import HOUR, MINUTE, Interval
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.day import wording
from clepsydra.ledger.days import Day
from clepsydra.tui.present.main import client_name
from clepsydra.tui.widgets.day_cells import DayStretch, Shape
from clepsydra.tui.widgets.timeline import DayView, Tick

CLOSEST = 30 * MINUTE
"""The timeline shows at least so many seconds."""

_SHAPES = {Channel.CALL: Shape.CALL, Channel.MESSAGE: Shape.TOUCH, Channel.FIX: Shape.TOUCH}


def day_view(
    day: Day,
    now: int,
    zone: ZoneInfo,
    clients: Mapping[str, Client],
    keys: Mapping[str, str],
    tr: Translator,
    waiting: Iterable[Interval] = (),
) -> DayView:
    """A day as a channel of time, from the hour of the first session (or eight) to that of the last (or six).

    `waiting` are calls that nobody has taken yet.
    """
    key_of = {slug: key for key, slug in keys.items()}
    stretches = []
    for session in day.sessions:
        span = session.span(now).clip(day.bounds)
        client = clients.get(session.client)
        if span is None or not session.placed:  # of the latter the timeline says where they stand for their hours
            continue
        shape = _SHAPES.get(session.channel, Shape.OWN if client and client.own else Shape.WORK)
        label = client_name(client, tr) if client else session.client
        stretches.append(
            DayStretch(span.started_at, span.ended_at, shape, key_of.get(session.client, ""), label, session.running)
        )
    gaps = day.timeline.unexplained
    stretches += [DayStretch(gap.started_at, min(gap.ended_at, now), Shape.GAP, "?") for gap in gaps]
    stretches += [DayStretch(call.started_at, call.ended_at, Shape.CALL, "?") for call in waiting]
    stretches += [
        DayStretch(
            absence.span.started_at, absence.span.ended_at, Shape.ABSENCE, "", wording.reason(absence.reason, tr)
        )
        for absence in day.timeline.explained
    ]
    begins, ends = _frame(day, now, zone)
    return DayView(begins, ends, tuple(stretches), ticks(begins, ends, zone), now)


def zoomed(view: DayView, day: Day, zoom: int, middle: int, zone: ZoneInfo) -> DayView:
    """The view closer around an instant, twice with every step, or (below nothing) the whole civil day."""
    if zoom == 0:
        return view
    bounds = day.bounds
    if zoom < 0:
        begins, ends = bounds.started_at, bounds.ended_at
    else:
        length = max(CLOSEST, (view.ends_at - view.begins_at) >> zoom)
        begins = max(bounds.started_at, min(middle - length // 2, bounds.ended_at - length))
        ends = min(bounds.ended_at, begins + length)
    return replace(view, begins_at=begins, ends_at=ends, ticks=ticks(begins, ends, zone))


def _frame(day: Day, now: int, zone: ZoneInfo) -> tuple[int, int]:
    """Whole hours around what happened, and now while the day goes on; eight to six at least, never outside it."""

    def at(hour: int) -> int:
        return first_instant_from(datetime.combine(day.day, datetime.min.time()) + timedelta(hours=hour), zone)

    span = day.timeline.span
    begins, ends = day.bounds.started_at, day.bounds.ended_at
    first = min(at(8), span.started_at // HOUR * HOUR if span else at(8))
    reached = max(span.ended_at if span else 0, now if now < ends else 0)
    last = max(at(18), -(-reached // HOUR) * HOUR)
    return max(first, begins), min(last, ends)


def ticks(begins: int, ends: int, zone: ZoneInfo) -> tuple[Tick, ...]:
    """The hours of a stretch, or its quarters where it is short, as the wall clock shows them."""
    step = HOUR if ends - begins > 4 * HOUR else 15 * MINUTE
    first = -(-begins // step) * step
    found = []
    for at in range(first, ends + 1, step):
        moment = wall(at, zone)
        if step < HOUR:
            found.append(Tick(at, f"{moment.hour}:{moment.minute:02d}"))
        elif not moment.minute:
            found.append(Tick(at, str(moment.hour)))
    return tuple(found)


def legend(tr: Translator) -> dict[Shape, str]:
    """What the shapes mean."""
    return {
        Shape.WORK: tr.t("work"), Shape.CALL: tr.t("call"), Shape.TOUCH: tr.t("message or fix"),
        Shape.ABSENCE: tr.t("absent"), Shape.GAP: tr.t("unexplained"),
    }  # fmt: skip


def day_summary(day: Day, tr: Translator) -> str:
    """The day in a line: how much was worked, how much nothing explains."""
    worked = formats.duration(day.timeline.presence_seconds, tr.lang)
    missing = formats.duration(day.timeline.unexplained_seconds, tr.lang)
    return tr.t("worked {worked} · unexplained {missing}", worked=worked, missing=missing)
