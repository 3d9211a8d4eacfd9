"""Suggestions: what an open item most likely was, from evidence that is named. Computed, flagged, never stored."""

from datetime import date
from functools import cached_property

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.civil import wall
from clepsydra.domain.interval import MINUTE, Interval
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.timeline import pauses
from clepsydra.language import formats
from clepsydra.language.message import message
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.calls.inbox import find
from clepsydra.ledger.calls.model import CalendarHint
from clepsydra.ledger.calls.planned import named
from clepsydra.ledger.calls.reasons import reason
from clepsydra.ledger.day import waiting
from clepsydra.ledger.day.answers import Because, DayAnswer, DaySuggestion, Item, ItemKind, Verb, absent, worked
from clepsydra.ledger.day.outside import Outside
from clepsydra.ledger.day.presence import LeftMachine, left_machine, left_suggestion
from clepsydra.ledger.day.usual import Usual
from clepsydra.ledger.days import Day
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.mentions import Mentions
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions

BRIDGED = 30 * MINUTE
"""A gap of up to so many seconds between two stretches of the same client is taken for the same work."""

MOMENT = 2 * MINUTE
"""What remains of a gap beside an event and is shorter than this goes with it."""

LOOKED_BACK = 20
"""So many earlier sessions of a client are read to find its habits."""


class Suggester:
    """Finds suggestions for one day; what several items need is read once."""

    def __init__(self, ledger: Ledger, day: Day, outside: Outside) -> None:
        self._ledger, self._day, self._outside = ledger, day, outside
        self._earlier: dict[tuple[str, str], list[Session]] = {}

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._ledger.catalogue.clients.values())

    @cached_property
    def _usual(self) -> Usual:
        return Usual(self._ledger, self._day)

    def suggest(self, item: Item) -> DaySuggestion | None:
        """The most likely answer to an item, or None where nothing speaks for one."""
        if item.kind is ItemKind.GAP:
            return self._gap(item.span)
        if item.kind in (ItemKind.AWAY, ItemKind.CALL):
            return self._left(item.span) if item.kind is ItemKind.AWAY else self._call(item)
        if item.kind is ItemKind.HAPPENED:
            return DaySuggestion(DayAnswer(Verb.KEEP), Because.RULE, message("the rules of the client files say so"))
        if item.kind is ItemKind.WAITING:
            return waiting.as_it_happened(item)
        if item.kind is ItemKind.OVERLAP:
            return self._overlap(*item.sessions)
        if item.kind is ItemKind.AGREED:
            return self._agreed(item)
        of_session = {
            ItemKind.DOUBTFUL: self._doubtful, ItemKind.RUNNING: self._running, ItemKind.OVER_LONG: self._over_long,
            ItemKind.UNSURE: self._unsure, ItemKind.PENDING: self._pending, ItemKind.NO_NOTE: self._note,
        }  # fmt: skip
        return of_session[item.kind](item.sessions[0])

    # -- gaps

    def _gap(self, gap: Interval) -> DaySuggestion | None:
        return (
            self._planned(gap)
            or self._committed(gap)
            or self._left(gap)
            or self._bridged(gap)
            or self._pause(gap)
            or self._usual.suggest(gap)
            or self._short(gap)
        )

    def _planned(self, gap: Interval) -> DaySuggestion | None:
        """The event that shares most time with the gap, if it shares half of itself or of the gap."""
        best, shared = None, 0
        for event in self._outside.events:
            part = event.span.clip(gap) if event.busy else None
            if not part or 2 * part.seconds < min(event.span.seconds, gap.seconds):
                continue
            # A whole-day event explains a day off and nothing else.
            place = None if event.all_day else self._mentions.place(event.title, event.about)
            weight = 1 if event.all_day else 1 + part.seconds
            if weight > shared:
                best, shared = (event, part, place), weight
        if best is None:
            return None
        event, part, place = best
        because = message("calendar: {title}", title=event.title)
        span = _rounded_to(part, gap)
        if event.all_day or (place is None and self._mentions.leisure(event.title)):
            return DaySuggestion(absent(span, event.title or AbsenceReason.AWAY), Because.CALENDAR, because)
        client, project = place or ("own", "default")
        work = Work(client, project, event.title, Channel.MEETING)
        return DaySuggestion(worked(span, work), Because.CALENDAR, because)

    def _committed(self, gap: Interval) -> DaySuggestion | None:
        """The client with most commits in the gap: work led up to the last of them."""
        inside = [c for c in self._outside.commits if gap.started_at < c.commit.at <= gap.ended_at]
        if not inside:
            return None
        counts = {c.client: sum(other.client == c.client for other in inside) for c in inside}
        client = max(counts, key=lambda slug: (counts[slug], slug))
        mine = [c.commit for c in inside if c.client == client]
        last = mine[-1]
        span = _rounded_to(Interval(gap.started_at, last.at), gap, 15 * MINUTE)
        because = message(
            "{count} commits in {repository}: {subject}",
            count=len(mine), repository=last.repository, subject=last.subject,
        )  # fmt: skip
        return DaySuggestion(worked(span, Work(client, note=last.subject)), Because.COMMITS, because)

    @cached_property
    def _machine(self) -> list[LeftMachine]:
        return left_machine(self._ledger, self._day.bounds)

    def _left(self, stretch: Interval) -> DaySuggestion | None:
        return left_suggestion(self._ledger, self._machine, stretch)

    def _bridged(self, gap: Interval) -> DaySuggestion | None:
        """The same client before and after a short gap."""
        before, after = self._neighbours(gap)
        if before is None or after is None or gap.seconds > BRIDGED:
            return None
        if (before.client, before.project) != (after.client, after.project):
            return None
        same = Work.of(before) == Work.of(after) and before.statement is None and before.write_off is None
        touching = before.ended_at == gap.started_at and gap.seconds <= 2 * self._ledger.settings.day.gap_under
        extends = before.id if same and touching and before.doubtful_from is None else ""
        because = message("{client} before and after", client=self._name(before.client))
        return DaySuggestion(worked(gap, Work.of(before), extends), Because.NEIGHBOURS, because)

    def _neighbours(self, gap: Interval) -> tuple[Session | None, Session | None]:
        """The session that ends where the gap begins, and the one that begins where it ends."""
        now = self._day.as_of
        before = [s for s in self._day.sessions if s.span(now).ended_at == gap.started_at and s.span(now).seconds]
        after = [s for s in self._day.sessions if s.started_at == gap.ended_at]
        return (before[-1] if before else None, after[0] if after else None)

    def _pause(self, gap: Interval) -> DaySuggestion | None:
        """A gap within the pause that the working hours foresee."""
        for pause in pauses(self._day.working):
            part = pause.clip(gap)
            if part and 2 * part.seconds >= gap.seconds:
                span = _rounded_to(part, gap, 15 * MINUTE)
                return DaySuggestion(
                    absent(span, AbsenceReason.BREAK), Because.HOURS, message("between your working hours")
                )
        return None

    def _short(self, gap: Interval) -> DaySuggestion | None:
        """A short gap between different work, and one at midday, are breaks until somebody says otherwise."""
        zone = self._ledger.settings.time_zone
        middle = wall((gap.started_at + gap.ended_at) // 2, zone)
        if gap.seconds <= 2 * self._ledger.settings.day.gap_under:
            return DaySuggestion(
                absent(gap, AbsenceReason.BREAK), Because.NEIGHBOURS, message("short, between different work")
            )
        if 12 <= middle.hour < 14 and gap.seconds <= 150 * MINUTE:
            return DaySuggestion(absent(gap, AbsenceReason.BREAK), Because.CAUTION, message("around midday"))
        return None

    # -- calls and overlaps

    def _call(self, item: Item) -> DaySuggestion | None:
        """Whose the call may have been: by rules, the calendar, the last calls of its program, the timer that ran."""
        assert item.call is not None
        found = find(self._ledger, item.call.id, self._hints).suggestion
        if found is None:
            return None
        work = Work(found.client, found.project, channel=Channel.CALL)
        return DaySuggestion(worked(item.span, work), Because.CALL, reason(found))

    @cached_property
    def _hints(self) -> tuple[CalendarHint, ...]:
        """The planned events that name a client."""
        return named(self._outside.events, self._mentions)

    def _overlap(self, first: Session, second: Session) -> DaySuggestion:
        inner = second.span(self._day.as_of)
        inside = inner.ended_at <= first.span(self._day.as_of).ended_at
        verb = Verb.CUT_FIRST if first.statement is None else Verb.CUT_SECOND
        if first.client == second.client:
            because = (
                message("the later one lies within it")
                if inside
                else message("it had not been stopped when the later one began")
            )
        elif inside:
            because = message("{client} interrupted it", client=self._name(second.client))
        else:
            because = message("it had not been stopped when {client} began", client=self._name(second.client))
        return DaySuggestion(DayAnswer(verb), Because.NEIGHBOURS, because)

    # -- sessions

    def _doubtful(self, session: Session) -> DaySuggestion:
        seen = max(session.started_at, session.doubtful_from or 0)
        because = message("nobody saw it after {time}", time=self._clock(seen))
        return DaySuggestion(DayAnswer(Verb.END), Because.CAUTION, because)

    def _running(self, _: Session) -> DaySuggestion | None:
        if self._day.day != self._ledger.today:
            return None
        return DaySuggestion(DayAnswer(Verb.END), Because.CAUTION, message("the day ends here"))

    def _over_long(self, session: Session) -> DaySuggestion:
        ends = [hours.ended_at for hours in self._day.working]
        end = max(ends, default=0)
        if session.started_at < end < session.span(self._day.as_of).ended_at:
            because = message("your working hours end at {time}", time=self._clock(end))
            return DaySuggestion(DayAnswer(Verb.END, at=end), Because.HOURS, because)
        return DaySuggestion(DayAnswer(Verb.KEEP), Because.CAUTION, message("nothing contradicts it"))

    def _unsure(self, session: Session) -> DaySuggestion | None:
        client = self._ledger.client(session.client)
        contract = client.contract(session.project, date.fromordinal(session.day))
        if contract and contract.covers:
            return self._habit(session)
        because = message("it is billed by the hour either way")
        return DaySuggestion(DayAnswer(Verb.SCOPE, scope=Scope.IN), Because.CAUTION, because)

    def _pending(self, session: Session) -> DaySuggestion:
        bill = DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=Decision.BILL)
        return self._habit(session) or DaySuggestion(
            bill, Because.CAUTION, message("work outside the agreement is billed")
        )

    def _habit(self, session: Session) -> DaySuggestion | None:
        """What was decided last about work of this client outside the scope."""
        client = self._ledger.client(session.client)
        for other in self._before(session):
            decided = other.scope is Scope.OUT and treatment(other, client) in (Treatment.BILLABLE, Treatment.ABSORBED)
            if decided:
                answer = DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=other.decision)
                return DaySuggestion(answer, Because.HABIT, message("as you decided last time"))
        return None

    def _note(self, session: Session) -> DaySuggestion | None:
        span = session.span(self._day.as_of)
        for event in self._outside.events:
            shared = event.span.clip(span)
            if event.busy and not event.all_day and event.title and shared and 2 * shared.seconds >= span.seconds:
                because = message("calendar: {title}", title=event.title)
                return DaySuggestion(DayAnswer(Verb.NOTE, text=event.title), Because.CALENDAR, because)
        mine = [c.commit for c in self._outside.commits if c.client == session.client]
        inside = [c for c in mine if span.started_at < c.at <= span.ended_at]
        if inside:
            because = message("your last commit in it")
            return DaySuggestion(DayAnswer(Verb.NOTE, text=inside[-1].subject), Because.COMMITS, because)
        for other in self._before(session):
            if other.note and other.channel is session.channel:
                return DaySuggestion(
                    DayAnswer(Verb.NOTE, text=other.note), Because.HABIT, message("as you noted last time")
                )
        return None

    def _agreed(self, item: Item) -> DaySuggestion:
        because = message(
            "the rule makes {rule} of {exact}",
            rule=formats.timer(sum(group.rule_seconds for group in item.groups)),
            exact=formats.timer(sum(group.seconds.exact for group in item.groups)),
        )
        return DaySuggestion(DayAnswer(Verb.KEEP), Because.RULE, because)

    def _before(self, session: Session) -> list[Session]:
        """The latest sessions of the same project, up to that day, without itself."""
        place = (session.client, session.project)
        if place not in self._earlier:
            until = (self._day.bounds.ended_at, "")
            self._earlier[place] = sessions.page(self._ledger.db, sessions.Filter(*place), LOOKED_BACK, until)
        return [other for other in self._earlier[place] if other.id != session.id]

    def _name(self, slug: str) -> str:
        client = self._ledger.catalogue.clients.get(slug)
        return (client.name if client else "") or slug

    def _clock(self, instant: int) -> str:
        return formats.clock(wall(instant, self._ledger.settings.time_zone))


def _rounded_to(part: Interval, gap: Interval, slack: int = MOMENT) -> Interval:
    """The part, with what little of the gap would be left on either side."""
    begin = gap.started_at if part.started_at - gap.started_at < slack else part.started_at
    end = gap.ended_at if gap.ended_at - part.ended_at < slack else part.ended_at
    return Interval(begin, end)
