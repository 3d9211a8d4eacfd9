"""Which program a process belongs to: helpers, browsers, and what never makes a call.

Sound servers name processes (`CptHost`, `com.microsoft.teams2.modulehost`); people name programs. A process
is known by its executable, by its application id (Flatpak, macOS bundle), or by the name it gives itself, in
this order.
"""

from __future__ import annotations

import re
from typing import Final

from clepsydra.calls.evidence import Family, Program
from clepsydra.calls.program_table import TABLE

IGNORED: Final = frozenset({
    "speech", "assistant", "dictation", "obs", "audacity", "recorder", "studio", "hypervisor", "remote-desktop", "game",
    "mixer", "effects", "sound-system", "clepsydra",
})  # fmt: skip
"""Programs that hold a microphone and never call."""

METERS: Final = frozenset({"mixer", "sound-system", "clepsydra"})
"""Programs that open streams without listening to anybody: not even a reason to fall silent."""

PLAYS_WITH_MICROPHONE: Final = frozenset({"firefox", "safari"})
"""Browsers that open playback with every microphone, whatever the page does."""

LINGERS: Final = frozenset({"firefox"})
"""Programs that play silence for 2 to 3 s after the last sound."""

HAS_ROOMS: Final = frozenset({
    "basecamp", "discord", "element", "guilded", "mattermost", "nextcloud", "pumble", "revolt", "rocketchat", "skype",
    "slack", "spacebar", "wire", "workplace", "zulip",
})  # fmt: skip
"""Chat programs with rooms in which one waits alone for the others, microphone in hand. Who is alone in any other
listens to a message."""

KEEPS_PLAYBACK: Final = frozenset({"discord"})
"""Chat programs that play all day, mostly silence: what they played before the microphone is nobody's voice."""

_GENERIC: Final = frozenset(
    {"python", "electron", "java", "node", "wine", "wine64-preloader", "wine-preloader", "nw", "qemu"}
)
"""Executables that say nothing about the program they run."""

_DRESSED: Final = re.compile(
    r"[-.](?:bin|real|wrapped|stable|beta|nightly|canary|ptb|dev|git|desktop|client|app|linux|appimage"
    r"|x86-64|amd64|arm64|gtk\d?|qt\d?|v?\d[\d.]*)$"
)
"""What packagers hang on to the name of a program."""

_LONGEST: Final = 80
"""A program names itself; a longer name than this is no name."""


def _plain(slug: str) -> str:
    """Packagers write `amazon-chime` and `amazon_chime`."""
    return slug.replace("_", "-")


def _index() -> tuple[dict[str, Program], list[tuple[str, Program]], list[tuple[str, Program]]]:
    exact: dict[str, Program] = {}
    heads: list[tuple[str, Program]] = []
    tails: list[tuple[str, Program]] = []
    for row in TABLE.strip().replace("\n  ", " ").splitlines():
        identity, name, family, forms = (cell.strip() for cell in row.split("|"))
        program = Program(identity, name, Family(family))
        for form in forms.split():
            form = _plain(form)
            if form.startswith("*"):
                heads.append((form[1:], program))
            elif form.endswith("*"):
                tails.append((form[:-1], program))
            else:
                exact[form] = program
    tails.sort(key=lambda each: -len(each[0]))
    return exact, tails, heads


_EXACT, _TAILS, _HEADS = _index()
_NAMES: Final = {each.id: each.name for each in (*_EXACT.values(), *(program for _, program in (*_TAILS, *_HEADS)))}


def name_of(ident: str) -> str:
    """What a program of the table is called on screen, by its id; the id itself of one never heard of."""
    return _NAMES.get(ident, ident)


def identify(executable: str | None = None, application: str | None = None, name: str | None = None) -> Program:
    """The program behind a process; one never heard of gets its executable as id and stays `UNKNOWN`."""
    slugs = [(slug, hint) for hint in (executable, application, name) if hint and (slug := _slug(hint))]
    for slug, _ in slugs:
        if not _is_generic(slug) and (known := _lookup(slug)):
            return known
    for slug, hint in slugs:
        if not _is_generic(slug):
            return Program(slug, _shown(hint))
    return Program(slugs[0][0], _shown(slugs[0][1])) if slugs else Program("unknown", "?")


def _lookup(slug: str) -> Program | None:
    known = _listed(slug := _plain(slug))
    while known is None and (shorter := _DRESSED.sub("", slug)) not in ("", slug):
        known = _listed(slug := shorter)
    return known


def _listed(slug: str) -> Program | None:
    if slug in _EXACT:
        return _EXACT[slug]
    known = next((program for head, program in _TAILS if slug.startswith(head)), None)
    return known or next((program for tail, program in _HEADS if slug.endswith(tail)), None)


def _base(hint: str) -> str:
    return re.split(r"[\\/]", hint.strip().rstrip("\\/"))[-1].removesuffix(".exe").removesuffix(".app")


def _slug(hint: str) -> str:
    """Lower case, without folder and ending, without characters that cannot be shown or typed."""
    return re.sub(r"[^\w.+-]+", "_", _base(hint).lower()).strip("_.-")[:_LONGEST]


def _shown(hint: str) -> str:
    """A name fit for one line of a screen."""
    return " ".join("".join(c if c.isprintable() else " " for c in _base(hint)).split())[:_LONGEST] or "?"


def _is_generic(slug: str) -> bool:
    """Says nothing about the program: an interpreter, a library's default name."""
    return re.sub(r"[\d.]+$", "", slug) in _GENERIC or slug.startswith(("alsa_plug-in", "webrtc_voiceengine"))
