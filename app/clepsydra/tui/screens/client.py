"""A client's terms, and those of each of their projects: every one of them with a line to change it."""

from collections.abc import Mapping
from typing import Any

from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.listing import searched
from clepsydra.ledger.log_search import Search
from clepsydra.settings.edit import client_as_written
from clepsydra.tui.present import client as present
from clepsydra.tui.present import dated_terms as dated
from clepsydra.tui.present.settings import Field, Groups, rows
from clepsydra.tui.screens.client_terms import TermsScreen
from clepsydra.tui.widgets.log_table import TableRow


class ClientScreen(TermsScreen):
    """One client's file; Enter changes what is under the cursor, or opens the project there."""

    def heading(self) -> str:
        """The client's name."""
        return self.client().name or self._slug

    def groups(self) -> Groups:
        """What is not dated."""
        return present.FIELDS

    def rows(self) -> list[TableRow]:
        """Everything the file says."""
        return present.client_rows(self.terms(), self.ledger.today, self.tr)

    def written(self) -> Mapping[str, Any]:
        """The file as plain tables."""
        return client_as_written(self.tui.home, self._slug)

    def terms(self) -> dated.TermsTable:
        """The client's own."""
        return dated.TermsTable(self.client(), DEFAULT_PROJECT, self.written())

    def field_of(self, row: str) -> Field | None:
        """The field of a row."""
        return present.BY_KEY.get(row)

    # -- projects

    def project_under_cursor(self) -> Mapping[str, Any] | None:
        """The project of the row under the cursor."""
        number = self.row_id().removeprefix(present.PROJECT)
        projects = dated.tables(self.written(), "projects")
        return projects[int(number)] if number.isdecimal() and int(number) < len(projects) else None

    def change(self) -> None:
        """A project has a screen of its own."""
        project = self.project_under_cursor()
        if project is None:
            super().change()
        else:
            self.app.push_screen(ProjectScreen(self._slug, str(project.get("slug", ""))))

    def do_client_remove(self) -> None:
        """A project goes too, unless the log needs it."""
        project = self.project_under_cursor()
        if project is None:
            super().do_client_remove()
            return
        slug = str(project.get("slug", ""))
        sessions = searched(self.ledger, Search(client=self._slug, project=slug)).count()
        if sessions:
            words = self.tr.n("{count} session of the log is of this project, so it stays",
                              "{count} sessions of the log are of this project, so it stays", sessions)  # fmt: skip
            self.say(words, "warning")
            return
        index = int(self.row_id().removeprefix(present.PROJECT))
        self.take_out(str(project.get("name", slug)), dated.removal(self.terms(), "projects", index))


class ProjectScreen(TermsScreen):
    """A project's table of its client's file; what it does not say is the client's."""

    def __init__(self, slug: str, project: str) -> None:
        super().__init__(slug)
        self._project = project

    def heading(self) -> str:
        """The client's name and the project's."""
        project = self.client().project(self._project)
        return f"{self.client().name or self._slug} · {(project.name if project else '') or self._project}"

    def groups(self) -> Groups:
        """What a project may say beside what is dated."""
        return present.project_fields(client_as_written(self.tui.home, self._slug))

    def rows(self) -> list[TableRow]:
        """Everything the project's table says."""
        terms = self.terms()
        return [
            *present.dated_rows(terms, self.ledger.today, self.tr),
            *rows(terms.written, self.tr, self.groups()),
        ]

    def index(self) -> int | None:
        """The number of the project's table in the file; None where it is gone."""
        projects = dated.tables(client_as_written(self.tui.home, self._slug), "projects")
        return next((n for n, each in enumerate(projects) if each.get("slug") == self._project), None)

    def path(self) -> str:
        """The project's table; raises `Refused` where it is gone."""
        index = self.index()
        if index is None:
            raise Refused("this project is no longer in the file")
        return f"projects[{index}]."

    def written(self) -> Mapping[str, Any]:
        """The project's table."""
        return self.terms().written

    def terms(self) -> dated.TermsTable:
        """The project's own before the client's."""
        whole, index = client_as_written(self.tui.home, self._slug), self.index()
        written = dated.tables(whole, "projects")[index] if index is not None else {}
        return dated.TermsTable(self.client(), self._project, written, whole)

    def field_of(self, row: str) -> Field | None:
        """The field of a row."""
        return next((field for _, fields in self.groups() for field in fields if field.key == row), None)

    def show_all(self) -> None:
        """Draw it; back to the client where the project is gone."""
        if self.index() is not None:
            super().show_all()
        elif self.is_active:
            self.app.pop_screen()
