"""The sound systems against answers as they were recorded; only the Linux one also runs for real here."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace as Answer

import pytest

from clepsydra.calls.streams.linux import PulseHolders
from clepsydra.calls.streams.macos import CoreAudioHolders
from clepsydra.calls.streams.reading import OwnCapture, Unavailable, UnavailableCause
from clepsydra.calls.streams.system import NoHolders, holders_of_this_system
from clepsydra.calls.streams.windows import AudioSession, Wasapi, WasapiHolders


def seen(reading) -> set[tuple[str, bool]]:
    return {(stream.program.id, stream.capture) for stream in reading.streams if not stream.corked}


class RecordedPulse:
    """Answers of a pipewire-pulse and of a PulseAudio server, mixed."""

    def __init__(self) -> None:
        self.clients = {50: {"application.process.id": "500", "application.process.binary": "teams-for-linux"}}
        self.outputs = [
            self.stream(1, 40, **{"application.process.id": "400", "application.process.binary": "zoom"}),
            self.stream(1, 50, **{"application.name": "Microsoft Teams"}),
            self.stream(1, 41, corked=True, **{"application.process.binary": "chromium"}),
            self.stream(2, 42, **{"application.process.binary": "simplescreenrecorder"}),
            self.stream(1, 0xFFFFFFFF, **{"media.name": "Remapped Stream"}),
            self.stream(1, 43, meter=True, **{"application.process.binary": "gnome-calls"}),
            self.stream(1, 44, **{"application.process.binary": "pavucontrol"}),
            self.stream(1, 45, **{"application.id": "clepsydra", "application.process.id": "9"}),
            self.stream(9, 46, **{"application.process.binary": "slack"}),
            self.stream(1, 47, **FIREFOX),
            self.stream(1, 48, **{"application.process.binary": "vivaldi-bin", "media.name": "RecordStream"}),
        ]
        self.inputs = [
            self.stream(7, 40, **{"application.process.id": "400", "application.process.binary": "zoom"}),
            self.stream(7, 60, **{"media.role": "event", "application.process.binary": "gnome-shell2"}),
        ]

    @staticmethod
    def stream(device: int, client: int, corked: bool = False, meter: bool = False, **details: str) -> Answer:
        method = "peaks" if meter else "speex-float-1"
        return Answer(
            index=client, source=device, sink=device, client=client, corked=corked, proplist=details,
            resample_method=method,
        )  # fmt: skip

    def event_mask_set(self, *masks: str) -> None:
        self.masks = set(masks)

    def event_callback_set(self, callback) -> None:
        self.callback = callback

    def tell(self, what: str) -> None:
        with suppress(Exception):
            self.callback(Answer(t=what))

    def source_list(self):
        names = {1: ("mic", None), 2: ("speakers.monitor", "speakers"), 3: ("cable.monitor", "cable")}
        return [Answer(index=i, name=name, monitor_of_sink_name=of) for i, (name, of) in names.items()]

    def sink_list(self):
        return [Answer(index=7, name="speakers", flags=0x4), Answer(index=8, name="cable", flags=0)]

    def server_info(self):
        return Answer(default_sink_name="speakers", cookie=0xC0FFEE)

    def source_output_list(self):
        return self.outputs

    def sink_input_list(self):
        return self.inputs

    def client_info(self, index: int):
        if index not in self.clients:
            raise KeyError(index)
        return Answer(proplist=self.clients[index])

    def close(self) -> None:
        self.closed = True


FIREFOX = {"application.process.binary": "firefox-esr", "media.name": "Meet - Acme weekly"}


class TestPulse:
    def test_only_foreign_programs_with_a_running_microphone_are_left(self) -> None:
        reading = PulseHolders(connect=lambda _server: RecordedPulse()).read({999})
        assert seen(reading) == {("zoom", True), ("zoom", False), ("teams", True), ("firefox", True), ("vivaldi", True)}
        assert reading.own == (OwnCapture(9, "mic", monitor=False),)

    def test_pid_and_title_come_along(self) -> None:
        reading = PulseHolders(connect=lambda _server: RecordedPulse()).read(())
        streams = {stream.program.id: stream for stream in reading.streams if stream.capture}
        assert streams["teams"].pid == 500
        assert streams["firefox"].title == "Meet - Acme weekly"
        assert streams["vivaldi"].title is None
        assert "Acme" not in repr(reading)

    @pytest.mark.parametrize("name", ["librewolf", "LibreWolf", "Firefox", "firefox", "AudioStream"])
    def test_a_browser_that_calls_its_stream_by_its_own_name_tells_no_title(self, name) -> None:
        pulse = RecordedPulse()
        details = {"application.process.binary": "librewolf", "application.name": "LibreWolf", "media.name": name}
        pulse.outputs, pulse.inputs = [pulse.stream(1, 71, **details)], []
        (stream,) = PulseHolders(connect=lambda _server: pulse).read(()).streams
        assert (stream.program.id, stream.title) == ("firefox", None)

    def test_paused_streams_are_told_as_such_with_their_device_and_run(self) -> None:
        reading = PulseHolders(connect=lambda _server: RecordedPulse()).read(())
        (paused,) = [stream for stream in reading.streams if stream.corked]
        assert (paused.program.id, paused.device, paused.id) == ("chromium", "mic", "c0ffee.41")
        assert reading.devices == {"mic", "speakers", "cable", "speakers.monitor", "cable.monitor"}

    def test_what_is_played_into_a_virtual_cable_is_a_microphone_of_what_records_it(self) -> None:
        pulse = RecordedPulse()
        pulse.outputs = [pulse.stream(3, 70, **{"application.process.binary": "zoom"})]
        holders = PulseHolders(connect=lambda _server: pulse)
        assert [(each.program.id, each.virtual) for each in holders.read(()).streams if each.capture] == [
            ("zoom", True)
        ]
        pulse.inputs = [pulse.stream(8, 70, **{"application.process.binary": "zoom"})]
        assert seen(holders.read(())) == {("zoom", False)}, "it records what it plays itself"

    def test_a_server_that_dies_while_it_answers_is_unknown_and_asked_anew(self) -> None:
        servers = [RecordedPulse(), RecordedPulse()]
        holders = PulseHolders(connect=lambda _server: servers[0])
        holders.read(())
        servers[0].source_list = lambda: (_ for _ in ()).throw(OSError("gone"))
        dead = servers.pop(0)
        with pytest.raises(Unavailable) as caught:
            holders.read(())
        assert caught.value.why is UnavailableCause.NO_SERVER
        assert dead.closed
        assert seen(holders.read(()))

    def test_it_asks_for_news_of_streams_and_not_of_every_volume(self) -> None:
        pulse = RecordedPulse()
        PulseHolders(connect=lambda _server: pulse).read(())
        assert pulse.masks == {"source_output", "sink_input", "server"}

    def test_a_dragged_volume_is_looked_at_ever_less(self, monkeypatch) -> None:
        pulse, rests = RecordedPulse(), []
        holders = PulseHolders(connect=lambda _server: pulse)
        holders.read(())
        monkeypatch.setattr(holders._rest, "wait", rests.append)
        pulse.event_listen = lambda _seconds: pulse.tell("change")
        for _ in range(6):
            holders.wait(None)
            holders.read(())
        assert rests == [0.1, 0.1, 0.1, 3, 3, 3]
        pulse.outputs.pop()
        holders.wait(None)
        holders.read(())
        holders.wait(None)
        assert rests[-1] == 0.1, "a change that says something is followed closely"
        pulse.event_listen = lambda _seconds: pulse.tell("new")
        holders.read(())
        told = len(rests)
        holders.wait(None)
        assert len(rests) == told, "a new stream is looked at once"


class RecordedCoreAudio:
    """Answers of macOS 14.5 in a Teams call, music playing."""

    processes = {  # noqa: RUF012
        71: {"ppid": 301, "piri": 1, "piro": 1, "pbid": "com.microsoft.teams2.modulehost"},
        72: {"ppid": 302, "piri": 0, "piro": 1, "pbid": "com.spotify.client"},
        73: {"ppid": 303, "piri": 1, "piro": 0, "pbid": "com.apple.CoreSpeech"},
        74: {"ppid": 304, "piri": 0, "piro": 0, "pbid": "us.zoom.xos"},
        75: {"ppid": 305, "piri": 1, "piro": 0, "pbid": ""},
        76: {"ppid": 306, "piri": 1, "piro": 1, "pbid": "com.apple.avconferenced"},
    }
    old = False

    def objects(self, item, selector):
        if self.old:
            raise Unavailable(UnavailableCause.TOO_OLD)
        assert (item, selector) == (1, "prs#")
        return list(self.processes)

    def number(self, item, selector):
        return self.processes[item][selector]

    def text(self, item, selector):
        return self.processes[item][selector]

    def executable(self, pid):
        return {305: "/usr/local/bin/python3.12"}.get(pid, "")

    deaf = False

    def listen(self, item, selector, changed):
        if self.deaf:
            return False
        self.__dict__.setdefault("listeners", {})[item, selector] = changed
        return True


class TestCoreAudio:
    def test_processes_with_running_input_and_output(self) -> None:
        reading = CoreAudioHolders(RecordedCoreAudio()).read({305})
        assert seen(reading) == {
            ("teams", True),
            ("teams", False),
            ("com.spotify.client", False),
            ("speech", True),
            ("facetime", True),
            ("facetime", False),
        }
        assert [own.pid for own in reading.own] == [305]

    def test_it_is_asked_when_the_system_tells_of_news_and_hardly_ever_else(self) -> None:
        answers = RecordedCoreAudio()
        holders = CoreAudioHolders(answers)
        holders.read(())
        assert set(answers.listeners) == {
            (1, "prs#"),
            *((item, how) for item in range(71, 77) for how in ("piri", "piro")),
        }
        assert holders.every == 30
        answers.listeners[74, "piri"]()
        holders.wait(None)  # returns at once
        answers.processes = {**answers.processes, 77: {"ppid": 307, "piri": 1, "piro": 1, "pbid": "us.zoom.xos"}}
        before = set(answers.listeners)
        holders.read(())
        assert set(answers.listeners) - before == {(77, "piri"), (77, "piro")}

    def test_a_system_that_tells_no_news_is_asked_every_second(self) -> None:
        answers = RecordedCoreAudio()
        answers.deaf = True
        holders = CoreAudioHolders(answers)
        holders.read(())
        assert holders.every == 1

    def test_an_older_system_is_unknown(self) -> None:
        answers = RecordedCoreAudio()
        answers.old = True
        with pytest.raises(Unavailable) as caught:
            CoreAudioHolders(answers).read(())
        assert caught.value.why is UnavailableCause.TOO_OLD

    def test_elsewhere_its_library_is_missing(self) -> None:
        with pytest.raises(Unavailable) as caught:
            CoreAudioHolders().read(())
        assert caught.value.why is UnavailableCause.NO_LIBRARY


class RecordedWasapi:
    """Answers of Windows 11 in a Zoom call."""

    def list(self, *, capture):
        zoom, chrome = AudioSession(11, "Zoom.exe", True), AudioSession(12, "chrome.exe", not capture)
        return [
            zoom,
            chrome,
            AudioSession(0, "", True),
            AudioSession(13, "clepsydra.exe", True),
            AudioSession(14, "python.exe", True),
        ]


class ComError(Exception):
    """As comtypes raises it: no OSError."""


class BrokenSession:
    def QueryInterface(self, _interface):
        raise ComError(-2004287480)


class PlayedSession:
    def __init__(self, pid: int) -> None:
        self.pid = pid

    def QueryInterface(self, _interface):
        return self

    def GetProcessId(self):
        return self.pid

    def GetState(self):
        return 1


class PlayedDevice:
    """A device with these sessions; none is a device that is pulled out while it is asked."""

    def __init__(self, *sessions) -> None:
        self.sessions = sessions

    def Activate(self, *_):
        if not self.sessions:
            raise ComError(-2004287484)
        return self

    def QueryInterface(self, _interface):
        return self

    def GetSessionEnumerator(self):
        return self

    def GetCount(self):
        return len(self.sessions)

    def GetSession(self, n):
        return self.sessions[n]


class PlayedDevices:
    def __init__(self, *devices) -> None:
        self.devices = devices

    def GetCount(self):
        if not self.devices:
            raise ComError(-2147023834)
        return len(self.devices)

    def Item(self, n):
        return self.devices[n]


def libraries(*devices):
    """comtypes and pycaw, as far as they are asked."""
    enumerator = Answer(EnumAudioEndpoints=lambda *_: PlayedDevices(*devices))
    pycaw = Answer(
        EDataFlow=Answer(eCapture=Answer(value=1), eRender=Answer(value=0)),
        DEVICE_STATE=Answer(ACTIVE=Answer(value=1)),
        AudioUtilities=Answer(GetDeviceEnumerator=lambda: enumerator), IAudioSessionManager2=Answer(_iid_=None),
        IAudioSessionControl2=None,
    )  # fmt: skip
    return Answer(CoInitialize=lambda: None, CLSCTX_ALL=23, COMError=ComError), pycaw


class TestWasapi:
    def test_a_device_or_a_session_that_fails_hides_nothing_but_itself(self) -> None:
        good = PlayedDevice(PlayedSession(-1), BrokenSession(), PlayedSession(-2))
        sessions = Wasapi(libraries(good, PlayedDevice(), PlayedDevice(PlayedSession(-3)))).list(capture=True)
        assert [session.pid for session in sessions] == [-1, -2, -3]

    def test_a_sound_service_that_fails_is_unknown(self) -> None:
        with pytest.raises(Unavailable) as caught:
            Wasapi(libraries()).list(capture=True)
        assert caught.value.why is UnavailableCause.NO_SERVER

    def test_active_sessions_of_both_directions(self) -> None:
        reading = WasapiHolders(RecordedWasapi()).read({14})
        assert seen(reading) == {("zoom", True), ("zoom", False), ("chrome", False)}
        assert [own.pid for own in reading.own] == [14]

    def test_without_its_library_nothing_is_known(self) -> None:
        with pytest.raises(Unavailable) as caught:
            WasapiHolders().read(())
        assert caught.value.why is UnavailableCause.NO_LIBRARY


@pytest.mark.parametrize(
    ("system", "kind"),
    [("linux", PulseHolders), ("darwin", CoreAudioHolders), ("win32", WasapiHolders), ("sunos5", NoHolders)],
)
def test_every_system_has_its_own(monkeypatch, system, kind) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert type(holders_of_this_system()) is kind


def test_an_unknown_system_never_says_no_call() -> None:
    with pytest.raises(Unavailable) as caught:
        NoHolders().read(())
    assert caught.value.why is UnavailableCause.NOT_SUPPORTED
