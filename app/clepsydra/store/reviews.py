"""What a person means to stop, automate, delegate or price otherwise."""

import sqlite3
from datetime import date

from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the list, made on a day and to be looked at again on another; `worth_minor` is what it was about."""

    id: str
    text: str
    kind: str
    made_on: date
    review_on: date
    done: bool
    worth_minor: int | None
    currency: str | None


def add(connection: sqlite3.Connection, review: Review) -> None:
    """Write a line."""
    connection.execute(
        "INSERT INTO review (id, text, kind, made_on, review_on, done, worth_minor, currency) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (review.id, review.text, review.kind, review.made_on.toordinal(), review.review_on.toordinal(),
         int(review.done), review.worth_minor, review.currency),
    )  # fmt: skip


def change(connection: sqlite3.Connection, review: Review) -> None:
    """Write a line anew: its words, what is meant by it, when it is looked at again, whether it is done."""
    connection.execute(
        "UPDATE review SET text = ?, kind = ?, review_on = ?, done = ? WHERE id = ?",
        (review.text, review.kind, review.review_on.toordinal(), int(review.done), review.id),
    )


def all_reviews(connection: sqlite3.Connection) -> list[Review]:
    """Every line, the oldest first."""
    rows = connection.execute(
        "SELECT id, text, kind, made_on, review_on, done, worth_minor, currency FROM review ORDER BY made_on, id"
    )
    return [
        Review(id_, text, kind, date.fromordinal(made), date.fromordinal(again), bool(done), worth, currency)
        for id_, text, kind, made, again, done, worth, currency in rows
    ]
