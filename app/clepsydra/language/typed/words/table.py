"""What a table of a language's words holds. Texts are in the plain shape: small letters, no accents, one space.

Alternatives stand in a regular expression with bars between them; `{name}` stands for a word, `{count}` for figures,
`{rest}` for anything.
"""

from typing import NamedTuple

NAME, COUNT, REST = "([a-z]+)", "([0-9]{1,4})", "(.+)"


class Words(NamedTuple):
    """The words of one language."""

    hours: str
    minutes: str
    seconds: str
    days: str
    """Units after a figure, 24 hours for a day."""
    relative_days: dict[str, int]
    """Words for days by their distance from today."""
    weekdays: str
    """From Monday on, bars between days and spaces between the ways to write one."""
    months: str
    """From January on, in the same way."""
    ordinals: str
    """What may follow the figure of a day."""
    on: tuple[str, ...]
    """What may stand before a day."""
    at: str
    """What may stand before a time."""
    now: tuple[str, ...]
    ago: str
    """How long before now, with `{rest}` for the length."""
    last_weekday: str
    units: dict[str, int]
    """Periods by their months, 0 for a week."""
    this_unit: str
    last_unit: str
    recent: str
    """So many days up to today."""
    quarter: str
    week: str
    """Letters before the number of a quarter or week."""
    since: str
    until: str
    """What stands before the first day of a period, and between the two."""
    until_time: str
    """What may stand before the end of a stretch of time."""
    between: tuple[str, str]
    """What may stand before the start of a stretch of time, and between start and end."""
    from_then: tuple[str, ...]
    """What says that a stretch lasts until now."""
    channels: dict[str, str]
    """Words for how the work happened, by what they mean."""
    out: tuple[str, ...]
    """Words for work outside the scope."""
    end_of_month: str
    months_unit: str
    years_unit: str
    decimal_sign: str
    examples: dict[str, tuple[str, ...]]
    """Texts that would be read, by the kind of thing."""
