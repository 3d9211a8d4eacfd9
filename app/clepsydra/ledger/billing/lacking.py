"""What is missing before a statement is issued, in one list: each thing with what mends it and where it is written."""

from collections.abc import Iterator
from typing import NamedTuple

from clepsydra.domain.address import as_lines
from clepsydra.domain.statement import Statement
from clepsydra.domain.terms import Client
from clepsydra.language.message import Message, message
from clepsydra.ledger.billing.doubts import BY_RULE, ROUNDED, UNFIT, BillingDoubt
from clepsydra.ledger.billing.glyphs import unshown_in, unshown_within
from clepsydra.ledger.billing.preview import Preview
from clepsydra.ledger.billing.statements import odd_issue
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Regime, Seller

SETTINGS, TERMS, FILE, LOG, DAY, PERIOD, WORDS = (
    "statement.settings", "statement.terms", "statement.file", "statement.log", "statement.day", "statement.period",
    "statement.words",
)  # fmt: skip
"""What mends something, as the key map names it."""

_OF_DOUBTS = {"unpriced": TERMS, UNFIT: FILE, ROUNDED: "", BY_RULE: DAY}


class MissingThing(NamedTuple):
    """One thing: what it is, the action that mends it (empty where nothing does), and the key of the file it is in."""

    what: Message
    action: str
    where: str = ""


def lacking(ledger: Ledger, statement: Statement, preview: Preview) -> list[MissingThing]:
    """All that the person should have seen before a statement is locked: what is odd about its work comes first.

    One that is not numbered yet may lie in the future; one without lines lacks nothing that could be mended.
    """
    found = [MissingThing(doubt.what, _OF_DOUBTS.get(doubt.kind, LOG)) for doubt in preview.doubts]
    if not statement.lines:
        return found
    seller, client = ledger.settings.seller, ledger.client(statement.client)
    odd = odd_issue(ledger, statement) if statement.number else None
    found += [MissingThing(odd, PERIOD)] if odd else []
    unshown = unshown_in(statement, seller)
    found += [MissingThing(unshown, _holder(statement, seller))] if unshown else []
    return [*found, *_parties(seller, client, statement)]


def first_unseen(doubts: tuple[BillingDoubt, ...]) -> str:
    """The first day, as it is written in files, whose work a rule took and no close has confirmed; empty for none."""
    return next((str(doubt.what.values["day"]) for doubt in doubts
                 if doubt.kind == BY_RULE and "day" in doubt.what.values), "")  # fmt: skip


def _parties(seller: Seller, client: Client, statement: Statement) -> Iterator[MissingThing]:
    file = f"clients/{client.slug}.toml"
    if not seller.name.strip():
        yield MissingThing(message("the sender’s name is missing"), SETTINGS, "settings.toml: [seller] name")
    if not as_lines(seller.address, seller.street, seller.postcode, seller.city).strip():
        yield MissingThing(message("the sender’s address is missing"), SETTINGS, "settings.toml: [seller] address")
    if not statement.client_address.strip():
        yield MissingThing(message("the client’s address is missing"), TERMS, f"{file}: address")
    if not _tax_said(seller, client, statement):
        yield MissingThing(
            message("perhaps tax is missing: none is charged, and nothing says why"), TERMS, f"{file}: [statement] tax"
        )


def _tax_said(seller: Seller, client: Client, statement: Statement) -> bool:
    """Whether the statement has a tax, or the files hold a reason for none."""
    terms, here, there = client.invoice, seller.country[:2], client.buyer.country[:2]
    abroad = bool(here and there and here != there)
    return bool(statement.tax or terms.tax or terms.reverse_charge or abroad or seller.regime == Regime.FRANCHISE)


def _holder(statement: Statement, seller: Seller) -> str:
    """What mends letters that no font has: where the texts are that hold them."""
    if unshown_within([seller.name, seller.address, seller.street, seller.city, *seller.mentions]):
        return SETTINGS
    if unshown_within([statement.subject, statement.order, statement.note]):
        return WORDS
    return LOG if unshown_within([line.note for line in statement.lines]) else TERMS
