"""Where an agreement is heading, in a few words: when its hours run out, what a fixed fee will have cost."""

from clepsydra.domain.money import exact_minor
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.insights.scope import AgreementStanding


def end_words(standing: AgreementStanding, tr: Translator) -> str:
    """When the hours run out, as an honest range."""
    end = standing.end
    if standing.state.available is None:
        return ""
    if end is None:
        return tr.t("not enough data")
    if standing.state.over:
        return tr.t("used up")
    first, last = formats.date(end.earliest, tr.lang, "day"), end.latest
    if last is None:
        return tr.t("from {day} on", day=first)
    return tr.t("{first} to {last}", first=first, last=formats.date(last, tr.lang, "day"))


def value_words(standing: AgreementStanding, tr: Translator) -> str:
    """The earned value of a fixed fee in a few words, with a label where it is too early to mean much."""
    value = standing.value
    if value is None:
        return ""
    parts = []
    if value.at_completion is not None:
        parts.append(tr.t("{time} at the end", time=formats.duration(value.at_completion, tr.lang)))
    if value.cpi is not None:
        parts.append(f"CPI {formats.number(value.cpi, tr.lang, 2)}")
    if value.rate is not None:
        currency = standing.client.currency
        parts.append(formats.hourly_rate(exact_minor(value.rate, currency), currency, tr.lang))
    if value.early:
        parts.append(tr.t("early"))
    if value.estimate is not None:
        own, over = formats.duration(value.estimate, tr.lang), formats.duration(value.beyond, tr.lang)
        if value.beyond:
            parts.append(tr.t("your estimate {time}, {over} over", time=own, over=over))
        else:
            parts.append(tr.t("your estimate {time}", time=own))
    return " · ".join(parts)
