"""A line for each client of a file, and one for all: rates of new ones, the day before which all was billed."""

from collections.abc import Callable, Mapping, Sequence

from clepsydra.tui.screens.field_form import FieldForm, FormField
from clepsydra.tui.widgets.text_line import PlainLine

ALL = "_all"
"""The field that holds for every client whose own is empty."""

Check = Callable[[str, str], tuple[bool, str]]
"""Of a field and its text: whether it can be taken, and a line about it."""


class ClientValues(FieldForm[Mapping[str, str]]):
    """Dismisses with the texts by field; escape leaves everything as it was."""

    DEFAULT_CSS = (
        FieldForm.DEFAULT_CSS.replace("FieldForm", "ClientValues")
        + """
    ClientValues > Vertical { overflow-y: auto; max-height: 94%; }
    ClientValues .field Label { width: 30; }
    """
    )

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], values: Mapping[str, str], check: Check) -> None:
        """`rows` are fields and their labels; a field is `ALL`, a client's slug, or another word."""
        super().__init__(title)
        self._rows, self._values, self._check = rows, values, check

    def fields(self) -> list[FormField]:
        """The fields from the top."""
        return [
            (f"of-{name}", label, PlainLine(self._values.get(name, ""), compact=True)) for name, label in self._rows
        ]

    def problems(self) -> dict[str, str]:
        """What cannot be taken."""
        said = {name: self._check(name, self.text(f"of-{name}")) for name, _ in self._rows}
        return {f"of-{name}": words for name, (fine, words) in said.items() if not fine}

    def hint(self, field: str) -> str:
        """What the text means."""
        name = field.removeprefix("of-")
        return self._check(name, self.text(field))[1] if field else ""

    def result(self) -> Mapping[str, str]:
        """The texts that say something."""
        return {name: text for name, _ in self._rows if (text := self.text(f"of-{name}"))}
