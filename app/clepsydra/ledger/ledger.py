"""The ledger: one open log, the settings it is read by, and the clock, passed to every use case."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from clepsydra.domain.annotations import TYPE_CHECKING, Any, Protocol
from clepsydra.domain.civil import civil_day, day_bounds
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import Session
from clepsydra.ledger.errors import DISK_ERRORS as DISK_ERRORS  # given on: who takes a ledger takes what it refuses
from clepsydra.ledger.errors import Refused as Refused
from clepsydra.store import sessions

if TYPE_CHECKING:  # a timer needs little of these, and they cost more than starting one
    from clepsydra.domain.terms import Client
    from clepsydra.settings.model import Settings
    from clepsydra.settings.problems import SettingsProblem

Clock = Callable[[], int]
"""Answers now in UTC epoch seconds."""


class Terms(Protocol):
    """The settings and clients in force: all of them read, or each when it is asked for."""

    @property
    def settings(self) -> "Settings": ...

    @property
    def clients(self) -> "Mapping[str, Client]": ...

    @property
    def problems(self) -> "tuple[SettingsProblem, ...]": ...


@dataclass(frozen=True)
class Ledger:
    """What every use case needs: the log, the catalogue of settings and clients, and the time."""

    db: sqlite3.Connection
    catalogue: Terms
    clock: Clock

    @property
    def settings(self) -> "Settings":
        """The person's settings as last read."""
        return self.catalogue.settings

    @property
    def now(self) -> int:
        """Now, in UTC epoch seconds."""
        return self.clock()

    @property
    def standing(self) -> "Ledger":
        """The same ledger with its clock standing at now: for a reading whose figures must agree with one another."""
        return replace(self, clock=partial(int, self.now))

    @property
    def today(self) -> date:
        """The person's civil day."""
        return self.own_day(self.now)

    def own_day(self, instant: int) -> date:
        """The person's civil day that an instant belongs to."""
        return civil_day(instant, self.settings.time_zone, self.settings.day_starts_at)

    def own_bounds(self, first: date, last: date | None = None) -> Interval:
        """The instants at which the person's civil day, or days up to the `last` one, begin and end."""
        zone, starts_at = self.settings.time_zone, self.settings.day_starts_at
        begin = day_bounds(first, zone, starts_at)
        return begin if last is None else Interval(begin.started_at, day_bounds(last, zone, starts_at).ended_at)

    def client(self, slug: str) -> "Client":
        """The client of that slug; raises `Refused` when there is none."""
        client = self.catalogue.clients.get(slug)
        if client is None:
            self._refuse_broken(slug)
            from clepsydra.ledger.mentions import nearest_place

            near = nearest_place(slug, self.catalogue.clients)
            if near:
                raise Refused("there is no client “{slug}”; did you mean “{near}”?", slug=slug, near=near)
            raise Refused("there is no client “{slug}”; “clepsydra clients” lists them", slug=slug)
        return client

    def _refuse_broken(self, slug: str) -> None:
        """Say that a client has a file, which has errors and never was good."""
        for problem in self.catalogue.problems:
            if problem.file.parent.name == "clients" and problem.file.stem == slug and not problem.warning:
                key = f": {problem.key}" if problem.key else ""
                raise Refused(
                    "the file of the client “{slug}” has errors and was never good ({place})",
                    slug=slug, place=problem.where + key,
                )  # fmt: skip

    def name_of(self, slug: str) -> str:
        """What the person calls a client; its slug where nothing names it."""
        client = self.catalogue.clients.get(slug)
        return (client.name if client else "") or slug

    def client_with(self, client: str, project: str) -> "Client":
        """The client, once it is sure that it has the project; raises `Refused`."""
        found = self.client(client)
        if found.project(project) is None:
            from clepsydra.ledger.mentions import nearest_project

            near = nearest_project(project, found)
            if near:
                raise Refused(
                    "{client} has no project “{project}”; did you mean “{near}”?",
                    client=found.name or client, project=project, near=near,
                )  # fmt: skip
            known = ", ".join(p.slug for p in found.projects) or "default"
            raise Refused(
                "{client} has no project “{project}”; it has: {known}",
                client=found.name or client,
                project=project,
                known=known,
            )
        return found

    def day_of(self, instant: int, client: "Client") -> int:
        """The ordinal of the billing day an instant belongs to, in the client's zone."""
        return civil_day(instant, client.zone).toordinal()

    @property
    def zone(self) -> ZoneInfo:
        """The zone sessions are recorded in: the person's."""
        return self.settings.time_zone

    def change(self, text: str, /, **values: Any) -> AbstractContextManager[dict[str, Any]]:
        """One journalled transaction with its label; see `changes.change`."""
        from clepsydra.ledger.changes import change  # whoever only reads has no need of the journal

        return change(self, text, values)

    def session(self, given: str) -> Session:
        """The session of that id, or whose id begins or ends so; raises `Refused` when none or several do."""
        found = [given] if sessions.by_id(self.db, given) else []
        if not found and len(given) >= 4:
            found = sessions.ids_like(self.db, given)
        if not found:
            raise Refused("no session has the id “{given}”", given=given)
        if len(found) > 1:
            raise Refused("several sessions have the id “{given}”; type more of it", given=given)
        session = sessions.by_id(self.db, found[0])
        if session is None:
            raise Refused("no session has the id “{given}”", given=given)
        return session
