"""What is said of entries that are no sessions."""

from clepsydra.exchange.doors.shape import Why
from clepsydra.language.translator import Translator, mark_p

_WHY = {
    Why.RUNNING: mark_p("left out", "still running there"),
    Why.ABSENCE: mark_p("left out", "breaks and absences"),
    Why.DELETED: mark_p("left out", "deleted there"),
    Why.OTHER_PERSON: mark_p("left out", "the work of others"),
    Why.NOT_TIME: mark_p("left out", "not time: expenses, sums, adjustments"),
    Why.WATCHED: mark_p("left out", "what a program saw, which is no work by itself"),
    Why.PLAN: mark_p("left out", "plans; --as sessions takes past ones for work"),
    Why.ARCHIVED: mark_p("left out", "archived; --archived takes them"),
}


def left_out(why: Why, tr: Translator) -> str:
    """Why entries were left out, in words."""
    return tr.p(*_WHY[why])
