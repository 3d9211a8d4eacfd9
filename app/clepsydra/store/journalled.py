"""Every table a person's changes are journalled of, with its columns; the first is its key."""

from clepsydra.store import schema, schema_days

JOURNALLED = {**schema.JOURNALLED, **schema_days.JOURNALLED}
