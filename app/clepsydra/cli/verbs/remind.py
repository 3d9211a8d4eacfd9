"""remind: who is to be reminded and why, drafts of letters, what was sent, the log of it. Nothing is ever sent."""

from datetime import date
from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import near_day
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import CLIENT
from clepsydra.cli.verbs.dues import dues_object, dues_rows
from clepsydra.domain.chasing import ChaseLevel, ChaseStep
from clepsydra.language import formats, reminder_tones
from clepsydra.language.translator import mark
from clepsydra.ledger.chasing import acting
from clepsydra.ledger.chasing.charges import is_consumer
from clepsydra.ledger.chasing.evening import dues
from clepsydra.ledger.chasing.reading import ChargeNoteRow, ReminderRow, chase_steps, drafted, notes, written
from clepsydra.ledger.documents.reading import today_of


def list_all(context: CommandContext, given: Arguments) -> int:
    """Who is to be reminded today, what comes next, who is not reminded and why, and what else money wants done."""
    ledger = context.ledger
    client = reading.known_client(context, given)
    steps, evening = chase_steps(ledger, client), [each for each in dues(ledger) if client in (None, each.client)]
    now = [step for step in steps if step.now]
    later = [step for step in steps if not step.stop and not step.now]
    stopped = [step for step in steps if step.stop]
    if given.flag("json"):
        context.json(
            {
                "reminders": [_object(context, step) for step in now],
                "upcoming": [_object(context, step) for step in later],
                "stopped": [_object(context, step) for step in stopped],
                "drafted": [_row_object(row) for rows in drafted(ledger).values() for row in rows],
                "evening": [dues_object(each) for each in evening],
            }
        )
        return 0
    context.table([_cells(context, step) for step in (*now, *later, *stopped)], frozenset({2}))
    if not steps:
        context.say(context.tr.t("nothing is open: nobody is to be reminded"))
    rest = dues_rows(context, [each for each in evening if each.kind != "reminder"])
    if rest:
        context.print("", context.tr.t("This evening:"))
        context.table(rest, frozenset({3}))
    return 0


def _object(context: CommandContext, step: ChaseStep) -> dict[str, Any]:
    debt, today = step.debt, today_of(context.ledger)
    return {
        "number": debt.number,
        "kind": debt.kind,
        "client": debt.client,
        "currency": debt.currency,
        "open_minor": debt.open_minor,
        "issued_on": debt.issued.isoformat(),
        "due_on": step.due.isoformat(),
        "days_late": (today - step.due).days,
        "level": None if step.stop else int(step.level),
        "tone": None if step.stop else step.level.name.lower(),
        "on": None if step.stop else step.on.isoformat(),
        "stop": step.stop.value if step.stop else None,
    }


def _cells(context: CommandContext, step: ChaseStep) -> tuple[str, ...]:
    tr, debt, today = context.tr, step.debt, today_of(context.ledger)
    days = (today - step.due).days
    late = tr.n("{count} day late", "{count} days late", days) if days > 0 else tr.t("not due")
    if step.stop:
        when, what = reminder_tones.stop(step.stop, tr), ""
    else:
        when = tr.t("today") if step.now else near_day(context, step.on)
        consumer = is_consumer(context.ledger, debt.client)
        what = f"{int(step.level)} {reminder_tones.tone(step.level, tr, consumer=consumer)}"
        if step.level is ChaseLevel.CHARGES and step.now:
            what += " · " + tr.t("a call first often settles it")
    money = formats.money(debt.open_minor, debt.currency, tr.lang)
    return plain(context.ledger.name_of(debt.client)), debt.number, money, late, when, what


def draft(context: CommandContext, given: Arguments) -> int:
    """Write the letter about a document, with all others of its client that are due for one."""
    from clepsydra.ledger.chasing import drafting

    wish = drafting.ReminderWish(not given.flag("no-charges"), given.flag("note"), given.flag("letter"))
    made = drafting.draft(context.ledger, context.home, given.word("number"), wish)
    tr, letter = context.tr, made.letter
    if given.flag("json"):
        context.json(
            {
                "client": letter.letter.client, "level": int(letter.letter.level),
                "tone": letter.letter.level.name.lower(), "language": letter.lang,
                "numbers": [row.number for row in made.rows],
                "subject": letter.subject, "text": letter.text,
                "eml": str(made.mail) if made.mail else None, "pdf": str(made.paper) if made.paper else None,
                "files": [str(path) for path in made.files], "mailto": made.link or None,
                "note": made.note.number if made.note else None,
                "charges": [
                    {"number": each.debt.number, "currency": each.debt.currency, "fee_minor": each.fee_minor,
                     "interest_minor": each.interest.minor, "days": each.interest.days, "rate": each.formula,
                     "rate_of": each.interest.borrowed.isoformat() if each.interest.borrowed else None}
                    for each in letter.charges
                ],
            }
        )  # fmt: skip
        return 0
    context.print(plain(letter.subject), "", *(plain(line) for line in letter.text.splitlines()), "")
    context.print(*(tr.t("drafted: {file}", file=plain(str(path))) for path in made.files))
    if made.link and given.flag("mailto"):
        context.print(made.link)
        context.say(tr.t("a mailto link carries no attachment: add the PDF yourself"))
    if not made.mail:
        context.say(tr.t("the client’s file names no email: there is a letter to print, and no mail"))
    if made.note:
        context.print(tr.t("note of charges {number}, attached", number=made.note.number))
    if letter.letter.level is ChaseLevel.CHARGES:
        context.say(tr.t("a call first often settles it"))
    context.say(tr.t("once you have sent it: clepsydra remind sent {number}", number=given.word("number")))
    return 0


def sent(context: CommandContext, given: Arguments) -> int:
    """Keep that you sent the letter about a document."""
    rows = acting.mark_sent(context.ledger, given.word("number"), reading.maybe_day(context, given.maybe("on")))
    if given.flag("json"):
        context.json({"sent": [_row_object(row) for row in rows]})
        return 0
    numbers = ", ".join(row.number for row in rows)
    day = formats.date(date.fromordinal(rows[0].sent_day or 1), context.tr.lang)
    context.print(context.tr.t("sent on {day}: {numbers}", day=day, numbers=numbers))
    return 0


def drop(context: CommandContext, given: Arguments) -> int:
    """Throw a drafted letter away."""
    from clepsydra.ledger.chasing.drafting import forget

    forget(context.ledger, given.word("number"))
    if given.flag("json"):
        context.json({"dropped": given.word("number")})
    else:
        context.print(context.tr.t("dropped: the letter about {number}", number=given.word("number")))
    return 0


def log(context: CommandContext, given: Arguments) -> int:
    """Every letter that was drafted or sent, the oldest first."""
    client, tr = reading.known_client(context, given), context.tr
    rows = written(context.ledger, client)
    private = {row.client for row in rows if is_consumer(context.ledger, row.client)}
    charged = [each for each in notes(context.ledger) if client in (None, each.client)]
    if given.flag("json"):
        context.json({"log": [_row_object(row) for row in rows], "notes": [_note_object(each) for each in charged]})
        return 0
    context.table(
        [
            (
                formats.date(date.fromordinal(row.sent_day or row.drafted_day), tr.lang),
                tr.t("sent") if row.sent_day is not None else tr.t("drafted"), row.number,
                plain(context.ledger.name_of(row.client)),
                f"{row.level} {reminder_tones.tone(row.level, tr, consumer=row.client in private)}",
                formats.money(row.open_minor, row.currency, tr.lang),
            )
            for row in rows
        ],
        frozenset({5}),
    )  # fmt: skip
    for each in charged:
        amount = formats.money(each.fee_minor + each.interest_minor, each.currency, tr.lang)
        context.print(tr.t("note of charges {number}: {amount}", number=each.number, amount=amount))
    if not rows:
        context.say(tr.t("no reminder was ever written"))
    return 0


def _note_object(note: ChargeNoteRow) -> dict[str, Any]:
    return {
        "number": note.number,
        "client": note.client,
        "issued_on": date.fromordinal(note.issued_day).isoformat(),
        "currency": note.currency,
        "fee_minor": note.fee_minor,
        "interest_minor": note.interest_minor,
    }


def _row_object(row: ReminderRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "client": row.client,
        "level": row.level,
        "tone": ChaseLevel(row.level).name.lower(),
        "state": "drafted" if row.sent_day is None else "sent",
        "due_on": date.fromordinal(row.due_day).isoformat(),
        "drafted_on": date.fromordinal(row.drafted_day).isoformat(),
        "sent_on": date.fromordinal(row.sent_day).isoformat() if row.sent_day is not None else None,
        "currency": row.currency,
        "open_minor": row.open_minor,
        "fee_minor": row.fee_minor,
        "penalty_minor": row.penalty_minor,
        "file": row.file or None,
    }


_NUMBER = Argument("number", mark("the document or statement, as in F2026-0042"))
_ON = Option("on", mark("the day; today without it"), "DAY")
_DRAFTED = (
    Option("no-charges", mark("do not say what late payment may cost")),
    Option("note", mark("write a note of charges too, under a number of its own")),
    Option("letter", mark("write the letter as a PDF too; a formal notice always is")),
    Option("mailto", mark("print a link that opens your mail program; it carries no attachment")),
    JSON,
)

COMMANDS = (
    Command(
        "remind",
        mark("who is to be reminded of what; draft letters, keep what was sent"),
        commands=(
            Command(
                "list",
                mark("who is to be reminded, and what else is to be done about money"),
                list_all,
                (),
                (CLIENT, JSON),
            ),
            Command("draft", mark("write the letter about a document"), draft, (_NUMBER,), _DRAFTED),
            Command("sent", mark("keep that you sent the letter"), sent, (_NUMBER,), (_ON, JSON)),
            Command("drop", mark("throw a drafted letter away"), drop, (_NUMBER,), (JSON,)),
            Command("log", mark("every letter that was written"), log, (), (CLIENT, JSON)),
        ),
        default="list",
    ),
)
