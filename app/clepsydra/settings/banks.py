"""How a bank writes its tables: `banks/<name>.toml`, learned from the first file, owned by the person.

header = ["Date", "Libellé", "Débit euros", "Crédit euros"]
skip = 4
delimiter = ";"
decimal = ","
dates = "dmy"
currency = "EUR"
account = "FR7630006000011234567890189"
[columns]
date = "Date"
label = ["Libellé"]
debit = "Débit euros"
credit = "Crédit euros"
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from clepsydra.domain.records import dataclass, field
from clepsydra.settings.home import Home, write_private
from clepsydra.settings.imports import Order
from clepsydra.settings.problems import SettingsProblem
from clepsydra.settings.toml_document import Loaded, TomlDocument, parse, read
from clepsydra.settings.values import filled, list_of, one_of, text, whole

BANK_FIELDS = (
    "date", "label", "amount", "debit", "credit", "sign", "name", "iban", "ref", "id", "currency", "account", "state",
)  # fmt: skip
"""What a column may hold; `label` may be several columns, one behind the other."""


class Delimiter(StrEnum):
    """What stands between the cells of a table."""

    SEMICOLON = ";"
    COMMA = ","
    TAB = "\t"
    BAR = "|"


class DecimalSign(StrEnum):
    """What stands before the decimals of an amount."""

    COMMA = ","
    POINT = "."


@dataclass(frozen=True, slots=True)
class BankTable:
    """How one bank writes its tables; `columns` are headings by what they hold, `skip` the lines before the heading."""

    name: str
    header: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    skip: int = 0
    delimiter: str = ";"
    decimal: str = ","
    dates: str = ""
    currency: str = ""
    account: str = ""


def load_banks(home: Home) -> Loaded[tuple[BankTable, ...]]:
    """Every bank whose tables are known, by name, and what is wrong in their files."""
    found, problems = list[BankTable](), list[SettingsProblem]()
    folder = home.path / "banks"
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        loaded = _table(read(file), file.stem)
        problems += loaded.problems
        found += [loaded.value] if loaded.ok else []
    return Loaded(tuple(found), tuple(problems))


def _table(document: TomlDocument | SettingsProblem, name: str) -> Loaded[BankTable]:
    if isinstance(document, SettingsProblem):
        return Loaded(BankTable(name, ()), (document,))
    root = document.root
    columns = root.table("columns")
    table = BankTable(
        name,
        tuple(root.take("header", list_of(text), (), required=True)),
        {each: found for each in BANK_FIELDS if (found := columns.take(each, _headings, ()))},
        root.take("skip", whole, 0),
        str(root.take("delimiter", one_of(Delimiter), ";")),
        str(root.take("decimal", one_of(DecimalSign), ",")),
        str(root.take("dates", one_of(Order), "")),
        root.take("currency", text, ""),
        root.take("account", text, ""),
    )
    columns.done()
    root.done()
    return Loaded(table, document.problems())


def _headings(raw: object) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) and raw else tuple(list_of(filled)(raw))


def save_bank(home: Home, table: BankTable) -> bool:
    """Write what was learned of a bank; False where a file of its name stands already, which is left as it is.

    Raises OSError when the disk refuses, ValueError when what would be written means something else.
    """
    import tomli_w

    file = home.path / "banks" / f"{table.name}.toml"
    if file.exists():
        return False
    columns = {name: list(found) if len(found) > 1 else found[0] for name, found in table.columns.items()}
    values = {
        "header": list(table.header), "skip": table.skip, "delimiter": table.delimiter, "decimal": table.decimal,
        "dates": table.dates, "currency": table.currency, "account": table.account, "columns": columns,
    }  # fmt: skip
    content = tomli_w.dumps({name: value for name, value in values.items() if value != ""}).encode()
    written = parse(file, content)
    if isinstance(written, SettingsProblem) or _table(written, table.name).value != table:
        raise ValueError("the mapping cannot be written")
    home.ensure()
    file.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(file, content)
    return True
