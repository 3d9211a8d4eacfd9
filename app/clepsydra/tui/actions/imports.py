"""The main screen's key for files of other programs."""

from clepsydra.tui.keys.dispatch import ActionScreen


class ImportActions(ActionScreen):
    """Mixed into the main screen."""

    def do_go_import(self) -> None:
        """Ask for the file, and show what it holds."""
        from clepsydra.tui.bring_in import bring_in

        bring_in(self.tui)
