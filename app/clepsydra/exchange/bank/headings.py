"""What banks call the columns of their tables, and what a heading that was never seen is taken to hold.

`learn` reads a table once: which line is the heading, what stands between cells, which sign begins the decimals, in
which order day and month stand. Example: `Date;Libellé;Débit euros;Crédit euros` gives date, label, debit, credit.
"""

import csv
import re
from collections.abc import Mapping, Sequence

from clepsydra.domain.records import replace
from clepsydra.exchange.bank.shape import UnreadableBank
from clepsydra.exchange.doors.parts.dates import Witnesses, ordinal
from clepsydra.exchange.problems import RowReason
from clepsydra.language.folding import folded
from clepsydra.settings.banks import BANK_FIELDS, BankTable, Delimiter

DEEPEST_HEADING = 40
"""Lines among which the heading is looked for."""
Records = list[tuple[int, list[str]]]

_NAMES: Mapping[str, Sequence[str]] = {
    "date": (
        "date operation", "date de l'operation", "date de comptabilisation", "date comptable", "booking date",
        "buchungstag", "buchungsdatum", "boekdatum", "posting date", "posted date", "transaction date",
        "fecha operacion", "data contabile", "completed date", "date d'execution", "dateop", "operation date*",
        "settlement date*", "date", "datum", "fecha", "data", "date de valeur", "value date", "valutadatum",
        "started date", "date *",
    ),
    "amount": (
        "montant", "montant de l'operation", "amount", "betrag", "bedrag", "importe", "importo", "umsatz",
        "montant *", "amount *", "betrag *", "bedrag *", "montant(*", "amount(*", "total amount*", "net", "netto",
        "cad$",
    ),
    "debit": (
        "debit", "debit *", "montant debit", "paid out", "money out", "withdrawal", "withdrawals", "soll",
        "belastung", "cargo", "dare", "uscite", "debit amount", "paid out *", "debit(*", "lastschrift*",
    ),
    "credit": (
        "credit", "credit *", "montant credit", "paid in", "money in", "deposit", "deposits", "haben", "gutschrift",
        "abono", "avere", "entrate", "credit amount", "paid in *", "credit(*", "gutschrift*",
    ),
    "sign": (
        "sens", "debit/credit", "af bij", "soll/haben", "d/c", "c/d", "credit/debit",
    ),
    "name": (
        "nom de la contrepartie", "nom contrepartie", "contrepartie", "counterparty name", "counterparty",
        "beguenstigter/zahlungspflichtiger", "name zahlungsbeteiligter", "auftraggeber/empfanger",
        "naam tegenpartij", "tegenpartij", "naam / omschrijving", "payee", "emetteur", "donneur d'ordre", "name",
        "partner name", "zahlungspflichtige*", "supplierfound", "nom", "tiers", "beneficiaire", "payeur", "debiteur",
        "naam", "nombre", "payer", "from",
    ),
    "iban": (
        "iban contrepartie", "iban de la contrepartie", "compte contrepartie", "counterparty iban",
        "counterparty account", "partner iban", "iban zahlungsbeteiligter", "kontonummer/iban", "tegenrekening",
        "account number/iban", "iban",
    ),
    "ref": (
        "reference client", "end to end reference", "kundenreferenz *", "reference", "ref",
    ),
    "id": (
        "transaction id", "identifiant", "bank reference", "id", "numero d'operation",
    ),
    "currency": (
        "devise", "devise *", "currency", "wahrung", "waehrung", "munt", "valuta", "divisa",
    ),
    "account": (
        "iban auftragskonto", "auftragskonto", "numero de compte", "compte", "account number", "account",
        "accountnum", "rekening",
    ),
    "state": (
        "statut", "status", "state", "etat",
    ),
}  # fmt: skip
_LABELS = (
    "libelle", "libelle *", "description", "label", "detail", "details", "transaction description",
    "verwendungszweck", "buchungstext", "omschrijving", "mededelingen", "communication", "communications", "memo",
    "narrative", "concepto", "descrizione", "causale", "description *", "texte *", "avisierungstext", "mitteilung",
    "intitule", "nature de l'operation", "payment reference", "motif", "text", "informations complementaires",
    "message",
)  # fmt: skip


def heading(cell: str) -> str:
    """A heading as it is compared: small letters without accents, single blanks."""
    return " ".join(folded(cell).strip().strip('"').replace("_", " ").replace("\ufeff", "").split())


def records(text: str, delimiter: str, first: int = 0) -> Records:
    """The records from a line on (from 0), each with the number of its line. Raises `UnreadableBank` for quotes that
    are never closed.
    """
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)[first:]
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    found: Records = []
    line = first + 1
    try:
        for cells in reader:
            found.append((line, cells))
            line = first + reader.line_num + 1
    except csv.Error as error:
        raise UnreadableBank(line, RowReason.BROKEN_QUOTES, str(error)) from None
    return found


def learn(text: str, name: str, typed: Mapping[str, str]) -> BankTable:
    """The way a bank writes its tables, from one of them; `typed` are headings that the person named, by field.

    Raises `UnreadableBank` where no heading holds a date, a label and an amount.
    """
    best: tuple[int, int, str, list[str], dict[str, tuple[str, ...]]] | None = None
    nearest: list[str] = []
    for index, line in enumerate(text.splitlines()[:DEEPEST_HEADING]):
        for delimiter in map(str, Delimiter):
            cells = _cells(line, delimiter)
            columns = _columns(cells, typed) if len(cells) > 1 else {}
            if _lacks(columns):
                nearest = cells if len(columns) > 1 and len(cells) > len(nearest) else nearest
            elif best is None or len(columns) > best[0]:
                best = len(columns), index, delimiter, cells, columns
    if best is None:
        lacks = _lacks(_columns(nearest, typed)) or "date"
        if not nearest:
            raise UnreadableBank(1, RowReason.NOT_A_BANK, "", "CAMT.053,OFX,MT940,CSV")
        raise UnreadableBank(1, RowReason.NO_COLUMN, "", ",".join(filter(None, nearest)), lacks)
    _, index, delimiter, cells, columns = best
    table = BankTable(name, tuple(cells), columns, index, delimiter)
    rows = records(text, delimiter, index + 1)
    taken = [dict(zip(map(heading, cells), row, strict=False)) for _, row in rows]
    return _with_signs(table, taken)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _columns(cells: Sequence[str], typed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Which headings hold what: those that were named, else by what banks call them; each is taken once."""
    heads = {heading(cell): cell for cell in cells if cell.strip()}
    found: dict[str, tuple[str, ...]] = {}
    for field in BANK_FIELDS:
        wanted = [heading(typed[field])] if field in typed else _NAMES.get(field, ())
        place = next((head for each in wanted for head in heads if _is(head, each)), None)
        if place is not None:
            found[field] = (heads.pop(place),)
    if "label" not in found and "label" not in typed:
        labels = tuple(cell for head, cell in heads.items() if any(_is(head, each) for each in _LABELS))
        found |= {"label": labels} if labels else {"label": found["name"]} if "name" in found else {}
    if "amount" in found and "debit" in found and "credit" in found:
        del found["amount"]
    return {field: found[field] for field in BANK_FIELDS if field in found}


def _is(head: str, name: str) -> bool:
    return head.startswith(name[:-1]) if name.endswith("*") else head == name


def _lacks(columns: Mapping[str, object]) -> str:
    """The first field without which nothing can be read; empty where there is none."""
    if "date" not in columns or "label" not in columns:
        return "date" if "date" not in columns else "label"
    return "" if "amount" in columns or {"debit", "credit"} <= columns.keys() else "amount"


def _with_signs(table: BankTable, rows: Sequence[Mapping[str, str]]) -> BankTable:
    """The table with the sign of its decimals and the order of its dates, as its rows show them."""

    def cells(*fields: str) -> list[str]:
        heads = [heading(name) for field in fields for name in table.columns.get(field, ())]
        return [cell for row in rows for head in heads if (cell := row.get(head, "").strip())]

    amounts = cells("amount", "debit", "credit")
    points, commas = (sum(bool(re.search(rf"{sign}\d{{1,2}}\D*$", cell)) for cell in amounts) for sign in (r"\.", ","))
    decimal = "." if points > commas or (points == commas and table.delimiter == ",") else ","
    witnesses = Witnesses()
    for cell in cells("date"):
        witnesses.add(cell.split(" ")[0])
    order = witnesses.order() or ("dmy" if decimal == "," or table.delimiter == ";" else "")
    if order and not any(ordinal(cell.split(" ")[0], order) for cell in cells("date")):
        order = ""
    return replace(table, decimal=decimal, dates="" if order == "ymd" else order)


def fields_of(typed: Sequence[str]) -> Mapping[str, str]:
    """`FIELD=HEADING` as typed, by field; raises ValueError for a word without the sign or of no field."""
    found = dict(each.split("=", 1) for each in typed if "=" in each)
    if len(found) != len(typed) or not found.keys() <= set(BANK_FIELDS):
        raise ValueError(", ".join(BANK_FIELDS))
    return found
