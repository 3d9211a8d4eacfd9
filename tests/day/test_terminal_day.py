"""A whole day in a real terminal, under real keys: a message, a call, a sleep, a crash; then the day is closed."""

import json
import re

import pytest

from clepsydra.language.translator import Translator, translator
from tests.day.busy_day import home_in
from tests.day.terminal import Terminal, gone, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()} (Debian packages)")

SETTINGS = 'language = "{language}"\ncurrency = "EUR"\n[calls]\nevidence = "off"\n'
RAN = "0:01:40"
"""What a timer shows after the hundred seconds that the clock is moved by: less than what is taken for a sleep."""

LOG = [
    ("brel", "message", "07:56:40", "08:01:40", 300, ""),
    ("acme", "work", "08:00:00", "08:01:40", 100, "kick-off"),
    ("brel", "call", "08:01:40", "08:03:20", 100, ""),
    ("acme", "work", "08:03:20", "08:05:00", 100, ""),
    ("acme", "work", "09:05:00", "09:06:40", 100, ""),
    ("dore", "work", "09:40:00", "09:41:40", 100, ""),
]
"""The log at the end, in UTC: Paris is an hour ahead in November."""


@pytest.fixture(params=[(80, 24, "en"), (120, 40, "en"), (80, 24, "fr"), (120, 40, "fr")], ids=str)
def day(request, tmp_path):
    width, height, language = request.param
    terminal = Terminal(tmp_path, width, height)
    home_in(terminal.home, SETTINGS.format(language=language))
    terminal.at("09:00:00")
    terminal.open()
    yield terminal, translator(language)
    terminal.close()


def words(tr: Translator, text: str) -> str:
    """A pattern for the first words of a text in the person's language; a long one may be cut on a narrow screen."""
    return r"\s+".join(map(re.escape, tr.t(text).split()[:3]))


def runs(terminal: Terminal, client: str, time: str) -> None:
    """Wait until a client's timer is shown at that time."""
    terminal.until(rf"▶ {client}.*{time}")


def count(tr: Translator, number: int) -> str:
    return re.escape(tr.n("{count} open item", "{count} open items", number))


def the_morning(terminal: Terminal, tr: Translator) -> None:
    """Work for Acme; a message for Brel and a call with it meanwhile; Acme goes on when the call is over."""
    terminal.until("j   Acme", words(tr, "Nothing is running"))
    terminal.press("j")
    runs(terminal, "Acme", "0:00:00")
    terminal.at("09:01:40")
    runs(terminal, "Acme", RAN)
    terminal.press("m")
    terminal.until(words(tr, "Message"))
    terminal.press("Tab")
    terminal.until(words(tr, "For whom?"))
    terminal.press("1")
    terminal.until(r"│ Brel")
    terminal.press("5")
    terminal.until(words(tr, "Inside other work"))
    terminal.press("Escape")  # the evening asks again
    # Two keys at once would be one with alt: the dialog is gone before the next.
    terminal.until("◆ 08:56", gone(words(tr, "Inside other work")))
    terminal.press("c")
    terminal.until(words(tr, "A call with whom?"))
    terminal.press("bre", "Enter")
    runs(terminal, "Brel", "0:00:00")
    terminal.at("09:03:20")
    runs(terminal, "Brel", RAN)
    terminal.press("c")
    runs(terminal, "Acme", "0:00:00")
    terminal.at("09:05:00")
    runs(terminal, "Acme", RAN)
    terminal.seen_at("09:05:00")


def the_lid_is_shut(terminal: Terminal, tr: Translator) -> None:
    """An hour passes that the steady clock knows nothing of: it was an absence, and the timer goes on after it."""
    terminal.at("10:05:00")
    terminal.until(words(tr, "Unseen time"), re.escape(tr.t("cut: the work ended at {when}", when="09:05")))
    terminal.press("a")
    runs(terminal, "Acme", "0:00:00")
    terminal.at("10:06:40")
    runs(terminal, "Acme", RAN)
    terminal.seen_at("10:06:40")


def the_power_fails(terminal: Terminal, tr: Translator) -> None:
    """The program dies, half an hour later it is opened again: the work ended when it was last seen."""
    terminal.kill()
    terminal.at("10:40:00")
    terminal.open()
    terminal.until(words(tr, "Unseen time"), re.escape(tr.t("cut: the work ended at {when}", when="10:06")))
    terminal.press("c")
    terminal.until(words(tr, "Nothing is running"))
    terminal.press("2")
    runs(terminal, "Cabinet", "0:00:00")
    terminal.at("10:41:40")
    runs(terminal, "Cabinet", RAN)
    terminal.press("Space")
    terminal.until(words(tr, "Nothing is running"))


def the_evening(terminal: Terminal, tr: Translator) -> None:
    """The day is walked through until nothing is open, and closed; a slip of the finger is undone on the way."""
    terminal.at("18:00:00")
    terminal.press("r")
    terminal.until(count(tr, 7), "10:06–10:40")
    terminal.press("k")  # a message inside somebody else's work, and right as it is
    terminal.until(count(tr, 6), "10:06–10:40")
    terminal.press("x")
    terminal.until(count(tr, 5))
    terminal.press("u")
    terminal.until(count(tr, 6), "10:06–10:40")
    terminal.press("b")
    terminal.until(count(tr, 5))
    terminal.press("n")
    terminal.until(words(tr, "Note"))
    terminal.press("kick-off", "Enter")
    for left in (4, 3, 2, 1):
        terminal.until(count(tr, left))
        terminal.press("k")
    terminal.until(words(tr, "Every minute has an owner or a reason."))
    terminal.press("Enter")
    terminal.until(words(tr, "This day is closed."))
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"))
    terminal.press("q")
    terminal.ended()


def told(terminal: Terminal, *command: str):
    done = terminal.run(*command, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_day_from_its_first_session_to_its_close(day):
    terminal, tr = day
    the_morning(terminal, tr)
    the_lid_is_shut(terminal, tr)
    the_power_fails(terminal, tr)
    the_evening(terminal, tr)

    logged = told(terminal, "log")["sessions"]
    assert [
        (s["client"], s["channel"], s["started_at"][11:19], s["ended_at"][11:19], s["exact_seconds"], s["note"] or "")
        for s in sorted(logged, key=lambda s: s["started_at"])
    ] == LOG
    found = told(terminal, "day")
    assert found["items"] == []
    assert {name: found[name] for name in found if name.endswith("_seconds")} | {"closed": found["closed"]} == {
        "closed": True, "span_seconds": 6300, "presence_seconds": 700, "billable_seconds": 800,
        "explained_seconds": 5600, "unexplained_seconds": 0, "unknown_seconds": 0,
    }  # fmt: skip
    verified = terminal.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
