"""A mailbox of one invented Thursday, 26 Nov 2026 in Paris, laid out as mail programs do."""

import os
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from tests.clock import PARIS

ME = "Moi <moi@conseil.fr>"
DAY = "2026-11-26"

QUOTED = "\n\nLe 25 nov. 2026 à 18:02, Jeanne Martin a écrit :\n" + "> mot mot mot\n" * 20
OUTLOOK = (
    "\n\nDe : Luc Brel <luc@brel.be>\nEnvoyé : mercredi 25 novembre 2026 17:10\nÀ : Moi\nObjet : contrat\n\n"
    + "mot " * 300
)
THREAD = {"In-Reply-To": "<a1@acme.fr>", "References": "<a0@acme.fr> <a1@acme.fr>"}

SENT = (
    ("08:40:00", "Jeanne Martin <jeanne@acme.fr>", "Re: API", "mot " * 57 + QUOTED, THREAD),
    ("08:52:00", "jeanne@acme.fr, luc@brel.be", "Réunion", "mot " * 30, {}),
    ("09:20:00", "jeanne@acme.fr", "Re: API", "mot " * 12 + "\n\n> " + "mot " * 100, THREAD),
    ("10:40:00", "paul@support.acme.fr", "Version 2", "mot " * 190, {}),
    ("14:30:00", "jeanne.martin@gmail.com", "Note", "mot " * 95, {}),
    ("15:00:00", "contact@notacme.fr", "Devis", "mot " * 80, {}),
    ("15:10:00", "jeanne@acme.fr", "Absence", "mot " * 20, {"Auto-Submitted": "auto-replied"}),
    ("15:20:00", "moi@conseil.fr", "note à moi", "mot " * 40, {}),
    ("16:20:00", "luc@brel.be", "TR: contrat", "mot " * 33 + OUTLOOK, {}),
    ("23:59:30", "luc@brel.be", "Tard", "mot " * 25, {}),
)
"""Ten sent: eight count."""


def instant(clock: str, day: str = DAY) -> datetime:
    """A time of that day in Paris."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PARIS)


def mail(clock: str, to: str, subject: str, body: str, more: dict[str, str], sender: str = ME) -> bytes:
    """A mail as its bytes."""
    message = EmailMessage()
    message["Date"], message["From"], message["To"] = format_datetime(instant(clock)), sender, to
    message["Subject"], message["Message-ID"] = subject, f"<{clock.replace(':', '')}@conseil.fr>"
    for name, value in more.items():
        message[name] = value
    message.set_content(body)
    return message.as_bytes()


def put(folder: Path, name: str, data: bytes, clock: str, day: str = DAY) -> None:
    """A mail as a file of a folder, come when it was sent."""
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    file = folder / "cur" / name
    file.write_bytes(data)
    at = instant(clock, day).timestamp()
    os.utime(file, (at, at))


def maildir(root: Path) -> Path:
    """The folder of sent mail, with an inbox and drafts beside it."""
    for number, (clock, *rest) in enumerate(SENT):
        put(root / "Sent", f"{number}.poste:2,S", mail(clock, *rest), clock)
    put(root / "Sent", "90.poste:2,DS", mail("11:00:00", "jeanne@acme.fr", "brouillon", "mot", {}), "11:00:00")
    bulk = {"List-Id": "<news.acme.fr>", "Precedence": "bulk"}
    news = mail("09:05:00", "jeanne@acme.fr", "Lettre", "mot", bulk)
    put(root / "Sent", "91.poste:2,S", news, "09:05:00")
    bounce = mail("09:06:00", "moi@conseil.fr", "Undelivered", "mot", {}, "MAILER-DAEMON@mx.acme.fr")
    put(root / "Sent", "92.poste:2,S", bounce, "09:06:00")
    return root / "Sent"


def mbox(file: Path, line_end: bytes = b"\n") -> Path:
    """The same mails as one file, as Thunderbird writes it, with sentences that look like a mail's first line."""
    parts = []
    for clock, to, subject, body, more in SENT:
        data = mail(clock, to, subject, body + "\n\n> \nFrom now on > it is quoted", more)
        parts.append(b"From - Thu Nov 26 08:40:00 2026\n" + data.rstrip(b"\n") + b"\n\n")
    file.write_bytes(b"".join(parts).replace(b"\n", line_end))
    return file
