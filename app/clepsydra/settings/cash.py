"""[cash] of the settings: what the forecast of cash cannot know."""

from decimal import Decimal

from clepsydra.domain.records import dataclass
from clepsydra.settings import values
from clepsydra.settings.problems import Expected
from clepsydra.settings.section import read_section
from clepsydra.settings.toml_document import TomlTable


@dataclass(frozen=True, slots=True)
class CashSettings:
    """What the forecast of cash cannot know, in the person's currency and in major units."""

    balance: Decimal | None = None
    """What is in the account today; None where it was not told."""
    monthly_out: Decimal = Decimal(0)
    """What goes out in a usual month."""
    weeks: int = 13
    """How many weeks are looked ahead."""


def read_cash(table: TomlTable) -> CashSettings:
    """The table of that name; a wrong value is noted and stands at its default."""
    default = CashSettings()
    return read_section(
        table,
        CashSettings,
        balance=table.take("balance", _balance, default.balance),
        weeks=table.take("weeks", _weeks, default.weeks),
    )


def _balance(raw: object) -> Decimal | None:
    """An amount, also below zero; an empty text tells none."""
    if raw == "":
        return None
    if isinstance(raw, str) and raw.strip().startswith("-"):
        return -values.money(raw.strip().removeprefix("-").strip())
    return values.money(raw)


def _weeks(raw: object) -> int:
    weeks = values.whole(raw)
    if not 1 <= weeks <= 52:
        raise values.wrong(Expected.WEEKS, raw)
    return weeks
