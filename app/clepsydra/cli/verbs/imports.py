"""import: the files of other programs into the log, recognised by themselves, with a preview and one undo."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.records import replace
from clepsydra.language import formats
from clepsydra.language.translator import mark

if TYPE_CHECKING:
    from decimal import Decimal

    from clepsydra.exchange.doors.shape import Door, DoorSource
    from clepsydra.ledger.imports.plan import BilledBefore, Options, Progress

_LINE = 60
"""Cells that a line of progress may fill."""

STANDARD = "-"
"""The name of a file that stands for standard input."""


def import_file(context: CommandContext, given: Arguments) -> int:
    """Add the entries of a file: all of them or, unless bad ones are to be skipped, none.

    Raises `Usage` when no file is named.
    """
    if given.flag("list"):
        return _list(context, given)
    first, second = given.maybe("first"), given.maybe("second")
    if first is None:
        raise Usage("which file? “clepsydra import --list” lists the formats")
    from clepsydra.cli.verbs import imports_calls

    calls = imports_calls.opened_list(context, second or first, first if second else "")
    if calls is not None:
        contacts = _pairs("contact", given, places=True)
        return imports_calls.import_calls(context, given, calls, contacts)
    from clepsydra.ledger import importing

    source, door = _opened(context, second or first, first if second else "")
    name = importing.map_name(context.home, door, first if second else "")
    mapping = importing.mapping_of(context.home, name)
    options = replace(_options(context, given), map_name=name)
    progress = _progress(context)
    plan = importing.prepare(context.ledger, door, source, options, mapping, progress)
    if progress is not None:
        context.streams.err.write("\r" + " " * _LINE + "\r")
    done = importing.carry_out(
        context.ledger,
        plan,
        options,
        home=context.home, skip_bad=given.flag("skip-bad"), dry_run=given.flag("dry-run"),
    )  # fmt: skip
    from clepsydra.cli.verbs.imports_told import tell

    tell(context, given, done)
    tell_problems(context)
    undecided = bool(done.plan.doubts) and options.doubles != "leave"
    doubtful = undecided and not done.stored and not given.flag("dry-run")
    return 1 if (done.problems and not given.flag("skip-bad")) or doubtful else 0


def _list(context: CommandContext, given: Arguments) -> int:
    """Every format that can be read."""
    from clepsydra.cli.verbs.imports_calls import call_lists
    from clepsydra.exchange.doors.registry import everything
    from clepsydra.exchange.plugins import BrokenFormat

    doors = list(everything())
    if given.flag("json"):
        known = [door for door in doors if not isinstance(door, BrokenFormat)]
        fine = [{"format": door.name, "program": door.title, "kind": door.kind.value} for door in known]
        fine += [{"format": name, "program": program, "kind": "calls"} for name, program in call_lists(context.tr)]
        broken = [{"format": door.name, "why": door.why} for door in doors if isinstance(door, BrokenFormat)]
        context.json({"formats": fine, "broken": broken})
        return 0
    named = [(plain(d.name), plain(d.title)) for d in doors if not isinstance(d, BrokenFormat)]
    context.table([*named, *call_lists(context.tr)])
    for door in doors:
        if isinstance(door, BrokenFormat):
            said = context.tr.t("the format {name} cannot be used: {why}", name=door.name, why=door.why)
            context.say(plain(said))
    return 0


def _opened(context: CommandContext, file: str, name: str) -> "tuple[DoorSource, Door]":
    """The file and the door that reads it, named or recognised."""
    from clepsydra.exchange.doors import registry
    from clepsydra.ledger import importing
    from clepsydra.ledger.ledger import Refused
    from clepsydra.settings.foreign import Unusable

    if name and registry.named(name) is None:
        from clepsydra.language.nearest import nearest

        near = nearest(name, (*registry.NAMES, *registry.ALIASES))
        if near:
            raise Usage("there is no format “{name}”; did you mean “{near}”?", name=name, near=near)
        raise Usage("there is no format “{name}”; “clepsydra import --list” lists them", name=name)
    try:
        source = _source(context, file)
    except Unusable as error:
        said = error.said_of(file)
        raise Refused(said.text, **said.values) from error
    door = importing.door_for(source, name)
    if Path(file).is_dir() and not door.many:
        raise Refused("{file}: this is a folder, not a file", file=file)
    return source, door


def _source(context: CommandContext, name: str) -> "DoorSource":
    from clepsydra.exchange.doors.opening import of_bytes, opened

    if name == STANDARD:
        return of_bytes("-", _typed_in(context))
    return opened(Path(name))


def _typed_in(context: CommandContext) -> bytes:
    """Standard input; raises `Unusable` where it is more than any file may be, or is closed."""
    from clepsydra.exchange.doors.shape import LARGEST
    from clepsydra.settings.foreign import Unusable, UnusableCause

    stream = context.streams.stdin
    if stream is None:
        raise Unusable(UnusableCause.REFUSED, os.strerror(errno.EBADF))
    raw = getattr(stream, "buffer", None)
    data = raw.read(LARGEST + 1) if raw is not None else stream.read(LARGEST + 1).encode("utf-8", "surrogateescape")
    if len(data) > LARGEST:
        raise Unusable(UnusableCause.TOO_LARGE, str(LARGEST))
    return bytes(data)


def _options(context: CommandContext, given: Arguments) -> "Options":
    from clepsydra.ledger.imports.plan import Options

    return Options(
        dates=given.maybe("dates") or "",
        fold=given.maybe("fold") or "",
        zone=_zone(given.maybe("zone")),
        client=_place(given.maybe("client") or ""),
        me=given.maybe("me") or "",
        maps=_pairs("map", given, places=True),
        columns=_columns(given),
        billed=_billed(context, given),
        billed_tags=tuple(given.words("billed-tag")),
        rates=_rates(context, given),
        new_clients=given.flag("new-clients"),
        update=given.flag("update"),
        doubles=given.maybe("doubles") or "",
        as_sessions=given.maybe("as") == "sessions",
        archived=given.flag("archived"),
    )


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    from clepsydra.domain.civil import zone_named

    try:
        return zone_named(name)
    except (KeyError, ValueError, OSError):
        from zoneinfo import available_timezones

        from clepsydra.language.nearest import nearest

        near = nearest(name, sorted(available_timezones()))
        near = near or "Europe/Paris"
        raise Usage("--zone: {name} is no time zone; one like {near} is", name=name, near=near) from None


def _place(text: str) -> str:
    from clepsydra.settings.home import is_slug

    if text and (text.count("/") > 1 or not all(map(is_slug, text.split("/")))):
        raise Usage("“{word}” is not CLIENT or CLIENT/PROJECT", word=text)
    return text


def _pairs(option: str, given: Arguments, *, places: bool = False) -> Mapping[str, str]:
    """`TEXT=VALUE`; the last `=` divides."""
    found = {}
    for pair in given.words(option):
        text, sign, value = pair.rpartition("=")
        if not sign or not text.strip() or not value.strip():
            raise Usage("--{option}: “{word}” is not TEXT=VALUE", option=option, word=pair)
        found[text.strip()] = _place(value.strip()) if places else value.strip()
    return found


def _billed(context: CommandContext, given: Arguments) -> "BilledBefore":
    """A day for all, days of clients, or both."""
    from clepsydra.ledger.imports.plan import BilledBefore

    everyone, by_client = None, {}
    for said in given.words("billed-before"):
        client, sign, typed = said.rpartition("=")
        day = reading.maybe_day(context, typed)
        if sign and day:
            by_client[_place(client.strip())] = day
        else:
            everyone = day
    return BilledBefore(everyone, by_client)


def _rates(context: CommandContext, given: Arguments) -> "dict[str, Decimal]":
    from decimal import Decimal

    from clepsydra.domain.money import exponent

    currency = context.ledger.settings.currency
    said = {c: reading.signed_amount(context, typed, currency) for c, typed in _pairs("rate", given).items()}
    return {client: Decimal(minor).scaleb(-exponent(currency)) for client, minor in said.items()}


def _columns(given: Arguments) -> Mapping[str, str]:
    from clepsydra.exchange.doors.table import FIELDS

    found = {}
    for pair in given.words("column"):
        name, sign, heading = pair.partition("=")
        if not sign or name.strip() not in FIELDS or not heading.strip():
            fields = ", ".join(FIELDS)
            raise Usage("--column: “{word}” is not FIELD=HEADING; fields are {fields}", word=pair, fields=fields)
        found[name.strip()] = heading.strip()
    return found


def _progress(context: CommandContext) -> "Progress | None":
    """Shows how far a long file is read, where somebody looks; nothing in a pipe."""
    stream = context.streams.err
    if not stream.isatty():
        return None

    def show(done: int, about: int) -> None:
        shown = formats.number(done, context.tr.lang)
        text = context.tr.t("{shown} entries read, {share} %", shown=shown, share=min(100, done * 100 // about))
        stream.write(f"\r{text}\r")
        stream.flush()

    return show


_OPTIONS = (
    Option("dry-run", mark("check the file and change nothing")),
    Option("skip-bad", mark("leave out lines that can’t be taken")),
    Option("new-clients", mark("make the clients and projects that are missing")),
    Option("map", mark("where the work of a client’s name or a #tag in the file belongs"), "TEXT=CLIENT", many=True),
    Option("client", mark("whose the work is that nothing else places"), "CLIENT"),
    Option("zone", mark("the time zone of times without one, as in Europe/Paris"), "ZONE"),
    Option("dates", mark("the order of day, month and year"), "ORDER", choices=("dmy", "mdy", "ymd")),
    Option("fold", mark("which of the two showings of a repeated hour"), "WHICH", choices=("first", "second")),
    Option("me", mark("the person whose work is taken"), "NAME"),
    Option("column", mark("the column that holds a field of a table"), "FIELD=HEADING", many=True),
    Option("rate", mark("the hourly rate of a new client"), "CLIENT=RATE", many=True),
    Option(
        "billed-before",
        mark("work before this day, of all or of one client, was billed elsewhere"),
        "[CLIENT=]DATE",
        many=True,
    ),
    Option("billed-tag", mark("a tag of work that was billed elsewhere"), "TAG", many=True),
    Option("update", mark("take what has changed in the file since")),
    Option("doubles", mark("what looks like work in the log already"), "WHAT", choices=("leave", "take")),
    Option("as", mark("take plans of a calendar for work"), "WHAT", choices=("sessions",)),
    Option("contact", mark("whose a number in a list of calls is"), "NUMBER=CLIENT", many=True),
    Option("archived", mark("take archived sheets too")),
    Option("list", mark("list the formats")),
    JSON,
)

COMMANDS = (
    Command(
        "import",
        mark("add the sessions of a file"),
        import_file,
        (
            Argument("first", mark("the format, where it is not to be recognised"), needed=False, metavar="FORMAT"),
            Argument("second", mark("the file; - reads standard input"), needed=False, metavar="FILE"),
        ),
        _OPTIONS,
        usages=("FILE", "FORMAT FILE", "--list"),
    ),
)
