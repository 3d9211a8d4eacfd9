"""What the person means to stop, automate, delegate or price otherwise: a few lines, looked at again every month."""

from clepsydra.domain.periods import months_after
from clepsydra.domain.records import replace
from clepsydra.language.message import Message, message
from clepsydra.language.plain import storable
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import ids, reviews
from clepsydra.store.reviews import Review

__all__ = ["KINDS", "Review", "again", "done", "keep", "open_reviews", "reword"]

KINDS = ("stop", "automate", "delegate", "price")


def keep(ledger: Ledger, kind: str, text: str, worth_minor: int | None = None, currency: str | None = None) -> Review:
    """Put something on the list, to be looked at again in a month; raises `Refused` for an empty text."""
    made = Review(ids.new_id(ledger.now), _text(text), _kind(kind), ledger.today, months_after(ledger.today, 1), False,
                  worth_minor, currency)  # fmt: skip
    with ledger.change("keep in mind: {text}", text=made.text):
        reviews.add(ledger.db, made)
    return made


def done(ledger: Ledger, review_id: str) -> Review:
    """Take something off the list; raises `Refused` where there is no such thing open."""
    found = _open(ledger, review_id)
    return _changed(ledger, replace(found, done=True), message("done: {text}", text=found.text))


def again(ledger: Ledger, review_id: str) -> Review:
    """Look at something once more a month from today; raises `Refused` where there is no such thing open."""
    found = _open(ledger, review_id)
    said = message("look again in a month: {text}", text=found.text)
    return _changed(ledger, replace(found, review_on=months_after(ledger.today, 1)), said)


def reword(ledger: Ledger, review_id: str, kind: str | None = None, text: str | None = None) -> Review:
    """Mean something else by a line, or say it in other words; raises `Refused` for an empty text."""
    found = _open(ledger, review_id)
    wanted = replace(found, kind=_kind(kind or found.kind), text=found.text if text is None else _text(text))
    return _changed(ledger, wanted, message("keep in mind: {text}", text=wanted.text))


def _changed(ledger: Ledger, wanted: Review, label: Message) -> Review:
    with ledger.change(label.text, **label.values):
        reviews.change(ledger.db, wanted)
    return wanted


def _open(ledger: Ledger, review_id: str) -> Review:
    found = [each for each in reviews.all_reviews(ledger.db) if each.id.endswith(review_id) and not each.done]
    if len(found) != 1:
        raise Refused("there is no open review “{id}”; “clepsydra review” lists them", id=review_id)
    return found[0]


def _text(text: str) -> str:
    text = storable(text.strip())
    if not text:
        raise Refused("say what it is that you mean to change")
    return text


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Refused("a review is one of {kinds}", kinds=", ".join(KINDS))
    return kind


def open_reviews(ledger: Ledger) -> list[Review]:
    """What is still on the list, what is due first."""
    return sorted((each for each in reviews.all_reviews(ledger.db) if not each.done), key=lambda each: each.review_on)
