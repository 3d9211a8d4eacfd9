"""The third shape of the log: what statements bill beside hours.

A fee has no session behind it that could be locked, so the row itself says which period, deliverable or cap a statement
has taken. Rows of a void statement count no more; the database refuses a second live one for the same fee.
"""

_SAME = """
    EXISTS (
        SELECT 1 FROM billed_fee AS mine JOIN billed_fee AS other ON other.client = mine.client
            AND other.project = mine.project AND other.kind = mine.kind AND other.item = mine.item
            AND other.first_day <= mine.last_day AND other.last_day >= mine.first_day
            AND other.statement <> mine.statement
        JOIN statement ON statement.id = other.statement AND statement.state = 'issued'
        WHERE mine.statement = new.id AND mine.kind IN ('period', 'part')
    )
"""

STATEMENTS = (
    # kind: 'period' (a retainer's fee), 'part' (a deliverable, or a whole fixed fee), 'change' (what a change order
    # earned so far), 'overage' (seconds beyond what a period includes), 'cap' (what a cap took off, below zero).
    # Days are ordinals, both included, of the period or the contract.
    """
    CREATE TABLE billed_fee (
        id INTEGER PRIMARY KEY,
        statement INTEGER NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
        client TEXT NOT NULL,
        project TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('period', 'part', 'change', 'overage', 'cap')),
        item TEXT NOT NULL DEFAULT '',
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL CHECK (last_day >= first_day),
        seconds INTEGER NOT NULL DEFAULT 0,
        minor INTEGER NOT NULL DEFAULT 0,
        currency TEXT NOT NULL
    )
    """,
    "CREATE INDEX billed_fee_client ON billed_fee (client, first_day)",
    "CREATE INDEX billed_fee_statement ON billed_fee (statement)",
    """
    CREATE TRIGGER billed_fee_sealed BEFORE INSERT ON billed_fee
    WHEN EXISTS (SELECT 1 FROM statement WHERE id = new.statement)
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more lines'); END
    """,
    """
    CREATE TRIGGER billed_fee_not_replaced BEFORE INSERT ON billed_fee
    WHEN EXISTS (SELECT 1 FROM billed_fee WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END
    """,
    """
    CREATE TRIGGER billed_fee_frozen BEFORE UPDATE ON billed_fee
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END
    """,
    """
    CREATE TRIGGER billed_fee_kept BEFORE DELETE ON billed_fee
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END
    """,
    *(
        f"""
        CREATE TRIGGER fee_billed_once_{name} BEFORE {event} ON statement
        WHEN new.state = 'issued' AND {_SAME}
        BEGIN SELECT RAISE(ABORT, 'locked: that fee is on an issued statement'); END
        """
        for name, event in (("new", "INSERT"), ("again", "UPDATE OF state"))
    ),
    """
    CREATE VIEW fees_readable AS
    SELECT statement.number AS statement, statement.state, billed_fee.client, billed_fee.project, kind, item,
        date('1970-01-01', (billed_fee.first_day - 719163) || ' days') AS first_day,
        date('1970-01-01', (billed_fee.last_day - 719163) || ' days') AS last_day,
        round(seconds / 3600.0, 4) AS hours, minor, billed_fee.currency
    FROM billed_fee JOIN statement ON statement.id = billed_fee.statement
    """,
)
