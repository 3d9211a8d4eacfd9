"""From an entry and its place to the session it is in the log."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from clepsydra.domain.civil import civil_day, first_instant_from
from clepsydra.domain.records import replace
from clepsydra.domain.session import OWN, Precision, Scope, Session, Source
from clepsydra.domain.terms import Client
from clepsydra.exchange.doors.shape import Door, Found
from clepsydra.language.plain import storable
from clepsydra.ledger.imports.places import ImportPlace, Meant
from clepsydra.ledger.timers import settled
from clepsydra.settings.imports import ImportMap, NotBillable

if TYPE_CHECKING:
    from clepsydra.ledger.imports.plan import Options
    from clepsydra.ledger.ledger import Ledger

_MORNING = time(9)
"""Where hours without times are laid when the settings say no hours of work."""


class Maker:
    """Makes the sessions of one file."""

    def __init__(
        self,
        ledger: "Ledger",
        door: Door,
        mapping: ImportMap,
        options: "Options",
        clients: Mapping[str, Client],
        request: str,
    ) -> None:
        self._now = ledger.now
        self._settings = ledger.settings
        self._door = door
        self._not_billable = mapping.not_billable
        self._zone = (options.zone or mapping.zone or ledger.zone).key
        self._clients = clients
        self._request = request
        self._laid: dict[tuple[date, str], int] = {}
        self._days: dict[tuple[int, str], int] = {}

    def session(self, found: Found, meant: Meant, session_id: str) -> Session:
        """The session of an entry; one without times is laid into the hours of work of its day."""
        place, scope, write_off = self._treated(found, meant)
        client = self._clients[place.client]
        begin, end, day = self._span(found, client)
        exact = found.exact
        return Session(
            id=session_id,
            client=place.client,
            project=place.project,
            channel=meant.channel,
            started_at=begin,
            ended_at=end,
            zone=found.zone or self._zone,
            day=day,
            scope=exact.scope if exact else scope,
            decision=settled(exact.scope, exact.decision) if exact else settled(scope, None),
            note=storable(meant.note),
            agreed_seconds=exact.agreed_seconds if exact else None,
            write_off=storable(write_off) if write_off else None,
            source=Source.IMPORT,
            logged_at=self._now,
            request=self._request,
            precision=None if found.precision is Precision.SECOND else found.precision,
        )

    def _treated(self, found: Found, meant: Meant) -> tuple[ImportPlace, Scope, str | None]:
        """Place, scope and reason of a write-off, by what the mapping does with work that was not billable there."""
        place, scope = meant.place or ImportPlace(OWN), meant.scope
        if found.exact is not None:
            return place, scope, found.exact.write_off
        if found.billable is not False or found.billed_as:
            return place, scope if place.client != OWN else Scope.IN, None
        if self._not_billable is NotBillable.OWN:
            return ImportPlace(OWN), Scope.IN, None
        if self._not_billable is NotBillable.IN or place.client == OWN:
            return place, scope, None
        return place, scope, f"not billable in {self._door.title or self._door.name}"

    def _span(self, found: Found, client: Client) -> tuple[int, int, int]:
        """Begin, end and billing day."""
        if found.begin is not None and found.end is not None:
            return found.begin, found.end, self._day_of(found.begin, client)
        day, seconds = found.day or date(1970, 1, 2), found.seconds or 0
        key = (day, client.zone.key)
        if key not in self._laid:
            self._laid[key] = first_instant_from(datetime.combine(day, self._morning(day)), client.zone)
        begin = self._laid[key]
        last = first_instant_from(datetime.combine(day, time(23, 59, 59)), client.zone)
        if begin > last:
            begin = first_instant_from(datetime.combine(day, time()), client.zone)
        self._laid[key] += seconds
        return begin, begin + seconds, day.toordinal()

    def _morning(self, day: date) -> time:
        """When the hours of work of a day begin."""
        hours = self._settings.working_hours.get(day.weekday(), ())
        return min((begin for begin, _ in hours), default=_MORNING)

    def _day_of(self, instant: int, client: Client) -> int:
        quarter = (instant // 900, client.zone.key)  # no zone changes its day inside a quarter of an hour
        if quarter not in self._days:
            self._days[quarter] = civil_day(instant, client.zone).toordinal()
        return self._days[quarter]


def as_is(session: Session, held: Session) -> Session:
    """The session that the log would hold after an update: what the file says, what was decided here."""
    return replace(
        held,
        client=session.client,
        project=session.project,
        started_at=session.started_at,
        ended_at=session.ended_at,
        day=session.day,
        note=session.note,
        precision=session.precision,
    )
