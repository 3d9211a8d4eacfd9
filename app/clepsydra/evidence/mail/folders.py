"""Where sent mail may lie, to be proposed to a person who has not named a folder yet; it is read only once they have.

Looked at, in this order: what the mail programs say of themselves (Thunderbird, mutt, aerc), then folders by the names
that programs give them. A folder by its name alone is proposed only where nearly all of its newest mails are from one
of the person's addresses.
"""

import os
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.evidence.mail.heads import fields_of, head_of
from clepsydra.evidence.mail.reading import entries_of
from clepsydra.language.folding import folded
from clepsydra.settings.foreign import content, guarded

NEWEST, OWN = 50, 45
"""Of so many newest mails so many must be the person's own; of fewer mails, nine in ten."""

MOST_FOLDERS = 5_000
DEEPEST = 5
MOST_PROPOSED = 8

_HOMES = ("Mail", "mail", ".mail", "Maildir", ".maildir", ".local/share/mail", "Library/Thunderbird/Profiles")
_THUNDERBIRDS = (
    ".thunderbird", ".mozilla-thunderbird", "snap/thunderbird/common/.thunderbird",
    ".var/app/org.mozilla.Thunderbird/.thunderbird", "Library/Thunderbird/Profiles",
)  # fmt: skip
_MUTTS = (".muttrc", ".mutt/muttrc", ".config/mutt/muttrc", ".config/neomutt/neomuttrc", ".neomuttrc")
_AERC = ".config/aerc/accounts.conf"

_NAMES = frozenset({
    "sent", "sent mail", "sent items", "sent messages", "sent-mail", "envoyes", "elements envoyes", "messages envoyes",
    "courrier envoye", "gesendet", "gesendete objekte", "gesendete elemente", "inbox.sent", "enviados", "inviata",
})  # fmt: skip
_LARGEST_SETTINGS = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SentFolder:
    """A folder that may hold sent mail, who says so, and how many of its newest mails are the person's."""

    path: Path
    program: str
    """The mail program that names it; empty where its own name does."""
    own: int = 0
    of: int = 0


def propose(home: Path, me: Iterable[str]) -> tuple[SentFolder, ...]:
    """The folders to be proposed, the surest first; `home` is the person's own folder."""
    own = frozenset(address.lower() for address in me)
    found: dict[Path, SentFolder] = {}
    for path, program in (*_named_by_programs(home), *_named_so(home)):
        if len(found) >= MOST_PROPOSED:
            break
        if path in found or not path.exists():
            continue
        counted = guarded(lambda path=path: _counted(path, own))  # type: ignore[misc]
        if isinstance(counted, tuple) and (program or _confirmed(*counted)):
            found[path] = SentFolder(path, program, *counted)
    return tuple(found.values())


def _confirmed(own: int, of: int) -> bool:
    return of > 0 and own * NEWEST >= OWN * of


def _counted(folder: Path, me: frozenset[str]) -> tuple[int, int]:
    """How many of the newest mails are from one of the addresses, and of how many."""
    own = of = 0
    for entry in entries_of(folder, 0):
        own += head_of(fields_of(entry.head()), 0).sender in me
        of += 1
        if of == NEWEST:
            break
    return own, of


# -- what the programs say


def _named_by_programs(home: Path) -> Iterator[tuple[Path, str]]:
    for root in _THUNDERBIRDS:
        for preferences in sorted((home / root).glob("*/prefs.js"))[:10]:
            yield from ((path, "Thunderbird") for path in _of_thunderbird(preferences))
    for name in _MUTTS:
        yield from ((path, "mutt") for path in _of_mutt(home, home / name))
    yield from ((path, "aerc") for path in _of_aerc(home, home / _AERC))


def _of_thunderbird(preferences: Path) -> Iterator[Path]:
    """`mail.identity.idN.fcc_folder` names a server and a folder; the server's own entry says where it lies."""
    told = dict(re.findall(r'user_pref\("([^"]{1,120})",\s*"([^"]{0,600})"\);', _text(preferences)))
    for key, value in told.items():
        if not re.fullmatch(r"mail\.identity\.id\d+\.fcc_folder", key):
            continue
        split = re.fullmatch(r"(?:imap|mailbox)://([^/]+)@([^/@]+)/(.+)", value)
        if split:
            for root in _roots_of(told, split[1], split[2]):
                *above, last = split[3].split("/")
                yield preferences.parent / Path(root, *(each + ".sbd" for each in above), last)


def _roots_of(told: dict[str, str], user: str, host: str) -> Iterator[str]:
    from urllib.parse import unquote

    for key, value in told.items():
        server = re.fullmatch(r"(mail\.server\.server\d+)\.hostname", key)
        if server and value == unquote(host) and told.get(server[1] + ".userName", unquote(user)) == unquote(user):
            relative = told.get(server[1] + ".directory-rel", "")
            yield relative.removeprefix("[ProfD]") if relative else told.get(server[1] + ".directory", "")


def _of_mutt(home: Path, file: Path) -> Iterator[Path]:
    text = _text(file)
    folder = re.search(r"""^\s*set\s+folder\s*=\s*["']?([^"'\s#]+)""", text, re.MULTILINE)
    base = _at_home(home, folder[1]) if folder else home / "Mail"
    for record in re.findall(r"""^\s*set\s+record\s*=\s*["']?([^"'\n#]+)""", text, re.MULTILINE):
        name = record.strip()
        yield base / name[1:].lstrip("/") if name[:1] in ("+", "=") else _at_home(home, name)


def _of_aerc(home: Path, file: Path) -> Iterator[Path]:
    text = _text(file)
    for source in re.findall(r"^\s*source\s*=\s*maildir(?:pp)?://(\S+)", text, re.MULTILINE):
        for name in re.findall(r"^\s*copy-to\s*=\s*(.+?)\s*$", text, re.MULTILINE):
            yield _at_home(home, source) / name


def _at_home(home: Path, path: str) -> Path:
    return home / path.removeprefix("~").lstrip("/") if path.startswith("~") else home / path


def _text(file: Path) -> str:
    try:
        return content(file, _LARGEST_SETTINGS).decode("utf-8", "replace")
    except OSError:
        return ""


# -- names


def _named_so(home: Path) -> Iterator[tuple[Path, str]]:
    left = MOST_FOLDERS
    for root in _HOMES:
        waiting = [(home / root, 0)]
        while waiting and left > 0:
            folder, depth = waiting.pop(0)
            left -= 1
            for name, path, is_folder in _inside(folder):
                if is_sent(name) and (not is_folder or (path / "cur").is_dir()):
                    yield path, ""
                if is_folder and depth < DEEPEST and name not in ("cur", "new", "tmp"):
                    waiting.append((path, depth + 1))


def _inside(folder: Path) -> list[tuple[str, Path, bool]]:
    try:
        with os.scandir(folder) as found:
            return sorted((each.name, Path(each.path), each.is_dir(follow_symlinks=False)) for each in found)
    except OSError:
        return []


def is_sent(name: str) -> bool:
    """Whether a folder's name is what programs call sent mail: `.Sent`, `INBOX.Sent`, `Envoy&AOk-s`."""
    plain = folded(_spelled(name)).removeprefix(".").removeprefix("inbox.")
    return plain in _NAMES


def _spelled(name: str) -> str:
    """A name in the spelling of mail servers, where `&AOk-` stands for é, as people write it."""

    def letters(found: re.Match[str]) -> str:
        coded = found[1].replace(",", "/")
        try:
            return b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-16-be") if coded else "&"
        except ValueError:
            return found[0]

    return re.sub(r"&([A-Za-z0-9+,]*)-", letters, name)
