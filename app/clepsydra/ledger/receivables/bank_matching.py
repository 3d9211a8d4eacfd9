"""Lines of banks and what they pay: proposals, and one receipt for each that a person accepts."""

from collections.abc import Sequence
from datetime import date

from clepsydra.domain.check_digits import compact, reference
from clepsydra.domain.match_proposal import Incoming, Known, Likeness, MatchProposal
from clepsydra.domain.matching import proposals
from clepsydra.domain.records import dataclass
from clepsydra.language.translator import mark, translator
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.name_lookup import client_meant
from clepsydra.ledger.receivables import banking, owing
from clepsydra.ledger.receivables.receipts import Receipt
from clepsydra.ledger.receivables.receiving import Gaps, receive
from clepsydra.store import bank_lines, debts, documents
from clepsydra.store.bank_lines import BankLineRow as BankLineRow


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """An open line with what it is proposed to pay."""

    row: BankLineRow
    proposal: MatchProposal


@dataclass(frozen=True, slots=True)
class Accepted:
    """A line that was accepted, and the receipt that books it."""

    line: MatchedLine
    receipt: Receipt


def proposed(ledger: Ledger) -> list[MatchedLine]:
    """Every open line with its proposal, oldest first."""
    rows = [row for row in bank_lines.select(ledger.db) if row.state == "open"]
    if not rows:
        return []
    found = proposals([_incoming(row) for row in rows], owing.debts(ledger), known(ledger))
    return [MatchedLine(row, found[row.id]) for row in rows]


def paid_by(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """What each booked line paid, by its id: numbers, or the client whose credit it is."""
    found: dict[str, list[str]] = {}
    for line, number, client in bank_lines.booked(ledger.db):
        found.setdefault(line, []).append(number or ledger.name_of(client))
    return {line: tuple(dict.fromkeys(numbers)) for line, numbers in found.items()}


def _incoming(row: BankLineRow) -> Incoming:
    day = date.fromordinal(row.day)
    return Incoming(row.id, day, row.rest_minor, row.currency, row.name, row.iban, row.ref, row.text)


def known(ledger: Ledger) -> Known:
    """Who pays under which name and from which account, by the client files and by what was accepted before; and what
    is settled. What was accepted for two clients says nothing.
    """
    names, ibans = dict[str, set[str]](), dict[str, set[str]]()
    for slug, client in ledger.catalogue.clients.items():
        if not client.own:
            for name in (client.name, *client.bank.names):
                names.setdefault(name, set()).add(slug)
            for iban in client.bank.ibans:
                ibans.setdefault(compact(iban), set()).add(slug)
    told = frozenset(names)
    for name, iban, slug in bank_lines.payers(ledger.db):
        if name and name not in told:
            names.setdefault(name, set()).add(slug)
        if iban:
            ibans.setdefault(compact(iban), set()).add(slug)
    clear = {name: slugs for name, slugs in names.items() if len(slugs) == 1 or name in told}
    return Known(
        tuple((name, slug) for name, slugs in clear.items() for slug in sorted(slugs)),
        {iban: next(iter(slugs)) for iban, slugs in ibans.items() if len(slugs) == 1},
        *_settled(ledger),
    )


def _settled(ledger: Ledger) -> tuple[dict[str, str], dict[tuple[str, str, int], str]]:
    """Documents and statements of which nothing is open: by number and reference, and by client and amount."""
    found: dict[str, str] = {}
    amounts: dict[tuple[str, str, int], str] = {}
    for each in documents.page(ledger.db):
        if each.kind != "credit" and not each.open_minor:
            found |= {each.number: each.number, reference(each.number): each.number}
            amounts.setdefault((each.client, each.currency, each.payable_minor), each.number)
    for number in debts.settled(ledger.db):
        found.setdefault(number, number)
    return found, amounts


def accept(
    ledger: Ledger, given: str, to: Sequence[str] = (), *, minor: int | None = None, fee_minor: int = 0
) -> Accepted:
    """Book a line as its proposal says, or `to` other documents, or to a client's credit; `minor` books a part of it.

    Raises `Refused` where nothing is proposed, or the line is booked or ignored.
    """
    row = banking.named(ledger, given)
    if row.state != "open":
        raise Refused(_CLOSED[row.state])
    line = next(each for each in proposed(ledger) if each.row.id == row.id)
    if not to and not line.proposal.documents:
        raise Refused("nothing fits that line by itself: say what it pays with --to")
    if minor is not None and not 0 < minor <= row.rest_minor:
        raise Refused("a part of that line lies above zero and is no more than what is left of it")
    return _book(ledger, line, to or line.proposal.documents, minor or row.rest_minor, fee_minor)


_CLOSED = {
    "matched": mark("that line is booked already"),
    "ignored": mark("that line is ignored; “clepsydra bank ignore ID --back” takes it in again"),
}


def _book(ledger: Ledger, line: MatchedLine, to: Sequence[str], minor: int, fee_minor: int = 0) -> Accepted:
    """One receipt for a line, or for a part of it; refused where another window was faster."""
    row, client = line.row, _client(ledger, to)
    with ledger.change("money received: {numbers}", numbers=client or ", ".join(to)):
        if banking.named(ledger, row.id).rest_minor < minor:
            raise Refused("that line was booked meanwhile; look at it again")
        receipt = receive(
            ledger, minor, row.currency, date.fromordinal(row.day), () if client else to, client=client,
            gaps=Gaps(fee_minor=fee_minor), method=translator(ledger.settings.language).t("transfer"), bank_line=row.id,
            note=banking.said(row), hold=bool(client),
        )  # fmt: skip
    return Accepted(line, receipt)


def split(ledger: Ledger, given: str, parts: Sequence[tuple[str, int | None]]) -> list[Receipt]:
    """Book a line in parts, each a document or a client's credit with its amount, as one change.

    Without an amount a document takes what is open of it, and a client what is left of the line. Raises `Refused`.
    """
    line = next((each for each in proposed(ledger) if each.row.id == banking.named(ledger, given).id), None)
    if line is None:
        raise Refused(_CLOSED[banking.named(ledger, given).state])
    shares = shared(ledger, line.row, parts)
    with ledger.change("line of the bank split: {text}", text=banking.said(line.row)):
        return [_book(ledger, line, (word,), minor).receipt for word, minor in shares]


def shared(ledger: Ledger, row: BankLineRow, parts: Sequence[tuple[str, int | None]]) -> list[tuple[str, int]]:
    """How much each part of a line takes; raises `Refused` where it is nothing, or more than the line has left."""
    left, found = row.rest_minor, list[tuple[str, int]]()
    for word, minor in parts:
        if minor is None:
            minor = left if _client(ledger, (word,)) else min(left, owing.debt(ledger, word).open_minor)
        if minor <= 0 or minor > left:
            raise Refused("{what}: nothing of the line is left for it, or nothing is open of it", what=word)
        found.append((word, minor))
        left -= minor
    return found


def _client(ledger: Ledger, to: Sequence[str]) -> str:
    """The client whose credit a line becomes, where one was named instead of documents; raises `Refused`."""
    for word in to:
        try:
            owing.debt(ledger, word)
        except Refused:
            slug = client_meant(ledger, word)
            if slug in ledger.catalogue.clients and len(to) == 1:
                return slug
            raise
    return ""


def accept_sure(ledger: Ledger) -> list[Accepted]:
    """Book every line whose proposal is sure, each by itself, so that each is undone by itself. Raises `Refused`."""
    sure = [each for each in proposed(ledger) if each.proposal.likeness is Likeness.SURE]
    return [_book(ledger, each, each.proposal.documents, each.row.rest_minor) for each in sure]
