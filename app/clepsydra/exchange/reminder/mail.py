"""A reminder as a mail that is not sent yet, and as a mailto link; nothing here ever sends anything.

The file is a draft (X-Unsent: 1) that mail programs open to be read and sent. An address is one address: a comma in it
is refused and never split; a line break in any header is refused.
"""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from clepsydra.domain.records import dataclass
from clepsydra.exchange.text import plain

LONGEST_LINK = 2000
"""Beyond so many characters programs cut a link."""


class MailAttachment(NamedTuple):
    """A file that goes with a mail: its name and bytes, a PDF unless it is said otherwise."""

    name: str
    content: bytes
    subtype: str = "pdf"


@dataclass(frozen=True, slots=True)
class ReminderMail:
    """What a mail says; `sender` and `recipient` are a name and an address."""

    sender: tuple[str, str]
    recipient: tuple[str, str]
    subject: str
    text: str


def to_eml(mail: ReminderMail, attachments: Sequence[MailAttachment] = ()) -> bytes:
    """The mail as the bytes of an .eml file, the same for the same mail.

    Raises ValueError for an address that is none, a line break in a header, or a name that no header takes.
    """
    found = EmailMessage(policy=SMTP)
    found["X-Unsent"] = "1"
    if mail.sender[1]:
        found["From"] = _address(*mail.sender)
    found["To"] = _address(*mail.recipient)
    found["Subject"] = _one_line(mail.subject)
    found.set_content(mail.text)
    for each in attachments:
        found.add_attachment(each.content, maintype="application", subtype=each.subtype, filename=each.name)
    if attachments:
        mark = sha256(mail.text.encode() + b"".join(each.content for each in attachments)).hexdigest()
        found.set_boundary(f"=_{mark[:40]}")
    return bytes(found)


def _address(name: str, address: str) -> Address:
    """One address with the name before it; raises ValueError for anything that is not one."""
    address = _one_line(address)
    if address.count("@") != 1 or any(char in address for char in ',;<>" '):
        raise ValueError(address)
    local, _, domain = address.partition("@")
    try:
        spec = f"{local}@{domain.encode('idna').decode('ascii')}"
        return Address(plain(_one_line(name)), addr_spec=spec)
    except Exception as error:  # the standard parser raises errors of its own for some of what is no address
        raise ValueError(address) from error


def _one_line(text: str) -> str:
    """The text itself; raises ValueError where it would begin another line of the header."""
    if any(char in text for char in "\r\n\x00") or text.splitlines() not in ([], [text]):
        raise ValueError(text)
    return text


def mailto(mail: ReminderMail) -> str:
    """A link that opens the mail in the person's mail program, without attachments: a link takes none.

    Raises ValueError as `to_eml` does.
    """
    address = _address("", mail.recipient[1])
    body = quote(mail.text.replace("\n", "\r\n"), safe="")
    query = f"subject={quote(_one_line(mail.subject), safe='')}&body={body}"
    return f"mailto:{quote(address.addr_spec, safe='@')}?{query}"
