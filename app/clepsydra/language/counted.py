"""Messages kept as data that count something, by their plural: each with what it is of one, as in "import 1 session".

A message is said long after it was made, by whoever speaks then; so its number cannot choose a form where it is made.
"""

from collections.abc import Mapping

COUNTED: Mapping[str, str]
"""The singular of each message by its plural; the number is its `count`."""


def mark_n(one: str, many: str) -> tuple[str, str]:
    """A message of many and the same of one: marks both for the catalogue."""
    return many, one


COUNTED = dict((
    mark_n("import {count} session", "import {count} sessions"),
    mark_n("edit {count} session", "edit {count} sessions"),
    mark_n("write off {count} session", "write off {count} sessions"),
    mark_n("remove {count} session", "remove {count} sessions"),
    mark_n("replace “{old}” in {count} note", "replace “{old}” in {count} notes"),
    mark_n("accept {count} suggestion", "accept {count} suggestions"),
    mark_n("let {count} rule take at once", "let {count} rules take at once"),
    mark_n("{count} thing is missing: it stands under the lines",
           "{count} things are missing: they stand under the lines"),
    mark_n("nothing was issued, {count} thing is missing; {first}",
           "nothing was issued, {count} things are missing; {first}"),
    mark_n("{count} commit in {repository}: {subject}", "{count} commits in {repository}: {subject}"),
    mark_n("{file}: {count} event could not be read", "{file}: {count} events could not be read"),
    mark_n("{file}: {count} recurring event takes too long to follow",
           "{file}: {count} recurring events take too long to follow"),
))  # fmt: skip
