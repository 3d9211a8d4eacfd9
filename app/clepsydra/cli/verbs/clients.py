"""clients: list them, show one, make one, check every file."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.interval import HOUR
from clepsydra.domain.rounding import Model
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client, Rate
from clepsydra.language import formats, words
from clepsydra.language.translator import LANGUAGES, Translator, mark


def list_all(context: CommandContext, given: Arguments) -> int:
    """Every client that can be used."""
    found = list(context.ledger.catalogue.clients.values())
    if given.flag("json"):
        context.json({"clients": [_object(context, client) for client in found]})
    else:
        context.table([_cells(context, client) for client in found], frozenset({2}))
        if len(found) == 1:
            context.say(context.tr.t("no client yet; “clepsydra clients new NAME” makes one"))
    tell_problems(context)
    return 0


def _hourly(context: CommandContext, client: Client) -> str:
    """Today's hourly rate of work."""
    rate = client.rate_on("default", context.ledger.today)
    return _price(rate, client, context.tr) if rate and rate.hourly else ""


def _price(rate: Rate, client: Client, tr: Translator) -> str:
    """The price of an hour, or of the day where days are sold."""
    if rate.day is None:
        return formats.hourly(rate.hourly, client.currency, tr.lang)
    return formats.daily(Fraction(rate.hourly) * rate.day / HOUR, client.currency, tr.lang)


def _cells(context: CommandContext, client: Client) -> tuple[str, ...]:
    tr = context.tr
    contract = client.contract("default", context.ledger.today)
    remarks = [words.contract(contract.kind, tr)] if contract else []
    remarks += [] if client.active else [tr.t("not active")]
    remarks += [", ".join(project.slug for project in client.projects)] if client.projects else []
    name = plain(context.place_name(client.slug, "default"))
    return (client.slug, name, _hourly(context, client), " · ".join(map(plain, remarks)))


def _object(context: CommandContext, client: Client) -> dict[str, Any]:
    from clepsydra.exchange.statement.json import decimal_text

    contract = client.contract("default", context.ledger.today)
    return {
        "client": client.slug,
        "name": client.name,
        "currency": client.currency,
        "language": str(client.language),
        "time_zone": client.zone.key,
        "key": client.key,
        "active": client.active,
        "hourly": decimal_text(client.rate("default", Channel.WORK, context.ledger.today)),
        "contract": contract.kind.value if contract else None,
        "projects": [{"project": project.slug, "name": project.name} for project in client.projects],
    }


def show(context: CommandContext, given: Arguments) -> int:
    """What was agreed with one client."""
    client = context.ledger.client(reading.client(context, given) or "")
    if given.flag("json"):
        from clepsydra.cli.verbs.clients_show import contract_objects

        context.json({**_object(context, client), "contracts": contract_objects(client)})
        return 0
    tr = context.tr
    rows = [
        (tr.t("Name"), plain(context.place_name(client.slug, "default"))),
        (tr.t("File"), plain(str(context.home.client_file(client.slug)))),
        (tr.t("Currency"), client.currency),
        (tr.t("Time zone"), client.zone.key),
        (tr.t("Language"), str(client.language)),
    ]
    rows += [(tr.t("Key"), plain(client.key))] if client.key else []
    from clepsydra.cli.verbs.clients_show import contract_rows

    rows += [*_dated_terms(client, tr), *contract_rows(context, client)]
    for project in client.projects:
        rows.append((tr.t("Project"), plain(f"{project.slug} · {project.name}")))
    context.print(*(tr.t("{label}: {value}", label=label, value=value) for label, value in rows))
    tell_problems(context)
    return 0


def _dated_terms(client: Client, tr: Translator) -> list[tuple[str, str]]:
    """Rates and rules with the day each holds from."""
    from clepsydra.language import rounding_sentence

    def since(day: date) -> str:
        return "" if day == date.min else " " + tr.t("from {day}", day=formats.date(day, tr.lang))

    rows = [(tr.t("Rate"), _price(r, client, tr) + since(r.since)) for r in client.rates]
    for dated in client.rounding:
        channels = ", ".join(words.channel(channel, tr) for channel in sorted(dated.channels or ()))
        sentence = rounding_sentence.sentence(dated.rule, tr) + (f" ({channels})" if channels else "")
        rows.append((tr.t("Rounding"), sentence + since(dated.since)))
    return rows


def new(context: CommandContext, given: Arguments) -> int:
    """Write the file of a new client. Raises `Usage` for a name without letters for a file name."""
    from clepsydra.exchange.text import slug as slug_of
    from clepsydra.settings.edit import create_client

    name = given.word("name").strip()
    slug = given.maybe("slug") or slug_of(name)
    if not slug:
        raise Usage("this name has no letters for a file name; give one with --slug")
    hourly, model, step = given.maybe("hourly"), given.maybe("model"), given.maybe("step")
    rule = {"model": model or Model.UP.value, "step": step} if model or step else None
    fields: dict[str, object] = {
        "name": name,
        "currency": given.maybe("currency"),
        "language": given.maybe("documents"),
        "time_zone": given.maybe("zone"),
        "key": _key(context, given.maybe("key")),
        "rates": [{"hourly": hourly.replace(",", ".")}] if hourly else None,
        "rounding": [rule] if rule else None,
    }
    file = create_client(context.home, slug, fields, context.ledger.settings)
    if given.flag("json"):
        context.json({"client": slug, "file": str(file)})
        return 0
    context.print(
        context.tr.t("{name} is client “{slug}”, written in {file}", name=plain(name), slug=slug, file=plain(str(file)))
    )
    if not hourly:
        context.say(context.tr.t("no rate yet: its work has no price until the file says one"))
    return 0


def _key(context: CommandContext, wanted: str | None) -> str | None:
    """The key of a new client: the one asked for, else the lowest digit that is nobody's.

    Raises `Refused` when the one asked for is somebody's already.
    """
    from clepsydra.ledger.ledger import Refused
    from clepsydra.settings.client_keystrokes import free_digit, key_owner, perhaps_taken

    clients, bound = context.ledger.catalogue.clients, context.ledger.settings.keys
    taken = perhaps_taken(clients, bound)
    if wanted is None:
        return free_digit(clients, taken)
    owner = key_owner(wanted, clients, taken)
    if owner is not None:
        raise Refused(
            "“{key}” is the key of “{owner}” already: choose another",
            key=wanted,
            owner=context.place_name(owner.slug, "default"),
        )
    return wanted


def check(context: CommandContext, given: Arguments) -> int:
    """Every problem of every file at once."""
    from clepsydra.ledger.documents.missing_of_all import lacking
    from clepsydra.ledger.health import problems_of_files

    problems, count = problems_of_files(context.home, context.environ)
    errors = [problem for problem in problems if not problem.warning]
    doubts = [(slug, text) for slug, text in _doubts(context)] if not errors else []
    lacks = lacking(context.ledger)
    if given.flag("json"):
        context.json(
            {
                "problems": [
                    {"file": str(p.file), "line": p.line, "key": p.key, "kind": p.message_id.value, "found": p.found,
                     "nearest": p.nearest, "warning": p.warning, "text": p.text(context.tr)}
                    for p in problems
                ],
                "doubts": [{"client": slug, "text": text} for slug, text in doubts],
                "invoices": [{"file": each.file, "key": each.key, "law": each.law} for each in lacks],
            }
        )  # fmt: skip
    else:
        context.print(*(plain(problem.text(context.tr)) for problem in problems))
        context.print(*(context.said(each.message) for each in lacks))
        for slug, text in doubts:
            name = plain(context.place_name(slug, "default"))
            context.print(context.tr.t("{client}: {what}", client=name, what=text))
        if not problems and not doubts:
            context.print(context.tr.n("{count} client, nothing to mend", "{count} clients, nothing to mend", count))
    return 1 if errors else 0


def _doubts(context: CommandContext) -> Iterator[tuple[str, str]]:
    """What is odd about open work and agreements, by client."""
    from clepsydra.ledger.billing.doubts import open_doubts
    from clepsydra.ledger.chasing.charges import below_floor

    for slug, client in context.ledger.catalogue.clients.items():
        for doubt in open_doubts(context.ledger, client):
            yield slug, context.said(doubt.what)
    for slug, what in below_floor(context.ledger, context.ledger.today):
        yield slug, context.said(what)


_SLUG = Argument("client", mark("the client’s file name without .toml"))
_NAME = Argument("name", mark("what the client is called"), rest=True)
_NEW = (
    Option("slug", mark("the file name, without .toml; made from the name without it"), "SLUG"),
    Option("currency", mark("three letters, as in EUR"), "CODE"),
    Option("hourly", mark("the hourly rate, as in 120 or 95.50"), "AMOUNT"),
    Option("zone", mark("the time zone of the client’s days, as in Europe/Paris"), "ZONE"),
    Option("documents", mark("the language of its documents"), "LANG", LANGUAGES),
    Option("key", mark("one keystroke in the full screen; the lowest digit that is nobody’s without it"), "KEY"),
    Option("model", mark("how its time is rounded; “up” where only a step is given"), "MODEL", tuple(Model)),
    Option("step", mark("the step of rounding, as in 15m"), "LENGTH"),
)

COMMANDS = (
    Command(
        "clients",
        mark("list, show, make and check clients"),
        commands=(
            Command("list", mark("list clients"), list_all, (), (JSON,)),
            Command("show", mark("show what was agreed with a client"), show, (_SLUG,), (JSON,)),
            Command("new", mark("make a client"), new, (_NAME,), (*_NEW, JSON)),
            Command("check", mark("name every problem in settings and client files"), check, (), (JSON,)),
        ),
        default="list",
    ),
)
