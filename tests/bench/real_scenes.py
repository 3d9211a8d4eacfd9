"""The scenes of real programs: what each does, and which calls there were."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from clepsydra.calls.call import Rank
from tests.bench.browsers import BINARIES
from tests.bench.real import Real, RealScene, Take
from tests.calls.sound import until

SCENES: list[RealScene] = []

DOUBT, LISTENING = Rank.DOUBT, Rank.LISTENING


def page(name: str, browser: str, length: float, *tabs: str, truths: tuple[Real, ...] = ()) -> None:
    """A browser with these tabs, for so many seconds."""

    def act(take: Take) -> None:
        take.open(browser, *tabs)
        last = [each.rsplit(";", 1)[-1] for each in tabs]
        deadline = time.monotonic() + length + 60
        while time.monotonic() < deadline and not all(take.pages.finished(each) for each in last):
            time.sleep(0.2)
        time.sleep(2)

    SCENES.append(RealScene(f"{browser}: {name}", (BINARIES[browser],), act, truths))


def program(name: str, *needs: str, truths: tuple[Real, ...] = ()) -> Callable[[Callable[[Take], None]], None]:
    """A scene that is acted by a function."""

    def add(act: Callable[[Take], None]) -> None:
        SCENES.append(RealScene(name, needs, act, truths))

    return add


def _call(browser: str, began: str = "5:join", ended: str = "45:leave", rank: Rank = Rank.CERTAIN) -> tuple[Real, ...]:
    return (Real(browser, began, ended, rank),)


# -- Chromium: tells no titles, opens playback when a page plays

page("a meeting", "chromium", 48, "2:mic;5:join;45:leave;45.1:drop", truths=_call("chromium"))
page(
    "a meeting that connects at once",
    "chromium",
    48,
    "2:mic;2.05:join;45:leave;45.1:drop",
    truths=_call("chromium", "2.05:join"),
)
page("voice typing", "chromium", 45, "2:mic;42:drop")
page("a join screen with its meter", "chromium", 20, "2:mic;2.1:meter;14:nometer;14.1:drop")
page(
    "muted by track stop",
    "chromium",
    73,
    "2:mic;4:join;20:drop;45:mic;70:leave;70.1:drop",
    truths=_call("chromium", "4:join", "70:leave"),
)
page(
    "muted for the rest",
    "chromium",
    63,
    "2:mic;4:join;25:drop;60:leave",
    truths=_call("chromium", "4:join", "60:leave"),
)
page(
    "muted in the page",
    "chromium",
    48,
    "2:mic;4:join;20:mute;30:unmute;45:leave;45.1:drop",
    truths=_call("chromium", "4:join"),
)
page(
    "push to talk",
    "chromium",
    63,
    "2:mic;4:join;24:drop;30:mic;33:drop;40:mic;42:drop;50:mic;53:drop;60:leave",
    truths=_call("chromium", "4:join", "60:leave"),
)
page(
    "music of its own before, in and after it",
    "chromium",
    63,
    "1:music;6:mic;8:join;48:leave;48.1:drop;60:nomusic",
    truths=_call("chromium", "6:mic", "48:leave", DOUBT),  # one stream for both: when it was joined, nothing tells
)
page(
    "music in another tab before, in and after it",
    "chromium",
    63,
    "1:music;60:nomusic",
    "6:mic;8:join;48:leave;48.1:drop",
    truths=_call("chromium", "6:mic", "48:leave", DOUBT),  # all tabs are one stream while it holds a microphone
)
page("music and voice typing", "chromium", 50, "1:music;6:mic;44:drop;48:nomusic")
page(
    "music of its own that begins in the call and goes on",
    "chromium",
    66,
    "2:mic;4:join;20:music;45:leave;45.1:drop;62:nomusic",
    truths=(Real("chromium", "4:join", "45:leave", seam=True),),
)
page(
    "music in another tab that begins in the call and goes on",
    "chromium",
    66,
    "2:mic;4:join;45:leave;45.1:drop",
    "20:music;62:nomusic",
    truths=(Real("chromium", "4:join", "45:leave", seam=True),),
)
page("a webinar", "chromium", 70, "2:join;68:leave")
page(
    "two meetings two seconds apart",
    "chromium",
    73,
    "2:mic;3:join;35:leave;35.1:drop;37:mic;37.3:join;70:leave;70.1:drop",
    truths=(Real("chromium", "3:join", "35:leave"), Real("chromium", "37.3:join", "70:leave")),
)

# -- Firefox: tells the title of the tab, opens playback with every microphone

MEET = "title=Meet - Acme weekly"
page("a meeting", "firefox", 48, f"2:{MEET};2.1:mic;2.2:join;45:leave;45.1:drop", truths=_call("firefox", "2.1:mic"))
page(
    "a meeting in a page that says nothing",
    "firefox",
    58,
    "2:title=Acme;2.1:mic;2.3:join;55:leave;55.1:drop",
    truths=_call("firefox", "2.1:mic", "55:leave", DOUBT),
)
page("voice typing", "firefox", 50, "2:title=Voice typing - Notes;2.1:mic;46:drop")
page("voice typing in a page that says nothing", "firefox", 50, "2:title=Notes;2.1:mic;46:drop")
page("a join screen", "firefox", 20, f"2:{MEET};2.1:mic;14:drop")
page(
    "muted by track stop",
    "firefox",
    73,
    f"2:{MEET};2.1:mic;2.2:join;30:drop;50:mic;70:leave;70.1:drop",
    truths=_call("firefox", "2.1:mic", "70:leave"),
)
page(
    "a webinar",
    "firefox",
    80,
    "2:title=Zoom Webinar;2.1:join;78:leave",
    truths=_call("firefox", "2.1:join", "78:leave", LISTENING),
)
page(
    "two meetings two seconds apart",
    "firefox",
    76,
    f"2:{MEET};2.1:mic;2.2:join;35:leave;35.1:drop;37:title=Meet - Brel;37.1:mic;37.2:join;72:leave;72.1:drop",
    truths=(Real("firefox", "2.1:mic", "35:leave"), Real("firefox", "37.1:mic", "72:leave")),
)
page(
    "a renamed tab",
    "firefox",
    53,
    f"2:{MEET};2.1:mic;2.2:join;25:title=(3) Meet - Acme weekly;30:{MEET};50:leave;50.1:drop",
    truths=_call("firefox", "2.1:mic", "50:leave"),
)
page(
    "music in another tab",
    "firefox",
    66,
    "1:title=Radio Nova;1.1:music;62:nomusic",
    f"4:{MEET};6:mic;6.2:join;50:leave;50.1:drop",
    truths=_call("firefox", "6:mic", "50:leave"),
)

# -- telephones, recorders, meters


@program("baresip calls baresip", "baresip", truths=(Real("baresip", "call", "hang up"),))
def _baresip(take: Take) -> None:
    for name, port, other in (("callee", 5181, ""), ("caller", 5191, "sip:callee@127.0.0.1:5181")):
        home = take.server.folder / name
        home.mkdir()
        (home / "accounts").write_text(f"<sip:{name}@127.0.0.1:{port}>;regint=0;answermode=auto\n")
        (home / "contacts").write_text("")
        modules = ("account.so", "g711.so", "alsa.so")
        (home / "config").write_text("\n".join([
            f"sip_listen 127.0.0.1:{port}", "audio_player alsa,pulse", "audio_source alsa,pulse",
            "audio_alert alsa,pulse", f"module_path {_modules()}", *(f"module {each}" for each in modules),
            "module_app menu.so",
        ]) + "\n")  # fmt: skip
        command = ["baresip", "-f", str(home)] + (["-e", f"d {other}"] if other else [])
        running = take.run(*command, name="call" if other else "")
        time.sleep(2)
    time.sleep(40)
    take.end(running, "hang up")
    time.sleep(1)


def _modules() -> str:
    found = sorted(Path("/usr/lib").glob("**/baresip/modules"))
    return str(found[0]) if found else "/usr/lib/baresip/modules"


def recorder(name: str, *command: str) -> None:
    def act(take: Take) -> None:
        running = take.run(*command)
        time.sleep(40)
        take.end(running)

    SCENES.append(RealScene(name, (command[0],), act))


recorder("ffmpeg records", "ffmpeg", "-f", "pulse", "-i", "default", "-f", "null", "-")
recorder("arecord records, through ALSA", "arecord", "-D", "pulse", "-f", "S16_LE", "-r", "16000", "/dev/null")
recorder("GStreamer records", "gst-launch-1.0", "pulsesrc", "!", "fakesink")
recorder("GStreamer plays its microphone", "gst-launch-1.0", "pulsesrc", "!", "audioconvert", "!", "pulsesink")
recorder("parec records the loudspeakers", "parec", "--device=speakers.monitor")


@program("pavucontrol shows levels", "pavucontrol", "Xvfb")
def _meter(take: Take) -> None:
    take.run("Xvfb", ":97", "-screen", "0", "800x600x24")
    time.sleep(1)
    take.run("pavucontrol", DISPLAY=":97")
    time.sleep(40)


@program(
    "a softphone of GStreamer says it is a phone",
    "gst-launch-1.0",
    truths=(Real("gst-launch-1.0", "begin", "end", DOUBT),),
)
def _phone(take: Take) -> None:
    role = "stream-properties=props,media.role=phone"
    running = take.run("gst-launch-1.0", "pulsesrc", role, "!", "fakesink", "audiotestsrc", "!", "pulsesink", role)
    until(lambda: bool(take.server.capturing_pids()), "it takes the microphone")
    take.mark("begin")
    time.sleep(40)
    take.end(running, "end")


@program(
    "chromium: a meeting, recorded by ffmpeg and metered",
    "chromium",
    "ffmpeg",
    truths=(Real("chromium", "5:join", "45:leave"),),
)
def _recorded(take: Take) -> None:
    take.run("ffmpeg", "-f", "pulse", "-i", "speakers.monitor", "-f", "null", "-")
    take.run("ffmpeg", "-f", "pulse", "-i", "default", "-f", "null", "-")
    take.open("chromium", "2:mic;5:join;45:leave;45.1:drop")
    until(lambda: take.pages.finished("45.1:drop"), "the call is over", 110)


@program("a virtual microphone", "pacat", truths=(Real("zoom", "begin", "end"),))
def _virtual(take: Take) -> None:
    take.mark("begin")
    streams = [take.server.takes_microphone("zoom", "mic_feed.monitor"), take.server.plays("zoom")]
    time.sleep(40)
    take.mark("end")
    for stream in streams:
        take.server.end(stream)


@program("a recorder of a virtual microphone", "pacat")
def _cable(take: Take) -> None:
    take.started += [take.server.takes_microphone("frobcast", "mic_feed.monitor"), take.server.plays("frobcast")]
    time.sleep(40)


@program("a headset lost for twenty seconds", "pacat", truths=(Real("zoom", "begin", "end"),))
def _headset(take: Take) -> None:
    server = take.server
    make = ("load-module", "module-remap-source", "master=mic_feed.monitor", "source_name=headset")
    module = server.pactl(*make).strip()
    take.mark("begin")
    microphone, voice = server.takes_microphone("zoom", "headset"), server.plays("zoom")
    time.sleep(25)
    server.pactl("unload-module", module)
    server.end(microphone)
    server.end(voice)
    time.sleep(20)
    server.pactl(*make)
    streams = [server.takes_microphone("zoom", "headset"), server.plays("zoom")]
    time.sleep(20)
    take.mark("end")
    for stream in streams:
        server.end(stream)


@program(
    "two programs at once",
    "pacat",
    truths=(Real("zoom", "zoom begins", "zoom ends"), Real("slack", "slack begins", "slack ends")),
)
def _two(take: Take) -> None:
    server = take.server
    take.mark("zoom begins")
    zoom = [server.takes_microphone("zoom"), server.plays("zoom")]
    time.sleep(5)
    take.mark("slack begins")
    slack = [server.takes_microphone("slack"), server.plays("slack")]
    time.sleep(32)
    take.mark("slack ends")
    for stream in slack:
        server.end(stream)
    time.sleep(5)
    take.mark("zoom ends")
    for stream in zoom:
        server.end(stream)


def stand_in(name: str, binary: str, role: str = "") -> None:
    """A program that is not in Debian, by its name and its role: microphone and playback, and no call."""

    def act(take: Take) -> None:
        if role:
            take.server.extra = {"PULSE_PROP": f"media.role={role}"}
        streams = [take.server.takes_microphone(binary), take.server.plays(binary)]
        time.sleep(40)
        for stream in streams:
            take.server.end(stream)

    SCENES.append(RealScene(name, ("pacat",), act))


stand_in("a virtual machine", "VirtualBoxVM")
stand_in("a remote desktop", "remmina")
stand_in("a game", "frobgame", "game")
stand_in("an audio workstation", "frobdaw", "production")
stand_in("an unknown program", "frobnicate")
