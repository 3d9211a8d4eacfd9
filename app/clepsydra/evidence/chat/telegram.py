"""Telegram Desktop: `result.json`, of one chat or of all of an account.

Calls have a length and their own kind of entry; of messages the ones that the person wrote are told, by time alone:
their text is counted in words here, in memory, and goes no further. `date` is local text, so `date_unixtime` is read
where it is written; older exports have the first alone, and ids without `user` before them.
The person is whoever the chat is not named after.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile, whole_number

SOURCE = "telegram"

_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")


def _sniff(file: ListFile) -> int:
    known = any(each in file.data for each in (b'"date_unixtime"', b'"from_id"', b'"actor_id"'))
    return 90 if known and b'"messages"' in file.data and _FIRST.match(file.data[:64]) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    try:
        root = json.loads(file.text or "")
    except (ValueError, RecursionError):
        return
    account = str(_at(root, "personal_information", "user_id") or "")
    chats = _at(root, "chats", "list")
    for chat in chats if isinstance(chats, list) else [root]:
        if isinstance(chat, dict):
            yield from _chat(file, chat, account)


def _chat(file: ListFile, chat: dict[str, Any], account: str) -> Iterator[Happening]:
    """The calls and the person's own messages of one chat; of a group the messages only, with the group's name."""
    name, messages = str(chat.get("name") or ""), chat.get("messages")
    if not isinstance(messages, list):
        return
    entries = [each for each in messages if isinstance(each, dict)]
    other = _id(chat.get("id")) if chat.get("type") == "personal_chat" else ""
    for entry in entries:
        sender = _id(entry.get("from_id") or entry.get("actor_id"))
        mine = sender == account if account else _written_by_me(entry, sender, other, name)
        at = _instant(file, entry)
        if at is None:
            continue
        if entry.get("action") == "phone_call":
            yield from _call(entry, name, at, mine)
        elif entry.get("type") == "message" and mine and name:
            yield _message(entry, name, at)


def _id(value: object) -> str:
    """The id of a person, with or without `user` before it."""
    return str(value or "").removeprefix("user")


def _instant(file: ListFile, entry: dict[str, Any]) -> int | None:
    at = whole_number(str(entry.get("date_unixtime", "")))
    if at is None:
        at = file.instant(str(entry.get("date", "")))
    return at if at is not None and 0 <= at < 10**11 else None


def _written_by_me(entry: dict[str, Any], sender: str, other: str, name: str) -> bool:
    """Without an account in the file: whoever is not the other side of a personal chat."""
    said = str(entry.get("from") or entry.get("actor") or "")
    return bool(other) and sender != other and said != name


def _call(entry: dict[str, Any], name: str, at: int, mine: bool) -> Iterator[Happening]:
    seconds = entry.get("duration_seconds")
    if isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds <= LONGEST_CALL:
        yield Happening(
            SOURCE, HappeningKind.CALL, at, at + seconds, _party(name), Way.OUT if mine else Way.IN,
            key=f"{name} {entry.get('id')} {at}", label=name, app=SOURCE,
        )  # fmt: skip


def _message(entry: dict[str, Any], name: str, at: int) -> Happening:
    words = len(_text(entry.get("text")).split()) or None
    return Happening(
        SOURCE, HappeningKind.MESSAGE, at, None, _party(name), Way.OUT,
        key=f"{name} {entry.get('id')} {at}", label=name, app=SOURCE, words=words,
    )  # fmt: skip


def _text(said: object) -> str:
    """A text, which may be a list of plain and marked parts."""
    if isinstance(said, list):
        return "".join(part if isinstance(part, str) else str(_at(part, "text") or "") for part in said)
    return said if isinstance(said, str) else ""


def _party(name: str) -> tuple[str, ...]:
    return (f"telegram:{name}",) if name else ()


def _at(value: object, *names: str) -> object:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


EXPORT = CallList(SOURCE, _sniff, _read)
