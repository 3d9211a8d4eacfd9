"""One widget alone on a screen, the keys pressed there and the messages that came out."""

from textual.app import App, ComposeResult
from textual.widget import Widget

from clepsydra.tui.meanings import theme_variable_defaults
from clepsydra.tui.widgets.client_list import ClientList
from clepsydra.tui.widgets.log_table import LogTable
from tests.tui.frames import frame, watch


class Stage(App[None]):
    """One widget on an empty screen."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme_variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_client_list_selected(self, message: ClientList.Selected) -> None:
        self.heard.append(("selected", message.row.slug))

    def on_client_list_highlighted(self, message: ClientList.Highlighted) -> None:
        self.heard.append(("highlighted", message.row.slug))

    def on_log_table_selected(self, message: LogTable.Selected) -> None:
        self.heard.append(("selected", message.row.id))

    def on_log_table_highlighted(self, message: LogTable.Highlighted) -> None:
        self.heard.append(("highlighted", message.row.id))


def seen(widget: Widget, size: tuple[int, int], *keys: str, heard: list | None = None) -> list[str]:
    """The lines of a screen that holds only this widget, after some keys."""
    stage = Stage(widget)

    async def look(pilot):
        await pilot.press(*keys)
        await pilot.pause()
        if heard is not None:
            heard.extend(stage.heard)
        return frame(stage.screen)

    return watch(stage, look, size)


def drawn(widget: Widget, width: int, height: int = 1) -> list[str]:
    """The lines a widget draws, with the spaces at their ends taken off."""
    widget.styles.height = height
    return [line.rstrip() for line in seen(widget, (width, height))]
