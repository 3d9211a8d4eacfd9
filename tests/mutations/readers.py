"""What is tried: for each kind of file its samples, the words it is made of, and its reader as the program calls it."""

import io
from collections.abc import Callable
from contextlib import chdir
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from clepsydra.cli.context import Streams
from clepsydra.cli.main import main
from clepsydra.domain.civil import day_bounds
from clepsydra.evidence.lists import opened_list, recognised
from clepsydra.evidence.lists import read as read_list
from clepsydra.evidence.mail.heads import by_hand, fields_of, head_of, sent_at
from clepsydra.evidence.mail.reading import entries_of
from clepsydra.evidence.mail.words import own_words
from clepsydra.exchange.calendar import planned
from clepsydra.language.translator import translator
from clepsydra.settings.home import Home, shipped
from clepsydra.settings.load import load_file, load_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.named_sources import PhoneSettings, PhoneTable
from clepsydra.tui.keys.keymap import build
from clepsydra.tui.keys.table import ACTIONS
from clepsydra.tui.theme_check import textual_variables
from clepsydra.tui.themes import ThemeLibrary
from tests.client_files import acme, brel
from tests.clock import PARIS, at
from tests.evidence import mailbox, phone_samples

NOW = at("2026-11-24 14:32:07")
ENGLISH, FRENCH = translator("en"), translator("fr")
DAYS = (date(2026, 10, 25), date(2026, 11, 24), date(2031, 2, 28))
CALENDARS = Path(__file__).parents[1] / "day" / "calendars"

Try = Callable[[Path, bytes], object]
"""Reads some bytes as one kind of file, with a folder to itself; raises for whatever the program would not survive."""


class Kind(NamedTuple):
    """One kind of file."""

    samples: tuple[bytes, ...]
    words: tuple[bytes, ...]
    read: Try


def read_keys(folder: Path, data: bytes) -> None:
    """The keys of settings, and what is wrong with them."""
    home = Home(folder)
    home.settings_file.write_bytes(data)
    keymap = build(load_settings(home, {}).value.keys)
    for action in ACTIONS:
        assert keymap.shown(action) is not None


def read_agreement(folder: Path, data: bytes) -> None:
    """What the program says of work for a client with this file."""
    home = home_in(folder)
    (home / "clients" / "acme.toml").write_bytes(data)
    for words in AGREED[len(data) % 2 :: 2]:
        assert call(home, *words.split())[0] in (0, 1, 2)


def _words(text: str) -> tuple[bytes, ...]:
    return tuple(word.replace("~", " ").encode() for word in text.split())


def read_calendar(folder: Path, data: bytes) -> None:
    """The days that a calendar is asked about."""
    file = folder / "a.ics"
    file.write_bytes(data)
    for day in DAYS:
        found = planned(folder, day_bounds(day, PARIS), PARIS, frozenset({"me@example.org"}))
        assert all(event.span.seconds >= 0 for event in found.events)
        assert all(problem.said(FRENCH) for problem in found.problems)


def read_theme(folder: Path, data: bytes) -> None:
    """A theme, down to the colours that Textual makes of it."""
    file = folder / "a.toml"
    file.write_bytes(data)
    library = ThemeLibrary([folder])
    for theme in library.reload().changed:
        library.themes[theme].to_color_system().generate()
    assert all(problem.text(FRENCH) for problem in library.problems)


def read_settings(folder: Path, data: bytes) -> None:
    """Settings, and the lines about what is wrong in them."""
    home = Home(folder)
    home.settings_file.write_bytes(data)
    loaded = load_settings(home, {"TZ": "Europe/Paris"})
    for problem in loaded.problems:
        assert "\x1b" not in problem.text(ENGLISH) + problem.text(FRENCH)


def read_client(folder: Path, data: bytes) -> None:
    """A client's file, and the lines about what is wrong in it."""
    file = folder / "acme.toml"
    file.write_bytes(data)
    loaded = load_file(file, Settings())
    assert loaded.value is not None or loaded.problems
    for problem in loaded.problems:
        assert "\x1b" not in problem.text(ENGLISH) + problem.text(FRENCH)


def home_in(folder: Path) -> Path:
    home = folder / "home"
    if not home.exists():
        (home / "clients").mkdir(parents=True)
        (home / "settings.toml").write_text('language = "en"\ntime_zone = "Europe/Paris"\n')
        (home / "clients" / "acme.toml").write_text(acme())
        (home / "clients" / "brel.toml").write_text(brel())
        assert call(home, "add", "acme", "yesterday 9:00", "10:07", "x")[0] == 0
        assert call(home, "add", "brel", "yesterday 11:00", "12:00", "y")[0] == 0
    return home


def call(home: Path, *words: str, stdin: str = "") -> tuple[int, str, str]:
    """A command of the program, in this process."""
    folder = home.parent / "here"
    folder.mkdir(exist_ok=True)
    out, err = io.StringIO(), io.StringIO()
    environ = {"CLEPSYDRA_HOME": str(home), "TERM": "dumb", "LANG": "C.UTF-8"}
    with chdir(folder):  # a file that a changed word names is written there
        code = main(words, environ, Streams(io.StringIO(stdin), out, err), lambda: NOW)
    said = out.getvalue() + err.getvalue()
    assert "fault of the program" not in said, said
    assert "\x1b" not in said or "export" in words, said  # into a pipe goes what is in the log
    return code, out.getvalue(), err.getvalue()


def read_csv(folder: Path, data: bytes) -> None:
    """A preview of an import."""
    file = folder / "a.csv"
    file.write_bytes(data)
    assert call(home_in(folder), "import", "csv", str(file), "--dry-run")[0] in (0, 1, 2)


def read_calls(folder: Path, data: bytes) -> None:
    """A list of calls or a chat, by what is in it."""
    file = folder / ("operateur.csv" if data.startswith(b"\xef\xbb\xbf") else "list")
    file.write_bytes(data)
    known = recognised(opened_list(file, PHONES))
    if known is None:
        assert not isinstance(read_list(file, PHONES), list)
        return
    for each in known.read(opened_list(file, PHONES)):  # without its guard: no reader leans on it
        assert each.seconds is None or 0 <= each.seconds <= 86_400
        assert all("*" not in one[:-1] for one in each.party if one.startswith("+"))


def read_mail(folder: Path, data: bytes) -> None:
    """A mail in a folder, and a folder that is one file."""
    (folder / "sent" / "cur").mkdir(parents=True, exist_ok=True)
    (folder / "sent" / "cur" / "1:2,S").write_bytes(data)
    (folder / "box").write_bytes(b"From - x\n" + data)
    for place in (folder / "sent", folder / "box"):
        for entry in entries_of(place, 0):  # without the guard of a folder: no part leans on it
            fields = fields_of(entry.head())
            head = head_of(fields, sent_at(fields) or 0)
            assert head.subject.isprintable()
            assert by_hand(fields) in (True, False)
            assert own_words(entry.whole()) >= 0


def _mails() -> tuple[bytes, ...]:
    html = b'Content-Type: text/html\n\n<p>Oui</p><blockquote>non</blockquote><div class="gmail_signature">Moi</div>'
    return (*(mailbox.mail(clock, *rest) for clock, *rest in mailbox.SENT), html)


_MAIL = _words(
    "Date:~Thu,~99~Foo~2026~99:99:99~+9999 Date:~0 From:~<> To:~,,;:@@ Subject:~=?utf-8?b?////?= =?x?q?=ZZ?= "
    "Content-Type:~multipart/mixed;~boundary=a --a --a-- Content-Type:~message/rfc822 Content-Type:~text/html "
    "Content-Transfer-Encoding:~base64 Content-Transfer-Encoding:~uuencode charset=nobodys charset=utf-16 "
    "<blockquote> </blockquote> <!DOCTYPE <![CDATA[ &#xffffffff; &#0; Le~25~a~ecrit~: >> From~ References:~<<<>>> "
    "List-Id: Precedence:~bulk Auto-Submitted:~no --~ filename*=utf-8''%ZZ"
)


def _calls() -> tuple[bytes, ...]:
    with TemporaryDirectory() as folder:
        phone_samples.history(Path(folder) / "calls")
        database = (Path(folder) / "calls").read_bytes()
    more = (
        phone_samples.FRITZ_OLD,
        phone_samples.FREEPBX,
        phone_samples.THREECX,
        phone_samples.ZOOM,
        phone_samples.TEAMS,
        *phone_samples.OTHER_VERSIONS,
    )
    return (database, *(text.encode() for text in (*phone_samples.FILES.values(), *more)))


_TABLE = PhoneTable("operateur*.csv", "", ("Date", "Heure"), "%d/%m/%Y %H:%M:%S", "Numéro appelé", "Durée")
PHONES = Settings(time_zone=PARIS, phone=PhoneSettings(tables=(_TABLE,)))

_CALLS = _words(
    'number="+33*" date="99999999999999999" date="-1" duration="1e9" type="7" <!ENTITY~a~"b"> &#0; <calls> </calls> '
    "Row:~0~date= ANSWERED 0:99 99:59 26.13.26 00.00.00 25:61 3; 4; sep=, X-IRMC-CALL-DATETIME;RECEIVED: "
    '20261326T250000 "date_unixtime":~"99999999999999" "duration_seconds":~-1 "messages":~{} [[[[ null '
    "[31/13/26,~25:00] Voice~call,~99~h 99999999999999999999 XX *** +999 sip:@ #31# 9999-12-31~23:59:59 0001-01-01"
)

_ICS = _words(
    "BEGIN:VEVENT END:VEVENT BEGIN:VTIMEZONE END:VCALENDAR RRULE:FREQ=DAILY FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 "
    "INTERVAL=0 INTERVAL=99999 COUNT=99999 UNTIL=99991231 BYDAY=MO,TU,WE BYSETPOS=-1 BYWEEKNO=53 BYYEARDAY=366 "
    "RDATE;VALUE=PERIOD:20261124T090000Z/PT2H EXDATE;VALUE=DATE:20261124 EXRULE:FREQ=DAILY DTEND:00010101T000000Z "
    "DTSTART:99991231T235959 DTSTART;VALUE=DATE:20261124 ;TZID=Odd ;TZID=Europe/Paris DURATION:P99999D DURATION:-P1D "
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20261124T090000Z SEQUENCE:9 STATUS:CANCELLED TZOFFSETTO:+2500 TZOFFSETFROM:-0100"
)
_TOML = _words(
    "[[rates]] [[rounding]] [[projects]] [contract] [statement] [calls] [keys] [seller] a.b.c= key=1 = true [] {} "
    '[[[[[[[[ 2026-13-45 2026-01-01 25:00:00 1979-05-27T07:32:00Z "\\u0000" "\\u202e" hourly="1e9" step="0s" '
    'tiers=[["4h","3h30"],["","7h"]] channel={call="140"} carry={cap="5h"} daily="650" day="7h" '
    'calendars=["~nobody/x"] mon-fri="9:00-12:00" from= model="clock" type="retainer" alerts=[0.5,9] primary= '
    'auto~50% #12 #ffffff~200% rgb(999,0,0) hsl(1,2%,3%) ansi_red $panel parent="a" [meaning] [variables]'
)
_KEYS = _words(
    '[keys] timer.stop= "space" "f5,~ctrl+r" "" ctrl+ shift+f99 escape enter tab é \\u001b \\u202e comma , ,, + a,b,c,d'
)
AGREED = (
    "clients check", "report totals --json", "statement preview acme --to today --json", "status --json",
    "report scope", "report rates", "simulate --model up --step 15m", "start acme x", "stop", "report leaks --json",
    "clients show acme", "log --json", "day yesterday --json", "report aging", "report rounding --json", "verify",
)  # fmt: skip
_CSV = _words(
    "acme brel own nobody acme/api client,started_at,ended_at 2026-11-24T09:00:00+01:00 2026-11-24T09:00:00 0001-01-01 "
    "9999-12-31T23:59:59Z +99:99 in out bill pending billed =1+1 @SUM Europe/Paris Mars/Olympus 99999999999999999999 "
    '"" "~" call message second hours'
)
_SESSIONS = (
    b"id,client,project,channel,started_at,ended_at,zone,scope,decision,agreed_seconds,write_off,note,statement\r\n"
    b',acme,api,call,2026-11-20T09:00:00+01:00,2026-11-20T10:12:44+01:00,Europe/Paris,out,pending,,,"a, note",\r\n'
    b",brel,default,work,2026-11-20T11:00:00Z,2026-11-20T12:00:00Z,,in,,3600,given,,\r\n"
)


def _themes() -> tuple[bytes, ...]:
    own = (
        b'name = "b"\nparent = "a"\n[variables]\n'
        + "\n".join(f'{name} = "#123456"' for name in sorted(textual_variables())[:12]).encode()
    )
    return (*(file.read_bytes() for file in sorted(shipped("themes").glob("*.toml"))), own)


def kinds() -> dict[str, Kind]:
    """Every kind of file by its name."""
    config = shipped("config")
    clients = tuple(file.read_bytes() for file in sorted((config / "clients").glob("*.toml")))
    plain = b"\n".join(line.removeprefix(b"#") for line in (config / "settings.toml").read_bytes().split(b"\n"))
    return {
        "calendars": Kind(tuple(f.read_bytes() for f in sorted(CALENDARS.glob("*.ics"))), _ICS, read_calendar),
        "themes": Kind(_themes(), _TOML, read_theme),
        "settings": Kind(((config / "settings.toml").read_bytes(), plain), _TOML, read_settings),
        "clients": Kind((*clients, acme().encode()), _TOML, read_client),
        "keys": Kind((plain, b'[keys]\n"timer.stop" = "space, f5"\n"history.undo" = "ctrl+z"\n'), _KEYS, read_keys),
        "agreements": Kind((*clients, acme().encode()), _TOML, read_agreement),
        "mail": Kind(_mails(), _MAIL, read_mail),
        "calls": Kind(_calls(), _CALLS, read_calls),
        "csv": Kind((_SESSIONS,), _CSV, read_csv),
    }


COMMANDS = (
    "start acme", "start acme/api note --at 9:30 --channel call --out", "stop --at 14:00", "switch brel",
    "status --json", "add acme 9:30 10:30 note", "add acme yesterday~9:00 +1h30 --channel meeting",
    "touch acme 5 hello", "touch brel -5m", "log --from 2026-11-01 --to today --client acme --json", "log word",
    "edit 1 --from 9:00 --to 10:00 --note x", "split 1 9:30", "join 1 2 --fill", "remove 1",
    "write-off 1 --reason gift", "agree 1 2h", "agree acme today 1:30", "calls list --json", "calls assign 1 acme",
    "calls dismiss 1", "undo 2", "redo", "day 2026-11-23 --json", "day close yesterday",
    "report totals --from month --json", "report rounding --client acme", "report scope",
    "report leaks --from 2026 --to 2026-11", "report rates", "report aging", "report dormant",
    "simulate --model up --step 15m --scope day", "simulate --model tiers --tier 4h=3h30 --tier =7h --json",
    "simulate --hourly 100 --rates-by 5%", "statement preview acme --to today --json",
    "statement issue brel --to today", "statement list", "statement show 1", "statement void 1 --reason x",
    "statement pay 1 10", "clients list --json", "clients check", "export json", "export csv -", "verify",
    "help add", "export --list", "export hledger", "invoice preview acme --work --to today --json",
    "invoice issue acme --line 1~x100~Audit", "invoice list --json", "invoice show F2026-0001",
    "invoice credit F2026-0001 --amount 10 --reason x", "invoice send F2026-0001 --on today",
    "expense add acme 12,50 train --on yesterday --tax red --margin 10", "expense list --json", "expense remove 1",
    "calls never 1 --title", "calls show 1", "calls rederive", "call start acme --at 9:30", "call stop", "pause",
    "resume", "review add stop mails", "review list", "scope 1 out bill", "recover 1 keep",
    "day accept yesterday --only 1", "day solve 1 acme --date yesterday", "day away 12:00 13:00 lunch",
    "day reopen yesterday", "backup --to .", "touch acme 5 --channel fix", "status --format {client}", "doctor",
    "--language fr status", "completion bash", "evidence 2026-11-23 --json", "evidence take gq3x1 --minutes 5",
    "evidence leave gq3x1", "evidence strangers",
)  # fmt: skip
VALUES = (
    "", " ", "-", "--", "-1", "0", "1", "999999999999999999999999", "9" * 5000, "nan", "1e9", "1.5", "1,5", "1:30",
    "25:61", "2:30#2", "24:00", "now", "yesterday 9:00", "- 10:30", "+9999999h", "-99999999h", "9999-12-31",
    "0001-01-01", "hier", "2026-02-30", "31/12", "2026-W54", "2026-Q5", "last century", "acme", "acme/", "/acme",
    "acme/api/x", "own", "nobody", "../../etc/passwd", "\x1b[31m", "\u202e", "\u2028", "é" * 200, "\ud800",
    "{client}", "%s", "';DROP TABLE session", "=1+1", "--json", "--from", "--to", "--client", "--at", "--help",
    "--home", "--format", "--language", "--reason", "--step", "--channel", "call", "--scope", "up", "clock", "flat",
)  # fmt: skip
