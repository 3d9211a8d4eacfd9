"""The first locks of the log, as SQL triggers: the law is in the file, not only in the program.

What an issued statement holds, the database itself refuses to change or delete; every row that a person can change is
journalled, whoever writes it.
"""

from collections.abc import Mapping, Sequence

_LIVE = "(SELECT state FROM statement WHERE id = {}) = 'issued'"

LOCKS = (
    f"""
    CREATE TRIGGER session_locked_update BEFORE UPDATE ON session
    WHEN old.statement IS NOT NULL AND {_LIVE.format("old.statement")}
    BEGIN SELECT RAISE(ABORT, 'locked: the session is on an issued statement'); END
    """,
    f"""
    CREATE TRIGGER session_locked_delete BEFORE DELETE ON session
    WHEN old.statement IS NOT NULL AND {_LIVE.format("old.statement")}
    BEGIN SELECT RAISE(ABORT, 'locked: the session is on an issued statement'); END
    """,
    f"""
    CREATE TRIGGER session_joins_sealed BEFORE UPDATE OF statement ON session
    WHEN new.statement IS NOT NULL AND {_LIVE.format("new.statement")}
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more sessions'); END
    """,
    """
    CREATE TRIGGER session_cannot_be_billed BEFORE UPDATE OF statement ON session
    WHEN new.statement IS NOT NULL AND old.statement IS NULL AND (new.ended_at IS NULL OR new.write_off IS NOT NULL
        OR new.doubtful_from IS NOT NULL OR new.client = 'own'
        OR (new.scope = 'out' AND new.decision <> 'bill'))
    BEGIN SELECT RAISE(ABORT, 'refused: this session cannot be on a statement'); END
    """,
    """
    CREATE TRIGGER session_born_billed BEFORE INSERT ON session
    WHEN new.statement IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'refused: a session is billed by a statement, not by hand'); END
    """,
    """
    CREATE TRIGGER statement_frozen BEFORE UPDATE ON statement
    WHEN old.id <> new.id OR old.series <> new.series OR old.n <> new.n OR old.number <> new.number
        OR old.client <> new.client OR old.first_day <> new.first_day OR old.last_day <> new.last_day
        OR old.issued_at <> new.issued_at OR old.due_on <> new.due_on OR old.currency <> new.currency
        OR old.net_minor <> new.net_minor OR old.tax_minor <> new.tax_minor OR old.body <> new.body
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END
    """,
    """
    CREATE TRIGGER statement_kept BEFORE DELETE ON statement
    BEGIN SELECT RAISE(ABORT, 'locked: a statement is voided, never deleted'); END
    """,
    """
    CREATE TRIGGER statement_follows BEFORE INSERT ON statement
    WHEN new.n <> 1 + (SELECT coalesce(max(n), 0) FROM statement WHERE series = new.series)
        + coalesce(json_array_length(new.body, '$.skipped'), 0)
    BEGIN SELECT RAISE(ABORT, 'refused: statement numbers leave no gap'); END
    """,
    """
    CREATE TRIGGER statement_paid_not_void BEFORE UPDATE OF state ON statement
    WHEN new.state = 'void' AND (SELECT coalesce(sum(minor), 0) FROM payment WHERE statement = new.id) <> 0
    BEGIN SELECT RAISE(ABORT, 'refused: a paid statement cannot be voided'); END
    """,
    """
    CREATE TRIGGER billed_group_sealed BEFORE INSERT ON billed_group
    WHEN EXISTS (SELECT 1 FROM statement WHERE id = new.statement)
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more lines'); END
    """,
    """
    CREATE TRIGGER billed_group_frozen BEFORE UPDATE ON billed_group
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END
    """,
    """
    CREATE TRIGGER billed_group_kept BEFORE DELETE ON billed_group
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END
    """,
    # A statement comes to life with all its sessions or not at all, also when its voiding is taken back.
    *(
        f"""
        CREATE TRIGGER statement_whole_{name} BEFORE {event} ON statement
        WHEN new.state = 'issued' AND EXISTS (
            SELECT 1 FROM billed_group, json_each(billed_group.body, '$.pieces') AS piece
            LEFT JOIN session ON session.id = json_extract(piece.value, '$[0]')
            WHERE billed_group.statement = new.id AND session.statement IS NOT new.id
        )
        BEGIN SELECT RAISE(ABORT, 'refused: a session of this statement is not on it'); END
        """
        for name, event in (("new", "INSERT"), ("again", "UPDATE OF state"))
    ),
    """
    CREATE TRIGGER payment_of_live BEFORE INSERT ON payment
    WHEN (SELECT state FROM statement WHERE id = new.statement) <> 'issued'
    BEGIN SELECT RAISE(ABORT, 'refused: a void statement takes no payment'); END
    """,
)

UNIQUE = {
    "session": ("id = new.id",),
    "statement": ("id = new.id", "number = new.number", "series = new.series AND n = new.n"),
    "billed_group": ("id = new.id",),
    "payment": ("id = new.id",),
    "interrupted": ("position = new.position",),
    "journal_row": ("id = new.id",),
}


def identity_triggers(journalled: Mapping[str, Sequence[str]], unique: Mapping[str, Sequence[str]]) -> list[str]:
    """Rows keep their keys, the journal its rows; `OR REPLACE` would delete one unknown to any other trigger."""
    statements = [
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(f'({same})' for same in keys)}) "
        "BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END"
        for table, keys in unique.items()
    ]
    for table, columns in journalled.items():
        key = columns[0]
        statements.append(
            f"CREATE TRIGGER {table}_keeps_key BEFORE UPDATE OF {key} ON {table} WHEN new.{key} IS NOT old.{key} "
            "BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END"
        )
    return statements


def journal_locks() -> list[str]:
    """The journal itself only ever grows."""
    return [
        f"CREATE TRIGGER journal_row_{event.lower()} BEFORE {event} ON journal_row "
        "BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END"
        for event in ("UPDATE", "DELETE")
    ]


def journal_triggers(journalled: Mapping[str, Sequence[str]]) -> list[str]:
    """Triggers that write every change of a journalled table beside the entry it belongs to.

    An update that changes nothing is no change: it leaves nothing to undo.
    """
    statements = []
    for table, columns in journalled.items():
        before, after = (
            "json_object(" + ", ".join(f"'{c}', {row}.{c}" for c in columns) + ")" for row in ("old", "new")
        )
        changed = "WHEN " + " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
        for event, condition, old, new in (
            ("INSERT", "", "NULL", after),
            ("UPDATE", changed, before, after),
            ("DELETE", "", before, "NULL"),
        ):
            statements.append(
                f"CREATE TRIGGER {table}_journal_{event.lower()} AFTER {event} ON {table} {condition} BEGIN "
                "INSERT INTO journal_row (entry, tbl, before, after) "
                f"VALUES ((SELECT entry FROM journal_now), '{table}', {old}, {new}); END"
            )
    return statements
