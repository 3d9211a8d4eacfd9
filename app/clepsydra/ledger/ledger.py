"""The ledger: one open log, the settings it is read by, and the clock, passed to every use case."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import civil_day
from clepsydra.domain.session import Session
from clepsydra.language.message import Message, Speaks
from clepsydra.store import day_closes, journal, sessions

if TYPE_CHECKING:  # a timer needs little of these, and they cost more than starting one
    from clepsydra.domain.terms import Client
    from clepsydra.settings.model import Settings
    from clepsydra.settings.problems import Problem

Clock = Callable[[], int]
"""Answers now in UTC epoch seconds."""


DISK_ERRORS = (sqlite3.Error, OSError)
"""What a full, read-only or damaged disk raises; nothing is half done when it does."""


class Terms(Protocol):
    """The settings and clients in force: all of them read, or each when it is asked for."""

    @property
    def settings(self) -> "Settings": ...

    @property
    def clients(self) -> "Mapping[str, Client]": ...

    @property
    def problems(self) -> "tuple[Problem, ...]": ...


class Refused(Exception):
    """A law or a missing thing stands against what was asked; `message` says what and what to do."""

    def __init__(self, text: str, /, **values: Any) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))


Reopen = Callable[["Ledger", date, Sequence[day_closes.Moved]], int]
"""Opens a closed day that a change has left incomplete; answers the seconds that nothing explains, zero where it stays
closed."""


@dataclass(frozen=True)
class Ledger:
    """What every use case needs: the log, the catalogue of settings and clients, and the time.

    Each change asks `reopen` about the closed days it has moved something of: what a day needs is known further up.
    """

    db: sqlite3.Connection
    catalogue: Terms
    clock: Clock
    reopen: "Reopen"

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
        return civil_day(self.now, self.settings.time_zone, self.settings.day_starts_at)

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
                    slug=slug, place=problem.place + key,
                )  # fmt: skip

    def name_of(self, slug: str) -> str:
        """What the person calls a client; its slug where nothing names it."""
        client = self.catalogue.clients.get(slug)
        return (client.name if client else "") or slug

    def place(self, client: str, project: str) -> "Client":
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

    @contextmanager
    def change(self, text: str, /, **values: Any) -> Iterator[dict[str, Any]]:
        """One journalled transaction, labelled by a sentence that can be said in any language.

        It holds the write lock, so what a change depends on is read inside; places of the sentence that are known only
        then are filled in the dictionary it gives. What the database's own locks refuse becomes `Refused`. A change of
        a day that was closed says so in its label, and opens the day again where it leaves time that nothing explains.
        Inside another change it is a part of that one.
        """
        if journal.is_open(self.db):
            yield values
            return
        late: dict[str, int] = {}
        try:
            with journal.change(self.db, lambda: _label(text, values, late), self.clock):
                yield values
                late |= self._late()
        except sqlite3.IntegrityError as error:
            if str(error).startswith("locked"):
                raise Refused("that is on an issued statement and locked; void the statement first") from error
            raise

    def _late(self) -> dict[str, int]:
        """The closed days whose sessions or absences the change now open has moved, with the seconds that make them
        incomplete; zero for those that stay closed.
        """
        latest = day_closes.latest(self.db)
        moved = day_closes.moved(self.db) if latest is not None else []
        found = self._closed_days_of(moved, latest or 0)
        return {day.isoformat(): self.reopen(self, day, moved) for day in map(date.fromordinal, sorted(found))}

    def _closed_days_of(self, moved: Sequence[day_closes.Moved], latest: int) -> set[int]:
        found: set[int] = set()
        for started_at, ended_at in (ends for each in moved for ends in (each.before, each.after) if ends):
            first = self._own_day(started_at)
            if first <= latest:
                end = self.now if ended_at is None else ended_at
                last = self._own_day(max(started_at, end - 1))
                found |= {close.day for close in day_closes.between(self.db, first, last)}
        return found

    def _own_day(self, instant: int) -> int:
        return civil_day(instant, self.settings.time_zone, self.settings.day_starts_at).toordinal()

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


def _label(text: str, values: Mapping[str, Any], late: Mapping[str, int]) -> str:
    content: dict[str, Any] = {"text": text, "values": values}
    if late:
        content |= {"late": list(late), "open": {day: seconds for day, seconds in late.items() if seconds}}
    return json.dumps(content, ensure_ascii=False)


@dataclass(frozen=True)
class LateMessage(Message):
    """What was done to days that were closed already; `days` are their dates."""

    days: str = ""

    def said(self, _: Speaks) -> str:
        """The sentence, with the closed days before it."""
        return _.t("late, {day} was closed: {what}", day=self.days, what=super().said(_))


def opened_days(entry: journal.Entry) -> dict[str, int]:
    """The closed days that a change opened again: the seconds that nothing explains, by ISO date."""
    return dict(json.loads(entry.label).get("open", {}))


def label_of(entry: journal.Entry) -> Message:
    """The sentence a journal entry was labelled with."""
    content = json.loads(entry.label)
    if "late" in content:
        return LateMessage(content["text"], content["values"], ", ".join(content["late"]))
    return Message(content["text"], content["values"])
