"""What a proof asks of the tables of documents, as SQL."""

import sqlite3


def register(connection: sqlite3.Connection) -> list[tuple[str, int, int, str, int]]:
    """Every document in the order of its series: series, number in it, day, number, how many numbers it skips."""
    return connection.execute(
        "SELECT series, n, issued_day, number, coalesce(json_array_length(body, '$.skipped'), 0) "
        "FROM document WHERE device = '' ORDER BY series, n"
    ).fetchall()


def credits(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """What every live credit note takes back: the id of what it credits, minor units."""
    return connection.execute(
        "SELECT preceding, payable_minor FROM document WHERE preceding IS NOT NULL AND state = 'issued'"
    ).fetchall()


def invoiced_statements(connection: sqlite3.Connection) -> list[str]:
    """The ids of the statements that live documents have."""
    return [row[0] for row in connection.execute("SELECT ref FROM claim WHERE kind = 'statement' AND live = 1")]


def statements_asked(connection: sqlite3.Connection) -> list[tuple[str, str, str, int]]:
    """Every statement: id, number, state and what it asks with tax."""
    return connection.execute("SELECT id, number, state, net_minor + tax_minor FROM statement").fetchall()


def sums(connection: sqlite3.Connection, document: str) -> tuple[int, int, int]:
    """How many lines a document has as rows, their net, and the taxes of its rows."""
    count, net = connection.execute(
        "SELECT count(*), coalesce(sum(net_minor), 0) FROM document_line WHERE document = ?", (document,)
    ).fetchone()
    (tax,) = connection.execute(
        "SELECT coalesce(sum(tax_minor), 0) FROM document_tax WHERE document = ?", (document,)
    ).fetchone()
    return int(count), int(net), int(tax)


def claimed_twice(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """What is on several live documents: its kind, its id, how many."""
    return connection.execute(
        "SELECT kind, ref, count(*) FROM claim WHERE live = 1 AND kind <> 'deposit' GROUP BY kind, ref "
        "HAVING count(*) > 1"
    ).fetchall()


def claims_of_nothing(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Live claims whose statement is not issued, or whose expense or deposit is not there: document and kind."""
    return connection.execute(
        """
        SELECT document.number, claim.kind FROM claim JOIN document ON document.id = claim.document
        WHERE claim.live = 1 AND CASE claim.kind
            WHEN 'statement' THEN NOT EXISTS (SELECT 1 FROM statement WHERE id = claim.ref AND state = 'issued')
            WHEN 'expense' THEN NOT EXISTS (SELECT 1 FROM expense WHERE id = claim.ref)
            ELSE NOT EXISTS (SELECT 1 FROM document AS d WHERE d.id = claim.ref AND d.kind = 'deposit') END
        UNION ALL
        SELECT coalesce((SELECT number FROM document WHERE id = claim.document), claim.document), 'document' FROM claim
        WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.id = claim.document)
        """
    ).fetchall()


def deposits_over(connection: sqlite3.Connection) -> list[str]:
    """The deposits of which more is deducted and credited than they ask."""
    rows = connection.execute(
        """
        SELECT number FROM document WHERE kind = 'deposit' AND total_minor
            < (SELECT coalesce(sum(minor), 0) FROM claim WHERE kind = 'deposit' AND ref = document.id AND live = 1)
            + (SELECT coalesce(sum(c.total_minor), 0) FROM document AS c
                WHERE c.preceding = document.id AND c.state = 'issued')
        """
    )
    return [row[0] for row in rows]


def unlike_their_statement(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Documents whose lines from a statement, surcharges apart, do not sum to its net: document and statement."""
    return connection.execute(
        """
        SELECT document.number, statement.number FROM claim
        JOIN document ON document.id = claim.document JOIN statement ON statement.id = claim.ref
        WHERE claim.kind = 'statement' AND claim.live = 1 AND statement.net_minor <>
            (SELECT coalesce(sum(line.net_minor), 0) FROM document_line AS line WHERE line.document = document.id
                AND line.sort <> 'surcharge' AND line.source LIKE 'statement:' || statement.number || '/%')
        """
    ).fetchall()
