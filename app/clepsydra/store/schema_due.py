"""The sixth shape of the log: what agreements used and what is due beside hours is kept beside it, like other sums."""

TABLES = (
    # The same as `tally`, and as safe to delete.
    """
    CREATE TABLE due (
        client TEXT PRIMARY KEY NOT NULL,
        as_of INTEGER NOT NULL,
        terms TEXT NOT NULL,
        body TEXT NOT NULL,
        days TEXT NOT NULL
    )
    """,
)
