"""The second shape of the log: what makes a day complete.

Calls with their evidence, absences, closed days, what a person has taken note of.

Evidence and detected calls are the machine's and can be derived again, so they are not journalled; what a person
decided about them is, like everything a person decides.
"""

JOURNALLED = {
    "call_decision": ("call", "state", "client", "sessions", "decided_at"),
    "absence": ("id", "started_at", "ended_at", "reason", "note", "zone", "logged_at"),
    "day_close": ("day", "closed_at", "unknown_seconds"),
    "noted": ("subject", "kind", "at"),
    "review": ("id", "text", "kind", "made_on", "review_on", "done", "worth_minor", "currency"),
}

TABLES = (
    # One stretch of evidence, in milliseconds of UTC; open while `ended` is NULL.
    """
    CREATE TABLE evidence_span (
        id TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL,
        program TEXT,
        program_name TEXT,
        family TEXT,
        began INTEGER NOT NULL,
        ended INTEGER CHECK (ended IS NULL OR ended >= began),
        pid INTEGER,
        already INTEGER NOT NULL DEFAULT 0,
        stream TEXT NOT NULL DEFAULT '',
        role TEXT NOT NULL DEFAULT '',
        corked INTEGER NOT NULL DEFAULT 0,
        device TEXT NOT NULL DEFAULT '',
        virtual INTEGER NOT NULL DEFAULT 0,
        mark TEXT NOT NULL DEFAULT '',
        sense TEXT NOT NULL DEFAULT '',
        lost INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX evidence_span_began ON evidence_span (began)",
    # One call as the detector sees it, in seconds of UTC; `evidence` is JSON for people to read.
    """
    CREATE TABLE detected_call (
        id TEXT PRIMARY KEY NOT NULL,
        program TEXT NOT NULL,
        program_name TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER CHECK (ended_at IS NULL OR ended_at >= started_at),
        evidence TEXT NOT NULL DEFAULT '[]',
        doubtful INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL DEFAULT '',
        client_hint TEXT NOT NULL DEFAULT '',
        rank TEXT NOT NULL DEFAULT 'certain' CHECK (rank IN ('certain', 'doubt', 'listening')),
        seams TEXT NOT NULL DEFAULT '[]',
        folded INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX detected_call_began ON detected_call (started_at)",
    # What a person made of a call; `sessions` is a JSON list of ids. A call without a row waits in the inbox.
    """
    CREATE TABLE call_decision (
        call TEXT PRIMARY KEY NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('assigned', 'personal', 'ignored', 'merged', 'unanswered')),
        client TEXT,
        sessions TEXT NOT NULL DEFAULT '[]',
        decided_at INTEGER NOT NULL
    )
    """,
    # Who alone may do something now: the holder's row is taken over when it stops leaving signs of life.
    """
    CREATE TABLE lease (
        name TEXT PRIMARY KEY NOT NULL,
        instance TEXT NOT NULL,
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        seen_at INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE absence (
        id TEXT PRIMARY KEY NOT NULL,
        started_at INTEGER NOT NULL CHECK (typeof(started_at) = 'integer'),
        ended_at INTEGER NOT NULL CHECK (typeof(ended_at) = 'integer' AND ended_at > started_at),
        reason TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        zone TEXT NOT NULL,
        logged_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX absence_began ON absence (started_at)",
    # A civil day (ordinal) affirmed to be complete; what stayed unexplained was named as unknown.
    """
    CREATE TABLE day_close (
        day INTEGER PRIMARY KEY NOT NULL,
        closed_at INTEGER NOT NULL,
        unknown_seconds INTEGER NOT NULL CHECK (unknown_seconds >= 0)
    )
    """,
    # Things seen and left as they are: an overlap kept, a long session confirmed, an alert acknowledged.
    """
    CREATE TABLE noted (
        subject TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL
    )
    """,
    # What the person means to stop, automate or delegate, to be looked at again.
    """
    CREATE TABLE review (
        id TEXT PRIMARY KEY NOT NULL,
        text TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('stop', 'automate', 'delegate', 'price')),
        made_on INTEGER NOT NULL,
        review_on INTEGER NOT NULL,
        done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
        worth_minor INTEGER,
        currency TEXT
    )
    """,
)

VIEWS = (
    """
    CREATE VIEW calls_readable AS
    SELECT detected_call.id, program_name AS program,
        strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
        coalesce(state, 'inbox') AS state, client, sessions, evidence
    FROM detected_call LEFT JOIN call_decision ON call_decision.call = detected_call.id
    """,
    """
    CREATE VIEW absences_readable AS
    SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at, reason, note, zone
    FROM absence
    """,
)
