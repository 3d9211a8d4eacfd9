"""What rules may take at once is taken, each told with a toast.

A rule that nobody has seen at work is not let to: what it would have done is shown first, once, and a person says so.
"""

from datetime import timedelta

from textual.screen import ModalScreen

from clepsydra.domain.evidence_rules import EvidenceRule
from clepsydra.domain.interval import Interval
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.language import formats
from clepsydra.ledger.evidence import rule_words, seen_trials
from clepsydra.ledger.evidence.automatic import RuleTaken, take_now
from clepsydra.ledger.evidence.gathering import happened_on, look
from clepsydra.ledger.evidence.trial import PAST, try_rules
from clepsydra.ledger.names import place
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Answer, Question


class RulesAtOnce:
    """Lets rules with `take = "now"` act while the app is open."""

    def __init__(self, tui: BaseApp) -> None:
        self._tui = tui
        self._looking = False
        self._asked: set[str] = set()

    def look(self) -> None:
        """Read the day's files in a thread, then take; the past ones too where a dry run is to be shown."""
        if self._looking:
            return
        ledger = self._tui.ledger
        unseen = [each for each in seen_trials.untried(ledger) if each[1].text not in self._asked]
        settings, span = ledger.settings, self._past() if unseen else ledger.own_bounds(ledger.today)

        def read() -> None:
            try:
                told = look(settings, span)
            finally:
                self._looking = False
            self._tui.call_later(self._told, told, unseen)

        self._looking = True
        self._tui.run_worker(read, thread=True, group="rules", exit_on_error=False)

    def _past(self) -> Interval:
        ledger = self._tui.ledger
        return ledger.own_bounds(ledger.today - timedelta(days=PAST - 1), ledger.today)

    def _told(self, told: HappeningsFound, unseen: list[tuple[str, EvidenceRule]]) -> None:
        with self._tui.telling():
            if unseen and not isinstance(self._tui.screen, ModalScreen):
                self._ask(told, unseen)
                return
            ledger = self._tui.ledger
            done = take_now(ledger, happened_on(ledger, ledger.today, told).items)
            for each in done:
                self._tui.tell(self._words(each), seconds=8)
            if done:
                self._tui.changed()

    def _words(self, taken: RuleTaken) -> str:
        tr, found = self._tui.tr, taken.found
        length = sum(session.exact_seconds(self._tui.ledger.now) for session in taken.sessions)
        return tr.t(
            "taken by {rule}: {what}, {time}; {press[history.undo]} takes it back",
            rule=rule_words.called(found.ruling.client or "", found.rule, tr) if found.rule else "",
            what=rule_words.in_short(self._tui.ledger, found.item, tr),
            time=formats.duration(length, tr.lang),
        )

    def _ask(self, told: HappeningsFound, unseen: list[tuple[str, EvidenceRule]]) -> None:
        """What the rules would have done over the past days, once; who does not agree is asked at the next start."""
        self._asked |= {rule.text for _, rule in unseen}
        tr, ledger = self._tui.tr, self._tui.ledger
        trial = try_rules(ledger, ledger.today - timedelta(days=PAST - 1), ledger.today, told=told)
        lines = []
        for each in trial.rules:
            if (each.client, each.rule) in unseen:
                amount = formats.money(each.minor, each.currency, tr.lang)
                time = formats.duration(each.seconds, tr.lang)
                rule = rule_words.called(each.client, each.rule, tr)
                lines.append(tr.t(
                    "{name}, {rule}: over the past 30 days it would have taken {count}, {time}, {amount}; as you did "
                    "{agreed}, otherwise {differed}.",
                    name=place(ledger, each.client, "default", tr), rule=rule, count=each.takes, time=time,
                    amount=amount, agreed=each.agreed, differed=each.differed,
                ))  # fmt: skip
        answers = (
            Answer("y", "now", tr.t("yes: take at once from now on, each told and undone by {press[history.undo]}")),
            Answer("esc", "", tr.t("not now: they stay questions")),
        )

        def answered(answer: str | None) -> None:
            if answer == "now":
                with self._tui.telling():
                    seen_trials.agree(ledger, unseen)
                    self.look()

        self._tui.push_screen(Question(tr.t("Rules that take at once"), "\n".join(lines), answers), answered)
