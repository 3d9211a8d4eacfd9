"""Reminders: who is to be reminded of what and why now, the letter before it is written, and what else money wants."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from clepsydra.domain.chasing import ChaseLevel, ChaseStep
from clepsydra.ledger.chasing import acting, drafting
from clepsydra.ledger.chasing.drafting import ReminderWish
from clepsydra.ledger.chasing.evening import DuesKind, dues
from clepsydra.ledger.chasing.letters import composed
from clepsydra.ledger.chasing.reading import chase_steps, drafted, letter_ready, preview_of
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.names import said
from clepsydra.tui.actions.reminders import ChaseActions
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import main as present
from clepsydra.tui.present import reminders as present_reminders
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.log_table import LogTable, Rows
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.prose import Prose

_TALL = 32
_WISHES = (ReminderWish(), ReminderWish(note=True), ReminderWish(charges=False))


class RemindersScreen(ChaseActions, ActionScreen):
    """Debts in the order in which they want a letter, over the letter of the chosen one."""

    SCREEN = ScreenName.REMINDERS
    CSS = """
    RemindersScreen #debts-panel { height: 7; }
    RemindersScreen #dues-panel { height: auto; }
    RemindersScreen #letter-panel { height: 1fr; }
    RemindersScreen #letter { height: 1fr; padding: 0 1; }
    RemindersScreen #dues-scroll { scrollbar-size-vertical: 0; }
    RemindersScreen #why { height: 1; }
    RemindersScreen.-tall #debts-panel { height: 11; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_TALL, "-tall")]  # noqa: RUF012 (Textual's own declaration)

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[ChaseStep] = []
        self._wish = 0

    def compose(self) -> ComposeResult:
        """The debts, what else is to be done, and the letter."""
        tr = self.tr
        yield Lines(id="title")
        with Panel(id="debts-panel"):
            nothing = tr.t("nothing is open: invoices and statements that are not paid come here")
            yield LogTable(present_reminders.COLUMNS, nothing=nothing, header=False, id="debts")
        with Panel(id="dues-panel"), VerticalScroll(id="dues-scroll"):
            yield Lines(id="dues")
        with Panel(id="letter-panel"):
            yield Lines(id="why")
            with VerticalScroll(id="letter"):
                yield Prose(id="text")
        yield ActionBar()

    def on_mount(self) -> None:
        """Read everything; the keyboard is in the list."""
        self.query_one("#letter", VerticalScroll).can_focus = True
        self.query_one("#debts-panel", Panel).entitle(Content(self.tr.t("Reminders")))
        self.query_one("#dues-panel", Panel).entitle(Content(self.tr.t("This evening")))
        self.show_all()
        self.query_one("#debts", LogTable).focus()

    # -- drawing

    def show_all(self) -> None:
        """The log, the terms or the language changed."""
        ledger, tr = self.ledger, self.tr
        self._steps = chase_steps(ledger)
        waiting = {(row.debt, row.level) for rows in drafted(ledger).values() for row in rows}
        today = today_of(ledger)
        table = self.query_one("#debts", LogTable)
        rows = [present_reminders.reminder_row(ledger, step, today, waiting, tr) for step in self._steps]
        table.show(Rows(rows), min(table.cursor, max(0, len(rows) - 1)))
        items = [item for item in dues(ledger) if item.kind not in (DuesKind.REMINDER, DuesKind.DRAFTED)]
        self.query_one("#dues-panel", Panel).display = bool(items)
        room = 5 + (self.app.size.height - _TALL) // 4 if self.app.size.height >= _TALL else 2
        self.query_one("#dues", Lines).show_all(present_reminders.dues_lines(ledger, items, tr))
        more, scroll = len(items) - room, self.query_one("#dues-scroll", VerticalScroll)
        scroll.styles.height, scroll.can_focus = min(len(items), room), more > 0
        self.query_one("#dues-panel", Panel).foot(
            Content(tr.n("{count} more: tab, then ↓", "{count} more: tab, then ↓", more) if more > 0 else "")
        )
        self._show_letter()
        self.tick(self.tui.snapshot())
        self.refresh_bar()

    def tick(self, snapshot: Snapshot) -> None:
        """The time in the title."""
        title = present.title(snapshot.now, self.ledger.settings.time_zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])

    def _show_letter(self) -> None:
        """The letter as it would be written, or why there is none."""
        step, tr, panel = self.step, self.tr, self.query_one("#letter-panel", Panel)
        panel.foot(Content(self._charges(step)))
        if step is None:
            panel.entitle(Content(tr.t("Letter")))
            self.query_one("#why", Lines).show([])
            self.query_one("#text", Prose).show(
                tr.t("An invoice still unpaid three days after its due date is chased, first in a friendly way.")
            )
            return
        reason = acting.why_not(self.ledger, step)
        words = said(self.ledger, reason, tr) if reason else present_reminders.why(self.ledger, step, tr)
        self.query_one("#why", Lines).show([WordLine((Word(f" {words}", "attention" if reason else "muted"),))])
        subject, text = self._letter(step)
        panel.entitle(Content(subject))
        self.query_one("#text", Prose).show(text)
        self.query_one("#letter", VerticalScroll).scroll_home(animate=False)

    def _letter(self, step: ChaseStep) -> tuple[str, str]:
        """Subject and text; of a debt that is not chased nothing."""
        if step.stop:
            return step.debt.number, ""
        found = (letter_ready(self.ledger, step.debt.client) if step.ready else None) or preview_of(step)
        try:
            letter = composed(self.ledger, found, self.tui.home.letters_dir, charges=_WISHES[self._wish].charges)
        except Refused as refused:  # a broken template is told here, where the letter would be
            return step.debt.number, said(self.ledger, refused.message, self.tr)
        return letter.subject, letter.text

    def _charges(self, step: ChaseStep | None) -> str:
        """What is said of charges, from the third letter on."""
        if step is None or step.stop or step.level < ChaseLevel.CHARGES:
            return ""
        words = (self.tr.t("charges: mentioned as possible"), self.tr.t("charges: with a note of their own"),
                 self.tr.t("charges: not mentioned"))  # fmt: skip
        return words[self._wish]

    # -- choosing

    @property
    def step(self) -> ChaseStep | None:
        """The debt under the cursor."""
        row = self.query_one("#debts", LogTable).selected
        return next((step for step in self._steps if row and step.debt.number == row.id), None)

    def _number(self) -> str:
        step = self.step
        if step is None:
            raise Refused("nothing is open: nobody is to be reminded")
        return step.debt.number

    def present(self) -> set[Needs]:
        """Adds whether a debt is chosen."""
        return super().present() | ({Needs.DEBT} if self.step else set())

    @on(LogTable.Highlighted, "#debts")
    def _moved(self) -> None:
        self._wish = 0
        self._show_letter()

    @on(LogTable.Selected, "#debts")
    def _chosen(self) -> None:
        self.action_do("reminders.draft")

    # -- doing

    def do_reminders_draft(self) -> None:
        """Write the letter as a mail that waits."""
        self._draft(_WISHES[self._wish])

    def do_reminders_paper(self) -> None:
        """Write the letter as a PDF too."""
        wish = _WISHES[self._wish]
        self._draft(ReminderWish(wish.charges, wish.note, letter=True))

    def _draft(self, wish: ReminderWish) -> None:
        made = drafting.draft(self.ledger, self.tui.home, self._number(), wish)
        names = "\n".join(path.name for path in made.files)
        head = self.tr.t("written to {folder}:", folder=str(self.tui.home.reminders_dir))
        foot = self.tr.t("{press[reminders.sent]} once you have sent it")
        self.tui.tell(f"{head}\n{names}\n{foot}", "information", seconds=10)
        self.changed()

    def do_reminders_sent(self) -> None:
        """It went out today."""
        rows = acting.mark_sent(self.ledger, self._number())
        self.say(self.tr.t("sent today: {numbers}", numbers=", ".join(row.number for row in rows)))
        self.changed()

    def do_reminders_drop(self) -> None:
        """Throw the drafted letter away."""
        drafting.forget(self.ledger, self._number())
        self.changed()

    def do_reminders_promise(self) -> None:
        """Promised for a day."""
        self.ask_promise(self._number())

    def do_reminders_dispute(self) -> None:
        """Disputed, and why."""
        self.ask_dispute(self._number())

    def do_reminders_charges(self) -> None:
        """Go on to what is said of charges. Raises `Refused` before the third letter."""
        step = self.step
        if step is None or step.level < ChaseLevel.CHARGES:
            raise Refused("charges are offered from the third letter on")
        self._wish = (self._wish + 1) % len(_WISHES)
        self._show_letter()

    def do_reminders_letter(self) -> None:
        """To what else is to be done, where not all of it is seen, to the letter and back."""
        stops = [self.query_one(f"#{name}") for name in ("debts", "dues-scroll", "letter")]
        stops = [stop for stop in stops if stop.can_focus]
        here = next((place for place, stop in enumerate(stops) if stop.has_focus), -1)
        self.set_focus(stops[(here + 1) % len(stops)])
