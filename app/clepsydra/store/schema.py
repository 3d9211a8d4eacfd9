"""The first shape of the log, as SQL.

Tables hold integers that machines add; the views beside them show the same with ISO times and names.
"""

SESSION_COLUMNS = (
    "id", "client", "project", "channel", "started_at", "ended_at", "zone", "day", "scope", "decision", "note",
    "agreed_seconds", "write_off", "statement", "source", "logged_at", "doubtful_from", "request",
)  # fmt: skip
STATEMENT_COLUMNS = (
    "id", "series", "n", "number", "client", "first_day", "last_day", "issued_at", "due_on", "currency", "net_minor",
    "tax_minor", "body", "state", "void_reason", "voided_at",
)  # fmt: skip
PAYMENT_COLUMNS = ("id", "statement", "minor", "day", "note")
INTERRUPTED_COLUMNS = ("position", "session", "why")

JOURNALLED = {
    "session": SESSION_COLUMNS,
    "statement": STATEMENT_COLUMNS,
    "payment": PAYMENT_COLUMNS,
    "interrupted": INTERRUPTED_COLUMNS,
}

TABLES = (
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT 'change' CHECK (kind IN ('change', 'undo', 'redo')),
        target INTEGER REFERENCES journal (id),
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        redoable INTEGER NOT NULL DEFAULT 1 CHECK (redoable IN (0, 1))
    )
    """,
    """
    CREATE TABLE journal_row (
        id INTEGER PRIMARY KEY,
        entry INTEGER REFERENCES journal (id),
        tbl TEXT NOT NULL,
        before TEXT,
        after TEXT
    )
    """,
    "CREATE INDEX journal_row_entry ON journal_row (entry)",
    "CREATE INDEX journal_open ON journal (id) WHERE kind = 'change' AND undone = 0",
    "CREATE INDEX journal_undone ON journal (id) WHERE undone = 1 AND redoable = 1",
    # The entry that rows being written now belong to, NULL while nobody has opened one; and how often a backup was
    # restored, which takes the journal back to places it has seen before.
    """
    CREATE TABLE journal_now (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        entry INTEGER,
        restored INTEGER NOT NULL DEFAULT 0
    )
    """,
    "INSERT INTO journal_now (one) VALUES (1)",
    """
    CREATE TABLE session (
        id TEXT PRIMARY KEY NOT NULL,
        client TEXT NOT NULL,
        project TEXT NOT NULL,
        channel TEXT NOT NULL CHECK (channel IN
            ('work', 'call', 'meeting', 'message', 'fix', 'travel', 'prep', 'admin', 'sales')),
        started_at INTEGER NOT NULL CHECK (typeof(started_at) = 'integer'),
        ended_at INTEGER CHECK (ended_at IS NULL OR (typeof(ended_at) = 'integer' AND ended_at >= started_at)),
        zone TEXT NOT NULL,
        day INTEGER NOT NULL,
        scope TEXT NOT NULL DEFAULT 'in' CHECK (scope IN ('in', 'out', 'unsure')),
        decision TEXT CHECK (decision IN ('bill', 'absorb', 'pending')),
        note TEXT NOT NULL DEFAULT '',
        agreed_seconds INTEGER CHECK (agreed_seconds >= 0),
        write_off TEXT,
        statement INTEGER REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
        source TEXT NOT NULL DEFAULT 'manual',
        logged_at INTEGER NOT NULL,
        doubtful_from INTEGER,
        request TEXT NOT NULL DEFAULT '',
        CHECK ((scope = 'out') = (decision IS NOT NULL))
    )
    """,
    "CREATE INDEX session_began ON session (started_at, id)",
    "CREATE INDEX session_client_day ON session (client, day)",
    "CREATE INDEX session_client_began ON session (client, started_at, id)",
    "CREATE INDEX session_day ON session (day)",
    "CREATE INDEX session_long ON session (started_at) WHERE ended_at - started_at > 86400",
    "CREATE INDEX session_open ON session (started_at) WHERE ended_at IS NULL",
    "CREATE INDEX session_doubtful ON session (started_at) WHERE doubtful_from IS NOT NULL",
    "CREATE INDEX session_unbilled ON session (client, day) WHERE statement IS NULL AND write_off IS NULL",
    "CREATE INDEX session_statement ON session (statement) WHERE statement IS NOT NULL",
    # Deferred references let lines and groups be written before the statement that seals them. The long body comes
    # last: whoever asks for the state, as every lock does, need not read past it.
    """
    CREATE TABLE statement (
        id INTEGER PRIMARY KEY,
        series TEXT NOT NULL,
        n INTEGER NOT NULL CHECK (n > 0),
        number TEXT NOT NULL UNIQUE,
        client TEXT NOT NULL,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL CHECK (last_day >= first_day),
        issued_at INTEGER NOT NULL,
        due_on INTEGER NOT NULL,
        currency TEXT NOT NULL,
        net_minor INTEGER NOT NULL,
        tax_minor INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'issued' CHECK (state IN ('issued', 'void')),
        void_reason TEXT NOT NULL DEFAULT '',
        voided_at INTEGER,
        body TEXT NOT NULL,
        UNIQUE (series, n)
    )
    """,
    "CREATE INDEX statement_client ON statement (client, first_day)",
    "CREATE INDEX statement_state ON statement (state)",
    """
    CREATE TABLE billed_group (
        id INTEGER PRIMARY KEY,
        statement INTEGER NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
        client TEXT NOT NULL,
        day INTEGER NOT NULL,
        exact_seconds INTEGER NOT NULL,
        rule_seconds INTEGER NOT NULL,
        billed_seconds INTEGER NOT NULL,
        exact_minor INTEGER NOT NULL,
        rule_minor INTEGER NOT NULL,
        billed_minor INTEGER NOT NULL,
        currency TEXT NOT NULL,
        body TEXT NOT NULL
    )
    """,
    "CREATE INDEX billed_group_statement ON billed_group (statement)",
    # Holds all that sums over years need, so that they read no bodies.
    """
    CREATE INDEX billed_group_sums ON billed_group (client, day, statement, exact_seconds, rule_seconds, billed_seconds,
        exact_minor, rule_minor, billed_minor)
    """,
    """
    CREATE TABLE payment (
        id INTEGER PRIMARY KEY,
        statement INTEGER NOT NULL REFERENCES statement (id),
        minor INTEGER NOT NULL CHECK (minor <> 0),
        day INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX payment_statement ON payment (statement)",
    # What a pause or an interruption put aside, to be resumed from the top.
    """
    CREATE TABLE interrupted (
        position INTEGER PRIMARY KEY,
        session TEXT NOT NULL,
        why TEXT NOT NULL CHECK (why IN ('pause', 'call'))
    )
    """,
    # Sums by client, as of a row of the journal; anything later makes them stale. Safe to delete.
    """
    CREATE TABLE tally (
        client TEXT PRIMARY KEY NOT NULL,
        as_of INTEGER NOT NULL,
        terms TEXT NOT NULL,
        body TEXT NOT NULL,
        days TEXT NOT NULL
    )
    """,
    # Who watches the clock: a row per open instance, refreshed while it lives, removed when it leaves.
    """
    CREATE TABLE watcher (
        instance TEXT PRIMARY KEY NOT NULL,
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        since INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
    )
    """,
)

VIEWS = (
    """
    CREATE VIEW sessions_readable AS
    SELECT id, client, project, channel,
        strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
        zone, date('1970-01-01', (day - 719163) || ' days') AS civil_day,
        round((ended_at - started_at) / 3600.0, 4) AS hours, scope, decision, note,
        agreed_seconds, write_off, s.number AS statement, source,
        strftime('%Y-%m-%dT%H:%M:%SZ', logged_at, 'unixepoch') AS logged_at
    FROM session LEFT JOIN (SELECT id AS statement_id, number FROM statement) s ON s.statement_id = session.statement
    """,
    """
    CREATE VIEW statements_readable AS
    SELECT number, statement.client, date('1970-01-01', (first_day - 719163) || ' days') AS first_day,
        date('1970-01-01', (last_day - 719163) || ' days') AS last_day,
        strftime('%Y-%m-%dT%H:%M:%SZ', issued_at, 'unixepoch') AS issued_at,
        date('1970-01-01', (due_on - 719163) || ' days') AS due_on, currency, net_minor, tax_minor,
        net_minor + tax_minor AS total_minor,
        (SELECT coalesce(sum(minor), 0) FROM payment WHERE payment.statement = statement.id) AS paid_minor,
        state, void_reason
    FROM statement
    """,
    """
    CREATE VIEW journal_readable AS
    SELECT journal.id, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, label, kind, undone, tbl, before, after
    FROM journal LEFT JOIN journal_row ON journal_row.entry = journal.id
    """,
)
