"""The fourth shape of the log: what lets a proof see changes that were made while the locks were off.

Every entry of the journal is sealed with a digest of itself, its rows and the digest before it; the file remembers the
shape in which its locks were last seen whole; payments stay within what a statement asks.
"""

_SAME = " AND ".join(f"new.{column} IS old.{column}" for column in ("id", "at", "label", "kind", "target", "digest"))

_PAID = "(SELECT coalesce(sum(minor), 0) FROM payment WHERE statement = {row}.statement)"
_ASKED = "(SELECT max(0, net_minor + tax_minor) FROM statement WHERE id = {row}.statement)"

COLUMNS = (
    # NULL while the entry is open, and only then.
    "ALTER TABLE journal ADD COLUMN digest TEXT",
    # SQLite's own count of changes of the schema, as it was when every trigger was last known to be there.
    "ALTER TABLE journal_now ADD COLUMN shape INTEGER",
)

LOCKS = (
    # Undo and redo marks are all that changes of an entry once it is sealed.
    f"""
    CREATE TRIGGER journal_sealed BEFORE UPDATE ON journal WHEN old.digest IS NOT NULL AND NOT ({_SAME})
    BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END
    """,
    """
    CREATE TRIGGER journal_kept BEFORE DELETE ON journal WHEN old.digest IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END
    """,
    """
    CREATE TRIGGER journal_not_replaced BEFORE INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END
    """,
    *(
        f"""
        CREATE TRIGGER payment_within_{event.lower()} AFTER {event} ON payment
        WHEN {_PAID.format(row=row)} NOT BETWEEN 0 AND {_ASKED.format(row=row)}
        BEGIN SELECT RAISE(ABORT, 'refused: payments lie between nothing and what the statement asks'); END
        """
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))
    ),
)

VIEWS = (
    "DROP VIEW calls_readable",
    # A dismissed call is said as the command says it.
    """
    CREATE VIEW calls_readable AS
    SELECT detected_call.id, program_name AS program,
        strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
        CASE state WHEN 'ignored' THEN 'dismissed' ELSE coalesce(state, 'inbox') END AS state, client, sessions,
        evidence
    FROM detected_call LEFT JOIN call_decision ON call_decision.call = detected_call.id
    """,
)
