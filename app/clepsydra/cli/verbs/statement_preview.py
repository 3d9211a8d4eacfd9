"""What is said of a statement before it is locked: its picture, what it leaves out, what is odd about it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain, table
from clepsydra.domain.statement import Statement
from clepsydra.language import formats
from clepsydra.language.message import Message
from clepsydra.ledger.billing import statements, surcharges
from clepsydra.ledger.billing.preview import Preview
from clepsydra.ledger.ledger import Ledger


def preview_object(ledger: Ledger, found: Preview) -> dict[str, Any]:
    """A preview as JSON: the statement, what is left out of it, what is to be looked at."""
    left_out = {"running": found.running, "doubtful": found.doubtful, "pending": found.pending, "unsure": found.unsure,
                "agreed_cut": [[first.isoformat(), last.isoformat()] for first, last in found.cut]}  # fmt: skip
    doubts = [{"kind": each.kind, "text": str(each.what), "sessions": list(each.sessions)} for each in found.doubts]
    return {**_object(ledger, found.statement), "left_out": left_out, "doubts": doubts}


def issued_object(ledger: Ledger, statement: Statement) -> dict[str, Any]:
    """An issued statement as JSON, with the invoice it is on."""
    return {**_object(ledger, statement), "invoice": statements.invoice_of(ledger, statement.number)}


def _object(ledger: Ledger, statement: Statement) -> dict[str, Any]:
    """A statement as its file says it, and what is known beside it."""
    from clepsydra.exchange.statement.json import statement_object

    return {**statement_object(statement), "surcharge_minor": surcharges.of_statement(ledger, statement)}


def surcharge_words(context: CommandContext, statement: Statement) -> Iterator[str]:
    """What the invoice adds to a statement, where it adds anything."""
    minor = surcharges.of_statement(context.ledger, statement)
    if minor:
        amount = formats.money(minor, statement.currency, context.tr.lang)
        yield context.tr.t("surcharges the invoice adds: {amount} before tax", amount=amount)


def left_out(context: CommandContext, found: Preview) -> Iterator[str]:
    """What of the period the statement does not hold, or holds with a doubt."""
    tr = context.tr
    if found.running:
        yield tr.n("{count} session is still running and left out", "{count} sessions are still running and left out",
                   found.running)  # fmt: skip
    if found.doubtful:
        yield tr.n("{count} session waits for “clepsydra recover” and is left out",
                   "{count} sessions wait for “clepsydra recover” and are left out", found.doubtful)  # fmt: skip
    if found.pending:
        yield tr.n("{count} session out of scope is undecided and left out",
                   "{count} sessions out of scope are undecided and left out", found.pending)  # fmt: skip
    if found.unsure:
        yield tr.n("{count} session of unsure scope is billed as in scope",
                   "{count} sessions of unsure scope are billed as in scope", found.unsure)  # fmt: skip
    for first, last in found.cut:
        yield tr.t(statements.CUT, days=formats.days(first, last, tr.lang))


def pictured(context: CommandContext, statement: Statement) -> list[str]:
    """A statement as aligned text in the person's language, with what each line loses or gains."""
    from clepsydra.exchange.statement.page import compose
    from clepsydra.exchange.statement.rows import Cells
    from clepsydra.ledger.billing.statement_files import seller_of

    document = compose(statement, seller_of(context.ledger, statement.number), context.tr, internal=True)

    def row(cells: Cells) -> tuple[str, ...]:
        text = " · ".join(part for part in (cells.text.replace("\n", " "), cells.detail) if part)
        return (cells.day, cells.exact, cells.billed, cells.gap, cells.rate, cells.amount, plain(text))

    rows = [row(document.head)]
    for section in document.sections:
        if section.title:
            rows.append(("", "", "", "", "", "", plain(section.title)))
        rows += map(row, section.rows)
        rows += [row(section.subtotal)] if section.subtotal else []
    rows.append(row(document.sums))
    facts = [(plain(label), plain(value)) for label, value in document.facts]
    head = " · ".join(part for part in (document.title, plain(statement.client_name), document.label) if part)
    return [
        head,
        *table(facts),
        "",
        *table(rows, frozenset({1, 2, 3, 4, 5})),
        "",
        *table(list(document.totals), frozenset({1})),
        "",
        *(plain(note) for note in document.notes),
    ]


def _unshown(found: Preview, context: CommandContext) -> None:
    """Stop before a document is locked for ever that does not show its letters."""
    from clepsydra.ledger.billing.glyphs import unshown_in
    from clepsydra.ledger.ledger import Refused

    odd = unshown_in(found.statement, context.ledger.settings.seller)
    if odd is not None:
        raise Refused("{what}; --yes issues it all the same", what=context.said(odd))


def _doubts(found: Preview, context: CommandContext) -> None:
    """Stop before something odd is locked, once it was said."""
    from clepsydra.ledger.billing.doubts import SETTLED
    from clepsydra.ledger.ledger import Refused

    if not found.doubts or not found.statement.lines:
        return
    for doubt in found.doubts:
        warn(context, doubt.what)
    if all(doubt.kind in SETTLED for doubt in found.doubts):
        return  # said, and nothing to be mended before
    raise Refused("look at this before it is locked; --yes issues it all the same")


def warn(context: CommandContext, odd: Message | None) -> None:
    """Say what is odd, if anything is."""
    if odd is not None:
        context.say(context.tr.t("warning: {what}", what=context.said(odd)))


def tell_lacks(context: CommandContext, found: Preview) -> None:
    """Say everything that is missing or odd before the statement is issued, and the file that mends it."""
    from clepsydra.ledger.billing.lacking import lacking

    for lack in lacking(context.ledger, found.statement, found):
        where = f" ({lack.where})" if lack.where else ""
        context.say(context.tr.t("warning: {what}", what=context.said(lack.what)) + where)


def refuse_odd(context: CommandContext, found: Preview) -> None:
    """Raise `Refused` for what the person should have seen before it is locked for ever."""
    _unshown(found, context)
    _doubts(found, context)


def refuse_unconfirmed(context: CommandContext, client: str, first: date | None, last: date | None) -> None:
    """Raise `Refused` for work of rules that an invoice of the open work would state unseen."""
    from clepsydra.ledger.billing.preview import unconfirmed_in
    from clepsydra.ledger.ledger import Refused

    for what in unconfirmed_in(context.ledger, client, first, last):
        raise Refused("{what}; --yes issues it all the same", what=context.said(what))
