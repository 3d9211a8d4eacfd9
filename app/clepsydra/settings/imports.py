"""What the texts of other programs mean here: `imports/<door>.toml`, written by the first import, owned by the person.

[clients]
"Acme SARL" = "acme"
"Acme SARL / API rewrite" = "acme/api"
[tags]
"urgent" = { note = "keep" }
"hors-forfait" = { scope = "out" }
"facturé" = { billed = true }
[tasks]
"Meeting" = { channel = "meeting" }
[columns]
begin = "Von"
[take]
not_billable = "write-off"
billed_before = 2026-10-31
me = "me@example.org"
[billed_before]
acme = 2026-09-30
    dates = "dmy"
    fold = "first"
    zone = "Europe/Paris"
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Channel, Scope
from clepsydra.settings.home import Home, is_slug, write_private
from clepsydra.settings.problems import Expected, SettingsProblem
from clepsydra.settings.times import zone
from clepsydra.settings.toml_document import Loaded, TomlDocument, TomlTable, parse, read
from clepsydra.settings.values import filled, one_of, text, wrong, yes_no

T = TypeVar("T")


class NotBillable(StrEnum):
    """What becomes of work that the other program did not bill."""

    WRITE_OFF = "write-off"
    OWN = "own"
    IN = "in"


class Order(StrEnum):
    """The order of day, month and year."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Fold(StrEnum):
    """Which of the two showings of a repeated hour."""

    FIRST = "first"
    SECOND = "second"


class Keep(StrEnum):
    """Whether a tag stays in the note."""

    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a tag or a task means: whose the work is, its scope, its channel, that it was billed elsewhere, and whether
    the word stays in the note.
    """

    place: str = ""
    scope: Scope | None = None
    channel: Channel | None = None
    note: Keep | None = None
    billed: bool = False


@dataclass(frozen=True, slots=True)
class ImportMap:
    """The meanings of one door's texts, by the texts as written."""

    clients: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tags: Mapping[str, Meaning] = field(default_factory=lambda: MappingProxyType({}))
    tasks: Mapping[str, Meaning] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    not_billable: NotBillable = NotBillable.WRITE_OFF
    billed_before: date | None = None
    billed_by_client: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    me: str = ""
    dates: str = ""
    fold: str = ""
    zone: ZoneInfo | None = None


def map_file(home: Home, door: str) -> Path:
    """Where the meanings of a door's texts stand."""
    return home.path / "imports" / f"{door}.toml"


def load_map(home: Home, door: str) -> Loaded[ImportMap]:
    """What the file says, everything standing at its default where there is none."""
    file = map_file(home, door)
    if not file.exists():
        return Loaded(ImportMap())
    return _loaded(read(file))


def _loaded(document: TomlDocument | SettingsProblem) -> Loaded[ImportMap]:
    if isinstance(document, SettingsProblem):
        return Loaded(ImportMap(), (document,))
    root = document.root
    take = root.table("take")
    found = ImportMap(
        clients=_each(root.table("clients"), place),
        tags=_meanings(root.table("tags")),
        tasks=_meanings(root.table("tasks")),
        columns=_each(root.table("columns"), filled),
        not_billable=take.take("not_billable", one_of(NotBillable), NotBillable.WRITE_OFF),
        billed_before=take.take("billed_before", _day, None),
        billed_by_client=_each(root.table("billed_before"), _day),
        me=take.take("me", text, ""),
        dates=str(take.take("dates", one_of(Order), "")),
        fold=str(take.take("fold", one_of(Fold), "")),
        zone=take.take("zone", zone, None),
    )
    take.done()
    root.done()
    return Loaded(found, document.problems())


def place(raw: object) -> str:
    """A client or `client/project`, by their slugs. Raises `Wrong` for anything else."""
    if isinstance(raw, str) and raw.count("/") <= 1 and all(map(is_slug, raw.split("/"))):
        return raw
    raise wrong(Expected.SLUG, raw)


def _day(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise wrong(Expected.DATE, raw)


def _each(table: TomlTable, parser: Callable[[object], T]) -> dict[str, T]:
    found = {}
    for name in table.values:
        value = table.take(name, parser, None)
        if value:
            found[name] = value
    return found


def _meanings(table: TomlTable) -> dict[str, Meaning]:
    found = {}
    for name, value in table.values.items():
        if isinstance(value, str):
            found[name] = Meaning(place=table.take(name, place, ""))
            continue
        below = table.table(name)
        found[name] = Meaning(
            place=below.take("place", place, ""),
            scope=below.take("scope", one_of(Scope), None),
            channel=below.take("channel", one_of(Channel), None),
            note=below.take("note", one_of(Keep), None),
            billed=below.take("billed", yes_no, False),
        )
        below.done()
    return found


def add_places(home: Home, door: str, clients: Mapping[str, str], tags: Mapping[str, str]) -> bool:
    """Add to the file what was settled in an import, leaving every line of it as it is; False where nothing is new.

    Raises OSError when the disk refuses, ValueError when the text that would be written means something else.
    """
    file = map_file(home, door)
    held = load_map(home, door).value
    new = {
        "clients": {name: where for name, where in clients.items() if name not in held.clients},
        "tags": {name: where for name, where in tags.items() if name not in held.tags},
    }
    if not any(new.values()) and file.exists():
        return False
    home.ensure()
    file.parent.mkdir(mode=0o700, exist_ok=True)
    before = file.read_bytes() if file.exists() else b""
    after = _added(before, new)
    if any(not problem.warning for problem in _loaded(parse(file, after)).problems):
        raise ValueError("the mapping cannot be written")
    write_private(file, after)
    return True


def _added(before: bytes, new: Mapping[str, Mapping[str, str]]) -> bytes:
    import tomlkit
    from tomlkit.items import Table as Written

    document = tomlkit.parse(before.decode("utf-8-sig"))
    for name in ("clients", "tags", "tasks", "take") if not before else new:
        if name not in document:
            document[name] = tomlkit.table()
        table = document[name]
        for text_, where in new.get(name, {}).items():
            if isinstance(table, Written):
                table[text_] = where
    return tomlkit.dumps(document).encode()
