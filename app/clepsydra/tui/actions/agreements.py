"""What can be done about agreements from the main screen: take note of what they warn of, look at the insights."""

from clepsydra.ledger.agreements import alerts
from clepsydra.tui.keys.dispatch import ActionScreen


class AgreementActions(ActionScreen):
    """Mixed into the main screen."""

    def do_alert_seen(self) -> None:
        """Take note of every level that waits to be seen."""
        waiting = [use for use in self.tui.snapshot().scopes if use.alert is not None]
        alerts.acknowledge(self.ledger, [(use.client.slug, use.project, use.state) for use in waiting])
        self.say(self.tr.t("seen; it comes back at the next level"))
        self.changed()
