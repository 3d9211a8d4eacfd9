"""The filter of the log, and the form that edits several sessions at once: the same fields, asked for and given."""

from collections.abc import Callable
from datetime import date

from textual import on

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, State
from clepsydra.language import formats, typed, words
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.log_search import ORDERS, SCOPES, Search, on_days
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present.log import order_word, scope_word
from clepsydra.tui.present.session import place_label
from clepsydra.tui.screens.field_form import FieldForm, FormField, R
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.place_field import PlaceField
from clepsydra.tui.widgets.text_line import PlainLine, TextLine

Counts = Callable[[str], tuple[int, int]]
"""How many notes hold a text: those that can change, and those on a statement."""


class _PlaceForm(FieldForm[R]):
    """A form one of whose fields is a client and project, picked by name or key."""

    place = ""
    anyone = ""
    """What stands there while nobody is named."""

    def place_name(self) -> str:
        """The client and project, as people call them."""
        slug, _, project = self.place.partition("/")
        if not slug:
            return self.anyone
        clients = self.tui.ledger.catalogue.clients
        return place_label(slug, project or DEFAULT_PROJECT, clients, self.tui.tr)

    @on(PlaceField.Asked)
    def _pick(self, event: PlaceField.Asked) -> None:
        tui = self.tui

        def picked(place: str | None) -> None:
            if place:
                self.place = place
                self.query_one(PlaceField).show(self.place_name())
                self.focus_next()

        tui.push_screen(place_picker(tui, tui.tr.t("For whom?"), typed=event.typed), picked)

    def key_backspace(self) -> None:
        """Backspace on the place names nobody again."""
        if isinstance(self.focused, PlaceField):
            self.place = ""
            self.query_one(PlaceField).show(self.place_name())


class FilterForm(_PlaceForm[Search]):
    """What the log is to show, and in which order."""

    def __init__(self, search: Search, title: str, anyone: str) -> None:
        """`anyone` are the words for every client."""
        super().__init__(title)
        self._search, self.anyone = search, anyone
        self.place = search.client + (f"/{search.project}" if search.project else "")

    def fields(self) -> list[FormField]:
        """Days first: it is what people narrow most."""
        tr, search = self.tui.tr, self._search
        channels = [("", tr.t("any")), *((c.value, words.channel(c, tr)) for c in Channel)]
        scopes = [("", tr.t("any")), *((s, scope_word(s, tr)) for s in SCOPES)]
        states = [("", tr.t("any")), *((s.value, words.state(s, tr)) for s in State)]
        billed = [(False, tr.t("all")), (True, tr.t("only what is not billed"))]
        orders = [(order, order_word(order, tr)) for order in ORDERS]
        return [
            ("days", tr.t("Days"), PlainLine(search.days, compact=True)),
            ("for", tr.t("Client"), PlaceField(self.place_name())),
            ("channel", tr.t("Channel"), Choice(channels, search.channel)),
            ("scope", tr.t("Scope"), Choice(scopes, search.scope)),
            ("state", tr.t("State"), Choice(states, search.state)),
            ("unbilled", tr.t("Unbilled"), Choice(billed, search.unbilled)),
            ("words", tr.t("Text"), PlainLine(search.text, compact=True)),
            ("order", tr.t("Order"), Choice(orders, search.order)),
        ]

    def problems(self) -> dict[str, str]:
        """Days that are no period."""
        try:
            on_days(self.tui.ledger, Search(), self.text("days"))
        except typed.NotUnderstood as wrong:
            return {"days": wrong.text(self.tui.tr)}
        return {}

    def hint(self, field: str) -> str:
        """What may be typed, and what the days mean."""
        tr = self.tui.tr
        if field == "days":
            search = on_days(self.tui.ledger, Search(), self.text("days"))
            if search.first_day and search.last_day:
                return formats.days(date.fromordinal(search.first_day), date.fromordinal(search.last_day), tr.lang)
            return tr.t("November, 2026-10, last month, 2/11..15/11; empty: any day")
        return {
            "for": tr.t("space or a letter picks one, backspace is every client"),
            "words": tr.t("in notes, clients and projects"),
        }.get(field, "")

    def result(self) -> Search:
        """The search the fields say."""
        client, _, project = self.place.partition("/")
        found = replace(
            self._search, client=client, project=project, channel=self.chosen("channel"), scope=self.chosen("scope"),
            state=self.chosen("state"), unbilled=self.chosen("unbilled"), text=self.text("words"), named=(),
            order=self.chosen("order"),
        )  # fmt: skip
        return on_days(self.tui.ledger, found, self.text("days"))


_SCOPES: dict[str, tuple[Scope, Decision | None]] = {
    "in": (Scope.IN, None),
    "pending": (Scope.OUT, Decision.PENDING),
    "bill": (Scope.OUT, Decision.BILL),
    "absorb": (Scope.OUT, Decision.ABSORB),
    "unsure": (Scope.UNSURE, None),
}


class BulkForm(_PlaceForm[Edit]):
    """What several sessions are to have in common; what is left as it is stays each session's own."""

    def fields(self) -> list[FormField]:
        """What may be the same of several sessions."""
        tr = self.tui.tr
        self.anyone = tr.t("as it is")
        channels = [(None, self.anyone), *((c, words.channel(c, tr)) for c in Channel)]
        scopes = [("", self.anyone), *((s, scope_word(s, tr)) for s in _SCOPES)]
        return [
            ("for", tr.t("Client"), PlaceField(self.place_name())),
            ("channel", tr.t("Channel"), Choice(channels)),
            ("scope", tr.t("Scope"), Choice(scopes)),
            ("note", tr.t("Note"), TextLine()),
        ]

    def hint(self, field: str) -> str:
        """What an empty field means."""
        tr = self.tui.tr
        return {
            "for": tr.t("space or a letter picks one; client and project of all that are chosen"),
            "note": tr.t("empty: every session keeps its own"),
        }.get(field, tr.t("one change, which one undo takes back"))

    def result(self) -> Edit:
        """The changes that were asked for."""
        client, _, project = self.place.partition("/")
        scope, decision = _SCOPES.get(self.chosen("scope"), (None, None))
        return Edit(
            client=client or None,
            project=(project or DEFAULT_PROJECT) if client else None,
            channel=self.chosen("channel"),
            scope=scope,
            decision=decision,
            note=self.query_one("#note", TextLine).text.strip() or None,
        )


@dataclass(frozen=True, slots=True)
class Renote:
    """A text of notes and what replaces it."""

    old: str
    new: str


class RenoteForm(FieldForm[Renote]):
    """Find a text in the notes of some sessions and replace it; how many it is in is said while it is typed."""

    def __init__(self, title: str, count: Counts) -> None:
        """`count` says how many notes hold a text: those that can change, and those on a statement."""
        super().__init__(title)
        self._count = count

    def fields(self) -> list[FormField]:
        """What is looked for, and what stands in its place."""
        tr = self.tui.tr
        return [("old", tr.t("Find"), TextLine()), ("new", tr.t("Replace by"), TextLine())]

    def problems(self) -> dict[str, str]:
        """A text that is nowhere."""
        old, tr = self._old(), self.tui.tr
        if not old:
            return {"old": tr.t("which text? capital letters count")}
        return {} if self._count(old)[0] else {"old": tr.t("no note holds that")}

    def hint(self, field: str) -> str:  # noqa: ARG002 (both fields say how many)
        """How many notes would change."""
        tr = self.tui.tr
        free, locked = self._count(self._old())
        parts = [tr.n("{count} note changes", "{count} notes change", free)]
        if locked:
            parts.append(tr.n("{count} is on a statement and stays", "{count} are on statements and stay", locked))
        return " · ".join(parts)

    def _old(self) -> str:
        return self.query_one("#old", TextLine).text

    def result(self) -> Renote:
        """Both texts, as they were typed."""
        return Renote(self._old(), self.query_one("#new", TextLine).text)
