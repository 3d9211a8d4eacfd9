"""The fifth shape of the log: it remembers how much evidence of calls was forgotten, whatever is to be kept now."""

COLUMNS = (
    # Milliseconds of UTC; evidence from before it may be gone.
    "ALTER TABLE journal_now ADD COLUMN forgotten INTEGER",
)
