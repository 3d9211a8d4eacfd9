"""report register, report receipts, report collected: documents in order, money in order, tax on what was collected."""

from datetime import date
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Option
from clepsydra.cli.parsing import Usage
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.domain.document import DocumentKind
from clepsydra.language import formats
from clepsydra.language.document_words import document_kind, document_state
from clepsydra.language.translator import Translator, mark

if TYPE_CHECKING:
    from clepsydra.ledger.receivables.books import BookRow, RegisterRow
    from clepsydra.ledger.receivables.collecting import CollectedPeriod, ThresholdState

BY = Option("by", mark("by month or by quarter"), "month|quarter", ("month", "quarter"))


# -- register


def register(context: CommandContext, given: Arguments) -> int:
    """Every document in the order of its series, without a gap."""
    from clepsydra.ledger.receivables import books

    period = reading.period(context, given)
    rows = books.register(context.ledger, period.first, period.last)
    objects = [_register_object(context, row) for row in rows]
    gaps = [row.standing.number for row in rows if not row.follows]
    put(
        context,
        given,
        lambda: {"documents": objects, "gaps": gaps},
        lambda: [_register_table(context, rows)],
        lambda: Data(list(objects[0]) if objects else ["number"], [list(each.values()) for each in objects]),
        [context.tr.t("{number} does not follow the number before it", number=number) for number in gaps]
        or ([] if rows else [context.tr.t("no document was issued in that period")]),
    )
    return 0


def _register_object(context: CommandContext, row: "RegisterRow") -> dict[str, Any]:
    from clepsydra.ledger.documents.reading import state_of, today_of

    each = row.standing
    return {
        "series": row.series,
        "n": row.n,
        "number": each.number,
        "kind": each.kind,
        "issued_on": _day(each.issued_day),
        "due_on": _day(each.due_day),
        "client": each.client,
        "client_name": context.ledger.name_of(each.client),
        "currency": each.currency,
        "net_minor": each.net_minor,
        "tax_minor": each.tax_minor,
        "total_minor": each.total_minor,
        "payable_minor": each.payable_minor,
        "open_minor": each.open_minor,
        "state": state_of(each, today_of(context.ledger)).value,
        "skipped": row.skipped,
    }


def _register_table(context: CommandContext, rows: "list[RegisterRow]") -> ReportTable:
    from clepsydra.ledger.documents.reading import state_of, today_of

    tr = context.tr
    head = (tr.p("column", "Number"), tr.p("column", "Date"), tr.p("column", "Kind"), tr.p("column", "Client"),
            tr.p("column", "Net"), tr.p("column", "Tax"), tr.p("column", "Total"), tr.p("column", "State"))  # fmt: skip
    cells = [
        (
            row.standing.number,
            formats.date(date.fromordinal(row.standing.issued_day), tr.lang),
            document_kind(DocumentKind(row.standing.kind), tr),
            context.ledger.name_of(row.standing.client),
            *(formats.money(minor, row.standing.currency, tr.lang)
              for minor in (row.standing.net_minor, row.standing.tax_minor, row.standing.total_minor)),
            document_state(state_of(row.standing, today_of(context.ledger)), tr),
        )
        for row in rows
    ]  # fmt: skip
    return ReportTable(tr.t("Register of documents"), head, cells, frozenset({4, 5, 6}))


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


# -- receipts


def receipts(context: CommandContext, given: Arguments) -> int:
    """The book of receipts: day, document, client, nature, amount, means."""
    from clepsydra.ledger.receivables import books

    period = reading.period(context, given)
    rows = books.book(context.ledger, period.first, period.last)
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.currency] = totals.get(row.currency, 0) + row.minor
    put(
        context,
        given,
        lambda: {
            "receipts": [_book_object(row) for row in rows],
            "totals": [{"currency": currency, "minor": minor} for currency, minor in sorted(totals.items())],
        },
        lambda: [_book_table(rows, totals, context.tr)],
        lambda: Data(
            ("day", "document", "client", "nature", "minor", "currency", "means", "receipt"),
            [(r.day.isoformat(), r.number, r.client_name, r.nature, r.minor, r.currency, r.method, r.receipt)
             for r in rows],
        ),
        [] if rows else [context.tr.t("no money received yet")],
    )  # fmt: skip
    return 0


def _book_object(row: "BookRow") -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "document": row.number or None,
        "client": row.client,
        "client_name": row.client_name,
        "nature": row.nature or None,
        "minor": row.minor,
        "currency": row.currency,
        "means": row.method or None,
        "receipt": row.receipt,
    }


def _book_table(rows: "list[BookRow]", totals: dict[str, int], tr: Translator) -> ReportTable:
    head = (tr.p("column", "Date"), tr.p("column", "Document"), tr.p("column", "Client"), tr.p("column", "Nature"),
            tr.p("column", "Amount"), tr.p("column", "Means"))  # fmt: skip
    cells = [
        (
            formats.date(row.day, tr.lang),
            row.number or tr.p("receipt", "credit"),
            row.client_name,
            row.nature,
            formats.money(row.minor, row.currency, tr.lang),
            row.method,
        )
        for row in rows
    ]
    cells += [(tr.p("row", "Total"), "", "", "", formats.money(minor, currency, tr.lang), "")
              for currency, minor in sorted(totals.items())]  # fmt: skip
    return ReportTable(tr.t("Book of receipts"), head, cells, frozenset({4}))


# -- collected


def collected(context: CommandContext, given: Arguments) -> int:
    """Turnover and tax per rate on what was collected, by month or quarter, and how near thresholds are.

    Raises `Usage` when a file of thresholds cannot be read.
    """
    from clepsydra.ledger.receivables import collecting

    ledger, tr = context.ledger, context.tr
    period = reading.period(context, given)
    rows = collecting.collected(ledger, period.first, period.last)
    found = collecting.by_period(rows, given.maybe("by") or "month")
    year = (period.last or ledger.today).year
    try:
        states = collecting.threshold_states(ledger, year, tr.lang)
    except ValueError as wrong:
        raise Usage("thresholds cannot be read: {what}", what=str(wrong)) from wrong
    notes = [_threshold_text(each, tr) for each in states if each.state != "ok"]
    put(
        context,
        given,
        lambda: {
            "by": given.maybe("by") or "month",
            "vat_on": str(ledger.settings.seller.vat_on),
            "periods": [_period_object(each) for each in found],
            "thresholds": [_threshold_object(each) for each in states],
        },
        lambda: [_collected_table(found, tr)],
        lambda: Data(
            ("period", "currency", "category", "rate", "part", "base_minor", "tax_minor"),
            [(p.period, p.currency, t.category, format(t.rate, "f"), t.part, t.base_minor, t.tax_minor)
             for p in found for t in p.taxes]
            + [(p.period, p.currency, "", "", "disbursements", p.laid_out_minor, 0) for p in found if p.laid_out_minor],
        ),
        [*notes, *([] if found else [tr.t("nothing was collected in that period")])],
    )  # fmt: skip
    return 0


def _threshold_text(each: "ThresholdState", tr: Translator) -> str:
    return tr.t(
        "{year}: {turnover} received, {percent} of {limit}: {what}", year=each.year,
        turnover=formats.money(each.turnover_minor, each.currency, tr.lang),
        percent=formats.percent(each.percent, tr.lang),
        limit=formats.money(each.limit_minor, each.currency, tr.lang), what=each.text,
    )  # fmt: skip


def _threshold_object(each: "ThresholdState") -> dict[str, Any]:
    return {
        "key": each.key,
        "text": each.text,
        "year": each.year,
        "limit_minor": each.limit_minor,
        "turnover_minor": each.turnover_minor,
        "currency": each.currency,
        "percent": each.percent,
        "state": each.state,
        "source": each.source,
    }


def _period_object(each: "CollectedPeriod") -> dict[str, Any]:
    from clepsydra.ledger.receivables.receipts import portion_object

    return {
        "period": each.period,
        "from": each.first.isoformat(),
        "to": each.last.isoformat(),
        "currency": each.currency,
        "net_minor": each.net_minor,
        "tax_minor": each.tax_minor,
        "total_minor": each.total_minor,
        "disbursements_minor": each.laid_out_minor,
        "rounding_minor": each.rounding_minor,
        "taxes": [portion_object(tax) for tax in each.taxes],
    }


def _collected_table(found: "list[CollectedPeriod]", tr: Translator) -> ReportTable:
    head = (tr.p("column", "Period"), tr.p("tax", "Rate"), tr.p("column", "Net"), tr.p("column", "Tax"),
            tr.p("column", "Total"))  # fmt: skip
    cells: list[tuple[str, ...]] = []
    for each in found:

        def money(minor: int, currency: str = each.currency) -> str:
            return formats.money(minor, currency, tr.lang)

        for tax in each.taxes:
            rate = " ".join(word for word in (tax.part, formats.percent(tax.rate, tr.lang)) if word)
            total = money(tax.base_minor + tax.tax_minor)
            cells.append((each.period, rate, money(tax.base_minor), money(tax.tax_minor), total))
        if each.laid_out_minor:
            cells.append((each.period, tr.t("disbursements"), "", "", money(each.laid_out_minor)))
        cells.append((each.period, tr.p("row", "Total"), money(each.net_minor), money(each.tax_minor),
                      money(each.total_minor)))  # fmt: skip
    return ReportTable(tr.t("Collected"), head, cells, frozenset({2, 3, 4}))
