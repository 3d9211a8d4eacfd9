"""A reminder as a printed letter: who writes, to whom, where and when."""

from collections.abc import Iterator
from datetime import date

from clepsydra.domain.document import Party
from clepsydra.exchange.reminder.pdf import PdfLetter, letter_pdf
from clepsydra.exchange.text import plain
from clepsydra.language import formats
from clepsydra.language.translator import translator
from clepsydra.ledger.chasing.letters import TABLE_MARK, ReminderLetter
from clepsydra.ledger.documents.parties import buyer_party, seller_party
from clepsydra.ledger.ledger import Ledger


def letter_bytes(ledger: Ledger, letter: ReminderLetter) -> bytes:
    """The letter as PDF bytes, in its own language."""
    return letter_pdf(
        PdfLetter(
            seller_lines(ledger), buyer_lines(ledger, letter.letter.client),
            place_and_day(ledger, letter.day, letter.lang), letter.subject, letter.body, letter.rows, TABLE_MARK,
            letter.lang, letter.day,
        )
    )  # fmt: skip


def seller_lines(ledger: Ledger) -> list[str]:
    """Who writes."""
    party = seller_party(ledger.settings.seller)
    return [*_lines(party), *(plain(each) for each in (party.email, party.phone) if each)]


def buyer_lines(ledger: Ledger, client: str) -> list[str]:
    """To whom."""
    return list(_lines(buyer_party(ledger.client(client))))


def place_and_day(ledger: Ledger, day: date, lang: str) -> str:
    """Where and when it is written."""
    tr, city, shown = translator(lang), ledger.settings.seller.city, formats.date(day, lang, "long")
    return tr.p("letter", "{place}, {day}", place=plain(city), day=shown) if city else shown


def _lines(party: Party) -> Iterator[str]:
    """Name and address as they stand at the head of a letter."""
    yield plain(party.name)
    if party.slug and party.attention:
        yield plain(party.attention)
    if party.structured:
        yield from (plain(line) for line in party.street.splitlines() if line.strip())
        yield plain(f"{party.postcode} {party.city}".strip())
    else:
        yield from (plain(line) for line in party.address.splitlines() if line.strip())
