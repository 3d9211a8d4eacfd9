"""The forms of what is dated in a client's file: the agreement and the rounding rule, each from a day on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from clepsydra.domain.agreement import KINDS, ContractKind
from clepsydra.domain.rounding import EXACT, MODELS, GroupScope, RoundingRule
from clepsydra.domain.session import Channel
from clepsydra.language import formats, rounding_sentence, typed, words
from clepsydra.language.typed.days import parse_day_ahead
from clepsydra.settings import times, values
from clepsydra.settings.problems import SettingsProblem
from clepsydra.tui.new_client import example_of
from clepsydra.tui.present import dated_terms as dated
from clepsydra.tui.present.client import money_of
from clepsydra.tui.screens.field_form import FieldForm, FormField
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.text_line import PlainLine

Changes = dict[str, object]


class ClientFile(Protocol):
    """What the forms ask of the file they change."""

    def terms(self) -> dated.TermsTable:
        """Whose terms they are, as the file has them now."""

    def wrong(self, changes: Mapping[str, object]) -> tuple[SettingsProblem, ...]:
        """What stands against changes of the file."""


class _DatedForm(FieldForm[Changes]):
    """A form of what holds from a day on."""

    def __init__(self, title: str, file: ClientFile) -> None:
        super().__init__(title)
        self._terms, self._file = file.terms(), file

    def day(self, name: str) -> str:
        """A day as the file has it, of what people type for one; what is none stays, for the file to refuse."""
        text, ledger = self.text(name), self.tui.ledger
        if not text:
            return ""
        try:
            if name == "ends":
                return str(parse_day_ahead(text, ledger.now, ledger.zone))
            return str(dated.nearest_day(text, ledger.now, ledger.zone, ledger.today))
        except typed.NotUnderstood:
            return text

    def said_day(self, written: date | str) -> str:
        """A day of the file as people type one; what is none stays."""
        try:
            return formats.date(date.fromisoformat(str(written)), self.tui.tr.lang, "short")
        except ValueError:
            return str(written)


class ContractForm(_DatedForm):
    """How the work is paid, changed or agreed anew; what is wrong is said while it is typed."""

    def fields(self) -> list[FormField]:
        """The keys that most agreements have."""
        tr, now = self.tui.tr, dated.contract_now(self._terms.written)
        kinds = [(kind.value, words.contract(kind, tr)) for kind in ContractKind]
        since = now["since"] if now["kind"] else str(self.tui.ledger.today.replace(day=1))
        return [
            ("kind", tr.t("Agreement"), Choice(kinds, now["kind"] or None)),
            ("since", tr.t("Holds from"), PlainLine(self.said_day(since), compact=True)),
            ("fee", tr.t("Fee"), PlainLine(now["fee"], compact=True)),
            ("hours", tr.t("Hours"), PlainLine(now["hours"], compact=True)),
            ("overage", tr.t("An hour beyond"), PlainLine(now["overage"], compact=True)),
            ("cap", tr.t("At most"), PlainLine(now["cap"], compact=True)),
            ("ends", tr.t("Until"), PlainLine(self.said_day(now["ends"]), compact=True)),
        ]

    def problems(self) -> dict[str, str]:
        """What the file would have against it, at the field it is about."""
        found: dict[str, str] = {}
        names = {**dated.CONTRACT_KEYS, "budget": "hours"}
        for problem in self._file.wrong(self.result()):
            found.setdefault(names.get(problem.key.rpartition(".")[2], "kind"), problem.sentence(self.tui.tr))
        return found

    def hint(self, field: str) -> str:
        """What each is for, and what becomes of the agreement there is."""
        tr = self.tui.tr
        kind = ContractKind(self.chosen("kind"))
        return {
            "kind": words.contract_hint(kind, tr),
            "since": dated.contract_effect(self._terms.written, self.day("since"), tr),
            "fee": tr.t("before tax"),
            "hours": tr.t("agreed for the fee, such as 20h; what goes beyond is shown"),
            "overage": tr.t("what an hour beyond costs; empty: the usual rate") if KINDS[kind].periodic else "",
            "cap": tr.t("a ceiling for work paid by the hour") if not KINDS[kind].fee else "",
            "ends": tr.t("its last day; empty: it goes on"),
        }.get(field, "")

    def result(self) -> Changes:
        """What is to be written."""
        said = {name: self.text(name) for name in ("fee", "hours", "overage", "cap")}
        days = {name: self.day(name) for name in ("since", "ends")}
        return dated.contract_changes(self._terms.written, {"kind": self.chosen("kind"), **said, **days})


class ChannelRatesForm(_DatedForm):
    """What an hour of each channel costs from a day on; an empty line is the usual rate."""

    def fields(self) -> list[FormField]:
        """A line for each channel, and the day."""
        tr, today = self.tui.tr, self.tui.ledger.today
        now = dated.channel_rates_now(self._terms, today)
        return [
            *(
                (channel.value, formats.sentence(words.channel(channel, tr)),
                 PlainLine(now.get(channel.value, ""), compact=True))
                for channel in Channel
            ),
            ("since", tr.t("Holds from"), PlainLine(self.said_day(today), compact=True)),
        ]  # fmt: skip

    def problems(self) -> dict[str, str]:
        """What cannot be read as an amount, and what the file would have against it."""
        tr, found = self.tui.tr, {}
        for channel in Channel:
            try:
                self._amount(channel)
            except typed.NotUnderstood as wrong:
                found[channel.value] = wrong.text(tr)
        if not found:
            for problem in self._file.wrong(self.result()):
                key = problem.key.rpartition(".")[2]
                found.setdefault(key if key in set(Channel) else "since", problem.sentence(tr))
        return found

    def hint(self, field: str) -> str:
        """What an hour of the channel costs, or from when."""
        tr, client = self.tui.tr, self._terms.client
        if field == "since":
            return tr.t("from that day on; work before keeps its rate")
        if field not in set(Channel):
            return ""
        amount = self._amount(Channel(field))
        if amount is None:
            rate = client.rate_on(self._terms.project, self.tui.ledger.today)
            usual = money_of(rate.hourly if rate else Decimal(0), client.currency, tr)
            return tr.t("an hour of it; empty: the usual rate, {amount}", amount=usual)
        return tr.t("{amount} an hour", amount=money_of(amount, client.currency, tr))

    def _amount(self, channel: Channel) -> Decimal | None:
        text, currency = self.text(channel.value), self._terms.client.currency
        return dated.amount_of(text, currency, self.tui.tr.lang) if text else None

    def result(self) -> Changes:
        """What is to be written."""
        amounts = {each.value: self._amount(each) for each in Channel}
        typed_in = {channel: f"{amount:f}" if amount is not None else "" for channel, amount in amounts.items()}
        return dated.channel_changes(self._terms, typed_in, dated.day_of(self.day("since")))


class RoundingForm(_DatedForm):
    """How time is rounded from a day on, said as the sentence that stands on statements while it is typed."""

    def fields(self) -> list[FormField]:
        """The rule of today's work, to be changed; a model the form does not offer stays to choose where it holds."""
        tr, today = self.tui.tr, self.tui.ledger.today
        rule = self._terms.client.rule(self._terms.project, Channel.WORK, today)
        now = dated.rounding_now(rule)
        offered = dict.fromkeys((*rounding_sentence.MODELS, rule.model))
        models = [(model, rounding_sentence.model_word(rule, model, tr)) for model in offered]
        groups = [(scope, rounding_sentence.group_word(scope, tr)) for scope in GroupScope]
        return [
            ("model", tr.t("Rounding"), Choice(models, rule.model)),
            ("step", tr.t("Step"), PlainLine(now["step"] or "15m", compact=True)),
            ("minimum", tr.t("At least"), PlainLine(now["minimum"], compact=True)),
            ("scope", tr.t("Together"), Choice(groups, rule.scope)),
            ("since", tr.t("Holds from"), PlainLine(self.said_day(today), compact=True)),
        ]

    def problems(self) -> dict[str, str]:
        """What the file would have against it, at the field it is about."""
        found: dict[str, str] = {}
        for problem in self._file.wrong(self.result()):
            key = problem.key.rpartition(".")[2]
            field = "since" if key == "from" else key if key in dated.ROUNDING_FIELDS else "model"
            found.setdefault(field, problem.sentence(self.tui.tr))
        return found

    def hint(self, field: str) -> str:
        """The rule as a sentence, or from when it holds."""
        tr = self.tui.tr
        if field == "since":
            return tr.t("from that day on; work before keeps its rule")
        if MODELS[self.chosen("model")].keys - {"step", "tie"}:
            return tr.t("its other figures stay as they are in the file")
        rule = self._rule()
        return f"{rounding_sentence.sentence(rule, tr)} · {example_of(rule, tr)}" if rule else ""

    def _rule(self) -> RoundingRule | None:
        """The rule the fields say; None while a length in them is none."""
        model, minimum = self.chosen("model"), self.text("minimum")
        try:
            step = times.step(self.text("step")) if "step" in MODELS[model].keys else EXACT.step
            least = times.duration(minimum) if minimum else None
        except values.Wrong:
            return None
        return RoundingRule(model, step=step, minimum=least, scope=self.chosen("scope"))

    def result(self) -> Changes:
        """What is to be written."""
        said = {name: self.text(name) for name in ("step", "minimum")}
        chosen = {name: self.chosen(name).value for name in ("model", "scope")}
        return dated.rounding_changes(self._terms, {**chosen, **said, "since": self.day("since")})
