"""bank: import, list, match, ignore."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.verbs.bank_match import match
from clepsydra.cli.verbs.bank_shown import line_cells, line_object
from clepsydra.cli.verbs.expense import ADDED, WHOSE, margin, tell
from clepsydra.language.translator import mark
from clepsydra.ledger.receivables import banking

if TYPE_CHECKING:
    from clepsydra.exchange.bank.registry import BankReading
    from clepsydra.ledger.receivables.banking import BankPlan


def import_file(context: CommandContext, given: Arguments) -> int:
    """Bring the lines of a bank's file in: all that are new, or none."""
    from clepsydra.settings.foreign import expanded

    path = expanded(given.word("file"))
    contents = banking.opened(context.ledger, context.home, path, _reading(context, given, path))
    plan = banking.prepare(context.ledger, contents, path.name)
    dry = given.flag("dry-run")
    if not dry:
        banking.carry_out(context.ledger, plan, context.home)
    if given.flag("json"):
        context.json(_plan_object(plan, stored=not dry))
    else:
        _tell(context, plan, dry=dry)
    return 0


def _reading(context: CommandContext, given: Arguments, path: Path) -> "BankReading":
    """What was typed for a table whose bank is new."""
    from clepsydra.exchange.bank.headings import fields_of
    from clepsydra.exchange.bank.registry import BankReading
    from clepsydra.exchange.text import slug

    try:
        typed = fields_of(given.words("column"))
    except ValueError as error:
        raise Usage("a column is named as FIELD=HEADING; the fields are {fields}", fields=str(error)) from None
    name = slug(given.maybe("bank") or re.sub(r"[0-9]+", " ", path.stem)) or "bank"
    return BankReading((), name, typed, given.maybe("dates") or "", context.ledger.settings.currency,
                       given.maybe("account") or "")  # fmt: skip


def _tell(context: CommandContext, plan: "BankPlan", *, dry: bool) -> None:
    tr = context.tr
    if dry:
        context.table([line_cells(context, row) for row in plan.added], frozenset({2}))
    came = len(plan.incoming)
    words = (
        tr.n("{format}: {count} new line would come in, {came} of them money received",
             "{format}: {count} new lines would come in, {came} of them money received",
             len(plan.added), format=plan.format, came=came)
        if dry else
        tr.n("{format}: {count} new line, {came} of them money received",
             "{format}: {count} new lines, {came} of them money received", len(plan.added), format=plan.format,
             came=came)
    )  # fmt: skip
    context.print(words)
    if plan.known:
        context.print(tr.n("{count} line was known already", "{count} lines were known already", plan.known))
    if plan.waiting:
        context.say(tr.n("{count} line that is not booked yet was left out",
                         "{count} lines that are not booked yet were left out", plan.waiting))  # fmt: skip
    if plan.otherwise and plan.added:
        context.say(plain(tr.t("warning: {files} told of the same days in another format; what is in both comes twice",
                               files=", ".join(plan.otherwise))))  # fmt: skip
    if plan.learned and not dry:
        context.say(tr.t("how this bank writes its tables is kept in {file}", file=f"banks/{plan.learned.name}.toml"))
    if plan.learned:
        said = "; ".join(f"{field} = {', '.join(names)}" for field, names in plan.learned.columns.items())
        context.say(plain(tr.t("its columns: {columns}", columns=said)))
    if came and not dry:
        context.say(tr.t("“clepsydra bank match” says what they pay"))


def _plan_object(plan: "BankPlan", *, stored: bool) -> dict[str, Any]:
    return {
        "format": plan.format,
        "added": len(plan.added),
        "known": plan.known,
        "waiting": plan.waiting,
        "stored": stored,
        "bank": plan.learned.name if plan.learned else None,
        "lines": [line_object(row) for row in plan.added],
    }


def list_all(context: CommandContext, given: Arguments) -> int:
    """Every line, the oldest first, with its state."""
    rows = banking.listed(context.ledger)
    if given.flag("json"):
        context.json({"lines": [line_object(row) for row in rows]})
        return 0
    context.table([line_cells(context, row) for row in rows], frozenset({2}))
    if not rows:
        context.say(context.tr.t("no line of a bank yet: “clepsydra bank import FILE” brings them in"))
    return 0


def ignore(context: CommandContext, given: Arguments) -> int:
    """Leave a line out of what is to be matched, or take it in again."""
    row = banking.ignore(context.ledger, given.word("id"), back=given.flag("back"))
    if given.flag("json"):
        context.json({"lines": [line_object(row)]})
    else:
        context.print(" · ".join(filter(None, line_cells(context, row))))
    return 0


def expense(context: CommandContext, given: Arguments) -> int:
    """Make money that went out an expense which the client's next invoice passes on."""
    from clepsydra.cli.reading import signed_amount
    from clepsydra.ledger.name_lookup import client_meant

    client = context.ledger.client(client_meant(context.ledger, given.word("client")))
    amount = given.maybe("amount")
    row = banking.pass_on(
        context.ledger, given.word("id"), client.slug,
        signed_amount(context, amount, client.currency) if amount else None, given.word("text"),
        tax=given.word("tax"), disbursement=given.flag("disbursement"), percent=margin(given.maybe("margin")),
    )  # fmt: skip
    return tell(context, given, row, mark("recorded: {expense}"))


_FILE = Argument("file", mark("a file of the bank: CAMT.053, OFX, MT940, or a table"))
_ID = Argument("id", mark("the line: its id, or a part of it"))
_IMPORT = (
    Option("dry-run", mark("check the file and change nothing")),
    Option("bank", mark("what the bank is called whose table is new"), "NAME"),
    Option("column", mark("the column that holds a field of a table"), "FIELD=HEADING", many=True),
    Option("dates", mark("the order of day, month and year"), "ORDER", choices=("dmy", "mdy", "ymd")),
    Option("account", mark("the account that a table does not name"), "ACCOUNT"),
    JSON,
)
_MATCH = (
    Option("accept", mark("book all that is sure, or one line by its id"), "sure|ID"),
    Option("to", mark("the documents or statements it pays, or the client whose credit it is"), "N[,N]|CLIENT"),
    Option("amount", mark("book only so much of the line"), "AMOUNT"),
    Option("fee", mark("what a bank kept of it"), "AMOUNT"),
    JSON,
)
_EXPENSE = (
    Option("amount", mark("so much of it: before tax, for a disbursement what was paid"), "AMOUNT"),
    Option("text", mark("what it was; else the bank’s words"), "TEXT"),
    *(each for each in ADDED if each.name in ("tax", "disbursement", "margin", "json")),
)

COMMANDS = (
    Command(
        "bank",
        mark("bring in files of the bank and match them with what is open"),
        commands=(
            Command("import", mark("bring in a file of the bank"), import_file, (_FILE,), _IMPORT),
            Command("list", mark("list the lines of the bank"), list_all, (), (JSON,)),
            Command("match", mark("say what lines of the bank pay, or book them"), match, (), _MATCH),
            Command("ignore", mark("leave a line of the bank out"), ignore, (_ID,),
                    (Option("back", mark("take it in again")), JSON)),
            Command("expense", mark("make money that went out an expense of a client"), expense, (_ID, WHOSE),
                    _EXPENSE),
        ),
        default="list",
    ),
)  # fmt: skip
