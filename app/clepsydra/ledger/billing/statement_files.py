"""The files of statements: made once at the issue, from then on the same bytes for ever.

The seller, his sentences and the digests of the files stand in the statement's body, the bytes in the home's
`documents` folder. An export copies them, whatever the settings have become since. What was not made at the issue is
made at its first export, from what was frozen, and kept likewise.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.statement import Statement, StatementState
from clepsydra.language.message import Message, message
from clepsydra.language.translator import translator
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.home import write_private
from clepsydra.settings.model import Seller
from clepsydra.store import given_numbers, statements
from clepsydra.store.archive import Archive, digest

_SELLER_FILE = ".seller.json"
"""Beside the files of a statement that was issued before sellers were frozen: who he was at the first export."""


def archive_of(ledger: Ledger) -> Archive | None:
    """Where the files of statements and documents are kept; None for a log in memory."""
    folder = given_numbers.folder_of(ledger.db)
    return Archive(folder / "documents") if folder else None


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a statement that is being issued: what its body says of them, and their bytes by ending."""

    number: str
    outside: Mapping[str, Any]
    content: Mapping[str, bytes]
    archive: Archive | None

    def stage(self) -> None:
        """Write the bytes before the log commits; raises OSError, leaving none."""
        try:
            for ending, content in self.content.items() if self.archive else ():
                assert self.archive is not None
                self.archive.stage(self.number, ending, content)
        except BaseException:
            self.drop()
            raise

    def keep(self) -> None:
        """Give the bytes their names, once the log has committed."""
        for ending, content in self.content.items() if self.archive else ():
            assert self.archive is not None
            self.archive.keep(self.number, ending, digest(content))

    def drop(self) -> None:
        """Take the bytes back: the statement was not issued."""
        for ending, content in self.content.items() if self.archive else ():
            assert self.archive is not None
            self.archive.drop(self.number, ending, content)


def with_logo(ledger: Ledger, seller: Seller, *, kept: bool = False) -> Seller:
    """The seller with the file of the logo found in the home; raises `Refused` where it is not there.

    What is made again from what was kept does without a logo that is gone.
    """
    if not seller.logo:
        return seller
    logo = (given_numbers.folder_of(ledger.db) or Path()) / Path(seller.logo).expanduser()
    if not logo.is_file():
        if kept:
            return replace(seller, logo="")
        raise Refused("the logo {file} is not there: settings.toml, [seller] logo", file=str(logo))
    return replace(seller, logo=str(logo))


def make(ledger: Ledger, statement: Statement, formats: Sequence[str], zone: str) -> Made:
    """Make the files of a statement about to be issued, in its client's language."""
    seller, archive = ledger.settings.seller, archive_of(ledger)
    content: dict[str, bytes] = {}
    if archive and formats:
        from clepsydra.exchange.statement.registry import content_of, writer

        words = translator(statement.language)
        shown = with_logo(ledger, seller)
        content = {writer(name).ending: content_of(statement, name, shown, words) for name in dict.fromkeys(formats)}
    frozen = {f.name: getattr(seller, f.name) for f in fields(Seller) if f.name != "zone"}
    digests = {ending: digest(each) for ending, each in content.items()}
    return Made(statement.number, {"seller": frozen, "seller_zone": zone, "documents": digests}, content, archive)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written, and what is to be said of it."""

    path: Path
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class StatementFiles:
    """An issued statement with what its files are made of; `exact` says whether its seller was frozen."""

    statement: Statement
    seller: Seller
    exact: bool
    digests: Mapping[str, str]
    archive: Archive | None

    def write(self, names: Iterable[str], folder: Path, *, internal: bool = False) -> Iterator[WrittenFile]:
        """Write a file for each format into a folder, readable by its owner alone; each appears whole.

        A file that is there with other bytes stays: the new one takes another name, and that is said. Raises OSError.
        """
        from clepsydra.exchange.statement.registry import file_name

        void = self.statement.state is StatementState.VOID
        for name in dict.fromkeys(names):
            content, note = self._bytes(name, internal=internal, void=void)
            path = folder / file_name(self.statement, name, internal)
            if void:
                path = path.with_name(path.name.replace(".", "-void.", 1))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            free = _free(path, content)
            if free != path:
                note = message("{file} holds another document and was left alone", file=str(path))
            if not free.exists():
                write_private(free, content, new=True)
            yield WrittenFile(free, note)

    def content(self, name: str) -> bytes:
        """The bytes of a file of a live statement in a format, as they were issued; raises `Refused`."""
        return self._bytes(name, internal=False, void=False)[0]

    def _bytes(self, name: str, *, internal: bool, void: bool) -> tuple[bytes, Message | None]:
        """The kept bytes of a file, or those made now and kept from now on; a void one is a copy that says so."""
        from clepsydra.exchange.statement.registry import content_of, writer

        words, number = translator(self.statement.language), self.statement.number
        if void:
            return content_of(self.statement, name, self.seller, words, internal), None
        ending = ("-internal" if internal else "") + writer(name).ending
        sha = self.digests.get(ending)
        kept = self.archive.read(number, ending, sha) if self.archive else None
        if kept is not None and sha in (None, digest(kept)):
            return kept, None
        issued = replace(self.statement, state=StatementState.ISSUED, paid_minor=0)
        made = content_of(issued, name, self.seller, words, internal)
        if sha not in (None, digest(made)):
            return self._lost(number, ending, kept, made)
        if kept is not None:
            return made, message("{file} was changed; what was written is as it was issued",
                                 file=str(self._kept_at(number, ending)))  # fmt: skip
        if self.archive:
            self.archive.add(number, ending, made)
        return made, None if self.exact else message(
            "{number} was issued when sellers were not frozen yet: it carries today’s, and will for ever", number=number
        )

    def _lost(self, number: str, ending: str, kept: bytes | None, made: bytes) -> tuple[bytes, Message]:
        """A file that this version cannot make again as it was issued."""
        if kept is not None:
            raise Refused("the document of {number} that is kept in {file} was changed; put it back from a copy",
                          number=number, file=str(self._kept_at(number, ending)))  # fmt: skip
        return made, message(
            "the document of {number} as it was issued is gone; this one was made again", number=number
        )

    def _kept_at(self, number: str, ending: str) -> Path | str:
        return self.archive.path(number, ending) if self.archive else ""


def _free(path: Path, content: bytes) -> Path:
    """The first of `name`, `name-2`, … that is free or holds these very bytes."""
    stem, dot, endings = path.name.partition(".")
    candidate, n = path, 1
    while candidate.exists() and (not candidate.is_file() or candidate.read_bytes() != content):
        n += 1
        candidate = path.with_name(f"{stem}-{n}{dot}{endings}")
    return candidate


def files_of(ledger: Ledger, statement: Statement) -> StatementFiles:
    """An issued statement with its frozen seller and its kept files."""
    number = statement.number
    row = statements.by_number(ledger.db, number)
    content = json.loads(row.body) if row else {}
    archive = archive_of(ledger)
    if "seller" in content:
        seller, digests = seller_from(content["seller"]), content.get("documents", {})
        return StatementFiles(statement, with_logo(ledger, seller, kept=True), True, digests, archive)
    seller = _at_first_export(ledger, archive, number)
    return StatementFiles(statement, with_logo(ledger, seller, kept=True), False, {}, archive)


def seller_of(ledger: Ledger, number: str) -> Seller:
    """Who stands on a statement of that number; today's where none was frozen, or where there is no number."""
    row = statements.by_number(ledger.db, number) if number else None
    frozen = json.loads(row.body).get("seller") if row else None
    return seller_from(frozen) if frozen is not None else ledger.settings.seller


def changed(ledger: Ledger) -> Iterator[tuple[str, Path]]:
    """Kept files with other bytes than were issued: the statement's number, and the file.

    Two devices may have given the same number before they knew of each other: the file is either's.
    """
    archive = archive_of(ledger)
    issued: dict[tuple[str, str], set[str]] = {}
    for number, ending, sha in statements.documents(ledger.db) if archive else ():
        issued.setdefault((number, ending), set()).add(sha)
    for (number, ending), known in issued.items():
        assert archive is not None
        path = archive.path(number, ending)
        if path.exists() and digest(path.read_bytes()) not in known:
            yield number, path


def seller_from(content: Mapping[str, Any]) -> Seller:
    """The seller that a body or a file holds; what a later version knows of him is left out."""
    known: dict[str, Any] = {f.name: content[f.name] for f in fields(Seller) if f.name in content and f.name != "zone"}
    values: dict[str, Any] = {k: tuple(each) if isinstance(each, list) else each for k, each in known.items()}
    return Seller(**values)


def _at_first_export(ledger: Ledger, archive: Archive | None, number: str) -> Seller:
    """The seller of a statement that froze none: today's, kept from its first export on."""
    if archive is None:
        return ledger.settings.seller
    kept = archive.read(number, _SELLER_FILE)
    if kept is not None:
        return seller_from(json.loads(kept))
    seller = ledger.settings.seller
    archive.add(number, _SELLER_FILE, json.dumps(asdict(replace(seller, zone=None)), ensure_ascii=False).encode())
    return seller
