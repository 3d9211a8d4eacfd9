"""What is done to an absence: put right, or taken out; undo brings it back."""

from clepsydra.ledger import absences
from clepsydra.ledger.absences import AbsenceRow
from clepsydra.ledger.day import wording
from clepsydra.tui.keys.dispatch import ActionScreen


class AbsenceActions(ActionScreen):
    """Mixed into a screen on which absences are seen."""

    def edit_absence(self, row: AbsenceRow) -> None:
        """Ask for its times and its reason."""
        from clepsydra.tui.screens.absence_form import AbsenceForm, TypedAbsence

        def kept(typed: TypedAbsence) -> None:
            absences.edit(self.ledger, row.id, span=typed.span, reason=typed.reason, note=typed.note)

        self.ask(AbsenceForm(row, self.tr.t("Edit an absence")), kept)

    def remove_absence(self, row: AbsenceRow) -> None:
        """Take it out of the log."""
        absences.remove(self.ledger, row.id)
        reason = wording.reason(row.reason, self.tr)
        self.say(self.tr.t("removed the absence ({reason}); undo brings it back", reason=reason))
        self.changed()
