"""What the title of a tab or window says, and the mark that stands for it in the log.

A title is never kept where nobody asked for it. Its mark is a keyed digest of what does not change while a page is
open: without counters of unread messages and the name of the browser. What kind of page it names is told by its words.
"""

from __future__ import annotations

import re
from typing import Final

from clepsydra.calls.evidence import Sense

_COUNTER: Final = re.compile(r"^\s*(?:[(\[]\d+\+?[)\]]|[•●🔴🎙🔊🔇*])\s*")
_BROWSER: Final = re.compile(
    r"\s+[-–—|]\s+(?:mozilla firefox|firefox|google chrome|chromium|microsoft edge|brave|vivaldi|opera|librewolf)"
    r"(?:\s+\(?private.*)?$"
)
_NUMBERS: Final = re.compile(r"\s*[(\[|·•-]\s*\d+\s*(?:participants?|people|guests?|personnes?)?\s*[)\]]?\s*$")

_WORDS: Final = (
    (Sense.DICTATION, (
        r"dict(?:ation|ée|aphone)", r"dictate", r"voice typing", r"speech.to.text", r"saisie vocale", r"transcri",
        r"speechnotes", r"voice note", r"voice memo", r"mémo vocal", r"voice message", r"message vocal",
        r"voice record", r"audio record", r"sound record", r"\brecorder\b", r"enregistre", r"vocaroo",
        r"voice search", r"recherche vocale", r"voice assistant", r"assistant vocal", r"chatgpt", r"\bgemini\b",
        r"\bclaude\b", r"\bcopilot\b", r"perplexity", r"mic(?:rophone)? (?:test|check)", r"test (?:du |your )?mic",
        r"duolingo", r"karaoke", r"\btuner\b", r"pronunciation",
    )),
    (Sense.MEDIA, (
        r"youtube", r"netflix", r"spotify", r"soundcloud", r"twitch", r"vimeo", r"deezer", r"podcast", r"\bradio\b",
        r"prime video", r"dailymotion", r"bandcamp", r"apple music", r"tidal", r"disney\+", r"arte\.tv", r"\bvlc\b",
        r"peertube", r"plex\b", r"jellyfin",
    )),
    (Sense.LOBBY, (
        r"waiting room", r"salle d.attente", r"\blobby\b", r"ready to join", r"prêt à participer", r"green room",
        r"\bjoin(?:ing)?\b.*\b(?:meeting|call|room)\b", r"^join\b", r"pre-?join", r"rejoindre (?:la|une) réunion",
        r"check your (?:audio|camera)", r"(?:camera|audio|device)s? (?:check|settings|preview)", r"launch meeting",
    )),
    (Sense.MEETING, (
        r"\bmeet\b", r"\bmeeting\b", r"\bzoom\b", r"\bteams\b", r"\bwebex\b", r"jitsi", r"whereby", r"bigbluebutton",
        r"\bbbb\b", r"\bwebinar", r"webinaire", r"gotomeeting", r"\bgoto\b", r"bluejeans", r"\bhuddle\b", r"livekit",
        r"visio", r"réunion", r"conférence", r"\bconference\b", r"video ?call", r"\bcall\b", r"\bappel\b", r"livestorm",
        r"discord", r"element call", r"nextcloud talk", r"daily\.co", r"hopin",
        r"kmeet", r"ringcentral", r"dialpad", r"aircall", r"8x8", r"skype", r"stand-?up",
        r"besprechung", r"reunión", r"riunione", r"3cx", r"lifesize", r"rendez-?vous vidéo", r"telehealth", r"doxy",
        r"pexip", r"google voice", r"talky", r"galène", r"galene", r"miro talk", r"mirotalk", r"edumeet", r"senfcall",
    )),
    (Sense.CHAT, (
        r"whatsapp", r"messenger", r"telegram", r"instagram", r"google chat", r"mattermost", r"rocket\.chat", r"zulip",
    )),
)  # fmt: skip
_SENSES: Final = tuple((sense, re.compile("|".join(words))) for sense, words in _WORDS)


def plain_title(title: str) -> str:
    """What stays the same while a page is open: `(3) Meet - Acme — Mozilla Firefox` is `meet - acme`."""
    text = " ".join(title.casefold().split())
    while (shorter := _COUNTER.sub("", text)) != text:
        text = shorter
    return _NUMBERS.sub("", _BROWSER.sub("", text)).strip()


def sense_of(title: str | None) -> Sense:
    """What kind of page a title names; the first kind that any of its words tells."""
    if not title:
        return Sense.NOTHING
    text = plain_title(title)
    return next((sense for sense, words in _SENSES if words.search(text)), Sense.NOTHING)


class Marker:
    """Makes the marks of titles with a key that never leaves this machine."""

    def __init__(self, key: bytes) -> None:
        """`key`: up to 64 bytes; the same key gives the same marks."""
        self._key = key

    def mark(self, title: str | None) -> str:
        """Sixteen letters that stand for a title; empty for none."""
        if not title or not (text := plain_title(title)):
            return ""
        from hashlib import blake2b  # brings 4 MB of OpenSSL along: where no program tells a title, never

        return blake2b(text.encode(), key=self._key, digest_size=8).hexdigest()
