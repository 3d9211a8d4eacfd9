"""What rounding and agreed times take and give: today, this week, this month, and this month of each client."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from clepsydra.ledger.live.figures import Snapshot
from clepsydra.settings.client_keystrokes import in_order
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.present import rounding as present_rounding
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.key_lines import KeyLines
from clepsydra.tui.widgets.lines import Lines, Word, WordLine


class Rounding(ActionScreen):
    """The table behind the one line of the main screen, with a legend of its columns."""

    SCREEN = ScreenName.ROUNDING
    CSS = """
    Rounding VerticalScroll { height: 1fr; }
    Rounding #table { height: auto; margin: 1 0; }
    Rounding #legend { height: auto; margin: 0 0 1 1; }
    """

    _shown: object = None
    """What the table says."""

    def compose(self) -> ComposeResult:
        """The table over what its columns mean."""
        yield Lines(id="title")
        with VerticalScroll():
            yield Lines(id="table")
            legend = present_rounding.rounding_legend(self.tr)
            yield KeyLines(legend, max(cell_len(sign) for sign, _ in legend) + 2, id="legend")
        yield ActionBar()

    def on_mount(self) -> None:
        """Draw what is known."""
        self.show_all()

    def on_resize(self) -> None:
        """Another width shows other columns."""
        self.show_all()

    def show_all(self) -> None:
        """Draw everything anew."""
        heading = Word(" " + self.tr.t("What rounding takes and gives"), "heading", bold=True)
        self.query_one("#title", Lines).show([WordLine((heading,))])
        self.tick(self.tui.snapshot())
        self.refresh_bar()

    def tick(self, snapshot: Snapshot) -> None:
        """What a running timer adds."""
        own = self.ledger.settings.currency
        clients = [
            client
            for client in in_order(self.ledger.catalogue.clients.values())
            if snapshot.month_by_client.get(client.slug)
        ]
        width = self.query_one(VerticalScroll).scrollable_content_region.width or self.app.size.width
        shown = (snapshot.today, snapshot.week, snapshot.month, snapshot.month_by_client, clients, own, width, self.tr)
        if shown != self._shown:  # as long as nothing runs, no second changes it
            self._shown = shown
            self.query_one("#table", Lines).show_all(
                present_rounding.rounding_lines(snapshot, clients, own, width, self.tr)
            )
