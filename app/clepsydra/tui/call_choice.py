"""Which evidence calls are noticed by: asked once at the first run, and from the palette whenever it should change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from clepsydra.language.translator import Translator
from clepsydra.settings.edit import Refused, edit_settings
from clepsydra.settings.model import Evidence
from clepsydra.tui.dialogs import Answer, Question

if TYPE_CHECKING:
    from clepsydra.tui.app import Clepsydra


def evidence_question(tr: Translator, now: str = "") -> Question:
    """The question, with what each answer means; its answer is a value of `Evidence`. `now` is the one in force."""
    sign = {now: " ←"}
    answers = (
        Answer("p", Evidence.STREAMS,
               tr.t("by programs: the sound system says which program holds the microphone; ours stays closed")),
        Answer("r", Evidence.ROOM,
               tr.t("also in the room: the microphone is open, for desk phones and speakerphones; a sign shows it")),
        Answer("o", Evidence.OFF, tr.t("not at all: calls are begun and ended by hand, with c")),
    )  # fmt: skip
    return Question(
        tr.t("How are calls noticed?"),
        tr.t("Calls wait for you with their length and price, and none is billed by itself. "
             "No sound is ever written, sent or kept: in the room, at most a second of it stays in memory."),
        [answer._replace(words=answer.words + sign.get(answer.value, "")) for answer in answers],
    )  # fmt: skip


def ask_evidence(tui: "Clepsydra", then: Callable[[], object] = lambda: None) -> None:
    """Ask, and write the answer into the settings; escape leaves them as they are. `then` is called either way."""

    def answered(answer: str | None) -> None:
        if answer:
            try:
                with tui.telling():
                    edit_settings(tui.home, {"calls.evidence": str(answer)})
                    tui.reload_files()
            except Refused as refused:
                tui.notify(refused.problems[0].text(tui.tr), severity="error", markup=False)
        then()

    tui.push_screen(evidence_question(tui.tr, str(tui.ledger.settings.calls.evidence)), answered)
