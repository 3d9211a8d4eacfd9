"""Processes and the programs people know them as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.calls.evidence import Family
from clepsydra.calls.programs import IGNORED, METERS, identify


@pytest.mark.parametrize(
    ("executable", "application", "name", "expected"),
    [
        ("zoom", None, "ZOOM VoiceEngine", "zoom"),
        (None, None, "ZOOM VoiceEngine", "zoom"),
        ("CptHost.exe", None, None, "zoom"),
        (None, "us.zoom.xos", None, "zoom"),
        (None, "com.microsoft.teams2.modulehost", None, "teams"),
        (r"C:\Program Files\WindowsApps\MSTeams\ms-teams.exe", None, None, "teams"),
        ("avconferenced", None, None, "facetime"),
        ("Discord", None, "WEBRTC VoiceEngine", "discord"),
        ("electron", None, "Slack", "slack"),
        ("electron28", "com.slack.Slack", "Chromium input", "slack"),
        ("chromium", None, "Chromium input", "chromium"),
        ("firefox-esr", None, "Firefox", "firefox"),
        ("chrome", None, "Google Chrome input", "chrome"),
        (None, "com.apple.WebKit.GPU", None, "safari"),
        ("corespeechd", None, None, "speech"),
        ("pavucontrol", "org.PulseAudio.pavucontrol", "PulseAudio Volume Control", "mixer"),
        ("ffmpeg", None, "Lavf59.27.100", "recorder"),
        ("linphone", None, None, "linphone"),
        ("qemu-system-x86_64", None, None, "hypervisor"),
        ("SomeGame-Win64-Shipping.exe", None, None, "game"),
        ("wine64-preloader", None, "Zoom.exe", "zoom"),
        ("baresip", None, None, "baresip"),
        ("amazon-chime", None, None, "amazon-chime"),
        (".zoom-wrapped", None, None, "zoom"),
        ("Element-nightly", None, None, "element"),
        ("ardour-8.4.0", None, None, "studio"),
        ("reaper-bin", None, None, "studio"),
        ("openvpn-client", None, None, "openvpn-client"),
        ("python3.11", None, "My softphone", "my_softphone"),
        ("python3.11", None, "ALSA plug-in [python3.11]", "python3.11"),
        (None, None, None, "unknown"),
    ],
)
def test_identify(executable, application, name, expected) -> None:
    assert identify(executable, application, name).id == expected


def test_a_program_never_heard_of_keeps_its_name() -> None:
    program = identify("/opt/acme/AcmePhone", None, "Acme")
    assert (program.id, program.name, program.family) == ("acmephone", "AcmePhone", Family.UNKNOWN)


@given(st.text(), st.text(), st.text())
def test_any_name_gives_a_program_fit_for_one_line(executable, application, name) -> None:
    program = identify(executable, application, name)
    assert program.id
    assert program.name.isprintable()
    assert program.id.isprintable()
    assert max(len(program.id), len(program.name)) <= 80


def test_what_never_calls_is_known_by_its_processes() -> None:
    processes = (
        "corespeechd", "nerd-dictation", "obs64.exe", "audacity", "ffmpeg", "pavucontrol", "easyeffects", "pipewire",
        "clepsydra", "ardour7", "VirtualBoxVM", "remmina", "steamwebhelper", "mycroft",
    )  # fmt: skip
    assert {identify(each).id for each in processes} == IGNORED
    assert METERS < IGNORED
