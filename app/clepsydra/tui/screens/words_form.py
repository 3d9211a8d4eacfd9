"""The small form of what one statement says of its own: subject, order number, a personal note."""

from clepsydra.domain.statement import Statement, StatementWords
from clepsydra.tui.screens.field_form import FieldForm, FormField
from clepsydra.tui.widgets.text_line import TextLine


class WordsForm(FieldForm[StatementWords]):
    """The words of a previewed statement; an empty line leaves that out."""

    def __init__(self, statement: Statement, title: str) -> None:
        super().__init__(title)
        self._statement = statement

    def fields(self) -> list[FormField]:
        """What it is about, whose order it is, a word to its reader."""
        tr, statement = self.tui.tr, self._statement
        return [
            ("subject", tr.p("statement", "Subject"), TextLine(statement.subject)),
            ("order", tr.p("statement", "Order"), TextLine(statement.order)),
            ("note", tr.p("statement", "Personal note"), TextLine(statement.note)),
        ]

    def hint(self, field: str) -> str:
        """Where the words of every statement are."""
        if field == "order":
            return self.tui.tr.t("the number the client gave this work; empty leaves it out")
        return self.tui.tr.t("for this statement alone; the client’s screen has those of all")

    def result(self) -> StatementWords:
        """What was typed."""
        return StatementWords(self.text("subject"), self.text("order"), self.text("note"))
