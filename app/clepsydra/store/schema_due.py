"""The sixth shape of the log: what is due beside hours is kept beside it, as the sums of finished work are."""

TABLES = (
    # As of a row of the journal and under terms that name the day; anything later makes it stale. Safe to delete.
    """
    CREATE TABLE due (
        client TEXT PRIMARY KEY NOT NULL,
        as_of INTEGER NOT NULL,
        terms TEXT NOT NULL,
        body TEXT NOT NULL
    )
    """,
)
