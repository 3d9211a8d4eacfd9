"""The finished sessions of the log with the names that people know them by, for the exits."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from clepsydra.exchange.exits.shape import About, LogRow
from clepsydra.language.translator import mark
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import readable, statements

if TYPE_CHECKING:
    from pathlib import Path

    from clepsydra.domain.session import Session
    from clepsydra.domain.statement import Statement
    from clepsydra.domain.statement_terms import LedesKeys
    from clepsydra.language.translator import Translator
    from clepsydra.ledger.reports import Period

NEEDS_LIBRARY = mark("{format} needs a library: {command}")


class ExportedRows:
    """Sessions as rows; `running` counts those left out because they have no end yet."""

    def __init__(self, ledger: Ledger, found: "Iterable[Session]") -> None:
        self._ledger = ledger
        self._found = found
        self._numbers: dict[object, str] = {}
        self.running = 0

    def each(self) -> Iterator[LogRow]:
        """Every finished session, in order of time."""
        for session in self._found:
            if session.running:
                self.running += 1
            else:
                yield self._row(session)

    def _row(self, session: "Session") -> LogRow:
        client = self._ledger.catalogue.clients.get(session.client)
        project = client.project(session.project) if client else None
        return LogRow(
            session,
            self._ledger.name_of(session.client),
            (project.name if project else "") or session.project,
            self._number(session),
        )

    def _number(self, session: "Session") -> str:
        if session.statement is None:
            return ""
        if session.statement not in self._numbers:
            found = statements.numbers(self._ledger.db, [session.statement])
            self._numbers[session.statement] = found.get(session.statement, "")
        return self._numbers[session.statement]


def issued(
    ledger: Ledger, period: "Period | None" = None, client: str | None = None, number: str | None = None
) -> "Iterator[tuple[Statement, LedesKeys]]":
    """The statements that were issued here and stand, oldest first, with what legal billing calls their parties."""
    from clepsydra.domain.statement import StatementState
    from clepsydra.domain.statement_terms import LedesKeys
    from clepsydra.ledger.billing import statements as billing

    if number is not None:
        found = [billing.show(ledger, number)]
    else:
        rows = statements.select(ledger.db, client)
        found = [billing.show(ledger, row.number) for row in reversed(rows) if not row.elsewhere]
    first, last = (period.first, period.last) if period and number is None else (None, None)
    for statement in found:
        out = (first is not None and statement.last_day < first) or (last is not None and statement.first_day > last)
        if statement.state is not StatementState.VOID and not out:
            terms = ledger.catalogue.clients.get(statement.client)
            yield statement, terms.statement.ledes if terms else LedesKeys()


def about(ledger: Ledger, tr: "Translator") -> About:
    """What a file may say of itself."""
    seller = ledger.settings.seller
    return About(tr, ledger.now, seller.name, seller.email, views(ledger))


FILE_ENDINGS = (".csv", ".json", ".xlsx", ".html", ".ics")
"""Files that sessions can be written to by the ending of their name alone."""


def write_sessions(ledger: Ledger, found: "Iterable[Session]", file: "Path", tr: "Translator") -> int:
    """Write sessions to a file in the format its ending says, and return how many.

    Raises `Refused` for an ending that says none or a library that is not there, OSError when the disk refuses.
    """
    import io

    from clepsydra.exchange.exits import registry
    from clepsydra.exchange.exits.shape import Exit, MissingLibrary
    from clepsydra.settings.home import write_private

    if file.suffix.lower() not in FILE_ENDINGS:
        raise Refused("the name says no format; it may end in {endings}", endings=", ".join(FILE_ENDINGS))
    way = registry.named(file.suffix.lower()[1:])
    assert isinstance(way, Exit)
    buffer = io.BytesIO()
    try:
        count = way.write(ExportedRows(ledger, found).each(), buffer, about(ledger, tr))
    except MissingLibrary as missing:
        raise Refused(NEEDS_LIBRARY, format=way.name, command=f"pip install 'clepsydra[{missing}]'") from missing
    write_private(file, buffer.getvalue())
    return count


def views(ledger: Ledger) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The readable views of the log with their columns."""
    return readable.views(ledger.db)
