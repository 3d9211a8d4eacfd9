"""The third shape of the log: what statements bill beside hours.

A fee has no session behind it that could be locked, so the row itself says which period, deliverable or cap a statement
has taken. Rows of a void statement count no more; of a fee that was raised another statement takes the rest.
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
    """
    CREATE VIEW fees_readable AS
    SELECT statement.number AS statement, statement.state, billed_fee.client, billed_fee.project, kind, item,
        date('1970-01-01', (billed_fee.first_day - 719163) || ' days') AS first_day,
        date('1970-01-01', (billed_fee.last_day - 719163) || ' days') AS last_day,
        round(seconds / 3600.0, 4) AS hours, minor, billed_fee.currency
    FROM billed_fee JOIN statement ON statement.id = billed_fee.statement
    """,
)
