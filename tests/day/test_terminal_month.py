"""A month from an empty home in a real terminal, under real keys alone: no file is opened, no command is typed."""

import re
import struct
import tomllib
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from clepsydra.language.translator import Translator, translator
from tests.day.terminal import Terminal, gone, missing
from tests.day.test_terminal_day import told, words

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()} (Debian packages)")


class Month(NamedTuple):
    """What the person types; all of it is found again in the end."""

    language: str
    client: str
    slug: str
    address: tuple[str, str]
    seller: tuple[str, str, str]
    note: str
    line: str
    outside: str
    other: tuple[str, str]


FRENCH = Month(
    "fr", "Étude Roy", "etude-roy", ("12 rue des Lilas", "Lyon"), ("Léa Martin", "4 place Bellecour", "Grenoble"),
    "Relecture", "etude 9h05-11h30 atelier",
    "hors périmètre", ("engl", "en"),
)  # fmt: skip
ENGLISH = Month(
    "en", "Harbour Ltd", "harbour-ltd", ("3 Quay Street", "Bristol"), ("Ada Byron", "1 Mill Lane", "Bath"),
    "API review", "harbour 9:05-11:30 workshop",
    "out of scope", ("fran", "fr"),
)  # fmt: skip


def picture(path: Path) -> Path:
    """A small blue PNG."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head, rows = struct.pack(">IIBBBBB", 4, 2, 8, 2, 0, 0, 0), (b"\0" + b"\x14\x5a\xa0" * 4) * 2
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path


@pytest.fixture(
    params=[(80, 24, FRENCH), (120, 40, ENGLISH)], ids=lambda each: f"{each[0]}x{each[1]}-{each[2].language}"
)
def month(request, tmp_path):
    width, height, said = request.param
    terminal = Terminal(tmp_path, width, height)
    terminal.at("09:00:00")
    terminal.open()
    yield terminal, said, translator(said.language)
    terminal.close()


def fill(terminal: Terminal, tr: Translator, *rows: tuple[int, str, str]) -> None:
    """Change rows of a list: so many lines further down, what the row is called, what is typed."""
    for down, label, value in rows:
        name = re.escape(tr.t(label))
        terminal.press(*["Down"] * down)
        terminal.until(rf"▌ +{name} ")
        terminal.press("Enter")
        terminal.until(rf"╭─ {name} ─")
        terminal.press(value, "Enter")
        terminal.until(rf"▌ +{name} +{re.escape(value[:12])}", gone(rf"╭─ {name} ─"))


def asked(terminal: Terminal, tr: Translator, key: str, title: str, answer: str) -> None:
    """Press a key, and answer what it asks."""
    terminal.press(key)
    terminal.until(rf"╭─ {words(tr, title)}")
    terminal.press(answer, "Enter")
    terminal.until(gone(rf"╭─ {words(tr, title)}"))


def the_client(terminal: Terminal, said: Month, tr: Translator) -> None:
    """A retainer from the first screen on; then where the client sits, and its tax."""
    terminal.until("Create the first client")
    if said.language != "en":
        terminal.press("l")
        terminal.until(words(tr, "Create the first client"))
    terminal.press("n")
    terminal.until(words(tr, "New client"))
    terminal.press(said.client, "Down", "120", "Down", "Down", "Down", "Right")
    terminal.press("Down", "1200", "Down", "10")
    terminal.until(rf"│ +{tr.t('Hours')} +10 ")
    terminal.press("Enter")
    terminal.until(words(tr, "How are calls noticed?"))
    terminal.press("o")
    terminal.until(gone(words(tr, "How are calls noticed?")))
    terminal.press("C")
    terminal.until(rf"▌ +{words(tr, 'Hourly rate')}")
    street, city = said.address
    fill(terminal, tr, (10, "Street and number", street), (2, "Town", city), (7, "Tax", "20"))
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"))


def the_seller(terminal: Terminal, said: Month, tr: Translator) -> None:
    """Who bills, found by the subject of the settings; and what a day is to bring."""
    terminal.press("C-p")
    terminal.until(words(tr, "Commands"))
    terminal.press(f"{tr.t('Seller')} {tr.t('Name')}".lower())
    terminal.until(rf"▌ +{tr.t('Settings')} · {tr.t('Name')} ")
    terminal.press("Enter")
    terminal.until(rf"▌ +{tr.t('Name')} ")
    name, street, city = said.seller
    fill(terminal, tr, (0, "Name", name), (2, "Street and number", street), (2, "Town", city))
    fill(terminal, tr, (9, "Logo", str(picture(terminal.home.parent / "logo.png"))))
    terminal.press("C-p")
    terminal.until(words(tr, "Commands"))
    terminal.press(tr.t("Goal of a day").lower())
    terminal.until(rf"▌ +{tr.t('Settings')} · {tr.t('Goal of a day')}")
    terminal.press("Enter")
    fill(terminal, tr, (0, "Goal of a day", "400"))
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"), "400[,.]00")


def the_work(terminal: Terminal, said: Month, tr: Translator) -> None:
    """A timer begun too late, a call by hand, something extra, a message, and a line of what was not timed."""
    terminal.press("1")
    terminal.until(rf"▶ {said.client}.*0:00:00")
    asked(terminal, tr, "b", "Began at", "8:45")
    terminal.until("▶ 08:45")
    asked(terminal, tr, "n", "Note", said.note)
    terminal.until(said.note)
    terminal.at("09:01:40")
    terminal.until("0:16:40")
    terminal.press("c")
    terminal.until(words(tr, "A call with whom?"))
    terminal.press("1")
    terminal.until("▶ 09:01")
    terminal.at("09:03:20")
    terminal.until("0:01:40")
    terminal.press("c")
    terminal.until("▶ 09:03")
    terminal.press("o")
    terminal.until(said.outside)
    terminal.at("09:05:00")
    terminal.until("0:01:40")
    terminal.press("Space")
    terminal.until(words(tr, "Nothing is running"))
    terminal.at("12:00:00")
    terminal.press("m")
    terminal.until(rf"╭─ {tr.t('Message')}")
    terminal.press("5")
    terminal.until("◆ 11:55")
    asked(terminal, tr, "/", "Log a line", said.line)


def the_evening(terminal: Terminal, tr: Translator) -> None:
    """Every minute gets an owner, the call a note, the extra work is to be billed; the day is closed."""
    terminal.at("18:00:00")
    terminal.press("r")
    terminal.until("▌░ 11:30–11:55")
    terminal.press("Enter")
    terminal.until("▌… 09:01–09:03")
    terminal.press("n")
    terminal.until(rf"╭─ {tr.t('Note')} ─")
    terminal.press("intro", "Enter")
    terminal.until("▌[?] 09:03–09:05")
    terminal.press("Enter")
    terminal.until(words(tr, "Every minute has an owner or a reason."))
    terminal.press("Enter")
    terminal.until(words(tr, "This day is closed."))
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"))


def the_statement(terminal: Terminal, said: Month, tr: Translator) -> None:
    """The month is over: a statement of the fee and the extra, its files, and the money for it."""
    terminal.at("09:00:00", "2026-12-01")
    terminal.press("p")
    terminal.until(rf"{tr.p('statement', 'Total with tax').split()[0]} +.*1.476[,.]00")
    terminal.press("i")
    terminal.until(r"⏎ +.* 2026-0001 +│")
    terminal.press("Enter")
    terminal.until(rf"▌○ 2026-0001 +{said.client}")
    terminal.press("x")
    terminal.until(r"\[×\] PDF")
    terminal.press("Enter")
    terminal.until(rf"2026-0001-{said.slug}.pdf")
    terminal.press("y")
    terminal.until(words(tr, "paid in full"))
    terminal.press("Enter")
    terminal.until(words(tr, "Received on"))
    terminal.press("Enter")
    terminal.until(rf"▌✓ 2026-0001 +{said.client}")
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"))


def what_changes(terminal: Terminal, said: Month, tr: Translator) -> None:
    """Another rate from a day on, other colours, another language, each seen at once."""
    terminal.press("C")
    terminal.until(rf"▌ +{words(tr, 'Hourly rate')}")
    asked(terminal, tr, "r", "New rate", "135 2026-12-01")
    terminal.until("135[,.]00.*120[,.]00")
    asked(terminal, tr, "t", "Theme", "clear")
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"))
    terminal.press(",")
    terminal.until(rf"{tr.t('Theme')} +clear-sight", rf"▌ +{tr.t('Language')} ")
    asked_in, language = said.other
    asked(terminal, tr, "Enter", "Language", asked_in)
    other = translator(language)
    terminal.until(rf"▌ +{other.t('Language')} ")
    terminal.press("q")
    terminal.until(words(other, "Nothing is running"))
    terminal.press("q")
    terminal.ended()


def what_the_files_hold(home: Path, said: Month) -> None:
    """Everything that was typed, and nothing else."""
    settings = tomllib.loads((home / "settings.toml").read_text(encoding="utf-8"))
    name, street, city = said.seller
    assert settings == {
        "language": said.other[1], "theme": "clear-sight", "calls": {"evidence": "off"}, "goals": {"day": "400"},
        "seller": {"name": name, "street": street, "city": city, "logo": str(home.parent / "logo.png")},
    }  # fmt: skip
    client = tomllib.loads((home / "clients" / f"{said.slug}.toml").read_text(encoding="utf-8"))
    assert (client["name"], client["street"], client["city"]) == (said.client, *said.address)
    assert client["statement"] == {"tax": "20"}
    assert [rate["hourly"] for rate in client["rates"]] == ["120", "135"]
    assert client["rates"][1]["from"].isoformat() == "2026-12-01"


def test_a_month_by_the_keys_alone(month):
    terminal, said, tr = month
    the_client(terminal, said, tr)
    the_seller(terminal, said, tr)
    the_work(terminal, said, tr)
    the_evening(terminal, tr)
    the_statement(terminal, said, tr)
    what_changes(terminal, said, tr)

    what_the_files_hold(terminal.home, said)
    shown = told(terminal, "clients", "show", said.slug)
    assert (shown["hourly"], shown["contract"], shown["contracts"][0]["fee"]) == ("135", "retainer", "1200")
    assert shown["contracts"][0]["included_seconds"] == 10 * 3600
    assert sorted((s["started_at"][11:16], s["channel"], s["exact_seconds"], s["note"], s["scope"])
                  for s in told(terminal, "log")["sessions"]) == [
        ("07:45", "work", 1000, said.note, "in"), ("08:01", "call", 100, "intro", "in"),
        ("08:03", "work", 100, said.note, "out"), ("08:05", "work", 8700, said.line.split()[-1], "in"),
        ("10:30", "work", 1500, said.line.split()[-1], "in"), ("10:55", "message", 300, "", "in"),
    ]  # fmt: skip
    (issued,) = told(terminal, "statement", "list")["statements"]
    assert (issued["number"], issued["state"], issued["totals"]["total_minor"]) == ("2026-0001", "paid", 147_600)
    assert issued["client_address"] == "\n".join(said.address)
    paper = terminal.home / "statements" / f"2026-0001-{said.slug}.pdf"
    assert paper.read_bytes().startswith(b"%PDF")
    assert told(terminal, "day", "2026-11-24")["closed"]
    verified = terminal.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
