"""The words of the leak report: its classes, and the sentence that says where most is lost and what wins it back."""

from clepsydra.domain.leaks import LeakClass
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger.leaks.report import LeakReport, Remedy
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.names import place

_CLASSES = {
    LeakClass.CALLS: mark_p("leak", "calls"),
    LeakClass.MESSAGES: mark_p("leak", "messages"),
    LeakClass.SCOPE: mark_p("leak", "scope"),
    LeakClass.ROUNDING: mark_p("leak", "rounding"),
    LeakClass.CREDITS: mark_p("leak", "credit notes"),
    LeakClass.COLLECTION: mark_p("leak", "collection"),
    LeakClass.MEMORY: mark_p("leak", "memory"),
    LeakClass.DELAY: mark_p("leak", "delay"),
}


def leak(kind: LeakClass, tr: Translator) -> str:
    """The name of a class."""
    return tr.p(*_CLASSES[kind])


def explained(kind: LeakClass, tr: Translator) -> str:
    """What falls in a class."""
    return {
        LeakClass.CALLS: tr.t("calls nobody took or that were given away"),
        LeakClass.MESSAGES: tr.t("messages and quick fixes given free"),
        LeakClass.SCOPE: tr.t("work outside the agreement, or beyond its hours"),
        LeakClass.ROUNDING: tr.t("cut off by rounding or by hand"),
        LeakClass.CREDITS: tr.t("written off after billing, by credit notes"),
        LeakClass.COLLECTION: tr.t("billed and not collected: fees, discounts, bad debts"),
        LeakClass.MEMORY: tr.t("time nobody remembers; at risk what was logged late"),
        LeakClass.DELAY: tr.t("at risk: unbilled for long, or overdue"),
    }[kind]


def whose(ledger: Ledger, client: str, tr: Translator) -> str:
    """The client of a row."""
    return place(ledger, client, DEFAULT_PROJECT, tr) if client else tr.t("nobody’s")


def advice(ledger: Ledger, report: LeakReport, tr: Translator) -> str:
    """Where most is lost, and what single change would win most back, in one sentence."""
    perhaps = _perhaps(report, tr)
    if report.worst is None and report.remedy is None:
        return tr.t("Nothing was lost.") + (f" {perhaps}" if perhaps else "")
    parts = []
    if report.worst is not None:
        parts.append(
            tr.t(
                "Most is lost to {leak}: {time}, {money}",
                leak=leak(report.worst.kind, tr),
                time=formats.duration(report.worst.seconds, tr.lang),
                money=formats.money(report.worst.minor, report.worst.currency, tr.lang),
            )
        )
    if report.remedy is not None:
        parts.append(_remedy(ledger, report.remedy, tr))
    text = parts[0] if len(parts) == 1 else tr.t("{lost}; {remedy}", lost=parts[0], remedy=parts[1])
    return formats.sentence(text) + "." + (f" {perhaps}" if perhaps else "")


def _perhaps(report: LeakReport, tr: Translator) -> str:
    """What may have been lost: nobody said that it was work."""
    found = max(report.sums, key=lambda each: (each.up_to_minor, each.up_to_seconds), default=None)
    if found is None or not found.up_to_seconds:
        return ""
    time, money = (
        formats.duration(found.up_to_seconds, tr.lang),
        formats.money(found.up_to_minor, found.currency, tr.lang),
    )
    return tr.t("{time} is unexplained: up to {money}, if it was work.", time=time, money=money)


def _remedy(ledger: Ledger, remedy: Remedy, tr: Translator) -> str:
    client = whose(ledger, remedy.client, tr)
    money = formats.money(remedy.minor, remedy.currency, tr.lang)
    values = {"client": client, "money": money}
    return {
        LeakClass.CALLS: _of_calls(remedy, values, tr),
        LeakClass.MESSAGES: tr.t("billing the free messages of {client} would win back {money}", **values),
        LeakClass.SCOPE: tr.t("billing {client} what is outside the agreement would win back {money}", **values),
        LeakClass.ROUNDING: tr.t("billing {client} to the second would win back {money}", **values),
        LeakClass.MEMORY: tr.t("what was logged late is easily doubted: {money} of {client}", **values),
        LeakClass.DELAY: tr.t("sending or chasing the statement of {client} secures {money}", **values),
    }[remedy.kind]


def _of_calls(remedy: Remedy, values: dict[str, str], tr: Translator) -> str:
    """Billing the calls that nobody took, those that are a client's and were written off, or both."""
    if not remedy.has_sessions:
        return tr.t("billing the calls that went to nobody would win back {money}", **values)
    if not remedy.has_evidence:
        return tr.t("billing the calls of {client} that were written off would win back {money}", **values)
    return tr.t(
        "billing the calls of {client} that were written off, and those that went to nobody, would win back {money}",
        **values,
    )
