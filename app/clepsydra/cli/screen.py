"""The full screen, where there is one to fill."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import Context

if TYPE_CHECKING:
    from clepsydra.settings.home import Home


def is_there(context: Context) -> bool:
    """Whether both sides are a terminal that can be drawn on."""
    streams = context.streams
    return streams.stdin.isatty() and streams.out.isatty() and context.environ.get("TERM", "") not in ("", "dumb")


def open_app(context: Context, home: "Home") -> int:
    """Open the app on a home and return its exit code; only now is anything of it loaded."""
    app: Any = import_module("clepsydra.tui.app")
    return int(app.run(home, context.environ, language=context.language or ""))
