"""A year of invented work, second by second and always the same for the same seed: no two sessions overlap."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from clepsydra.domain.civil import day_bounds, first_instant_from
from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import GroupScope, Model
from clepsydra.domain.session import FREE_TOUCH, OWN, Channel, Decision, Scope, Session, Source
from clepsydra.domain.terms import Client
from clepsydra.ledger.demo.clients import HABITS
from clepsydra.ledger.demo.notes import Notes
from clepsydra.ledger.ledger import Ledger
from clepsydra.store.ids import id_of_content

_MINUTES = {
    Channel.WORK: (28, 128), Channel.CALL: (4, 38), Channel.MEETING: (35, 95), Channel.MESSAGE: (2, 8),
    Channel.FIX: (4, 17), Channel.TRAVEL: (65, 190), Channel.PREP: (15, 45), Channel.ADMIN: (20, 55),
    Channel.SALES: (20, 70),
}  # fmt: skip
"""The shortest and the longest a session of a channel lasts, in minutes."""

_SOURCES = {Channel.MESSAGE: Source.TOUCH, Channel.FIX: Source.TOUCH, Channel.CALL: Source.CALL}

RUNNING_FOR = 47 * MINUTE + 12
GAP_BEFORE = 75 * MINUTE
"""Between today's work and what runs: calls were noticed in it that wait to be decided about."""
EVENING = 3 * HOUR + HOUR // 2
"""How long before the running timer today's work began, where it is looked at in the night."""
UNDECIDED_DAYS = 75
"""Work out of scope is undecided only when it is younger than this."""


class Year:
    """Makes the sessions of a working life that began on `first`."""

    def __init__(self, ledger: Ledger, first: date, notes: Notes, seed: int) -> None:
        self._ledger, self._first, self._notes = ledger, first, notes
        self._random = Random(seed)
        self._zone = ledger.zone
        self._free: dict[tuple[str, int], int] = {}

    def days(self) -> Iterator[tuple[date, list[Session]]]:
        """Every day up to today with its sessions; today ends with the running timer."""
        day, today = self._first, self._ledger.today
        while day < today:
            yield day, self._day(day, None)
            day += timedelta(days=1)
        begins = self._ledger.now - RUNNING_FOR
        done = self._day(today, begins - GAP_BEFORE)
        yield today, [*done, self._running(begins)]

    # -- one day

    def _day(self, day: date, until: int | None) -> list[Session]:
        """A day's work; `until` (an instant) cuts it short and makes a holiday or weekend a day like any other."""
        if until is None and not self._works_on(day):
            return []
        found: list[Session] = []
        halves = self._halves(day)
        if until is not None and until - halves[0][0] < HOUR:
            # Looked at early or at night: today's work began some hours ago all the same, yesterday if need be.
            begins = day_bounds(day, self._zone, self._ledger.settings.day_starts_at).started_at
            halves = [(max(begins, until - 5 * HOUR) if until - begins > EVENING else until - EVENING, until)]
        for begin, end in halves:
            at = begin
            while at < end - 6 * MINUTE:
                session = self._session(day, at, end)
                at = session.span(at).ended_at + self._random.choice((0, 40, 95, 130, 310, 620))
                if until is not None and session.span(at).ended_at > until:
                    return found
                found.append(session)
        return found

    def _works_on(self, day: date) -> bool:
        holiday = (day.month, day.day) in ((1, 1), (5, 1), (5, 8), (7, 14), (11, 11)) or (
            (day.month == 8 and 3 <= day.day <= 21) or (day.month == 12 and day.day >= 23)
        )
        return day.weekday() < 5 and not holiday and self._random.random() < 0.95

    def _halves(self, day: date) -> list[tuple[int, int]]:
        """Begin and end of the morning and of the afternoon."""

        def at(hour: int, minute: int, spread: int) -> int:
            wall_time = datetime.combine(day, time(hour, minute))
            return first_instant_from(wall_time, self._zone) + self._random.randrange(spread * MINUTE)

        return [(at(8, 50, 25), at(12, 10, 30)), (at(13, 40, 25), at(17, 20, 60))]

    def _session(self, day: date, begins: int, latest: int) -> Session:
        slug, channel, project = self._what(day)
        low, high = _MINUTES[channel]
        length = round(self._random.triangular(low, high, low + (high - low) / 3) * MINUTE) + self._random.randrange(60)
        ends = min(begins + length, max(latest, begins + low * MINUTE))
        session = self._made(slug, channel, project, begins, ends, self._note(slug, channel, day))
        return session if slug == OWN else self._judged(session)

    def _what(self, day: date) -> tuple[str, Channel, str]:
        """For whom, how, and on what."""
        if self._random.random() < 0.11:
            return OWN, self._random.choice((Channel.ADMIN, Channel.ADMIN, Channel.SALES)), "default"
        months = (day.year - self._first.year) * 12 + day.month - self._first.month
        open_now = {slug: habit for slug, habit in HABITS.items() if habit.since <= months}
        slug = self._random.choices(list(open_now), [habit.share for habit in open_now.values()])[0]
        channels = HABITS[slug].channels
        channel = Channel(self._random.choices(list(channels), list(channels.values()))[0])
        return slug, channel, self._random.choice(HABITS[slug].projects)

    def _note(self, slug: str, channel: Channel, day: date) -> str:
        """Work on one thing fills a week; what is short is never twice the same."""
        if channel is Channel.WORK:
            topics = self._notes[slug]
            return topics[(day.toordinal() // 7 + self._random.randrange(2)) % len(topics)]
        return self._random.choice(self._notes[channel])

    def _running(self, begins: int) -> Session:
        note = self._notes["volta"][0]
        return self._made("volta", Channel.WORK, "portal", begins, None, note)

    # -- one session

    def moved(self, session: Session, slug: str) -> Session:
        """The same time spent on a client's usual work instead."""
        topics = self._notes[slug]
        note = topics[session.day // 7 % len(topics)]
        moved = replace(session, client=slug, project="default", note=note, source=Source.TIMER)
        day = self._ledger.day_of(session.started_at, self._ledger.client(slug))
        return replace(moved, id=id_of_content(session.started_at, f"{slug} {session.started_at}"), day=day)

    def _made(
        self, slug: str, channel: Channel, project: str, begins: int, ends: int | None, note: str, **more: object
    ) -> Session:
        source = _SOURCES.get(channel, Source.TIMER)
        logged = begins if source is Source.TIMER or ends is None else ends
        if ends is not None and source is Source.TIMER and self._random.random() < 0.03:
            # Remembered days later: at risk of being forgotten, which the leaks count.
            source, logged = Source.MANUAL, ends + self._random.randrange(30, 120) * HOUR
        client = self._ledger.client(slug)
        return Session(
            id=id_of_content(begins, f"{slug} {begins}"), client=slug, project=project, channel=channel,
            started_at=begins, ended_at=ends, zone=self._zone.key, day=self._ledger.day_of(begins, client),
            note=note, source=source, logged_at=min(logged, self._ledger.now), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def _judged(self, session: Session) -> Session:
        """Scope, gifts and agreed times, as they come up in a year."""
        chance = self._random.random()
        client = self._ledger.client(session.client)
        recent = self._ledger.today.toordinal() - session.day < UNDECIDED_DAYS
        if self._is_free(session, client):
            return replace(session, write_off=FREE_TOUCH)
        if chance < 0.07:
            decision = self._random.choice((Decision.BILL, Decision.BILL, Decision.ABSORB, Decision.PENDING))
            if decision is Decision.PENDING and not recent:
                decision = Decision.ABSORB
            note = self._random.choice(self._notes["extra"])
            return replace(session, scope=Scope.OUT, decision=decision, note=note)
        if chance < 0.10 and recent:
            return replace(session, scope=Scope.UNSURE)
        if chance > 0.985:
            return replace(session, write_off=self._random.choice(self._notes["written_off"]))
        if chance > 0.96 and self._agreeable(session, client):
            halves = session.exact_seconds(0) // (HOUR // 2)
            return replace(session, agreed_seconds=halves * (HOUR // 2))
        return session

    def _is_free(self, session: Session, client: Client) -> bool:
        """Whether it is one of the exchanges that the client's agreement gives free each month."""
        month = date.fromordinal(session.day).month
        if session.source is not Source.TOUCH or not client.touches.free_per_month:
            return False
        self._free[client.slug, month] = self._free.get((client.slug, month), 0) + 1
        return self._free[client.slug, month] <= client.touches.free_per_month

    def _agreeable(self, session: Session, client: Client) -> bool:
        """Whether an agreed time of the session alone says something: long work that is rounded by itself."""
        rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
        alone = rule.scope is GroupScope.ENTRY and rule.model is not Model.EXACT
        return alone and session.channel is Channel.WORK and session.exact_seconds(0) > HOUR
