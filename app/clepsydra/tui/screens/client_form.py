"""The form that creates a client: the few things a first statement needs; its file holds the rest."""

from collections.abc import Iterator
from typing import Any, ClassVar
from zoneinfo import available_timezones

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from clepsydra.domain.agreement import ContractKind
from clepsydra.language import formats, rounding_sentence, words
from clepsydra.language.shown import TABLES
from clepsydra.ledger.ledger import DISK_ERRORS
from clepsydra.settings.client_keystrokes import client_keys, free_digit
from clepsydra.settings.edit import EditRefused, create_client
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Dialog
from clepsydra.tui.keys.table import ScreenName, at
from clepsydra.tui.new_client import CURRENCIES, ROUNDINGS, ClientDraft, example_of, fields_of, problems_of, slug_for
from clepsydra.tui.present import main as present
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.prose import Prose
from clepsydra.tui.widgets.text_line import PlainLine

_FEE_FIELDS = ("fee", "hours")


class ClientForm(Dialog[str | None]):
    """Creates a client and dismisses with its slug; escape leaves everything as it was."""

    DEFAULT_CSS = """
    ClientForm { align: center middle; background: $background 60%; }
    ClientForm > Vertical { width: 76; max-width: 96%; height: auto; border: round $line; background: $surface;
        padding: 1 2 0 2; border-title-color: $heading; border-subtitle-color: $muted; }
    ClientForm .field { height: 1; width: 100%; }
    ClientForm .field Label { width: 17; color: $muted; }
    ClientForm .field.-here Label { color: $heading; }
    ClientForm .field Input { width: 1fr; padding: 0 2; background: $track 40%; }
    ClientForm .field Input:focus { background: $track; }
    ClientForm #said { height: 2; width: 100%; margin: 1 0 0 0; color: $muted; }
    ClientForm #said.wrong { color: $attention; }
    ClientForm #keys { height: 1; width: 100%; color: $muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter", "create", show=False, priority=True),
        Binding("down,tab", "move(1)", show=False),
        Binding("up,shift+tab", "move(-1)", show=False),
    ]

    @property
    def tui(self) -> BaseApp:
        """The app, typed."""
        return base_app_of(self.app)

    # -- what is seen

    def compose(self) -> ComposeResult:
        """One line per field, a line about the one being filled, the keys."""
        tr, settings = self.tui.tr, self.tui.catalogue.settings
        zones = SuggestFromList(sorted(available_timezones()), case_sensitive=False)
        currencies = SuggestFromList(CURRENCIES, case_sensitive=False)
        languages = [(lang, shown.name) for lang, shown in reversed(TABLES.items())]
        fields: list[tuple[str, str, Widget]] = [
            ("name", tr.t("Name"), PlainLine(compact=True)),
            ("hourly", tr.t("Hourly rate"), PlainLine(compact=True)),
            ("currency", tr.t("Currency"), PlainLine(settings.currency, compact=True, suggester=currencies)),
            (
                "rounding",
                tr.t("Rounding"),
                Choice([(each, rounding_sentence.sentence(each, tr)) for each in ROUNDINGS]),
            ),
            ("kind", tr.t("Agreement"), Choice([(kind, words.contract(kind, tr)) for kind in ContractKind])),
            ("fee", tr.t("Fee"), PlainLine(compact=True)),
            ("hours", tr.t("Hours"), PlainLine(compact=True)),
            ("zone", tr.t("Time zone"), PlainLine(settings.time_zone.key, compact=True, suggester=zones)),
            ("language", tr.t("Documents in"), Choice(languages)),
            ("key", tr.t("Key"), PlainLine(compact=True, max_length=1)),
        ]
        with Vertical() as frame:
            frame.border_title = Content(tr.t("New client"))
            for name, label, widget in fields:
                widget.id = name
                with Horizontal(classes="field", id=f"{name}-line"):
                    yield Label(label, markup=False)
                    yield widget
            yield Prose(id="said")
            yield Static(Content(tr.t("⏎ create   ↑↓ fields   ←→ choices   esc leave")), id="keys")

    def on_mount(self) -> None:
        """Begin with the name; nothing is wrong before something was typed."""
        self._tried = False
        self._touched: set[str] = set()
        self._choice("language").choose(self.tui.tr.lang)
        self._choice("rounding").choose(ROUNDINGS[1])
        self.query_one("#name", Input).focus()
        self._show()

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def _choice(self, name: str) -> "Choice[Any]":
        return self.query_one(f"#{name}", Choice)

    def draft(self) -> ClientDraft:
        """What stands in the form now; without a key of its own the client gets a digit that is nobody's."""
        text, choice = self._text, self._choice
        return ClientDraft(
            name=text("name"),
            key=text("key").strip() or self._digit(),
            currency=text("currency"),
            hourly=text("hourly"),
            rounding=choice("rounding").value,
            zone=text("zone"),
            language=choice("language").value,
            kind=choice("kind").value,
            fee=text("fee"),
            hours=text("hours"),
        )

    def _slug(self, draft: ClientDraft) -> str:
        return slug_for(draft.name, {"own", *(file.stem for file in self.tui.home.clients_dir.glob("*.toml"))})

    def _keys(self) -> dict[str, str]:
        """What every key of the main screen does already."""
        tr, keymap, clients = self.tui.tr, self.tui.keymap, self.tui.catalogue.clients
        keys = {k: tr.t(a.label) for a in at(ScreenName.MAIN) for k in keymap.of(a)}
        taken = {c.key: present.client_name(c, tr) for c in clients.values() if c.key}
        shown = client_keys(clients.values(), keymap.taken(ScreenName.MAIN))
        return keys | taken | {key: present.client_name(clients[slug], tr) for key, slug in shown.items()}

    def _digit(self) -> str:
        """The digit that starts the new client; empty when all are somebody's."""
        return free_digit(self.tui.catalogue.clients, self.tui.keymap.taken(ScreenName.MAIN)) or ""

    def problems(self) -> dict[str, str]:
        """What is wrong now, by field."""
        draft, tui = self.draft(), self.tui
        return dict(problems_of(draft, tui.home, self._slug(draft), tui.ledger.today, self._keys(), tui.tr))

    # -- while it is filled in

    @on(events.DescendantFocus)
    @on(Input.Changed)
    @on(Choice.Changed)
    def _changed(self, event: events.Event) -> None:
        if isinstance(event, Input.Changed) and event.value and event.input.id:
            self._touched.add(event.input.id)
        self._show()

    def _show(self) -> None:
        """The fields that matter, the file's name, and a line about the field with the keyboard."""
        if not self.is_mounted or not hasattr(self, "_touched"):
            return
        draft = self.draft()
        for name in _FEE_FIELDS:
            self.query_one(f"#{name}-line").display = draft.has_fee
        frame = self.query_one(Vertical)
        frame.border_subtitle = Content(f"clients/{self._slug(draft)}.toml" if draft.name.strip() else "")
        field = self.focused.id if self.focused and self.focused.id else ""
        for line in self.query(".field"):
            line.set_class(line.id == f"{field}-line", "-here")
        wrong = self.problems().get(field, "") if self._tried or field in self._touched else ""
        said = self.query_one("#said", Prose)
        said.set_class(bool(wrong), "wrong")
        text = wrong or self._hint(field, draft)
        said.show(formats.sentence(text))

    def _hint(self, field: str, draft: ClientDraft) -> str:
        tr = self.tui.tr
        return {
            "name": tr.t("as it stands on statements; its file can be edited at any time"),
            "hourly": tr.t("in {currency}; rates by project or channel can be added on its screen",
                           currency=draft.currency.upper()),
            "currency": tr.t("of its rates and statements"),
            "rounding": example_of(draft.rounding, tr),
            "kind": words.contract_hint(draft.kind, self.tui.tr),
            "fee": tr.t("before tax"),
            "hours": tr.t("agreed for the fee; what goes beyond is shown"),
            "zone": tr.t("decides to which day its work belongs"),
            "language": tr.t("the language of its statements"),
            "key": self._key_hint(),
        }.get(field, "")  # fmt: skip

    def _key_hint(self) -> str:
        tr, digit = self.tui.tr, self._digit()
        if digit:
            return tr.t("one key that starts its timer; empty: {digit}, which stays its own", digit=digit)
        return tr.t("one key that starts its timer; empty: none, the digits are all taken")

    def action_move(self, fields: int) -> None:
        """Go on to the next field, or back, by the order of the form: one that came a moment ago has no place yet."""
        self._show()
        names = list(self._order())
        here = self.focused.id if self.focused else ""
        place = names.index(here) + fields if here in names else 0
        self.set_focus(self.query_one(f"#{names[place % len(names)]}"))

    # -- the end

    def action_create(self) -> None:
        """Write the file and leave, or go to the first field that is wrong."""
        self._tried = True
        problems = self.problems()
        if problems:
            self._go_to(problems)
            return
        draft, tui = self.draft(), self.tui
        slug = self._slug(draft)
        try:
            create_client(tui.home, slug, fields_of(draft, tui.ledger.today), tui.ledger.settings)
        except (EditRefused, *DISK_ERRORS) as error:
            self.notify(str(error), severity="error", markup=False)
            return
        tui.reload_files()
        self.dismiss(slug)

    def _go_to(self, problems: dict[str, str]) -> None:
        field = next((name for name in self._order() if name in problems), "")
        if field:
            self.query_one(f"#{field}").focus()
        else:
            self.notify(" · ".join(problems.values()), severity="warning", markup=False)
        self._show()

    def _order(self) -> Iterator[str]:
        """The fields from the top."""
        for line in self.query(".field"):
            if line.display and line.id:
                yield line.id.removesuffix("-line")
