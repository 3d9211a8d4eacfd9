"""What real programs do with their streams, one scene each, and what is to be made of it."""

from __future__ import annotations

import pytest

from clepsydra.calls.call import Rank
from clepsydra.calls.spans import derive
from tests.calls.scene import Scene, Truth, wrong
from tests.calls.scripted_evidence import instant

MEET, BREL = "Meet - Acme weekly", "Meet - Brel"

SCENES: dict[str, tuple[Scene, list[Truth]]] = {}


def scene(name: str, made: Scene, *truths: Truth) -> None:
    assert name not in SCENES
    SCENES[name] = (made, list(truths))


# -- meetings as they should be

scene("zoom, a lobby and a meeting", Scene().mic("zoom", 10, 640).plays("zoom", 16, 639.5), Truth("zoom", 16, 640))
scene("zoom opens both at once", Scene().both("zoom", 10, 640), Truth("zoom", 10, 640))
scene(
    "a softphone answers",
    Scene().plays("linphone", 5, 12, role="phone").both("linphone", 12, 312),
    Truth("linphone", 12, 312),
)
scene(
    "a telephone that rings in one stream and talks in another, opened before the microphone",
    Scene().plays("zoiper5", 5, 30).plays("zoiper5", 29.8, 312).mic("zoiper5", 30, 312),
    Truth("zoiper", 30, 312),
)
scene(
    "a softphone says that it is one, and is heard two seconds after it took the microphone",
    Scene()
    .mic("frobphone", 10, 100, role="phone")
    .plays("frobphone", 10, 11.9, role="phone", corked=True, id="7")
    .plays("frobphone", 11.9, 100, role="phone", id="7"),
    Truth("frobphone", 10, 100, Rank.DOUBT),
)
scene("baresip", Scene().both("baresip", 10, 70, role="phone"), Truth("baresip", 10, 70))
scene("chromium joins", Scene().mic("chromium", 10, 300).plays("chromium", 15, 300), Truth("chromium", 15, 300))
scene(
    "chromium connects at once",
    Scene().mic("chromium", 10, 300).plays("chromium", 10.1, 300),
    Truth("chromium", 10, 300),
)
scene("firefox, a meeting by its title", Scene().both("firefox-esr", 10, 300, title=MEET), Truth("firefox", 10, 300))
scene(
    "firefox opens anew when a voice joins",
    Scene()
    .both("firefox-esr", 10, 15, title="Acme")
    .both("firefox-esr", 15.03, 17, title="Acme")
    .both("firefox-esr", 17.03, 300, title="Acme"),
    Truth("firefox", 15, 300),
)
scene("discord, a voice channel", Scene().both("Discord", 10, 610), Truth("discord", 10, 610))
scene(
    "discord, alone for five minutes",
    Scene().mic("Discord", 10, 900).plays("Discord", 310, 900),
    Truth("discord", 310, 900),
)
scene(
    "element, alone in a room for half a minute",
    Scene().mic("element-desktop", 10, 120).plays("element-desktop", 45, 120),
    Truth("element", 45, 120),
)
scene(
    "session keeps the microphone, a message of a minute is played",
    Scene().mic("session-desktop", 0, 300).plays("session-desktop", 40, 105),
)
scene("slack huddle", Scene().mic("slack", 10, 400).plays("slack", 12, 400), Truth("slack", 12, 400))
scene(
    "signal call",
    Scene().plays("signal-desktop", 4, 9).mic("signal-desktop", 9, 200).plays("signal-desktop", 9.6, 200),
    Truth("signal", 9.6, 200),
)
scene("telegram call", Scene().both("telegram-desktop", 9, 200), Truth("telegram", 9, 200))
scene(
    "teams over an hour",
    Scene().mic("teams-for-linux", 0, 4000).plays("teams-for-linux", 8, 4000),
    Truth("teams", 8, 4000),
)
scene("jami", Scene().both("jami", 5, 65, role="phone"), Truth("jami", 5, 65))
scene("mumble, voice activity", Scene().plays("mumble", 0, 900).mic("mumble", 0.5, 900), Truth("mumble", 0, 900))
scene("thirty seconds", Scene().mic("zoom", 0, 31).plays("zoom", 1, 31), Truth("zoom", 1, 31))

# -- playback that comes with the microphone proves nothing

scene("firefox, voice typing", Scene().both("firefox-esr", 10, 190, title="Voice typing - Notes"))
scene("firefox, dictation in French", Scene().both("firefox-esr", 10, 190, title="Dictée vocale — Notes"))
scene("firefox, a join screen", Scene().both("firefox-esr", 10, 22, title=MEET))
scene(
    "firefox, a join screen by its title, then the meeting",
    Scene().both("firefox-esr", 10, 40, title="Ready to join? - Meet").both("firefox-esr", 40.03, 400, title=MEET),
    Truth("firefox", 40, 400),
)
scene(
    "firefox, a page that says nothing",
    Scene().both("firefox-esr", 10, 190, title="Notes"),
)
scene("chromium, a join screen with its meter", Scene().mic("chromium", 10, 22).plays("chromium", 10.2, 22))
scene("chromium, a recorder page", Scene().mic("chromium", 10, 300))
scene("chromium, a join screen whose meter came late", Scene().mic("chromium", 10, 22).plays("chromium", 12, 22))
scene("music in another tab, then voice typing", Scene().plays("chromium", 0, 900).mic("chromium", 100, 400))
scene(
    "music in another tab, opened anew with the microphone of voice typing",
    Scene()
    .plays("chromium", 0, 5.21)
    .mic("chromium", 5.19, 5.24, id="m", corked=True)
    .mic("chromium", 5.24, 43, id="m")
    .plays("chromium", 5.22, 44),
)
scene(
    "music in another tab of firefox, then voice typing",
    Scene().plays("firefox-esr", 0, 900, title="Radio Nova").both("firefox-esr", 100, 400, title="Voice typing"),
)
scene(
    "a video is played while the page dictates",
    Scene().both("firefox-esr", 100, 400, title="Dictation").plays("firefox-esr", 150, 350, title="YouTube"),
)

scene("element, a join screen that plays", Scene().both("element-desktop", 10, 22))
scene("librewolf tells no title, voice typing", Scene().both("librewolf", 10, 190))
scene("whatsapp in a page, a voice message", Scene().both("firefox-esr", 10, 52, title="(2) WhatsApp"))
scene("whatsapp in a page, a call", Scene().both("firefox-esr", 10, 400, title="WhatsApp"), Truth("firefox", 10, 400))
scene(
    "signal keeps the microphone, messages are played one after another",
    Scene()
    .mic("signal-desktop", 0, 600)
    .plays("signal-desktop", 30, 50)
    .plays("signal-desktop", 55, 75)
    .plays("signal-desktop", 80, 110),
)
scene(
    "one page plays music and calls: nothing tells when it was joined",
    Scene().plays("chromium", 0, 900).mic("chromium", 100, 400),
    Truth("chromium", 100, 400, Rank.DOUBT),
)
scene(
    "music in another tab, a long join screen, then the meeting",
    Scene().plays("vivaldi-bin", 0, 900).mic("vivaldi-bin", 100, 400).plays("vivaldi-bin", 160, 400),
    Truth("vivaldi", 160, 400),
)

scene(
    "music in another tab, its new stream opened paused before the old one is paused",
    Scene()
    .plays("chromium", 5.21, 5.24, id="new", corked=True)
    .plays("chromium", 5.24, 44, id="new")
    .plays("chromium", 0, 5.24, id="old")
    .plays("chromium", 5.24, 10, id="old", corked=True)
    .mic("chromium", 5.21, 5.24, id="m", corked=True)
    .mic("chromium", 5.24, 43, id="m"),
)

# -- mute

scene(
    "firefox, a webinar and the silence after it",
    Scene().plays("firefox-esr", 0, 302.4, title="Zoom Webinar"),
    Truth("firefox", 0, 300, Rank.LISTENING),
)
for binary, program in (("brave", "brave"), ("wire-desktop", "wire"), ("webex", "webex")):
    scene(
        f"{binary}, muted ten seconds after joining, back a minute later",
        Scene().mic(binary, 0, 10).mic(binary, 70, 600).plays(binary, 2, 600),
        Truth(program, 2, 600),
    )
scene(
    "muted five seconds after joining, for the rest",
    Scene().mic("jitsi-meet", 0, 5).plays("jitsi-meet", 1, 3000),
    Truth("jitsi", 1, 3000),
)
scene("a huddle joined muted", Scene().plays("slack", 100, 900).mic("slack", 300, 900), Truth("slack", 100, 900))
scene(
    "a huddle joined muted, speaking by turns",
    Scene().plays("slack", 100, 900).mic("slack", 200, 230).mic("slack", 400, 425).mic("slack", 700, 720),
    Truth("slack", 100, 900),
)
scene(
    "messages recorded over music of the same program",
    Scene().plays("telegram-desktop", 0, 900).mic("telegram-desktop", 100, 130).mic("telegram-desktop", 200, 235),
)
scene("a message recorded while another plays", Scene().plays("slack", 0, 60).mic("slack", 50, 85))
scene(
    "two pushes to talk, early",
    Scene().plays("mumble", 0, 600).mic("mumble", 10, 13).mic("mumble", 25, 29),
    Truth("mumble", 0, 600),
)
scene(
    "push to talk, the others heard by turns",
    Scene()
    .plays("mumble", 0, 30)
    .plays("mumble", 34, 80)
    .plays("mumble", 85, 200)
    .mic("mumble", 31, 34)
    .mic("mumble", 60, 64)
    .mic("mumble", 82, 85),
    Truth("mumble", 0, 200),
)
scene(
    "put on hold for a minute: both are paused",
    Scene()
    .mic("linphone", 0, 60, id="9")
    .mic("linphone", 60, 120, id="9", corked=True)
    .mic("linphone", 120, 300, id="9")
    .plays("linphone", 0, 60, id="8")
    .plays("linphone", 60, 120, id="8", corked=True)
    .plays("linphone", 120, 300, id="8"),
    Truth("linphone", 0, 300),
)
scene(
    "put on hold, then hung up",
    Scene()
    .mic("linphone", 0, 60, id="9")
    .mic("linphone", 60, 120, id="9", corked=True)
    .plays("linphone", 0, 60, id="8")
    .plays("linphone", 60, 120, id="8", corked=True)
    .both("linphone", 200, 300),
    Truth("linphone", 0, 60),
    Truth("linphone", 200, 300),
)
scene(
    "a video in the program of the call goes on after it",
    Scene().mic("Discord", 100, 400).plays("Discord", 102, 400).plays("Discord", 250, 900),
    Truth("discord", 102, 400),
)
scene(
    "of two who are heard, the first leaves while the microphone is muted",
    Scene().mic("jami", 100, 180).plays("jami", 102, 200).plays("jami", 110, 400),
    Truth("jami", 102, 400),
)
scene(
    "muted by letting go, 25 seconds",
    Scene().mic("zoom", 0, 100).mic("zoom", 125, 600).plays("zoom", 1, 600),
    Truth("zoom", 1, 600),
)
scene("muted for the rest of the hour", Scene().mic("zoom", 0, 300).plays("zoom", 1, 3600), Truth("zoom", 1, 3600))
scene(
    "chromium, muted by track stop, several times",
    Scene().mic("chromium", 0, 60).mic("chromium", 90, 120).mic("chromium", 200, 260).plays("chromium", 2, 300),
    Truth("chromium", 2, 300),
)
scene(
    "muted by cork",
    Scene()
    .mic("chromium", 0, 60, id="9")
    .mic("chromium", 60, 160, id="9", corked=True)
    .mic("chromium", 160, 300, id="9")
    .plays("chromium", 2, 300),
    Truth("chromium", 2, 300),
)
scene(
    "push to talk from the beginning",
    Scene()
    .plays("mumble", 0, 600)
    .mic("mumble", 20, 23)
    .mic("mumble", 60, 64)
    .mic("mumble", 100, 103)
    .mic("mumble", 300, 306),
    Truth("mumble", 0, 600),
)
scene(
    "push to talk in a call",
    Scene().mic("Discord", 0, 40).mic("Discord", 50, 53).mic("Discord", 70, 73).plays("Discord", 1, 120),
    Truth("discord", 1, 120),
)
scene("joined muted", Scene().plays("zoom", 0, 900).mic("zoom", 200, 900), Truth("zoom", 0, 900))
scene("joined muted, unmuted early", Scene().plays("zoom", 0, 900).mic("zoom", 20, 900), Truth("zoom", 0, 900))
scene(
    "joined muted in firefox",
    Scene().plays("firefox-esr", 0, 900, title=MEET).mic("firefox-esr", 200, 900, title=MEET),
    Truth("firefox", 0, 900),
)
scene(
    "a headset lost for twenty seconds",
    Scene()
    .mic("zoom", 0, 100, device="usb")
    .plays("zoom", 1, 100, device="usb-out")
    .mic("zoom", 120, 500, device="usb")
    .plays("zoom", 120, 500, device="usb-out")
    .without("usb", 100, 120)
    .without("usb-out", 100, 120),
    Truth("zoom", 1, 500),
)
scene(
    "a headset lost, the other side goes on in the speakers",
    Scene().mic("zoom", 0, 100, device="usb").plays("zoom", 1, 500).mic("zoom", 120, 500, device="usb"),
    Truth("zoom", 1, 500),
)
scene(
    "a device switched in the call",
    Scene()
    .mic("chromium", 0, 100)
    .plays("chromium", 2, 100)
    .mic("chromium", 102, 500, device="usb")
    .plays("chromium", 102, 500, device="usb-out"),
    Truth("chromium", 2, 500),
)
scene(
    "a profile switched: opened again within a second",
    Scene().mic("Discord", 0, 100).plays("Discord", 2, 100).mic("Discord", 100.8, 500).plays("Discord", 100.9, 500),
    Truth("discord", 2, 500),
)
scene(
    "music in another tab goes on after the call",
    Scene().plays("chromium", 0, 900).mic("chromium", 100, 400).plays("chromium", 103, 400),
    Truth("chromium", 103, 400),
)
scene(
    "music that began in the call goes on after it",
    Scene().mic("chromium", 100, 400).plays("chromium", 103, 400).plays("chromium", 200, 900),
    Truth("chromium", 103, 400),
)
scene(
    "music in another tab ends in the call",
    Scene().plays("firefox-esr", 0, 200, title="Deezer").both("firefox-esr", 100, 400, title=MEET),
    Truth("firefox", 100, 400),
)

# -- no call lost

scene(
    "chromium, two meetings two seconds apart",
    Scene().mic("chromium", 0, 60).plays("chromium", 2, 60).mic("chromium", 62, 120).plays("chromium", 62.3, 120),
    Truth("chromium", 2, 60),
    Truth("chromium", 62, 120),
)
scene(
    "firefox, two meetings two seconds apart",
    Scene().both("firefox-esr", 0, 60, title=MEET).both("firefox-esr", 62, 120, title=BREL),
    Truth("firefox", 0, 60),
    Truth("firefox", 62, 120),
)
scene(
    "firefox, two meetings two seconds apart, its playback going on",
    Scene()
    .mic("firefox-esr", 0, 60, title=MEET)
    .mic("firefox-esr", 62, 120, title=BREL)
    .plays("firefox-esr", 0, 62, title=MEET, id="7")
    .plays("firefox-esr", 62, 120, title=BREL, id="7"),
    Truth("firefox", 0, 60),
    Truth("firefox", 62, 120),
)
scene(
    "firefox, two meetings two seconds apart, its playback opened anew with each",
    Scene()
    .both("firefox-esr", 0, 60, title=MEET)
    .plays("firefox-esr", 60.01, 62, title=MEET)
    .both("firefox-esr", 62, 120, title=BREL),
    Truth("firefox", 0, 60),
    Truth("firefox", 62, 120),
)
scene(
    "firefox plays silence after the call",
    Scene()
    .mic("firefox-esr", 0, 60, title=MEET)
    .plays("firefox-esr", 0, 60, title=MEET)
    .plays("firefox-esr", 60.03, 62.6, title=MEET),
    Truth("firefox", 0, 60),
)
scene(
    "chromium moves its playback when the microphone goes and comes",
    Scene()
    .mic("chromium", 0, 22)
    .plays("chromium", 2, 23)
    .plays("chromium", 23.02, 32)
    .plays("chromium", 23.02, 28)
    .mic("chromium", 28, 31)
    .plays("chromium", 32.02, 38)
    .plays("chromium", 32.02, 41)
    .mic("chromium", 38, 40)
    .plays("chromium", 41.02, 48)
    .plays("chromium", 41.03, 52)
    .mic("chromium", 48, 51)
    .plays("chromium", 52.02, 58),
    Truth("chromium", 2, 58),
)
scene(
    "two tabs, one after the other",
    Scene().both("firefox-esr", 0, 100, title=MEET).both("firefox-esr", 90, 200, title=BREL),
    Truth("firefox", 0, 100),
    Truth("firefox", 100, 200),
)
scene(
    "one meeting right after another in zoom",
    Scene().mic("zoom", 0, 300).plays("zoom", 2, 300).mic("zoom", 304, 600).plays("zoom", 306, 600),
    Truth("zoom", 2, 300),
    Truth("zoom", 306, 600),
)
scene(
    "a renamed tab",
    Scene().both("firefox-esr", 0, 50, title=MEET, id="7").both("firefox-esr", 50, 120, title=f"(2) {MEET}", id="7"),
    Truth("firefox", 0, 120),
)
scene(
    "two programs at once",
    Scene().mic("zoom", 0, 600).plays("zoom", 2, 600).mic("slack", 100, 200).plays("slack", 101, 200),
    Truth("zoom", 2, 600),
    Truth("slack", 101, 200),
)
scene(
    "a microphone kept all day, two calls",
    Scene().mic("gather", 0, 5000).plays("gather", 1000, 1600).plays("gather", 3000, 3600),
    Truth("gather", 1000, 1600),
    Truth("gather", 3000, 3600),
)

# -- what is no call

for binary in (
    "VirtualBoxVM", "qemu-system-x86_64", "vmware-vmx", "remmina", "xfreerdp3", "AnyDesk", "rustdesk", "mycroft",
    "nerd-dictation", "reaper", "Ardour8", "bitwig-studio", "steam", "steamwebhelper", "cs2", "easyeffects",
    "speech-dispatcher", "obs", "audacity", "ffmpeg", "gnome-boxes", "jamulus", "parsecd", "moonlight",
):  # fmt: skip
    scene(f"{binary} all day", Scene().both(binary, 0, 5000))
scene("an unknown studio, by its role", Scene().both("frobstudio", 10, 300, role="production"))
scene("an unknown game, by its role", Scene().both("frobgame", 10, 300, role="game"))
scene(
    "signal keeps the microphone, a message is played",
    Scene().mic("signal-desktop", 0, 400).plays("signal-desktop", 30, 55),
)
scene("vesktop keeps its playback, a message is recorded", Scene().plays("vesktop", 0, 900).mic("vesktop", 100, 145))
scene(
    "vesktop opens the playback that it keeps anew with the microphone",
    Scene().plays("vesktop", 0, 100.01).mic("vesktop", 100, 145).plays("vesktop", 100.03, 900),
)
scene("a voice message with its meter", Scene().mic("slack", 100, 120).plays("slack", 100.1, 120))
scene("side tone of a test", Scene().both("Discord", 100, 120))
scene("a microphone without playback", Scene().mic("whatsapp", 0, 45).mic("firefox", 100, 400).mic("zoom", 500, 900))
scene("probes", Scene().mic("zoom", 0, 1.5).mic("zoom", 8, 9.5).mic("zoom", 16, 17.5).plays("zoom", 16, 17))

# -- virtual microphones

VIRTUAL = {"virtual": True, "device": "cable.monitor"}
scene("a virtual cable", Scene().mic("zoom", 10, 300, **VIRTUAL).plays("zoom", 12, 300), Truth("zoom", 12, 300))
scene(
    "a virtual cable in chromium",
    Scene().mic("chromium", 10, 300, **VIRTUAL).plays("chromium", 12, 300),
    Truth("chromium", 12, 300),
)
scene("a recorder of a virtual cable", Scene().mic("simplescreenrecorder", 10, 300, **VIRTUAL))
scene("an unknown recorder of a virtual cable", Scene().mic("frobcast", 10, 300, **VIRTUAL).plays("frobcast", 12, 300))

# -- offered

scene(
    "an unknown program is offered",
    Scene().mic("frobnicate", 0, 120).plays("frobnicate", 2, 120),
    Truth("frobnicate", 2, 120, Rank.DOUBT),
)
scene(
    "an unknown softphone, by its role",
    Scene().both("frobphone", 0, 60, role="phone"),
    Truth("frobphone", 0, 60, Rank.DOUBT),
)
scene("a webinar", Scene().plays("zoom", 0, 3000), Truth("zoom", 0, 3000, Rank.LISTENING))
scene(
    "a webinar in firefox",
    Scene().plays("firefox-esr", 0, 3000, title="Zoom Webinar"),
    Truth("firefox", 0, 3000, Rank.LISTENING),
)
scene(
    "music is no webinar",
    Scene()
    .plays("firefox-esr", 0, 3000, title="YouTube")
    .plays("spotify", 0, 3000)
    .plays("chromium", 0, 3000)
    .plays("Discord", 0, 3000),
)
scene(
    "vesktop, a real call over playback that it keeps",
    Scene().plays("vesktop", 0, 3000).mic("vesktop", 100, 900),
    Truth("discord", 100, 900),
)

scene(
    "mumble is open all day, two talk in the afternoon",
    Scene()
    .plays("mumble", 0, 19_000)
    .mic("mumble", 1000, 1003)
    .mic("mumble", 15_000, 15_010)
    .mic("mumble", 15_020, 15_030),
    Truth("mumble", 0, 15_000, Rank.LISTENING),
    Truth("mumble", 15_000, 19_000),
)
scene(
    "a program for calls plays all day, a call in the afternoon",
    Scene().plays("teams-for-linux", 0, 16_000).mic("teams-for-linux", 15_000, 16_000),
    Truth("teams", 0, 15_000, Rank.LISTENING),
    Truth("teams", 15_000, 16_000),
)

# -- robust beginnings

scene(
    "the watcher killed at the third second, back at the tenth",
    Scene().mic("zoom", 100, 400).plays("zoom", 101, 400).unwatched(103, 110),
    Truth("zoom", 101, 400),
)
scene(
    "the watcher killed in the call, back after ten minutes",
    Scene().mic("zoom", 100, 1400).plays("zoom", 101, 1400).unwatched(200, 800),
    Truth("zoom", 101, 1400),
)

scene(
    "the watcher killed while a page was muted, back before it spoke again",
    Scene().mic("brave", 100, 300).plays("brave", 101, 1700).mic("brave", 900, 1700).unwatched(400, 500),
    Truth("brave", 101, 1700),
)

scene(
    "the watcher killed in a call, another stream of it since",
    Scene().mic("zoom", 100, 700).plays("zoom", 101, 700).plays("zoom", 300, 800, corked=True).unwatched(200, 400),
    Truth("zoom", 101, 700),
)
scene(
    "muted, its playback opened anew at once, speaking by turns",
    Scene().both("Discord", 39, 200).plays("Discord", 200.04, 570).mic("Discord", 210, 216).mic("Discord", 250, 256),
    Truth("discord", 39, 570),
)


@pytest.mark.parametrize("name", SCENES)
def test_scene(name) -> None:
    made, truths = SCENES[name]
    assert wrong(made, truths) == []


def test_where_a_page_may_have_been_left_while_it_played_on_is_a_seam() -> None:
    (call,) = Scene().mic("chromium", 2, 45.1).plays("chromium", 4, 62).calls()
    assert call.seams == (instant(45.1),)


@pytest.mark.parametrize("name", SCENES)
def test_derived_again_from_stored_evidence_it_is_the_same(name) -> None:
    made, _ = SCENES[name]
    seen = made.calls()
    assert derive(made.spans.values(), until=instant(20_000)) == seen
