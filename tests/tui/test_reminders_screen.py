"""Reminders on the screen: the letter is seen before it is written, promises and disputes stop it, undo takes back."""

import pytest

from clepsydra.ledger import history
from clepsydra.ledger.chasing.reading import chase_steps, written
from clepsydra.ledger.documents import issuing
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from tests.cli.test_invoices import ACME, SELLER
from tests.cli.test_reminders import MAIL
from tests.clock import at
from tests.tui.frames import frame, watch
from tests.tui.sample_app import AFTERNOON, Listening


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with one invoice that was due 25 days ago; each test takes back what it does."""
    made = Home(tmp_path_factory.mktemp("reminders") / "home")
    made.ensure()
    made.settings_file.write_text(SELLER)
    made.client_file("acme").write_text(MAIL + ACME)
    tui = opened(made, at("2026-09-30 10:00"))
    issuing.issue(tui.ledger, InvoiceRequest("acme", lines=("2h x120 API",)))
    tui.ledger.db.close()
    return made


def opened(home, now=AFTERNOON, lang="fr"):
    return Listening(home, {}, clock=lambda: now, monotonic=lambda: 0.0, language=lang, sample=True)


SPELLED = {" ": "space", "-": "minus"}


def went(tui, *keys, size=(110, 36)):
    """What the screen showed after keys."""

    async def pressed(pilot):
        for key in keys:
            await pilot.press(*([SPELLED.get(char, char) for char in key[1:]] if key[0] == "=" else [key]))
            await pilot.pause()
            await pilot.pause()
        return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")

    return watch(tui, pressed, size)


def test_a_letter_is_seen_written_sent_and_taken_back(home):
    tui = opened(home)
    shown = went(tui, "P", "r", "enter", "n")
    assert "Mise en demeure de payer la facture F2026-0001" in shown  # the next letter, once this one was sent
    (row,) = written(tui.ledger)
    assert (row.level, row.sent_day is not None, (home.reminders_dir / row.file).exists()) == (3, True, True)
    assert verify(tui.ledger) == []
    history.undo(tui.ledger)
    history.undo(tui.ledger)
    assert written(tui.ledger) == []


def test_charges_are_shown_as_they_are_chosen(home):
    shown = went(opened(home), "P", "r", "c", "c")
    assert "pénalités : non mentionnées" in shown
    assert "40,00 €" not in shown
    assert "prochaine lettre : aujourd’hui · pénalités possibles" in went(opened(home), "P", "4")


def test_promise_and_dispute_stop_it_and_end(home):
    tui = opened(home)
    assert "promise" in went(tui, "P", "4", "p", "=vendredi", "enter", "r")
    (step,) = chase_steps(tui.ledger)
    assert step.stop == "promised"
    tui = opened(home)
    went(tui, "P", "r", "p", "ctrl+u", "enter", "d", "=heures", "enter")
    (step,) = chase_steps(tui.ledger)
    assert step.stop == "disputed"
    for _ in range(3):
        history.undo(tui.ledger)
    assert [step.stop for step in chase_steps(tui.ledger)] == [None]


def test_the_evening_leads_to_it_in_english_and_small(home):
    shown = went(opened(home, lang="en"), "r", size=(80, 24))
    assert "M money · to remind: 1" in shown
    shown = went(opened(home, lang="en"), "r", "M", size=(80, 24))
    assert "Reminders" in shown
    assert "invoice to send" in shown
