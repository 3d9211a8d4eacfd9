"""What is said of entries that are no sessions."""

from clepsydra.exchange.doors.shape import ProblemCause
from clepsydra.language.translator import Translator, mark_p

_WHY = {
    ProblemCause.RUNNING: mark_p("left out", "still running there"),
    ProblemCause.ABSENCE: mark_p("left out", "breaks and absences"),
    ProblemCause.DELETED: mark_p("left out", "deleted there"),
    ProblemCause.OTHER_PERSON: mark_p("left out", "the work of others"),
    ProblemCause.NOT_TIME: mark_p("left out", "not time: expenses, sums, adjustments"),
    ProblemCause.WATCHED: mark_p("left out", "what a program saw, which is no work by itself"),
    ProblemCause.PLAN: mark_p("left out", "plans; --as sessions takes past ones for work"),
    ProblemCause.ARCHIVED: mark_p("left out", "archived; --archived takes them"),
}


def left_out(why: ProblemCause, tr: Translator) -> str:
    """Why entries were left out, in words."""
    return tr.p(*_WHY[why])
