"""Notes of charges: what late payment costs, with a number of its own; never added to the invoice it is about."""

import json
from collections.abc import Mapping
from typing import Any

from clepsydra.domain.chasing import ChaseLevel
from clepsydra.exchange.reminder.pdf import PdfLetter, letter_pdf
from clepsydra.language import formats
from clepsydra.language.translator import Translator, translator
from clepsydra.ledger import numbering
from clepsydra.ledger.chasing.charges import LateCharges
from clepsydra.ledger.chasing.letters import TABLE_MARK, ReminderLetter, rate_of
from clepsydra.ledger.chasing.printed_letter import buyer_lines, place_and_day, seller_lines
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import chasing
from clepsydra.store.chasing import ChargeNoteRow
from clepsydra.store.ids import new_id

SERIES = "LC"
"""How numbers of notes of charges begin, before the year."""


def write_note(ledger: Ledger, letter: ReminderLetter) -> ChargeNoteRow:
    """Number and keep a note of what a letter's debts bear, inside a change that is open; raises `Refused`."""
    if letter.letter.level < ChaseLevel.CHARGES:
        raise Refused("charges are offered from the third letter on")
    if not letter.charges:
        raise Refused("nothing may be asked of {client} beside the debt", client=ledger.name_of(letter.letter.client))
    currency = letter.charges[0].debt.currency
    before = _asked(ledger)
    lines = [_line(each, before) for each in letter.charges if each.debt.currency == currency]
    lines = [line for line in lines if line["fee_minor"] or line["interest_minor"]]
    if not lines:
        raise Refused("an earlier note of charges asks for all of it")
    series = f"{SERIES}{letter.day.year}"
    allotted = numbering.allot(ledger, series, letter.day)
    body: dict[str, Any] = {
        "issued_on": letter.day.isoformat(), "language": letter.lang, "seller": seller_lines(ledger),
        "buyer": buyer_lines(ledger, letter.letter.client), "place": place_and_day(ledger, letter.day, letter.lang),
        "iban": ledger.settings.seller.iban, "lines": lines,
    }  # fmt: skip
    if allotted.skipped:
        body["skipped"] = list(allotted.skipped)
    row = ChargeNoteRow(
        new_id(ledger.now), series, allotted.n, f"{series}-{allotted.n:04}", letter.letter.client, currency, ledger.now,
        letter.day.toordinal(), sum(line["fee_minor"] for line in lines), sum(line["interest_minor"] for line in lines),
        json.dumps(body, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip
    chasing.write_note(ledger.db, row)
    return row


def _asked(ledger: Ledger) -> dict[str, tuple[int, int]]:
    """What earlier notes ask of each debt: the fixed sum and the interest."""
    found: dict[str, tuple[int, int]] = {}
    for note in chasing.notes(ledger.db):
        for line in json.loads(note.body)["lines"]:
            fee, interest = found.get(line["number"], (0, 0))
            found[line["number"]] = fee + line["fee_minor"], interest + line["interest_minor"]
    return found


def asked_of(ledger: Ledger, number: str) -> int:
    """What all notes ask for the lateness of one debt, in minor units of its currency."""
    return sum(_asked(ledger).get(number, (0, 0)))


def _line(each: LateCharges, before: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """What one debt bears beyond what earlier notes ask, and how all of it was reckoned."""
    fee, interest = before.get(each.debt.number, (0, 0))
    return {
        "number": each.debt.number,
        "due_on": each.debt.next_due.isoformat(),
        "fee_minor": max(0, each.fee_minor - fee),
        "interest_minor": max(0, each.interest.minor - interest),
        "asked_minor": interest,
        "days": each.interest.days,
        "spans": [
            {"first": span.first.isoformat(), "last": span.last.isoformat(), "days": span.days,
             "balance_minor": span.balance_minor, "percent": str(span.rate.percent),
             "rate_of": span.rate.borrowed.isoformat() if span.rate.borrowed else None}
            for span in each.interest.spans
        ],
    }  # fmt: skip


def note_pdf(note: ChargeNoteRow) -> bytes:
    """The note as PDF, of what it froze."""
    from datetime import date

    body = json.loads(note.body)
    tr, day = translator(body["language"]), date.fromisoformat(body["issued_on"])
    words = [
        tr.t("Late payment costs the following, beside what the invoices ask. It is reckoned from the day after the "
             "due date to {day}, and bears no VAT.", day=formats.date(day, tr.lang, "long")),
        "", TABLE_MARK, "", *_reckoned(body, note.currency, tr),
    ]  # fmt: skip
    return letter_pdf(
        PdfLetter(
            body["seller"], body["buyer"], body["place"], tr.t("Note of charges {number}", number=note.number),
            "\n".join(words), _rows(body, note.currency, tr), TABLE_MARK, tr.lang, day,
        )
    )  # fmt: skip


def _rows(body: dict[str, Any], currency: str, tr: Translator) -> list[tuple[str, ...]]:
    def amount(minor: int) -> str:
        return formats.money(minor, currency, tr.lang)

    rows = [
        (tr.p("letter", "Number"), tr.p("letter", "Interest"), tr.p("letter", "Fixed sum"), tr.p("letter", "Together"))
    ]
    for line in body["lines"]:
        both = line["interest_minor"] + line["fee_minor"]
        rows.append((line["number"], amount(line["interest_minor"]), amount(line["fee_minor"]), amount(both)))
    whole = sum(line["interest_minor"] + line["fee_minor"] for line in body["lines"])
    return [*rows, (tr.p("letter", "Together"), "", "", amount(whole))]


def _reckoned(body: dict[str, Any], currency: str, tr: Translator) -> list[str]:
    """How each sum of interest was reckoned, to the day."""
    from datetime import date
    from decimal import Decimal

    found = []
    for line in body["lines"]:
        for span in line["spans"]:
            text = tr.t(
                "{number}: {balance} × {percent} × {days} / 365", number=line["number"],
                balance=formats.money(span["balance_minor"], currency, tr.lang),
                percent=formats.percent(Decimal(span["percent"]), tr.lang),
                days=tr.n("{count} day", "{count} days", span["days"]),
            )  # fmt: skip
            borrowed = span["rate_of"]
            found.append(text + (f" ({rate_of(date.fromisoformat(borrowed), tr)})" if borrowed else ""))
        if line["asked_minor"]:
            asked = formats.money(line["asked_minor"], currency, tr.lang)
            found.append(tr.t("{number}: less {amount} of an earlier note", number=line["number"], amount=asked))
    return found
