"""Draft a reminder: a mail that waits to be sent, a link, a letter as PDF, a note of charges. Nothing is ever sent.

Files stand in the home's `reminders` folder, readable by their owner only; the log keeps that they were written.
"""

from pathlib import Path

from clepsydra.domain.chasing import ChaseLevel
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass
from clepsydra.exchange.reminder.mail import LONGEST_LINK, MailAttachment, ReminderMail, mailto, to_eml
from clepsydra.exchange.text import plain
from clepsydra.ledger import numbering
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.statement_files import files_of
from clepsydra.ledger.chasing.acting import letter_about, open_debt, reminder_rows
from clepsydra.ledger.chasing.charge_notes import note_pdf, write_note
from clepsydra.ledger.chasing.letters import ReminderLetter, composed
from clepsydra.ledger.chasing.printed_letter import letter_bytes
from clepsydra.ledger.documents import exporting, reading
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.home import Home, write_private
from clepsydra.store import chasing
from clepsydra.store.chasing import ChargeNoteRow, ReminderRow


@dataclass(frozen=True, slots=True)
class ReminderWish:
    """How a letter is wanted: with what late payment may cost, with a note of charges, as a letter beside the mail."""

    charges: bool = True
    note: bool = False
    letter: bool = False


PLAIN_WISH = ReminderWish()


@dataclass(frozen=True, slots=True)
class DraftedReminder:
    """A letter that was written: its rows in the log, its words, its files, and a link where there is an address.

    `mail` is None where the client's file names no address; `paper` where no letter was wanted.
    """

    rows: tuple[ReminderRow, ...]
    letter: ReminderLetter
    mail: Path | None
    paper: Path | None
    link: str
    note: ChargeNoteRow | None

    @property
    def files(self) -> list[Path]:
        """The files that were written."""
        return [path for path in (self.mail, self.paper) if path]


def preview(ledger: Ledger, home: Home, number: str, wish: ReminderWish = PLAIN_WISH) -> ReminderLetter:
    """The letter as it would be written now; nothing is stored. Raises `Refused`."""
    return composed(ledger, letter_about(ledger, open_debt(ledger, number)), home.letters_dir, charges=wish.charges)


def draft(ledger: Ledger, home: Home, number: str, wish: ReminderWish = PLAIN_WISH) -> DraftedReminder:
    """Write the letter about a debt; one that was drafted and not sent gives way. Raises `Refused`, OSError.

    A formal notice always has its letter as PDF too.
    """
    with ledger.change("{number}: reminder drafted", number=number):
        letter = preview(ledger, home, number, wish)
        note = write_note(ledger, letter) if wish.note else None
        found = _files(ledger, home, letter, note, paper=wish.letter or letter.letter.level is ChaseLevel.NOTICE)
        rows = reminder_rows(ledger, letter.letter.steps, found.files[0].name if found.files else "")
        late = {each.debt.id: each for each in letter.charges}
        rows = [row._replace(fee_minor=late[row.debt].fee_minor, penalty_minor=late[row.debt].interest.minor)
                if row.debt in late else row for row in rows]  # fmt: skip
        chasing.draft(ledger.db, rows)
    if note:
        numbering.settle(ledger)
    return DraftedReminder(tuple(rows), letter, found.mail, found.paper, found.link, note)


@dataclass(frozen=True, slots=True)
class _Files:
    mail: Path | None
    paper: Path | None
    link: str

    @property
    def files(self) -> list[Path]:
        return [path for path in (self.mail, self.paper) if path]


def _files(ledger: Ledger, home: Home, letter: ReminderLetter, note: ChargeNoteRow | None, *, paper: bool) -> _Files:
    client = ledger.client(letter.letter.client)
    stem = f"{letter.day.isoformat()}-{client.slug}-{int(letter.letter.level)}"
    attached = [_document(ledger, step.debt) for step in letter.letter.steps]
    if note:
        attached.append(MailAttachment(f"{note.number}.pdf", note_pdf(note)))
    printed = letter_bytes(ledger, letter) if paper or not client.buyer.email else b""
    mail, link = b"", ""
    if client.buyer.email:
        seller = ledger.settings.seller
        words = ReminderMail((seller.name, seller.email), (client.buyer.attention, client.buyer.email),
                             letter.subject, letter.text)  # fmt: skip
        extra = [MailAttachment(f"{stem}.pdf", printed)] if printed else []
        mail, link = _mailed(words, [*extra, *attached])
    home.reminders_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _Files(
        _written(home.reminders_dir / f"{stem}.eml", mail), _written(home.reminders_dir / f"{stem}.pdf", printed),
        link if len(link) <= LONGEST_LINK else "",
    )  # fmt: skip


def _mailed(mail: ReminderMail, attachments: list[MailAttachment]) -> tuple[bytes, str]:
    try:
        return to_eml(mail, attachments), mailto(mail)
    except ValueError as error:
        raise Refused("“{text}” cannot stand in the head of a mail: one address, and no line breaks",
                      text=plain(str(error))) from error  # fmt: skip


def _written(path: Path, content: bytes) -> Path | None:
    if not content:
        return None
    write_private(path, content)
    return path


def _document(ledger: Ledger, debt: Debt) -> MailAttachment:
    """The PDF of a document as it was issued."""
    number = debt.number
    name = "".join(char if char.isalnum() or char in "-_+" else "-" for char in number)
    if debt.is_statement:
        return MailAttachment(f"{name}.pdf", files_of(ledger, statements.show(ledger, number)).content("pdf"))
    content = exporting.bytes_of(ledger, reading.row(ledger, number), ".pdf")
    assert content is not None  # every document has a PDF
    return MailAttachment(f"{name}.pdf", content)


def forget(ledger: Ledger, number: str) -> None:
    """Throw a drafted letter away that was not sent; raises `Refused` where there is none."""
    with ledger.change("{number}: reminder dropped", number=number):
        found = [row for row in chasing.reminders(ledger.db) if row.number == number and row.sent_at is None]
        if not found:
            raise Refused("no letter about {number} waits to be sent", number=number)
        chasing.forget_draft(ledger.db, found[0].letter)
