"""What a person chooses on a screen and the settings file keeps: how calls are noticed, the theme."""

from collections.abc import Callable, Iterable

from clepsydra.language.translator import Translator
from clepsydra.settings.edit import EditRefused, edit_settings
from clepsydra.settings.model import EvidenceSource
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Answer, Picker, Question
from clepsydra.tui.widgets.client_list import ClientRow


def evidence_question(tr: Translator, now: str = "") -> Question:
    """The question, with what each answer means; its answer is a value of `Evidence`. `now` is the one in force."""
    sign = {now: " ←"}
    answers = (
        Answer("p", EvidenceSource.STREAMS,
tr.t("by programs; our own microphone stays closed")),
        Answer("r", EvidenceSource.ROOM,
tr.t("also in the room; the microphone is open, with a sign")),
        Answer("o", EvidenceSource.OFF, tr.t("not at all; {press[call.hand]} begins and ends a call by hand")),
    )  # fmt: skip
    return Question(
        tr.t("How are calls noticed?"),
        tr.t("The sound system tells which program holds the microphone: that is enough for calls on this machine. "
             "Desk phones and speakerphones need an open microphone, which is asked only whether somebody speaks. "
             "No sound is ever written or sent, and at most a second of it is in memory."),
        [answer._replace(words=answer.words + sign.get(answer.value, "")) for answer in answers],
    )  # fmt: skip


def ask_evidence(tui: BaseApp, then: Callable[[], object] = lambda: None) -> None:
    """Ask, and write the answer into the settings; escape leaves them as they are. `then` is called either way."""

    def answered(answer: str | None) -> None:
        if answer and _kept(tui, {"calls.evidence": str(answer)}):
            with tui.telling():
                tui.reload_files()
        then()

    tui.push_screen(evidence_question(tui.tr, str(tui.ledger.settings.calls.evidence)), answered)


def ask_theme(tui: BaseApp, names: Iterable[str]) -> None:
    """Pick one of the themes by name; it holds at once, and from now on."""
    rows = [ClientRow(slug=name, name=name, running=name == tui.theme) for name in sorted(names)]

    def chosen(name: str | None) -> None:
        if name and _kept(tui, {"theme": name}):
            tui.theme = name

    tr = tui.tr
    tui.push_screen(Picker(tr.t("Theme"), rows, tr.t("type a name"), tr.t("no such theme"), first=tui.theme), chosen)


def _kept(tui: BaseApp, changes: dict[str, object]) -> bool:
    """Write into the settings file; what it refuses is told in a line, and then nothing has changed."""
    with tui.telling():
        try:
            edit_settings(tui.home, changes)
        except EditRefused as refused:
            tui.notify(refused.problems[0].text(tui.tr), severity="error", markup=False)
        else:
            return True
    return False
