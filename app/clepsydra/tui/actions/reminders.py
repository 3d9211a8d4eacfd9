"""What a client said of a debt, typed on any screen that shows debts: promised for a day, disputed, or taken back."""

from datetime import date

from clepsydra.language import formats, typed
from clepsydra.language.typed.days import parse_day_ahead
from clepsydra.ledger.chasing import acting
from clepsydra.ledger.chasing.reading import events_of
from clepsydra.ledger.receivables import owing
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.keys.dispatch import ActionScreen


class ChaseActions(ActionScreen):
    """Mixed into screens that show debts."""

    def ask_promise(self, number: str) -> None:
        """Type the day for which a debt was promised; an empty line takes a promise back."""
        tr, settings = self.tr, self.ledger.settings
        debt = owing.debt(self.ledger, number)
        events = events_of(self.ledger).get(debt.client)
        before = events.promised.get(debt.id) if events else None

        def day(text: str) -> date:
            return parse_day_ahead(text, self.ledger.now, settings.time_zone, settings.day_starts_at)

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return before is not None, tr.t("the promise is taken back") if before else ""
            try:
                return True, formats.date(day(text), tr.lang, "full")
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)

        def promised(text: str) -> None:
            if text.strip():
                acting.promise(self.ledger, number, day(text))
                self.say(tr.t("{number}: nobody is reminded until two days after that day", number=number))
            else:
                acting.end_promise(self.ledger, number)

        value = formats.date(before, tr.lang, "short") if before else ""
        hint = tr.t("the promised day, such as friday or 15/12; empty takes it back")
        self.ask(Prompt(tr.t("{number} is promised for", number=number), hint, value, check), promised)

    def ask_dispute(self, number: str) -> None:
        """Type why a debt is disputed; an empty line says that this is over."""
        tr, debt = self.tr, owing.debt(self.ledger, number)
        events = events_of(self.ledger).get(debt.client)
        before = events is not None and debt.id in events.disputed

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return before, tr.t("the dispute is over") if before else tr.t("a reason is needed")
            return True, ""

        def disputed(text: str) -> None:
            if text.strip():
                acting.dispute(self.ledger, number, text)
            else:
                acting.end_dispute(self.ledger, number)

        hint = tr.t("what the client says; empty once it is over")
        self.ask(Prompt(tr.t("{number} is disputed", number=number), hint, "", check), disputed)
