"""This machine and its processes, on whichever system: its name, and whether a process of a number lives."""

import os
import sys

from clepsydra.domain.annotations import Any, NoReturn

_MAY_ASK = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION."""
_STILL_ACTIVE = 259
_ACCESS_DENIED = 5


def this_host() -> str:
    """The name of this machine; `socket` says the same and costs more than the rest of starting a timer."""
    uname = getattr(os, "uname", None)
    return str(uname().nodename) if uname is not None else os.environ.get("COMPUTERNAME", "")


AFRESH = "CLEPSYDRA_REOPENED"
"""The variable that tells a program which has replaced itself why it did."""


def start_afresh(why: str) -> NoReturn:
    """Replace this process by a new one of the same command, which is told why; open files are closed unseen."""
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, AFRESH: why})


def why_afresh() -> str:
    """Why this program has replaced itself; empty where it has not. Asked once."""
    return os.environ.pop(AFRESH, "")


def process_alive(pid: int) -> bool:
    """Whether a process of that id runs on this machine. Nothing is sent to it: on Windows, signal 0 is Ctrl+C."""
    if sys.platform == "win32":
        import ctypes

        return _asked(pid, ctypes.WinDLL("kernel32", use_last_error=True), ctypes.get_last_error)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _asked(pid: int, kernel: Any, last_error: Any) -> bool:
    """Ask Windows for the exit code of a process: one that may not be asked lives."""
    import ctypes

    handle = kernel.OpenProcess(_MAY_ASK, False, pid)
    if not handle:
        return bool(last_error() == _ACCESS_DENIED)
    try:
        code = ctypes.c_ulong()
        return bool(kernel.GetExitCodeProcess(handle, ctypes.byref(code))) and code.value == _STILL_ACTIVE
    finally:
        kernel.CloseHandle(handle)
