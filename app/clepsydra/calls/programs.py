"""Which program a process belongs to: helpers, browsers, and what never makes a call.

Sound servers name processes (`CptHost`, `com.microsoft.teams2.modulehost`); people name programs. A process
is known by its executable, by its application id (Flatpak, macOS bundle), or by the name it gives itself, in
this order.
"""

from __future__ import annotations

import re
from typing import Final

from clepsydra.calls.evidence import Family, Program

_TABLE: Final = """
zoom | Zoom | call | zoom zoom.us us.zoom* zoom_* cpthost caphost zoomwebhost
teams | Teams | call | teams ms-teams* msteams teams-for-linux com.microsoft.teams*
  com.github.ismaelmartinez.teams*
webex | Webex | call | webex* ciscocollabhost atmgr ciscowebex* com.webex* cisco-systems.spark
facetime | FaceTime | call | facetime com.apple.facetime avconferenced com.apple.avconferenced callservicesd
jitsi | Jitsi Meet | call | jitsi* org.jitsi*
linphone | Linphone | call | linphone* com.belledonnecommunications*
jami | Jami | call | jami jami-* net.jami*
mumble | Mumble | call | mumble* info.mumble*
teamspeak | TeamSpeak | call | teamspeak* ts3client*
ringcentral | RingCentral | call | ringcentral* com.ringcentral*
gotomeeting | GoTo | call | goto gotomeeting* g2mcomm* com.logmein.goto*
3cx | 3CX | call | 3cx* com.3cx*
zoiper | Zoiper | call | zoiper* com.zoiper*
microsip | MicroSIP | call | microsip
bluejeans | BlueJeans | call | bluejeans* com.bluejeans*
tuple | Tuple | call | tuple app.tuple*
gather | Gather | call | gather com.gather*
aircall | Aircall | call | aircall* io.aircall*
dialpad | Dialpad | call | dialpad* com.dialpad*
slack | Slack | chat | slack com.slack* com.tinyspeck.slackmacgap
discord | Discord | chat | discord* vesktop webcord legcord com.discordapp* com.hnc.discord dev.vencord*
skype | Skype | chat | skype* com.skype*
signal | Signal | chat | signal signal-desktop org.signal* org.whispersystems.signal*
whatsapp | WhatsApp | chat | whatsapp* net.whatsapp* zapzap com.rtosta.zapzap
telegram | Telegram | chat | telegram telegram-desktop org.telegram* ru.keepcoder.telegram
viber | Viber | chat | viber com.viber*
element | Element | chat | element element-desktop im.riot* io.element*
mattermost | Mattermost | chat | mattermost* com.mattermost*
wire | Wire | chat | wire wire-desktop com.wearezeta* com.wire*
firefox | Firefox | browser | firefox firefox-* firefox_* org.mozilla* librewolf* waterfox zen zen-bin
chrome | Chrome | browser | chrome google-chrome* google_chrome* com.google.chrome*
chromium | Chromium | browser | chromium chromium-* chromium_* org.chromium* ungoogled-chromium
edge | Edge | browser | msedge microsoft-edge* microsoft_edge* com.microsoft.edge* msedgewebview2
brave | Brave | browser | brave brave-* brave_* com.brave*
vivaldi | Vivaldi | browser | vivaldi* com.vivaldi*
opera | Opera | browser | opera opera-* opera_* com.operasoftware*
safari | Safari | browser | safari com.apple.safari com.apple.webkit*
arc | Arc | browser | arc company.thebrowser*
speech | System dictation | unknown | corespeechd com.apple.corespeech* com.apple.speech* speechrecognition*
  siri assistantd com.apple.siri* searchapp cortana* voiceaccess
dictation | Dictation | unknown | nerd-dictation dragon natspeak voxtype* whisper* wispr* superwhisper*
  macwhisper*
  talon vosk* openwhispr* handy
obs | OBS | unknown | obs obs64 obs-studio com.obsproject*
audacity | Audacity | unknown | audacity* tenacity org.audacityteam*
recorder | Sound recorder | unknown | gnome-sound-recorder org.gnome.soundrecorder* arecord ffmpeg* lavf*
  sox rec
  parec parecord kooha simplescreenrecorder voicememos com.apple.voicememos quicktime_player
  loom* screenstudio*
  com.apple.quicktimeplayerx soundrecorder voicerecorder ardour* reaper* bitwig* garageband*
  com.apple.garageband*
mixer | Mixer | unknown | pavucontrol* org.pulseaudio.pavucontrol pavumeter gnome-control-center gnome-shell
  plasmashell kmix pulsemixer pwvucontrol com.saivert.pwvucontrol helvum qpwgraph cinnamon*
  xfce4-pulseaudio*
  systemsettings wiremix
effects | Sound effects | unknown | easyeffects com.github.wwmm.easyeffects noisetorch pulseeffects cadmus
  krisp*
  jamesdsp carla jackd jackdbus voicemeeter* equalizerapo rnnoise*
sound-system | Sound system | unknown | pulseaudio pipewire pipewire-pulse wireplumber coreaudiod audiodg
  snapclient snapserver roc-recv roc-send
clepsydra | Clepsydra | unknown | clepsydra
"""
"""Id, name on screen, family, and the forms its processes take: without `.exe`, in lower case, `*` for any
tail."""

IGNORED: Final = frozenset(
    {"speech", "dictation", "obs", "audacity", "recorder", "mixer", "effects", "sound-system", "clepsydra"}
)
"""Programs that hold a microphone and never call."""

METERS: Final = frozenset({"mixer", "sound-system", "clepsydra"})
"""Programs that open streams without listening to anybody: not even a reason to fall silent."""

_GENERIC: Final = frozenset(
    {"python", "electron", "java", "node", "wine", "wine64-preloader", "wine-preloader", "nw", "qemu"}
)
"""Executables that say nothing about the program they run."""

_LONGEST: Final = 80
"""A program names itself; a longer name than this is no name."""


def _index() -> tuple[dict[str, Program], list[tuple[str, Program]]]:
    exact: dict[str, Program] = {}
    tails: list[tuple[str, Program]] = []
    for row in _TABLE.strip().replace("\n  ", " ").splitlines():
        identity, name, family, forms = (cell.strip() for cell in row.split("|"))
        program = Program(identity, name, Family(family))
        for form in forms.split():
            if form.endswith("*"):
                tails.append((form[:-1], program))
            else:
                exact[form] = program
    tails.sort(key=lambda each: -len(each[0]))
    return exact, tails


_EXACT, _TAILS = _index()


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
    if slug in _EXACT:
        return _EXACT[slug]
    return next((program for head, program in _TAILS if slug.startswith(head)), None)


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
