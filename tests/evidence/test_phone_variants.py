"""The same programs in other versions, languages and codings: one call, 26 Nov 2026, 12:41:07 in Paris, 754 seconds."""

import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from clepsydra.evidence.lists import read
from clepsydra.settings.model import Settings
from clepsydra.settings.named_sources import LengthUnit, MailSettings, PhoneSettings, PhoneTable
from tests.clock import PARIS, at
from tests.evidence import phone_samples as samples

JEANNE = "+33612345678"
BEGAN = at("2026-11-26 12:41:07")
MINUTE = at("2026-11-26 12:41:00")


def told(folder, data, name="list", settings=None):
    (folder / name).write_bytes(data)
    found = read(folder / name, settings or Settings(time_zone=PARIS))
    assert isinstance(found, list), found
    return [(each.began, each.seconds, *each.party) for each in found if each.answered]


CALL = (BEGAN, 754, JEANNE)


def android(number=JEANNE, more="", quote='"'):
    attributes = f'number="{number}" duration="754" date="{BEGAN}000" type="1" {more}'.replace('"', quote)
    return f"<calls count={quote}1{quote}><call {attributes}/></calls>"


ROW = (
    f"Row: 0 _id=7, number=0612345678, presentation=1, date={BEGAN}000, duration=754, type=1, name=Martin, Jeanne, "
    "numberlabel=NULL, countryiso=FR, geocoded_location=France, data_usage=NULL, sim_id2=1\r\n"
)


@pytest.mark.parametrize(
    "data",
    [
        ("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore v10-->\n"
         "<?xml-stylesheet type='text/xsl' href='calls.xsl'?>\n" + android("06 12 34 56 78")).encode(),
        b"\xef\xbb\xbf" + android("0033612345678", 'call_screening_app_name="null"').encode(),
        android(quote="'").encode("utf-16"),
        ROW.encode(),
        ("* daemon not running; starting now at tcp:5037\n* daemon started successfully\n" + ROW).encode(),
        ROW.encode("utf-16"),  # as a PowerShell writes what a program prints
    ],
)  # fmt: skip
def test_android(tmp_path, data):
    assert told(tmp_path, data) == [CALL]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("ZCALLRECORD (ZDATE, ZDURATION, ZADDRESS, ZORIGINATED, ZANSWERED, ZISO_COUNTRY_CODE)",
         (BEGAN - 978307200 + 0.2, 753.9, b"0612345678", 0, 1, "fr")),
        ("ZCALLRECORD (ZDATE, ZDURATION, ZADDRESS)", (BEGAN - 978307200, 754, JEANNE)),
        ("call (date, duration, address, flags)", (BEGAN, 754, JEANNE, 4)),  # iOS 7 and before: from 1970
    ],
)  # fmt: skip
def test_iphone(tmp_path, table, row):
    with closing(sqlite3.connect(tmp_path / "calls")) as database:
        database.execute(f"CREATE TABLE {table}")
        database.execute(f"INSERT INTO {table.split()[0]} VALUES ({', '.join('?' * len(row))})", row)
        database.commit()
    abroad = Settings(time_zone=PARIS, phone=PhoneSettings(country="BE"))
    assert told(tmp_path, (tmp_path / "calls").read_bytes(), settings=abroad if b"ISO" in table.encode() else None) == [
        CALL
    ]


FIRST = '"","0612345678","100","from-trunk","""Martin, Jeanne"" <0612345678>","SIP/t","SIP/1","{app}","SIP/1,20",'
LAST = '"2026-11-26 12:41:00","2026-11-26 12:41:07","2026-11-26 12:53:41",761,754,"ANSWERED","DOCUMENTATION"'


@pytest.mark.parametrize(
    ("data", "calls"),
    [
        (FIRST.format(app="Dial") + LAST, [CALL]),
        (FIRST.format(app="Dial") + LAST + f',"pbx1-{BEGAN - 7}.4",""', [CALL]),
        (FIRST.format(app="Dial") + LAST + f',"{BEGAN - 7}.4","","peer","{BEGAN - 7}.4","1"', [CALL]),
        (FIRST.format(app="Dial").replace('"""Martin, Jeanne"" <', '""Martin, Jeanne" <') + LAST, [CALL]),
        (samples.MASTER_NEWER, [CALL]),
        (FIRST.format(app="VoiceMail") + LAST, []),
        ("calldate;clid;src;dst;dcontext;lastapp;duration;billsec;disposition\n"
         "2026-11-26 12:41:00;x;0612345678;100;ext-did;Dial;761;754;ANSWERED\n", [CALL]),
    ],
)  # fmt: skip
def test_asterisk(tmp_path, data, calls):
    assert told(tmp_path, data.encode()) == calls


@pytest.mark.parametrize(
    "data",
    [
        "Call Time,Caller ID,Destination,Status,Ringing,Talking,Cost,Reason\n"
        "2026-11-26T12:41:00,Jeanne (0612345678),Me (100),Answered,00:00:07,00:12:34,0,x\n"
        "2026-11-26T13:41:00,Jeanne (0612345678),Me (100),Unanswered,00:00:07,00:00:00,0,x\n",
        "\ufeff\"Call Time\",\"Call ID\",\"From\",\"To\",\"Direction\",\"Status\",\"Ringing\",\"Talking\"\n"
        "\"11/26/2026 12:41:00 PM\",1,Me (100),Jeanne (0612345678),Outbound,Answered,00:00:07,00:12:34\n",
        "Call Time;From;To;Direction;Status;Ringing;Talking\n"
        "26/11/2026 12:41:00;0612345678;100;Inbound;Answered;0:00:07;0:12:34\nTotals;;;;;;0:12:34\n",
        "2026-11-26T11:41:00Z,0000,0612345678,100,x\n".join(
            ["Call Time,Call ID,From,To,Ringing,Talking\n", ""]
        ).replace(",x", ",00:00:07,00:12:34"),
        samples.THREECX_RECORDS,
        "historyid,time-start,time-answered,time-end,from-no,to-no\n"
        "7,2026-11-26 12:41:00,2026-11-26 12:41:07,2026-11-26 12:53:41,0612345678,100\n",
    ],
)  # fmt: skip
def test_3cx(tmp_path, data):
    assert told(tmp_path, data.encode()) == [CALL]


FRITZ = "{kind};{day} 12:41;Müller;0612345678;{more}{device};931234;0:13\n"


@pytest.mark.parametrize(
    ("head", "row", "coding"),
    [
        ("Typ;Datum;Name;Rufnummer;Landes-/Ortsnetzbereich;Nebenstelle;Eigene Rufnummer;Dauer", {}, "utf-8-sig"),
        ("Type;Date;Name;Number;Country/Local Area;Extension;Own Number;Duration", {"day": "26.11.2026"}, "latin-1"),
        ("Type;Date;Nom;Numéro;Indicatif;Poste;Votre numéro;Durée", {"day": "26/11/26"}, "utf-8"),
        ("Tipo;Data;Nome;Numero;Prefisso;Interno;Numero proprio;Durata", {"day": "26-11-2026"}, "cp1252"),
        ("Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer", {"more": ""}, "latin-1"),
    ],
)
@pytest.mark.parametrize("device", ["Büro", "Segreteria telefonica", "Répondeur 1", "Anrufbeantworter", "Fax"])
def test_fritzbox(tmp_path, head, row, coding, device):
    line = FRITZ.format(**{"kind": 1, "day": "26.11.26", "more": "Paris;", "device": device} | row)
    expected = [(MINUTE, 780, JEANNE)] if device == "Büro" else []
    assert told(tmp_path, f"sep=;\n{head}\n{line}".encode(coding)) == expected


@pytest.mark.parametrize(
    "card",
    [
        "VERSION:3.0\nFN:Jeanne\nTEL;TYPE=CELL:0612345678\nX-IRMC-CALL-DATETIME;TYPE=RECEIVED:20261126T124107",
        "VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mart=C3=\n=A9;Jeanne\nTEL;CELL:0612345678\n"
        "X-IRMC-CALL-DATETIME;RECEIVED:20261126T114107Z",
        "item1.TEL;PREF:tel:+33612345678\nx-irmc-call-datetime;VALUE=date-time;TYPE=\"received\":20261126T124107+0100",
    ],
)  # fmt: skip
def test_bluetooth(tmp_path, card):
    data = f"BEGIN:VCARD\n{card}\nEND:VCARD\n".replace("\n", "\r\n").encode()
    assert told(tmp_path, data) == [(BEGAN, None, JEANNE)]


CHAT = '{{"name": "Luc Brel", "type": "personal_chat", "id": 4398046511, "messages": [{0}]}}'


@pytest.mark.parametrize(
    "entry",
    [
        f'"date": "x", "date_unixtime": "{BEGAN}", "actor_id": "user4398046511"',
        '"date": "2026-11-26T12:41:07", "actor_id": 4398046511',  # before 2021
    ],
)
def test_telegram(tmp_path, entry):
    call = f'{{"id": 1, "type": "service", "action": "phone_call", "duration_seconds": 754, {entry}}}'
    assert told(tmp_path, CHAT.format(call).encode()) == [(BEGAN, 754, "telegram:Luc Brel")]


def brel(when, words, *, more=""):
    return f"{when}Moi: bonjour\n{more}{when}Luc Brel: \u200e{words}\n"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (brel("[26/11/2026, 12:41:07] ", "Voice call, \u200e12 min"), 720),
        (brel("[11/26/26, 12:41:07\u202fPM] ", "Voice call, 12 min"), 720),
        (brel("[26/11/2026 12:41:07] ", "Appel vidéo, 1 h 2 min"), 3720),
        (brel("[26.11.26, 12:41:07] ", "Sprachanruf, 12 Min."), 720),
        (brel("[26/11/26, 12:41:07] ", "Llamada de voz, 45 s"), 45),
        (brel("[26/11/26, 12:41:07] ", "Chiamata vocale, 12 min"), 720),
        (brel("[06/11/26, 12:41:07] ", "Voice call, 12 min", more="[26/10/26, 9:00:00] Moi: x\n"), 720),
        (brel("26/11/2026 à 12:41 - ", "Appel vocal, 12 min"), 720),
        (brel("26.11.26, 12:41 - ", "Videoanruf, 12 Min."), 720),
        (brel("11/26/26, 12:41 PM - ", "Video call, 12 min"), 720),
        (brel("2026-11-26 12 h 41 - ", "Appel vocal, 12 min"), 720),
        (brel("[26/11/2026, 12:41:07] ", "Appel vocal manqué"), None),
    ],
)
def test_whatsapp(tmp_path, text, seconds):
    calls = told(tmp_path, text.encode(), "_chat.txt")
    day = datetime(2026, 11, 6 if "[06" in text else 26, tzinfo=PARIS)
    exact = BEGAN if ":07" in text else MINUTE
    expected = [] if seconds is None else [(exact - (26 - day.day) * 86400, seconds)]
    assert [call[:2] for call in calls] == expected
    assert all("whatsapp:Luc Brel" in call for call in calls)
    named = told(tmp_path, text.encode(), "WhatsApp Chat with Luc Brel.txt")
    assert [call[2:] for call in named] == [("whatsapp:Luc Brel",)] * len(expected)


@pytest.mark.parametrize(
    ("heads", "row", "more", "expected"),
    [
        ("Date;Heure;Numéro;Durée", "26/11/2026;12:41:07;0612345678;00:12:34", {"when": ("Date", "Heure")}, CALL),
        ("Client : 123\n\nDate;Numéro;Durée", "26/11/2026 12:41:07;06 12 34 56 78;754", {}, CALL),
        ("Date,Numéro,Durée", '"Nov 26, 2026 12:41:07 PM",0612345678,12 min 34 s', {}, CALL),
        (
            "Date;Numéro;Durée",
            "26 nov. 2026 12:41;0612345678;12,57",
            {"unit": LengthUnit.MINUTES},
            (MINUTE, 754, JEANNE),
        ),
        ("Date;Numéro;Durée", "2026-11-26T11:41:07Z;0612345678;13", {"unit": LengthUnit.MINUTES}, (BEGAN, 780, JEANNE)),
        ("Date;Numéro;Durée", "26/11/2026 12:41:07;0612345678;12'34\"", {}, CALL),
    ],
)
def test_operators(tmp_path, heads, row, more, expected):
    table = PhoneTable(**({"files": "op.csv", "when": ("Date",), "number": "numéro", "length": "durée"} | more))
    settings = Settings(time_zone=PARIS, phone=PhoneSettings(tables=(table,)))
    assert told(tmp_path, f"{heads}\n{row}\n".encode("cp1252"), "op.csv", settings) == [expected]


MINE = Settings(time_zone=PARIS, mail=MailSettings(me=("me@example.test",)))


@pytest.mark.parametrize(
    "data",
    [
        "Topic,ID,Host name,Host email,Duration (minutes),Start time,End time,Participants\n"
        "Acme,812,Me,me@example.test,13,x,y,1\n\n"
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room\n"
        "Me,me@example.test,\"Nov 26, 2026 12:41:07 PM\",\"Nov 26, 2026 12:53:41 PM\",13,No,No\n",
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n812,Acme,x,y,,13,1\n\n"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        "Me,me@example.test,26/11/2026 12:41:07,26/11/2026 12:53:41,13,No\n",
    ],
)  # fmt: skip
def test_zoom(tmp_path, data):
    assert told(tmp_path, data.encode("utf-8-sig"), settings=MINE) == [(BEGAN, 754)]
