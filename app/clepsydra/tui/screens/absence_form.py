"""The small form of an absence: from when to when it was, and why."""

from typing import NamedTuple

from clepsydra.domain.interval import Interval
from clepsydra.language import typed
from clepsydra.ledger.absences import AbsenceReason, AbsenceRow
from clepsydra.ledger.day import wording
from clepsydra.tui.present.session import exact_length, span_words
from clepsydra.tui.screens.field_form import FieldForm, FormField
from clepsydra.tui.time_reader import TimeReader
from clepsydra.tui.widgets.text_line import TextLine


class TypedAbsence(NamedTuple):
    """What the form holds."""

    span: Interval
    reason: str
    note: str


class AbsenceForm(FieldForm[TypedAbsence]):
    """An absence of the log, to be put right."""

    def __init__(self, row: AbsenceRow, title: str) -> None:
        super().__init__(title)
        self._row = row

    def _reader(self) -> TimeReader:
        ledger = self.tui.ledger
        return TimeReader(
            ledger.now, ledger.zone, ledger.settings.day_starts_at, self.tui.tr.lang, self._row.started_at
        )

    def fields(self) -> list[FormField]:
        """From, to, why, and what else there is to say."""
        tr, row, reader = self.tui.tr, self._row, self._reader()
        return [
            ("begin", tr.t("From"), TextLine(reader.bare(row.started_at))),
            ("end", tr.t("To"), TextLine(reader.after(row.started_at, row.ended_at))),
            ("reason", tr.p("absence", "Reason"), TextLine(wording.reason(row.reason, tr))),
            ("note", tr.t("Note"), TextLine(row.note)),
        ]

    def _span(self) -> Interval:
        reader = self._reader()
        begin = reader.begin(self.text("begin"))
        return Interval(begin, reader.end(self.text("end"), begin))

    def problems(self) -> dict[str, str]:
        """A time that cannot be read, an absence of no length or without a reason."""
        tr, wrong = self.tui.tr, {}
        try:
            self._reader().begin(self.text("begin"))
        except typed.NotUnderstood as problem:
            wrong["begin"] = problem.text(tr)
        else:
            try:
                if not self._span().seconds:
                    wrong["end"] = tr.t("an absence lasts at least a second")
            except typed.NotUnderstood as problem:
                wrong["end"] = problem.text(tr)
        if not self.text("reason"):
            wrong["reason"] = tr.t("an absence has a reason")
        return wrong

    def hint(self, field: str) -> str:
        """What the times mean; what kinds of reasons there are."""
        tr = self.tui.tr
        if field == "reason":
            return tr.t("what was it? lunch, school, doctor…")
        if {"begin", "end"} & set(self.problems()):
            return ""
        span, zone = self._span(), self.tui.ledger.zone
        return f"{span_words(span.started_at, span.ended_at, zone, tr.lang)}  {exact_length(span.seconds, tr.lang)}"

    def result(self) -> TypedAbsence:
        """What was typed; the name of a reason is that reason again, in whatever language."""
        text, tr = self.text("reason"), self.tui.tr
        named = {wording.reason(reason, tr).casefold(): reason.value for reason in AbsenceReason}
        return TypedAbsence(self._span(), named.get(text.casefold(), text), self.text("note"))
