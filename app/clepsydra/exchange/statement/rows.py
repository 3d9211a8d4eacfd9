"""The rows of a statement in words: what a line is called, how its time, rate and amount read, which notes it needs."""

from collections.abc import Iterable

from clepsydra.domain.figures import Figures
from clepsydra.domain.records import dataclass
from clepsydra.domain.rounding import RoundingRule
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Scope
from clepsydra.domain.statement import Line, LineSort, PeriodUse, Statement, StatementState, day_sold, halves
from clepsydra.domain.statement_terms import StatementPart
from clepsydra.exchange.text import plain
from clepsydra.language import formats, rounding_sentence, words
from clepsydra.language.translator import Translator, mark

_RULE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of the table in words; `gap` (billed less exact) is empty but in internal documents, `exact` where the
    client's copy is to say billed times alone.
    """

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


_UNTIMED = frozenset({LineSort.FEE, LineSort.CAP})


def project_title(line: Line, tr: Translator) -> str:
    """What a project is called among others; work of none is general."""
    general = tr.p("statement", "General") if line.project == DEFAULT_PROJECT else plain(line.project)
    return plain(line.project_name) or general


def rate_words(line: Line, currency: str, lang: str) -> str:
    """The price of an hour, or of a day where days are sold."""
    daily = line.daily
    return formats.hourly(line.hourly, currency, lang) if daily is None else formats.daily(daily, currency, lang)


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


class RowWorder:
    """Words the lines of one statement."""

    def __init__(self, statement: Statement, tr: Translator, internal: bool) -> None:
        self._statement = statement
        self._tr = tr
        self._internal = internal
        self._exact = internal or StatementPart.TIMES in statement.show
        timed = [line for line in statement.lines if line.sort not in _UNTIMED]
        self._day = day_sold(timed)
        self._rules = tuple(dict.fromkeys(rule for line in timed for rule in line.rules))

    def head(self) -> Cells:
        """The names of the columns."""
        tr = self._tr
        return Cells(
            day=tr.p("column", "Date"),
            text=tr.p("column", "Description"),
            detail="",
            exact=tr.p("column", "Exact") if self._exact else "",
            billed=tr.p("column", "Billed"),
            rate=tr.p("column", "Rate"),
            amount=tr.p("column", "Amount"),
            gap=tr.p("column", "Difference") if self._internal else "",
        )

    def sections(self) -> Iterable[Section]:
        """The rows by project, in the order of the lines."""
        by_project: dict[str, list[Line]] = {}
        for line in self._statement.lines:
            by_project.setdefault(line.project, []).append(line)
        several = len(by_project) > 1
        for lines in by_project.values():
            name = project_title(lines[0], self._tr) if several else plain(lines[0].project_name)
            counted = sum((line.figures for line in lines if line.sort is not LineSort.INCLUDED), Figures())
            fees = sum(line.fee_minor for line in lines)
            label = self._tr.p("statement", "Subtotal")
            subtotal = self.sums(label, counted, fees, day_sold(lines)) if several else None
            yield Section(name, tuple(map(self._row, lines)), subtotal)

    def sums(self, label: str, figures: Figures, fees: int = 0, day: int | None = None) -> Cells:
        """A row of sums; time that a fee includes is not in it, and where there is only a fee no time is shown.

        `day` is the length in seconds of the day that is sold on all of the lines.
        """
        timed = figures.exact_seconds or figures.billed_seconds
        return Cells(
            day="",
            text=label,
            detail="",
            exact=formats.timer(figures.exact_seconds) if timed and self._exact else "",
            billed=self._billed(figures, day) if timed else "",
            rate="",
            amount=formats.money(figures.billed_minor + fees, self._statement.currency, self._tr.lang),
            gap=self._gap(figures) if timed else "",
        )

    def _row(self, line: Line) -> Cells:
        text, detail = self._description(line)
        exact = billed = rate = ""
        if line.sort not in _UNTIMED:
            exact = formats.timer(line.figures.exact_seconds) if self._exact else ""
            billed = self._billed(line.figures, line.day_sold)
            rate = rate_words(line, self._statement.currency, self._tr.lang)
            billed += "".join(map(self._rule_mark, line.rules))
        minor = line.figures.billed_minor + line.fee_minor
        amount = formats.money(minor, self._statement.currency, self._tr.lang)
        if line.sort is LineSort.INCLUDED:
            # In brackets, as accountants write what is not added up.
            exact, billed, rate, amount = f"({exact})" if exact else "", f"({billed})", "", "–"
        gap = "" if line.sort in _UNTIMED else self._gap(line.figures)
        return Cells(self._days(line), text, detail, exact, billed, rate, amount, gap)

    def _description(self, line: Line) -> tuple[str, str]:
        tr = self._tr
        details = []
        name = words.line_title(line, tr)
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

    def _billed(self, figures: Figures, day: int | None) -> str:
        """Billed time; days where days are sold and come out in halves."""
        days = halves(figures.billed_seconds, day)
        return self._time(figures.billed_seconds) if days is None else words.days(days, self._tr)

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
        """What is said under the rows: the rules, the clocks, what the document is."""
        tr = self._tr
        for rule in self._rules:
            sentence = tr.t("Billed time: {rule}.", rule=rounding_sentence.sentence(rule, tr, self._day))
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
        if figures.unit_loss_seconds or figures.unit_gain_seconds:
            yield tr.t(
                "Units of sale: {less} worked beyond them, {more} sold beyond the work.",
                less=both(figures.unit_loss_seconds, figures.unit_loss_minor),
                more=both(figures.unit_gain_seconds, figures.unit_gain_minor),
            )
