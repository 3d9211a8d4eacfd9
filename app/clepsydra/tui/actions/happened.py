"""What can be done to something that happened and is no call of the inbox: take it, leave it, make a rule of it."""

from clepsydra.domain.evidence_rules import Puzzle
from clepsydra.language import formats, typed
from clepsydra.language.sources import source_names
from clepsydra.language.translator import Translator
from clepsydra.ledger.evidence import automatic, deciding, explaining, making, rule_words, wording
from clepsydra.ledger.evidence.model import HappenedState
from clepsydra.ledger.evidence.ruling import Ruled, why_asked
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.settings.edit import EditRefused
from clepsydra.settings.rule_edit import add_rule, rule_text
from clepsydra.tui.actions.calls import CallActions, work_of
from clepsydra.tui.dialogs import Answer, Prompt, Question
from clepsydra.tui.present.happened_rows import HappenedRow


class HappenedActions(CallActions):
    """Mixed into the screen of what happened, which says what is meant (`target`) and shows it anew."""

    def target(self) -> HappenedRow | None:
        """The row under the cursor."""
        raise NotImplementedError

    def everything(self) -> list[Ruled]:
        """All that is shown, as rules see it."""
        raise NotImplementedError

    def chosen(self) -> Ruled:
        """What is meant; raises `Refused` where nothing single is."""
        seen = self.target()
        found = seen.found if seen else None
        if found is None:
            raise Refused("choose one thing that happened; space opens what is folded")
        return found

    # -- taking and leaving

    def take_found(self, found: Ruled) -> None:
        """It is whose it seems to be, as its rule says further; where that is not known it is asked."""
        place = found.ruling.client
        owner = found.item.owner.place
        if place is None and owner is None:
            self.ask_whose(found)
            return
        self.take_as(found, automatic.work_said(found, place or (owner[0] if owner else "")))

    def take_as(self, found: Ruled, work: Work, seconds: int | None = None) -> None:
        """Make it a client's time, and say so."""
        then = found.rule.then if found.rule else None
        made = deciding.take(
            self.ledger, found.item, work, seconds=seconds, channel=then.channel if then else None,
            write_off=then.give if then else "",
        )  # fmt: skip
        length = formats.duration(sum(each.exact_seconds(self.ledger.now) for each in made), self.tr.lang)
        name = self.names.place(work.client, work.project)
        self.say(self.tr.t("taken for {client}: {length}", client=name, length=length))
        self.changed()

    def take_group(self, group: tuple[Ruled, ...]) -> None:
        """All that is open of a folded row, as one change; what other work holds stays.

        Raises `Refused` when nothing of it can be taken.
        """
        count = 0
        with self.ledger.change("taken as it happened: {client}", client=self._places(group)):
            for found in group:
                client = found.ruling.client
                if found.open and client and found.item.placement.free_seconds:
                    deciding.take(self.ledger, found.item, automatic.work_said(found, client))
                    count += 1
            if not count:
                raise Refused("nothing of that can be taken: other work holds its time")
        self.say(self.tr.n("taken: {count}", "taken: {count}", count))
        self.changed()

    def _places(self, group: tuple[Ruled, ...]) -> str:
        return ", ".join(dict.fromkeys(each.ruling.client for each in group if each.ruling.client))

    def ask_whose(self, found: Ruled) -> None:
        """Pick whose it is."""
        through = wording.through(found.item, self.tr)
        title = self.tr.t("Whose is it? ({kind})", kind=through)
        self.ask(self._picker(title), lambda place: self.take_as(found, work_of(place)))

    def leave_found(self, found: Ruled) -> None:
        """It was no work."""
        deciding.leave(self.ledger, found.item)
        self.say(self.tr.t("no work: it is not asked about again; undo brings it back"))
        self.changed()

    def ask_minutes(self, found: Ruled) -> None:
        """Say how long it took, then take it."""
        usual = found.item.suggested_seconds
        shown = formats.duration(usual, self.tr.lang) if usual else ""

        def check(text: str) -> tuple[bool, str]:
            try:
                return True, formats.duration(typed.parse_duration(text), self.tr.lang)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)

        def take(text: str) -> None:
            seconds = typed.parse_duration(text)
            client = found.ruling.client or next(iter(dict(found.item.owner.places)), "")
            if client:
                self.take_as(found, automatic.work_said(found, client), seconds)
            else:
                picker = self._picker(self.tr.t("Whose is it? ({kind})", kind=wording.through(found.item, self.tr)))
                self.ask(picker, lambda place: self.take_as(found, work_of(place), seconds))

        hint = self.tr.t("how long it took; usually {length}", length=shown) if shown else self.tr.t("how long it took")
        self.ask(Prompt(self.tr.t("How long?"), hint, "", check), take)

    # -- rules

    def do_happened_all(self) -> None:
        """Take all that rules are ready to take. Raises `Refused` when there is nothing."""
        items = [each.item for each in self.everything() if each.ready]
        with self.ledger.change("confirm what rules took"):
            done = automatic.take_all(self.ledger, items)
            if not done:
                raise Refused("no rule is ready to take anything")
        self.say(self.tr.n("taken: {count}", "taken: {count}", len(done)))
        self.changed()

    def do_happened_rule(self) -> None:
        """Make a rule: always so, from now on."""
        found = self.chosen()
        client = found.ruling.client or next(iter(dict(found.item.owner.places)), "")
        if client and found.ruling.client:
            self._ask_rule(found, client, found.project)
        else:
            self.ask(self._picker(self.tr.t("Whose file gets the rule?")), lambda place: self._rule_for(found, place))

    def _rule_for(self, found: Ruled, place: str) -> None:
        work = work_of(place)
        self._ask_rule(found, work.client, work.project)

    def _ask_rule(self, found: Ruled, client: str, project: str) -> None:
        """Show the rule and what it would have done, then write it."""
        tr, ledger = self.tr, self.ledger
        entry = making.entry_of(ledger, found, client, project)
        trial = making.tried_with(ledger, client, entry, ledger.today)
        last = max(trial.rules, key=lambda each: (each.client == client, each.rule.number))
        sums = tr.t(
            "Over the past 30 days it would have taken {count}, {time}, {amount}; as you did {agreed}, otherwise "
            "{differed}; asked {asked}; decided by an earlier rule {hidden}.",
            count=last.takes, time=formats.duration(last.seconds, tr.lang),
            amount=formats.money(last.minor, last.currency, tr.lang), agreed=last.agreed, differed=last.differed,
            asked=last.asked, hidden=last.hidden,
        )  # fmt: skip
        file = f"clients/{client}.toml"
        question = Question(
            tr.t("A rule at the end of {file}", file=file),
            f"{rule_text(entry)}\n{sums}",
            (
                Answer("y", "write", tr.t("write it: evidence of that kind is ticked in advance, one look at the day’s "
                                          "close confirms")),
                Answer("esc", "", tr.t("not now")),
            ),
        )  # fmt: skip
        self.ask(question, lambda answer: self._write_rule(client, entry) if answer == "write" else None)

    def _write_rule(self, client: str, entry: making.Entry) -> None:
        try:
            add_rule(self.tui.home, client, entry)
        except EditRefused as refused:
            self.say(refused.problems[0].text(self.tr), "error")
            return
        self.tui.reload_files()
        self.say(self.tr.t("the rule stands at the end of clients/{client}.toml", client=client))
        self.changed()

    def do_happened_why(self) -> None:
        """Show why it is what it is. Raises `Refused` on a folded row."""
        seen = self.target()
        found = seen.found if seen else None
        if found is None:
            raise Refused("choose one thing that happened; space opens what is folded")
        trace = explaining.trace(self.ledger, self.tui.home.client_file, found.item.id)
        back = Answer("esc", "", self.tr.t("back"))
        self.ask(Question(self.tr.t("Why"), "\n".join(self._traced(trace)), (back,)), lambda _: None)

    def _traced(self, trace: explaining.Trace) -> list[str]:
        tr, found = self.tr, trace.found
        assert found is not None
        item = found.item
        lines = [_named(tr.t("evidence"), source_names(item.merged.sources, tr), tr)]
        names = "/".join(self.names.place(client, project) for client, project in item.owner.places)
        at = f" ({trace.contact[0].name}:{trace.contact[1]})" if trace.contact else ""
        lines.append(_named(tr.t("whose"), f"{names or '?'}{at}", tr))
        rule = ", ".join(rule_words.called(client, each, tr) for client, each in found.ruling.fitting)
        place = f" ({trace.rule[0].name}:{trace.rule[1]})" if trace.rule else ""
        lines.append(_named(tr.t("rule"), f"{(trace.kept_rule or rule) or tr.t('none fits')}{place}", tr))
        state = wording.state(item.state, tr)
        # that no rule fits stands in the line of the rule
        asked = [why for why in why_asked(found) if why is not Puzzle.NO_RULE] if found.open else []
        reasons = [rule_words.reason(why, tr) for why in asked]
        lines.append(_named(tr.t("state"), " · ".join([state, *reasons]), tr))
        if item.state is HappenedState.TAKEN:
            lines += [
                _named(tr.t("session"), f"{each.session[-6:]} · {formats.timer(each.exact_seconds)}", tr)
                for each in trace.billed
            ]
        return lines


def _named(name: str, about: str, tr: Translator) -> str:
    """Something with its name before it."""
    return tr.t("{reason}: {about}", reason=name, about=about)
