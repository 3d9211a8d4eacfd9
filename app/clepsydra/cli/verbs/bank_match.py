"""bank match: what open lines pay, how sure that is and why; and booking them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import Usage
from clepsydra.cli.verbs.bank_shown import line_object
from clepsydra.language import formats, matching_words
from clepsydra.ledger.receivables import bank_matching, banking

if TYPE_CHECKING:
    from clepsydra.ledger.receivables.bank_matching import Accepted, MatchedLine

SURE = "sure"


def match(context: CommandContext, given: Arguments) -> int:
    """What each open line pays, how sure that is and why; with --accept, book it.

    Raises `Usage` for a line that is to be booked and not named.
    """
    ledger, wanted = context.ledger, given.maybe("accept")
    if wanted is None:
        if given.maybe("to") or given.maybe("amount") or given.maybe("fee"):
            raise Usage("say which line with --accept ID")
        return _tell_proposals(context, given, bank_matching.proposed(ledger))
    if wanted.lower() == SURE:
        accepted = bank_matching.accept_sure(ledger)
    else:
        row = banking.named(ledger, wanted)
        to = [word.strip() for word in (given.maybe("to") or "").split(",") if word.strip()]
        accepted = [
            bank_matching.accept(
                ledger, row.id, to, minor=_amount(context, given, "amount", row.currency),
                fee_minor=_amount(context, given, "fee", row.currency) or 0,
            )
        ]  # fmt: skip
    return _tell_accepted(context, given, accepted)


def _amount(context: CommandContext, given: Arguments, option: str, currency: str) -> int | None:
    from clepsydra.language.typed.amounts import parse_amount
    from clepsydra.language.typed.errors import NotUnderstood

    typed = given.maybe(option)
    if typed is None:
        return None
    try:
        return parse_amount(typed, currency, context.tr.lang)
    except NotUnderstood:
        raise Usage("“{word}” is not an amount in {currency}", word=typed, currency=currency) from None


def _proposal_object(context: CommandContext, line: "MatchedLine") -> dict[str, Any]:
    found = line.proposal
    return {
        "documents": list(found.documents),
        "rank": found.likeness.value,
        "why": _why(context, line),
        "client": found.client or None,
        "gap_minor": found.gap_minor,
        "candidates": list(found.candidates),
    }


def _why(context: CommandContext, line: "MatchedLine") -> str:
    client = context.ledger.name_of(line.proposal.client) if line.proposal.client else ""
    return plain(matching_words.why(line.proposal, client, line.row.currency, context.tr))


def _tell_proposals(context: CommandContext, given: Arguments, lines: "list[MatchedLine]") -> int:
    tr = context.tr
    if given.flag("json"):
        context.json(
            {"lines": [line_object(each.row) | {"proposal": _proposal_object(context, each)} for each in lines]}
        )
        return 0
    context.table([_proposed_cells(context, each) for each in lines], frozenset({2}))
    sure = sum(each.proposal.likeness.value == SURE for each in lines)
    if sure:
        context.say(tr.n("{count} is sure: “clepsydra bank match --accept sure” books it",
                         "{count} are sure: “clepsydra bank match --accept sure” books them", sure))  # fmt: skip
    if not lines:
        context.say(tr.t("no line of a bank is open"))
    return 0


def _proposed_cells(context: CommandContext, line: "MatchedLine") -> tuple[str, ...]:
    tr, row, found = context.tr, line.row, line.proposal
    return (
        row.id[-6:],
        formats.date(date.fromordinal(row.day), tr.lang),
        formats.money(row.rest_minor, row.currency, tr.lang),
        matching_words.likeness(found.likeness, tr),
        ", ".join(found.documents),
        plain(banking.said(row))[:32],
        _why(context, line),
    )


def _tell_accepted(context: CommandContext, given: Arguments, accepted: "list[Accepted]") -> int:
    tr, ledger = context.tr, context.ledger
    after = {row.id: row for row in banking.listed(ledger)}
    if given.flag("json"):
        context.json({"lines": [
            line_object(after[each.line.row.id])
            | {"proposal": _proposal_object(context, each.line), "receipt": each.receipt.id} for each in accepted
        ]})  # fmt: skip
        return 0
    for each in accepted:
        amount = formats.money(each.receipt.minor, each.receipt.currency, tr.lang)
        paid = ", ".join(each.receipt.numbers) or tr.t("credit of {client}", client=ledger.name_of(each.receipt.client))
        context.print(plain(tr.t("{amount} booked: {paid}", amount=amount, paid=paid)))
        if each.receipt.numbers and each.receipt.credit_minor:
            left = formats.money(each.receipt.credit_minor, each.receipt.currency, tr.lang)
            context.say(plain(tr.t("{amount} more than was open is credit of {client}", amount=left,
                                   client=ledger.name_of(each.receipt.client))))  # fmt: skip
    if not accepted:
        context.say(tr.t("no line is sure"))
    return 0
