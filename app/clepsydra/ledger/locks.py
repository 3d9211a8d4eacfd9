"""What the log's own locks refuse, as a sentence: each text that a trigger of the schema raises has one here.

Most of it is refused before, by the use case that knows more; what comes as far as the database is said all the same.
"""

from clepsydra.language.message import Message
from clepsydra.language.translator import mark

ON_STATEMENT = mark("that is on an issued statement and locked; void the statement first")
_STATEMENT = mark("an issued statement does not change; void it and issue another")
_DOCUMENT = mark("an issued document does not change; answer it with a credit note")
_EXPENSE = mark("the expense is on a document and locked; answer the document with a credit note first")
_RECEIPT = mark("a receipt does not change; take it back and enter it anew")

SENTENCES = {
    "refused: a row of that key is there already": mark("that is in the log already, under the same id"),
    "refused: a row keeps its key": mark("what is in the log keeps its id"),
    "refused: the journal is never changed": mark("the journal is never changed"),
    "locked: the session is on an issued statement": ON_STATEMENT,
    "locked: an issued statement takes no more sessions": ON_STATEMENT,
    "locked: an issued statement takes no more lines": _STATEMENT,
    "locked: an issued statement does not change": _STATEMENT,
    "locked: a statement is voided, never deleted": mark("a statement is voided, never deleted"),
    "refused: this session cannot be on a statement": mark(
        "only finished work for a client that is to be billed can be on a statement"
    ),
    "refused: a session is billed by a statement, not by hand": mark("a session is billed by a statement alone"),
    "refused: a session of this statement is not on it": mark(
        "sessions of the statement have changed or are on another one meanwhile; issue the work anew"
    ),
    "refused: statement numbers leave no gap": mark("statement numbers leave no gap"),
    "refused: a paid statement cannot be voided": mark(
        "money is booked on the statement: take it back before you void the statement"
    ),
    "refused: the statement is on an invoice": mark("the statement is on an invoice: answer the invoice first"),
    "refused: only an issued statement without payments is invoiced": mark(
        "only an issued statement on which nothing was paid goes on an invoice"
    ),
    "locked: an issued document takes no more lines": _DOCUMENT,
    "locked: an issued document does not change": _DOCUMENT,
    "locked: an issued document is never deleted": mark(
        "an issued document is never deleted; answer it with a credit note"
    ),
    "refused: document numbers leave no gap": mark("the numbers of documents leave no gap"),
    "refused: the dates of a series do not go back": mark("the dates of a series of documents do not go back"),
    "refused: credits never exceed their invoice": mark("credit notes never exceed their invoice"),
    "refused: only the last of a series is annulled, and none that was credited": mark(
        "only the last document of a series is annulled, and none that was credited"
    ),
    "locked: that is on a live document": mark("that is on another document already"),
    "refused: a deposit is deducted once": mark("no more is deducted of a deposit than was asked by it"),
    "locked: the expense is on a document": _EXPENSE,
    "refused: a receipt is what it pays and what is left of it": mark(
        "a receipt pays no more than came in, and no credit is used twice"
    ),
    "refused: nothing pays more than what is asked": mark("a document or statement is never paid beyond its total"),
    "refused: money of another currency comes with its exchange": mark(
        "money of another currency needs what the exchange made of it"
    ),
    "refused: a receipt is taken back, never changed": _RECEIPT,
    "refused: what was left of the receipt went back to the client": mark(
        "what was left of the receipt was used since: take that back first"
    ),
    "refused: no more is given back of a receipt than it paid": mark("no more is given back of a receipt than it paid"),
    "refused: what a credit note takes back of a paid document is the client's": mark(
        "what a credit note takes back of a paid document has to become the client’s credit"
    ),
    "refused: a line of a bank stays as the bank told it": mark("a line of the bank stays as the bank told it"),
    "locked: money was booked from that line of the bank": mark(
        "money was booked from that line of the bank: take the booking back first"
    ),
    "refused: more would be booked from that line of the bank than it brought": mark(
        "no more is booked from a line of the bank than it brought"
    ),
    "refused: a file of a bank stays as it was brought in": mark("a file of the bank stays as it was brought in"),
    "locked: a note of charges does not change": mark("a note of charges keeps its number and does not change"),
    "locked: a note of charges is never deleted": mark("a note of charges keeps its number and is never deleted"),
}
"""By the text of the trigger, of those too that `store/schema.py` makes for many tables."""


def sentence_for(error: Exception) -> Message | None:
    """What a lock refused; None where no lock of the log did."""
    text = SENTENCES.get(str(error))
    return Message(text, {}) if text else None
