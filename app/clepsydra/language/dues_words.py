"""What money wants done, in words."""

from datetime import date

from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark_p

KINDS = {
    "reminder": mark_p("dues", "to remind"),
    "drafted": mark_p("dues", "letter drafted: was it sent?"),
    "promise": mark_p("dues", "promise not kept"),
    "send": mark_p("dues", "invoice to send"),
    "draft": mark_p("dues", "draft left lying"),
    "late_billing": mark_p("dues", "work not billed"),
    "deliverable": mark_p("dues", "accepted, not invoiced"),
    "expense": mark_p("dues", "expense not passed on"),
    "deferred": mark_p("dues", "put off until"),
}


def kind(word: str, tr: Translator) -> str:
    """What is to be done."""
    return tr.p(*KINDS[word])


def when(word: str, day: date, days: int, usual_day: int | None, detail: str, tr: Translator) -> str:
    """Since when, or until when, and what else is known of it."""
    shown = formats.date(day, tr.lang, "day")
    if word == "deferred":
        parts = [shown, detail]
    elif word == "late_billing":
        since = tr.n("{count} day after {day}", "{count} days after {day}", days, day=shown)
        usual = tr.t("usually billed on day {day} of the month", day=usual_day) if usual_day else ""
        parts = [since, usual]
    elif days < 0:
        parts = [shown, detail]
    else:
        ago = tr.n("{count} day", "{count} days", days) if days else tr.t("today")
        parts = [f"{shown} ({ago})", detail]
    return " · ".join(part for part in parts if part)
