"""Closing a day, opening it again, and going from one day to another."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from clepsydra.language import formats
from clepsydra.ledger.day import closing
from clepsydra.ledger.days import days_to_close
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.dialogs import Answer, Prompt, Question
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present.day_items import folded_gaps
from clepsydra.tui.widgets.log_table import LogTable

if TYPE_CHECKING:
    from clepsydra.tui.present.day_items import Seen

CLOSEST_ZOOM = 5


class DayMoves(ActionScreen):
    """Mixed into the screen of a day; `zoom` is how often the timeline was doubled, below nothing all of the day."""

    day: date
    zoom: int
    seen: "Seen"

    def draw_bar(self) -> None:
        """Draw the timeline again."""
        raise NotImplementedError

    def do_day_close(self) -> None:
        """Close the day, asking first where something stays unexplained; reopen a closed one."""
        if self.seen.day.closed:
            hint = self.tr.t("Why is it opened again?")
            self.ask(
                Prompt(self.tr.t("Reopen the day"), hint, check=lambda text: (bool(text.strip()), "")),
                lambda reason: closing.reopen_day(self.ledger, self.day, reason),
            )
            return
        left = closing.unnamed_seconds(self.ledger, self.seen.day)
        if left:
            self._ask_unknown(left)
        else:
            closing.close_day(self.ledger, self.day)
            self.changed()

    def _ask_unknown(self, left: int) -> None:
        tr, whole = self.tr, self.seen.day.timeline.unexplained_seconds
        time = formats.duration(left, tr.lang)
        text = tr.t(
            "{time} is still unexplained. Closed like this, it counts as possible work, not as lost.", time=time
        )
        if whole > left:  # the figure over the day first, then what of it is asked about
            text = tr.t(
                "{whole} is still unexplained. Closed like this, {time} of it counts as possible work, not as lost.",
                whole=formats.duration(whole, tr.lang), time=time,
            )  # fmt: skip
        folded = folded_gaps(self.ledger, self.seen, tr)
        text = " ".join(filter(None, (text, f"{folded}." if folded else "")))
        answers = (Answer("y", "yes", tr.t("close it: nobody knows")), Answer("esc", "", tr.t("go on explaining")))

        def close(answer: str) -> None:
            if answer:
                closing.close_day(self.ledger, self.day, unknown=True)

        self.ask(Question(tr.t("Close the day"), text, answers), close)

    # -- moving

    def _go(self, day: date) -> None:
        if day > self.ledger.today:
            raise Refused("{day} is still to come", day=day.isoformat())
        self.day, self.zoom = day, 0
        self.query_one("#items", LogTable).cursor = 0
        self.show_all()

    def do_day_previous(self) -> None:
        """The day before."""
        self._go(self.day - timedelta(days=1))

    def do_day_next(self) -> None:
        """The day after."""
        self._go(self.day + timedelta(days=1))

    def do_day_happened(self) -> None:
        """Calls, mails and all else that happened on the day."""
        from clepsydra.tui.screens.happened import HappenedScreen

        self.app.push_screen(HappenedScreen(self.day))

    def do_day_oldest(self) -> None:
        """The oldest day left open."""
        day = next(days_to_close(self.ledger), None)
        if day is None:
            self.say(self.tr.t("every day is closed"))
        else:
            self._go(day)

    def do_day_zoom_in(self) -> None:
        """Closer around the item."""
        self.zoom = min(CLOSEST_ZOOM, self.zoom + 1)
        self.draw_bar()

    def do_day_zoom_out(self) -> None:
        """Wider, up to the whole civil day."""
        self.zoom = max(-1, self.zoom - 1)
        self.draw_bar()
