"""The words of a statement for people, before Markdown or PDF gives them a shape.

Everything is decided here once: what a line is called, which columns there are, how time, rates and amounts read in the
client's language. By default the document is for the client, who sees the exact and the billed time; `internal` adds
what the difference is worth. User text comes through plain, never as markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clepsydra.domain.billing import Figures
from clepsydra.domain.civil import wall, zone_named
from clepsydra.domain.rounding import RoundingRule
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Scope
from clepsydra.domain.statement import Line, LineSort, PeriodUse, Statement, StatementState
from clepsydra.exchange.text import plain
from clepsydra.language import formats, rules, words
from clepsydra.language.translator import Translator, mark
from clepsydra.settings.model import Seller

_RULE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of the table in words; `gap` (billed less exact) is empty but in internal documents."""

    day: str
    text: str
    detail: str
    exact: str
    billed: str
    rate: str
    amount: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one project; `title` and `subtotal` only where there are several."""

    title: str
    rows: tuple[Cells, ...]
    subtotal: Cells | None


@dataclass(frozen=True, slots=True)
class Document:
    """A statement in words of one language."""

    title: str
    label: str
    seller: tuple[str, ...]
    client: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    head: Cells
    sections: tuple[Section, ...]
    sums: Cells
    totals: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    internal: bool


def compose(statement: Statement, seller: Seller, tr: Translator, internal: bool = False) -> Document:
    """Word a statement for its reader; `tr` speaks the client's language."""
    worder = _Worder(statement, tr, internal)
    return Document(
        title=tr.t("Statement of hours"),
        label=_label(statement, tr),
        seller=_party(seller.name, seller.address, (seller.tax_id, seller.email)),
        client=_party(statement.client_name, statement.client_address),
        facts=tuple(_facts(statement, tr)),
        head=worder.head(),
        sections=tuple(worder.sections()),
        sums=worder.sums(_sums_label(statement, tr), statement.totals, statement.fee_minor),
        totals=tuple(_totals(statement, tr)),
        notes=tuple(note for note in (*worder.notes(), *map(plain, seller.mentions)) if note),
        internal=internal,
    )


def _sums_label(statement: Statement, tr: Translator) -> str:
    """What the last row adds up: hours, or hours and fees."""
    fees = any(line.fee_minor for line in statement.lines)
    return tr.p("statement", "Hours and fees") if fees else tr.p("statement", "Hours")


def _party(name: str, address: str, details: Iterable[str] = ()) -> tuple[str, ...]:
    lines = (plain(name), *plain(address, newlines=True).split("\n"), *map(plain, details))
    return tuple(line.strip() for line in lines if line.strip())


def _label(statement: Statement, tr: Translator) -> str:
    if statement.state is StatementState.PREVIEW:
        return tr.p("document", "Draft")
    return tr.p("document", "Void") if statement.state is StatementState.VOID else ""


def _facts(statement: Statement, tr: Translator) -> Iterable[tuple[str, str]]:
    """What stands at the head; a preview has no number and no date."""
    if statement.number:
        yield tr.p("statement", "Number"), plain(statement.number)
    yield tr.p("statement", "Period"), formats.days(statement.first_day, statement.last_day, tr.lang)
    if statement.issued_at is not None:
        issued = wall(statement.issued_at, zone_named(statement.zone)).date()
        yield tr.p("statement", "Issued on"), formats.date(issued, tr.lang)
    if statement.due_on is not None:
        yield tr.p("statement", "Due on"), formats.date(statement.due_on, tr.lang)


def _totals(statement: Statement, tr: Translator) -> Iterable[tuple[str, str]]:
    """From before tax to what is still to be paid; the last one is what matters."""

    def amount(minor: int) -> str:
        return formats.money(minor, statement.currency, tr.lang)

    if statement.tax:
        yield tr.p("statement", "Total before tax"), amount(statement.net_minor)
        yield tr.t("Tax {percent}", percent=formats.percent(statement.tax, tr.lang)), amount(statement.tax_minor)
        yield tr.p("statement", "Total with tax"), amount(statement.total_minor)
    else:
        yield tr.p("statement", "Total"), amount(statement.total_minor)
    if statement.paid_minor:
        yield tr.p("statement", "Paid"), amount(-statement.paid_minor)
        yield tr.p("statement", "Still to pay"), amount(statement.balance_minor)


_UNTIMED = frozenset({LineSort.FEE, LineSort.CAP})


def project_title(line: Line, tr: Translator) -> str:
    """What a project is called among others; work of none is general."""
    general = tr.p("statement", "General") if line.project == DEFAULT_PROJECT else plain(line.project)
    return plain(line.project_name) or general


def use_words(use: PeriodUse, tr: Translator) -> Iterable[str]:
    """How the hours behind a fee stood: what there was, what was used, what became of the rest."""

    def time(seconds: int) -> str:
        return formats.duration(seconds, tr.lang)

    yield tr.t("{used} used of {included}", used=time(use.used), included=time(use.included))
    for seconds, words_ in (
        (use.carried_in, mark("{time} carried over from before")),
        (use.topped_up, mark("{time} bought in addition")),
        (use.repaid, mark("{time} given back to earlier periods")),
        (use.borrowed, mark("{time} taken from periods to come")),
        (use.over, mark("{time} beyond")),
        (use.carried_out, mark("{time} carried over")),
        (use.expired, mark("{time} expired")),
    ):
        if seconds:
            yield tr.t(words_, time=time(seconds))


class _Worder:
    """Words the lines of one statement."""

    def __init__(self, statement: Statement, tr: Translator, internal: bool) -> None:
        self._statement = statement
        self._tr = tr
        self._internal = internal
        timed = (line for line in statement.lines if line.sort not in _UNTIMED)
        self._rules = tuple(dict.fromkeys(line.rule for line in timed))

    def head(self) -> Cells:
        tr = self._tr
        return Cells(
            day=tr.p("column", "Date"),
            text=tr.p("column", "Description"),
            detail="",
            exact=tr.p("column", "Exact"),
            billed=tr.p("column", "Billed"),
            rate=tr.p("column", "Rate"),
            amount=tr.p("column", "Amount"),
            gap=tr.p("column", "Difference") if self._internal else "",
        )

    def sections(self) -> Iterable[Section]:
        by_project: dict[str, list[Line]] = {}
        for line in self._statement.lines:
            by_project.setdefault(line.project, []).append(line)
        several = len(by_project) > 1
        for lines in by_project.values():
            name = project_title(lines[0], self._tr) if several else plain(lines[0].project_name)
            counted = sum((line.figures for line in lines if line.sort is not LineSort.INCLUDED), Figures())
            fees = sum(line.fee_minor for line in lines)
            subtotal = self.sums(self._tr.p("statement", "Subtotal"), counted, fees) if several else None
            yield Section(name, tuple(map(self._row, lines)), subtotal)

    def sums(self, label: str, figures: Figures, fees: int = 0) -> Cells:
        """A row of sums; time that a fee includes is not in it, and where there is only a fee no time is shown."""
        timed = figures.exact_seconds or figures.billed_seconds
        return Cells(
            day="",
            text=label,
            detail="",
            exact=formats.timer(figures.exact_seconds) if timed else "",
            billed=self._time(figures.billed_seconds) if timed else "",
            rate="",
            amount=formats.money(figures.billed_minor + fees, self._statement.currency, self._tr.lang),
            gap=self._gap(figures) if timed else "",
        )

    def _row(self, line: Line) -> Cells:
        text, detail = self._description(line)
        exact = billed = rate = ""
        if line.sort not in _UNTIMED:
            exact, billed = formats.timer(line.figures.exact_seconds), self._time(line.figures.billed_seconds)
            rate = formats.hourly(line.hourly, self._statement.currency, self._tr.lang)
            billed += self._rule_mark(line.rule)
        minor = line.figures.billed_minor + line.fee_minor
        amount = formats.money(minor, self._statement.currency, self._tr.lang)
        if line.sort is LineSort.INCLUDED:
            # In brackets, as accountants write what is not added up.
            exact, billed, rate, amount = f"({exact})", f"({billed})", "", "–"
        gap = "" if line.sort in _UNTIMED else self._gap(line.figures)
        return Cells(self._days(line), text, detail, exact, billed, rate, amount, gap)

    def _description(self, line: Line) -> tuple[str, str]:
        tr = self._tr
        details = []
        name = words.line_title(line.sort, tr)
        note = plain(line.note, newlines=True).strip()
        text = note or name or words.channel(line.channel or Channel.WORK, tr).capitalize()
        # That it was work says nothing; that it was a call or a journey does.
        channel = words.channel(line.channel, tr) if line.channel and line.channel is not Channel.WORK else ""
        details = [part for part in (name, channel) if part and part.lower() != text.lower()]
        if line.scope is Scope.OUT:
            details.append(words.scope(line.scope, tr))
        if line.agreed:
            details.append(tr.t("time as agreed"))
        if line.use:
            details += use_words(line.use, tr)
        return text, " · ".join(details)

    def _days(self, line: Line) -> str:
        """The days of a line, without the year where the period above says it."""
        one_year = self._statement.first_day.year == self._statement.last_day.year
        style: formats.DateStyle = "day" if one_year else "medium"
        days = dict.fromkeys((line.first_day, line.last_day))
        return " – ".join(formats.date(day, self._tr.lang, style) for day in days)

    def _time(self, seconds: int) -> str:
        """Billed time, to the second where it does not end on a minute: what is shown is what is charged."""
        return formats.timer(seconds) if seconds % 60 else formats.duration(seconds, self._tr.lang)

    def _gap(self, figures: Figures) -> str:
        if not self._internal:
            return ""
        sign = "+" if figures.net_seconds > 0 else ""
        return sign + formats.timer(figures.net_seconds)

    def _rule_mark(self, rule: RoundingRule) -> str:
        """Which of several rounding rules made a line, as a raised figure."""
        index = self._rules.index(rule)
        return " " + _RULE_MARKS[index] if len(self._rules) > 1 and index < len(_RULE_MARKS) else ""

    def notes(self) -> Iterable[str]:
        tr = self._tr
        for rule in self._rules:
            sentence = tr.t("Billed time: {rule}.", rule=rules.sentence(rule, tr))
            yield f"{self._rule_mark(rule)} {sentence}".strip()
        yield tr.t("Days follow the clocks of {zone}.", zone=self._statement.zone)
        if self._internal:
            yield from self._balance()
        if self._statement.state is StatementState.VOID:
            yield tr.t("Void: {reason}", reason=plain(words.void_reason(self._statement.void_reason, tr)) or "–")
        yield tr.t("This statement of hours is not an invoice.")

    def _balance(self) -> Iterable[str]:
        """What rounding and agreed times cost and brought, for our eyes only."""
        tr, figures = self._tr, self._statement.totals

        def both(seconds: int, minor: int) -> str:
            money = formats.money(minor, self._statement.currency, tr.lang)
            return f"{formats.timer(seconds)} · {money}"

        yield tr.t("Internal copy, not for the client.")
        yield tr.t(
            "Lost: {rule} by rounding, {agreed} by agreed times.",
            rule=both(figures.rule_loss_seconds, figures.rule_loss_minor),
            agreed=both(figures.manual_loss_seconds, figures.manual_loss_minor),
        )
        yield tr.t(
            "Gained: {rule} by rounding, {agreed} by agreed times.",
            rule=both(figures.rule_gain_seconds, figures.rule_gain_minor),
            agreed=both(figures.manual_gain_seconds, figures.manual_gain_minor),
        )
