"""What a table of how a language writes holds."""

from clepsydra.domain.records import dataclass

NBSP = "\u00a0"
NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """How spreadsheets of its countries expect CSV; dates as `strftime` writes them."""

    delimiter: str
    day: str
    encoding: str
    line_end: str


@dataclass(frozen=True, slots=True)
class Shown:
    """How one language writes."""

    name: str
    """Its own name."""
    weekdays: tuple[str, ...]
    short_weekday: str
    """Made of the first three letters of a day's name, as `{}`."""
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    first_of_month: str
    short_date: str
    """As `strftime` writes it."""
    decimal_sign: str
    thousands: str
    before_percent: str
    symbol_behind: bool
    """Whether a currency stands behind its amount."""
    hours_minutes: str
    """A length, of `{hours}` and `{minutes}`."""
    seconds: str
    day_letter: str
    per_day: str
    """What stands behind the price of a day."""
    one_below_two: bool
    """Whether what is less than two is one: 1.5 days, 1,5 jour."""
    symbols: dict[str, str]
    """Signs of currencies; one that is not listed shows its code (CLDR 47)."""
    spreadsheet: Spreadsheet

    def grouped(self, whole: int) -> str:
        """A whole number, its thousands apart."""
        return f"{whole:,}".replace(",", self.thousands)
