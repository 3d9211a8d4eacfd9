"""A sample home to look around in: invented clients, a realistic year of sessions, statements in every state.

Everything goes through the ledger as a person's own work would, at the time it would have been done, so that undo,
reports and `verify` work on it as on a real log. It lives in a folder of its own and never near the person's data.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from clepsydra.calls.evidence import EvidenceKind, EvidenceSpan, Family, Program
from clepsydra.domain.civil import civil_day, day_bounds, zone_named
from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.periods import add_months
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import Session
from clepsydra.ledger.billing import statements
from clepsydra.ledger.calls.recording import keep_spans
from clepsydra.ledger.day.closing import close_day
from clepsydra.ledger.days import days_to_close
from clepsydra.ledger.demo.clients import HABITS, renewed_retainer, sample_clients
from clepsydra.ledger.demo.limit import near_limit
from clepsydra.ledger.demo.notes import notes_in
from clepsydra.ledger.demo.year import Year
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.receivables import statement_payment
from clepsydra.settings.edit import Fields, create_client, create_settings, edit_client
from clepsydra.settings.home import SAMPLE, Home
from clepsydra.settings.load import load_settings
from clepsydra.settings.system import system_zone
from clepsydra.store import calls, sessions
from clepsydra.store.database import transaction

NAME = "clepsydra-demo"
_SEED = 1729
_XDG: bool = sys.platform == "linux"
_VOIDED = ("volta", 5)
_VOID_REASONS = {"en": "the order number was missing", "fr": "le numéro de commande manquait"}
_PAID_IN_PART = ("kestrel", 7)
_NEAR_ITS_LIMIT = "dore"


@dataclass(frozen=True, slots=True)
class _Deed:
    """Something that was done at an instant (UTC seconds)."""

    at: int
    do: Callable[[Ledger], None]


def open_demo(environment: Mapping[str, str], now: int, language: str) -> Home:
    """Build the sample home anew in the platform's cache folder and return it.

    Raises `Refused` when something else has that folder, OSError when the disk refuses.
    """
    folder = demo_folder(environment)
    if folder.exists():
        if not Home(folder).sample or folder.is_symlink():
            raise Refused("{folder} is not a sample home of Clepsydra; move it away first", folder=str(folder))
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    (folder / SAMPLE).touch(mode=0o600)
    home = Home(folder)
    make_demo(home, now, language, zone=system_zone(environment).key)
    return home


@dataclass(frozen=True, slots=True)
class Visit:
    """A sample home in a temporary folder, gone with its end, or with the program's."""

    home: Home
    folder: TemporaryDirectory[str]

    def end(self) -> None:
        """Remove the folder with all that was done there."""
        self.folder.cleanup()


def visit_demo(environment: Mapping[str, str], now: int, language: str) -> Visit:
    """Build the sample home for one visit; raises OSError when the disk refuses."""
    folder = TemporaryDirectory(prefix=f"{NAME}-", ignore_cleanup_errors=True)
    home = Home(Path(folder.name))
    make_demo(home, now, language, zone=system_zone(environment).key)
    return Visit(home, folder)


def demo_folder(environment: Mapping[str, str]) -> Path:
    """Where the sample home lives: a folder that is thrown away and made again each time."""
    cache = environment.get("XDG_CACHE_HOME", "")
    if _XDG:
        return (Path(cache) if cache.startswith("/") else Path.home() / ".cache") / NAME
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False)


def make_demo(home: Home, now: int, language: str, seed: int = _SEED, zone: str = "Europe/Paris") -> None:
    """Fill an empty home with the sample: the year up to `now` (UTC seconds), notes in `language`, days in `zone`."""
    first = add_months(civil_day(now, zone_named(zone)), -12)
    create_settings(home, _settings(language, zone))
    settings = load_settings(home, {}).value
    for slug, fields in sample_clients(first, language).items():
        create_client(home, slug, fields, settings)
    ledger = open_ledger(home, {}, lambda: now)
    with closing(ledger.db):
        year = Year(ledger, first, notes_in(language), seed)
        days = list(year.days())
        included = near_limit(days, _NEAR_ITS_LIMIT, year.moved)
        edit_client(
            home, _NEAR_ITS_LIMIT, {"contract[+]": renewed_retainer(ledger.today.replace(day=1), included)}, settings
        )
    ledger = open_ledger(home, {}, lambda: now)  # with the agreement of this month
    with closing(ledger.db):
        for deed in sorted(_deeds(ledger, days), key=lambda deed: deed.at):
            deed.do(replace(ledger, clock=partial(int, deed.at)))
        _notice(ledger)


def _notice(ledger: Ledger) -> None:
    """Calls of today that were noticed in the pause before what runs, and that nobody has decided about yet."""
    running = sessions.running(ledger.db)
    before = [s.ended_at for s in sessions.within(ledger.db, ledger.now - 12 * HOUR, ledger.now) if s.ended_at]
    if not running or not before or running[0].started_at - max(before) < HOUR:
        return
    noticed = (
        (max(before) + 11 * MINUTE, 14 * MINUTE + 20, "zoom", "Zoom", "dore"),
        (running[0].started_at - 16 * MINUTE, 9 * MINUTE + 5, "teams", "Microsoft Teams", "riva"),
    )
    for begin, length, id_, name, client in noticed:
        program, end = Program(id_, name, Family.CALL), begin + length
        kinds = (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK)
        spans = [EvidenceSpan(kind, 1000 * begin, 1000 * end, program) for kind in kinds]
        keep_spans(ledger, spans)
        evidence = json.dumps([span.kind.value for span in spans])
        with transaction(ledger.db):
            row = calls.CallRow(f"{id_}:{begin}", id_, name, begin, end, evidence, client_hint=client)
            calls.keep_call(ledger.db, row)


def _settings(language: str, zone: str) -> Fields:
    return {
        "language": language,
        "time_zone": zone,
        "currency": "EUR",
        "working_hours": {"mon-fri": "9:00-12:30, 14:00-18:00"},
        "goals": {"week": "1800.00"},
        "seller": {
            "name": "Camille Sablier",
            "address": "5 passage de l’Horloge\n69001 Lyon",
            "email": "camille@example.org",
            "tax_id": "FR 00 000 000 000",
        },
        "cost": {"income": 42000, "charges": 19000, "overheads": 6500},
    }


def _deeds(ledger: Ledger, days: list[tuple[date, list[Session]]]) -> Iterator[_Deed]:
    """What was done in the year: a month's work logged, then billed, then paid, as far as that lies before now."""
    for index, (_, group) in enumerate(groupby(days, key=lambda day: (day[0].year, day[0].month))):
        month = list(group)
        made = [session for _, found in month for session in found]
        if month[-1][0] == ledger.today:
            yield _Deed(ledger.now, _logging(made))
            worked = [day for day, found in month if found and day < ledger.today]
            if worked:
                yield _Deed(ledger.now, _closing(month[0][0], worked[-1] - timedelta(days=1)))
            return
        ends = day_bounds(month[-1][0], ledger.zone).ended_at
        yield _Deed(ends - 1, _logging(made))
        if ends + 9 * HOUR < ledger.now:
            yield _Deed(ends + 9 * HOUR, _closing(month[0][0], month[-1][0]))
        for number, slug in enumerate(HABITS):
            if index < 12 - HABITS[slug].unbilled_months:
                issued = ends + (33 + 7 * number) * HOUR
                yield from _billing(ledger, slug, index, month[0][0], month[-1][0], issued)


def _logging(made: list[Session]) -> Callable[[Ledger], None]:
    def log(ledger: Ledger) -> None:
        with ledger.change("import {count} sessions", count=len(made)):
            sessions.add_many(ledger.db, made)

    return log


def _closing(first: date, last: date) -> Callable[[Ledger], None]:
    """Close what is to close of some days; what nothing explains was named unknown."""

    def close(ledger: Ledger) -> None:
        for day in list(days_to_close(ledger, first, last)):
            close_day(ledger, day, unknown=True)

    return close


def _billing(ledger: Ledger, slug: str, index: int, first: date, last: date, at: int) -> Iterator[_Deed]:
    """A client's month on a statement and what became of it; `index` counts the months from the first."""
    number: list[str] = []

    def issue(then: Ledger) -> None:
        # A month without billable work has no statement. A year of documents at once would keep the visitor waiting.
        with suppress(Refused):
            number[:] = [statements.issue(then, slug, first, last, documents_at_once=False).number]

    def void(then: Ledger) -> None:
        statements.void(then, number[0], _VOID_REASONS.get(ledger.settings.language, _VOID_REASONS["en"]))

    def pay(then: Ledger) -> None:
        if number:
            total = statements.show(then, number[0]).total_minor
            statement_payment.pay(then, number[0], total // 2 if (slug, index) == _PAID_IN_PART else None)

    deeds = [_Deed(at, issue), _Deed(at + HABITS[slug].paid_after * 24 * HOUR, pay)]
    if (slug, index) == _VOIDED:
        deeds[1:1] = [_Deed(at + 26 * HOUR, void), _Deed(at + 27 * HOUR, issue)]
    yield from (deed for deed in deeds if deed.at < ledger.now)
