"""What a key does to an open item: the answers of the reconciliation screen, each settled in one change."""

from collections.abc import Callable

from clepsydra.domain.civil import wall
from clepsydra.domain.session import DEFAULT_PROJECT, OWN, Channel, Decision, Scope
from clepsydra.language import formats, typed
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.day import wording
from clepsydra.ledger.day.answers import DayAnswer, Item, ItemKind, Verb, absent, worked
from clepsydra.ledger.day.slices import sliced
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.evidence.placing import CHANNELS
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.tui.actions import agreed_time_prompt
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present.day_choices import DayChoice

_AT_ONCE = {
    DayChoice.KEEP: DayAnswer(Verb.KEEP),
    DayChoice.UNKNOWN: DayAnswer(Verb.UNKNOWN),
    DayChoice.PERSONAL: DayAnswer(Verb.PERSONAL),
    DayChoice.IGNORE: DayAnswer(Verb.IGNORE),
    DayChoice.TAKE: DayAnswer(Verb.TAKE),
    DayChoice.CUT_FIRST: DayAnswer(Verb.CUT_FIRST),
    DayChoice.CUT_SECOND: DayAnswer(Verb.CUT_SECOND),
    DayChoice.END: DayAnswer(Verb.END),
    DayChoice.SPLIT: DayAnswer(Verb.SPLIT),
    DayChoice.DISCARD: DayAnswer(Verb.DISCARD),
    DayChoice.SCOPE_IN: DayAnswer(Verb.SCOPE),
    DayChoice.SCOPE_OUT: DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=Decision.PENDING),
    DayChoice.BILL: DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=Decision.BILL),
    DayChoice.ABSORB: DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=Decision.ABSORB),
}
"""Answers that need nothing more than their key."""


class DayActions(ActionScreen):
    """Mixed into the screen of a day."""

    def answer(self, item: Item, choice: DayChoice) -> None:
        """Do what the key of a choice stands for; what needs more asks for it first."""
        if choice in _AT_ONCE:
            self.settle(item, _AT_ONCE[choice])
        else:
            self._asked(choice)(item)

    def _asked(self, choice: DayChoice) -> Callable[[Item], None]:
        return {
            DayChoice.CLIENT: lambda item: self._ask_client(item, self._usual_channel(item)),
            DayChoice.TRAVEL: lambda item: self._ask_client(item, Channel.TRAVEL),
            DayChoice.PREP: lambda item: self._ask_client(item, Channel.PREP),
            DayChoice.ADMIN: lambda item: self.settle(item, worked(item.span, Work(OWN, channel=Channel.ADMIN))),
            DayChoice.BREAK: lambda item: self.settle(item, absent(item.span, AbsenceReason.BREAK)),
            DayChoice.AWAY: self._ask_reason,
            DayChoice.SLICES: self._ask_slices,
            DayChoice.END_AT: self._ask_end,
            DayChoice.NOTE: self._ask_note,
            DayChoice.AGREE: self._ask_total,
            DayChoice.TICKS: self._ask_ticks,
        }[choice]

    def settle(self, item: Item, answer: DayAnswer) -> None:
        """Settle an item and show the day anew."""
        solve(self.ledger, item, answer)
        self.changed()

    def settle_for(self, item: Item, place: str, channel: Channel | None = None) -> None:
        """A gap or a call was work for a client, or a project of one."""
        slug, _, project = place.partition("/")
        work = Work(slug, project or DEFAULT_PROJECT, channel=channel or self._usual_channel(item))
        self.settle(item, worked(item.span, work))

    def _usual_channel(self, item: Item) -> Channel:
        if item.kind is ItemKind.WAITING:
            return CHANNELS[item.happened[0].kind]
        return Channel.CALL if item.kind is ItemKind.CALL else Channel.WORK

    # -- what needs a word more

    def _ask_ticks(self, item: Item) -> None:
        """Each of what rules took with its tick; what is unticked is refused, and remembered."""
        from clepsydra.tui.screens.rule_ticks import RuleTicks

        rows = wording.ticks(self.ledger, item, self.tr)
        dialog = RuleTicks(rows, self.tr)
        self.ask(dialog, lambda leaving: self.settle(item, DayAnswer(Verb.KEEP, leaving=tuple(leaving))))

    def _ask_client(self, item: Item, channel: Channel) -> None:
        picker = place_picker(self.tui, self.tr.t("For whom?"))
        self.ask(picker, lambda place: self.settle_for(item, place, channel))

    def _ask_reason(self, item: Item) -> None:
        hint = self.tr.t("what was it? lunch, school, doctor…")
        self.ask(
            Prompt(self.tr.t("Away"), hint),
            lambda text: self.settle(item, absent(item.span, text.strip() or AbsenceReason.AWAY)),
        )

    def _ask_slices(self, item: Item) -> None:
        words = {reason.value: wording.reason(reason, self.tr) for reason in AbsenceReason}

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return False, ""
            try:
                answer = sliced(self.ledger, item.span, text, words)
            except Refused as refusal:
                return False, refusal.message.said(self.tr)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)
            return True, wording.answer(self.ledger, item, answer, self.tr)

        hint = self.tr.t("in order, the last one takes the rest: acme 20m, break 10m, brel")
        self.ask(
            Prompt(self.tr.t("Several in a row"), hint, check=check),
            lambda text: self.settle(item, sliced(self.ledger, item.span, text, words)),
        )

    def _ask_end(self, item: Item) -> None:
        ledger, settings = self.ledger, self.ledger.settings
        session = item.sessions[0]

        def instant(text: str) -> int:
            return typed.parse_end(
                text, session.started_at, ledger.now, settings.time_zone, settings.day_starts_at
            ).instant

        def check(text: str) -> tuple[bool, str]:
            try:
                end = instant(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)
            if end > ledger.now:
                return False, self.tr.t("that lies ahead")
            if end < session.started_at:
                return False, self.tr.t("that is before it began")
            length = formats.duration(end - session.started_at, self.tr.lang)
            return True, self.tr.t("it lasted {length}", length=length)

        begin = formats.clock(wall(session.started_at, settings.time_zone))
        self.ask(
            Prompt(self.tr.t("It ended at"), self.tr.t("it began at {time}", time=begin), check=check),
            lambda text: self.settle(item, DayAnswer(Verb.END, at=instant(text))),
        )

    def _ask_note(self, item: Item) -> None:
        suggested = item.suggestion.answer.text if item.suggestion else ""
        self.ask(
            Prompt(self.tr.t("Note"), wording.about(self.ledger, item, self.tr), suggested, _not_empty),
            lambda text: self.settle(item, DayAnswer(Verb.NOTE, text=text)),
        )

    def _ask_total(self, item: Item) -> None:
        about = f"{wording.about(self.ledger, item, self.tr)} · {wording.span(self.ledger, item)}"
        self.ask(
            agreed_time_prompt.prompt(self.ledger, item.groups, about, self.tr),
            lambda text: self.settle(item, _agreed(agreed_time_prompt.seconds(text))),
        )


def _agreed(seconds: int | None) -> DayAnswer:
    """A typed total; without one the rule's own result stands."""
    return DayAnswer(Verb.KEEP) if seconds is None else DayAnswer(Verb.AGREE, seconds=seconds)


def _not_empty(text: str) -> tuple[bool, str]:
    return bool(text.strip()), ""
