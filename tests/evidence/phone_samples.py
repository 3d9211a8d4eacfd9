"""One Thursday as telephones and programs would have kept it: 26 November 2026 in Paris. All numbers are invented."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.clock import at

DAY = "2026-11-26"

CLIENTS = {
    "acme": ("Acme SARL", ["+33 6 12 34 56 78", "+33 1 42 68 53 *"], []),
    "brel": ("Brel & Cie", ["+32474123456"], ["telegram:Luc Brel"]),
    "dumas": ("Dumas Studio", ["+33 4 78 00 11 22"], []),
}

SETTINGS = """language = "en"
time_zone = "Europe/Paris"
[phone]
lists = ["{folder}"]
[[phone.tables]]
files = "operateur-*.csv"
when = ["Date", "Heure"]
format = "%d/%m/%Y %H:%M:%S"
number = "Numéro appelé"
length = "Durée"
only = {{ Type = "Appel*" }}
"""

PHONE = (
    ("0612345678", 754, "12:41:07", 1, 1, "Jeanne Martin"),
    ("+33612345678", 0, "09:02:11", 2, 1, "Jeanne Martin"),
    ("0612345678", 0, "11:15:40", 3, 1, "Jeanne Martin"),
    ("0032474123456", 185, "17:31:20", 2, 1, "Luc Brel"),
    ("0478001122", 0, "10:20:00", 5, 1, "(Unknown)"),
    ("0478001122", 41, "10:24:09", 4, 1, "(Unknown)"),
    ("-2", 95, "14:01:00", 1, 3, "(Unknown)"),
    ("0699887766", 610, "19:45:00", 2, 1, "Maman"),
)

SECRETS = ("612345678", "474123456", "47412345", "478001122", "699887766", "142685300", "Jeanne", "Maman", "Luc Brel")
"""What must stand nowhere in a log."""


def ms(clock: str) -> int:
    return at(f"{DAY} {clock}") * 1000


def backup(rows=PHONE) -> str:
    """What SMS Backup & Restore writes."""
    lines = [
        f'  <call number="{number}" duration="{length}" date="{ms(clock)}" type="{kind}" presentation="{shown}" '
        f'readable_date="26 nov. 2026" contact_name="{name}" />'
        for number, length, clock, kind, shown, name in rows
    ]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8" ?>', f'<calls count="{len(rows)}">', *lines, "</calls>\n"])


def printed() -> str:
    """What adb prints."""
    return "".join(
        f"Row: {n} date={ms(clock)}, duration={length}, number={number}, type={kind}\n"
        for n, (number, length, clock, kind, _, _) in enumerate(PHONE)
    )


MASTER = """"","0142685300","101","from-trunk",""Acme SARL" <0142685300>","SIP/t-1","SIP/101-2","Dial","SIP/101,20",\
"2026-11-26 10:05:00","2026-11-26 10:05:09","2026-11-26 10:21:39",999,990,"ANSWERED","DOCUMENTATION","1795683900.1",""
"","101","0478001122","from-internal",""Moi" <101>","SIP/101-3","SIP/t-4","Dial","SIP/t/0478001122",\
"2026-11-26 11:00:00","","2026-11-26 11:00:25",25,0,"NO ANSWER","DOCUMENTATION","1795687200.3",""
"""

FRITZ = """sep=;
Typ;Datum;Name;Rufnummer;Landes-/Ortsnetzbereich;Nebenstelle;Eigene Rufnummer;Dauer
1;26.11.26 10:05;Acme;0142685300;Frankreich;Büro;931234;0:17
2;26.11.26 10:50;;0478001122;;;931234;0:00
1;26.11.26 11:50;;0478001122;;Anrufbeantworter;931234;0:02
4;26.11.26 15:12;;0032474123456;Belgien;Büro;Internet: 931234;0:01
"""

FRITZ_OLD = """sep=;
Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer
3;26.11.26 15:12;;0032474123456;Büro;931234;0:01
"""

CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:2.1\r\nN:{name};;;;\r\nTEL;CELL:{number}\r\nX-IRMC-CALL-DATETIME;{kind}:{when}\r\nEND:VCARD\r\n"
    for kind, when, number, name in (
        ("RECEIVED", "20261126T124107", "0612345678", "Jeanne Martin"),
        ("TYPE=DIALED", "20261126T173120", "+32474123456", "Luc Brel"),
        ("MISSED", "20261126T111540", "0612345678", "Jeanne Martin"),
    )
)

OPERATOR = """Date;Heure;Type;Numéro appelé;Durée;Montant TTC
26/11/2026;17:31:26;Appel vers Belgique;00324741234XX;00:03:05;0,000
26/11/2026;09:02:11;Messagerie;888;00:00:41;0,000
26/11/2026;12:10:00;SMS;06123456XX;1;0,000
"""

WHATSAPP = (
    "[26/11/2026, 16:05:04] Luc Brel: \u200eVoice call, 12 min\n"
    "[26/11/2026, 16:45:00] Luc Brel: \u200eMissed voice call\n"
    "[26/11/2026, 17:00:12] Moi: je regarde ça\nsur deux lignes\n"
)

THREECX = """Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost
2026-11-26T09:02:01,0000-1,Jeanne (33612345678),Me (100),Inbound,Answered,00:00:10,00:12:44,0.00
Totals,,,,,,,00:12:44,
"""

FREEPBX = """calldate,clid,src,dst,dcontext,duration,billsec,disposition,uniqueid,linkedid
2026-11-26 08:02:01,x,33612345678,100,from-trunk,774,764,ANSWERED,1795680121.1,1795680121.1
2026-11-26 08:02:01,x,33612345678,101,from-trunk,12,0,NO ANSWER,1795680121.2,1795680121.1
"""
"""A telephone system that writes UTC: 08:02:01 there is 09:02:01 in Paris, as the seconds of its ids say."""


THREECX_RECORDS = """Call 7,0001,00:12:41,2026/11/26 12:41:00,2026/11/26 12:41:07,2026/11/26 12:53:41,TerminatedByDst,\
Ext.100,0612345678,100,,0612345678
Call 8,0002,00:00:09,2026/11/26 13:00:00,,2026/11/26 13:00:09,TerminatedBySrc,0612345678,Ext.100,,100,
"""

MASTER_NEWER = """"","0612345678","100","ext-did",""Martin, Jeanne" <0612345678>","SIP/t","SIP/1","Dial","SIP/1,20",\
"2026-11-26 12:41:00","2026-11-26 12:41:07","2026-11-26 12:53:41",761,754,"ANSWERED","DOCUMENTATION",\
"pbx1-1795693260.4","","peer","pbx1-1795693260.4","1"
"""

WHATSAPP_ANDROID = (
    "2026-11-26 9 h 00 - Moi: bonjour\n2026-11-26 12 h 41 - Luc Brel: Appel vocal, 1 h 12 min\n"
    "26/11/2026 à 12:50 - Luc Brel: Appel vidéo, 45 s\n11/26/26, 4:05\u202fPM - Luc Brel: Video call, 2 min\n"
)

TELEGRAM_OLD = (
    '{"name": "Luc Brel", "type": "personal_chat", "id": 43, "messages": [{"id": 1, "type": "service", "action": '
    '"phone_call", "duration_seconds": 754, "date": "2026-11-26T12:41:07", "actor_id": 43}]}'
)

ZOOM_NEWER = """Topic,ID,Host name,Host email,Duration (minutes),Start time,End time,Participants
Acme,812,Me,me@example.test,13,x,y,1

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room
Me,me@example.test,"Nov 26, 2026 12:41:07 PM","26 nov. 2026 12:53:41",13,No,No
"""

OTHER_VERSIONS = (THREECX_RECORDS, MASTER_NEWER, WHATSAPP_ANDROID, TELEGRAM_OLD, ZOOM_NEWER)
"""Of the same programs, for whoever tries what can go wrong with them."""


ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
"812 3456 7890","Acme: ""weekly"" review",11/26/2026 09:02:11 AM,11/26/2026 10:14:55 AM,me@example.test,73,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Me,me@example.test,11/26/2026 09:02:11 AM,11/26/2026 09:30:00 AM,28,No
Me,me@example.test,11/26/2026 09:32:00 AM,11/26/2026 10:14:55 AM,43,No
Anna (Acme),anna@acme.test,11/26/2026 09:05:00 AM,11/26/2026 10:14:00 AM,69,Yes
"""

_ME = "me@example.test"
TEAMS = f"""\ufeff1. Récapitulatif
Titre de la réunion\tAcme hebdo
Participants\t2
Heure de début\t26/11/2026 à 09:02:11

2. Participants
Nom\tPremière arrivée\tDernier départ\tDurée\tE-mail\tID\tRôle
Moi\t26/11/2026 à 09:02:11\t26/11/2026 à 10:14:55\t1 h 10 min\t{_ME}\t{_ME}\tOrganisateur
Anna\t26/11/2026 à 09:05:00\t26/11/2026 à 10:14:00\t1 h 9 min\tanna@acme.test\tanna@acme.test\tPrésentateur

3. Activités
Nom\tArrivée\tDépart\tDurée\tE-mail\tRôle
Moi\t26/11/2026 à 09:02:11\t26/11/2026 à 09:30:00\t27 min\t{_ME}\tOrganisateur
Moi\t26/11/2026 à 09:32:00\t26/11/2026 à 10:14:55\t42 min\t{_ME}\tOrganisateur
Anna\t26/11/2026 à 09:05:00\t26/11/2026 à 10:14:00\t1 h 9 min\tanna@acme.test\tPrésentateur
"""


def telegram() -> str:
    """One chat of Telegram Desktop."""
    entries = [
        ("message", "09:31:00", 1, {"text": "Oui, la maquette est en ligne"}),
        ("message", "09:33:10", 1, {"text": "", "media_type": "voice_message", "duration_seconds": 95}),
        ("message", "09:40:00", 2, {"text": "merci"}),
        ("service", "13:30:00", 2, {"action": "phone_call", "duration_seconds": 420, "discard_reason": "hangup"}),
        ("service", "13:50:00", 2, {"action": "phone_call", "discard_reason": "missed"}),
    ]
    messages = [
        {"id": n, "type": kind, "date": "2026-11-26T00:00:00", "date_unixtime": str(ms(clock) // 1000), **more}
        | {("from" if kind == "message" else "actor"): ("Moi", "Luc Brel")[who - 1]}
        | {("from_id" if kind == "message" else "actor_id"): f"user{who}"}
        for n, (kind, clock, who, more) in enumerate(entries)
    ]
    return json.dumps({"name": "Luc Brel", "type": "personal_chat", "id": 2, "messages": messages})


IPHONE = (
    (1, 0, "12:41:08", 753.4, "+33612345678", "com.apple.Telephony"),
    (1, 1, "16:05:04", 752.1, "32474123456@s.whatsapp.net", "net.whatsapp.WhatsApp"),
    (0, 0, "16:40:00", 0.0, "+33612345678", "com.apple.Telephony"),
    (1, 1, "18:02:00", 301.0, "+33478001122", "com.apple.FaceTime"),
)


def history(path: Path, rows=IPHONE, *, waiting: bool = False) -> None:
    """An iPhone's database of calls; with `waiting`, its last row lies in the `-wal` beside it only."""
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZANSWERED INTEGER, ZORIGINATED INTEGER, "
            "ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR, ZSERVICE_PROVIDER VARCHAR, ZUNIQUE_ID VARCHAR)"
        )
        if waiting:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA wal_autocheckpoint = 0")
        for n, row in enumerate(rows):
            if waiting and n == len(rows) - 1:
                database.commit()
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _add(database, n, row)
        database.commit()
        if waiting:  # as it stands while the phone's own program has it open
            data, tail = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
    if waiting:
        path.write_bytes(data)
        path.with_name(path.name + "-wal").write_bytes(tail)


def _add(database: sqlite3.Connection, n: int, row) -> None:
    answered, outward, clock, length, address, provider = row
    values = (n + 1, answered, outward, ms(clock) // 1000 - 978307200, length, address, provider, f"U{n}")
    database.execute("INSERT INTO ZCALLRECORD VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


FILES = {
    "calls-20261126200000.xml": backup(),
    "adb-call-log.txt": printed(),
    "Master.csv": MASTER,
    "FRITZ.Box_neu.csv": FRITZ,
    "pbap-cch.vcf": CARDS,
    "operateur-novembre.csv": "\ufeff" + OPERATOR,
    "telegram-result.json": telegram(),
    "whatsapp-ios.txt": WHATSAPP,
}


def drop(folder: Path) -> None:
    """Everything into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    history(folder / "CallHistory.storedata")


def home(path: Path, folder: Path) -> None:
    """A home whose clients are known by their contacts, and that looks into the folder."""
    (path / "clients").mkdir(parents=True)
    (path / "settings.toml").write_text(SETTINGS.format(folder=folder), "utf-8")
    for slug, (name, phones, chats) in CLIENTS.items():
        rates = '[[rates]]\nfrom = 2026-01-01\nhourly = "120.00"\n'
        contact = f"[contact]\nphone = {json.dumps(phones)}\nchat = {json.dumps(chats)}\n"
        (path / "clients" / f"{slug}.toml").write_text(f'name = "{name}"\n{contact}{rates}', "utf-8")
