"""The command `clepsydra`."""

import gc
import os
import sys

from clepsydra import __version__


def main() -> int:
    """Answer `--version` at once; leave everything else to the command line."""
    if sys.argv[1:] == ["--version"] and _said(f"clepsydra {__version__}\n"):
        return 0
    # What is loaded is no garbage: looking for some every 700 objects would cost a tenth of the start, and a command
    # that reads a month of a long log has ended before there is any. The app looks more often (tui/memory.py).
    gc.set_threshold(200_000)
    from clepsydra.cli.main import run

    code = run()
    if "threading" not in sys.modules:  # nobody is left to wait for, and all is closed and written out
        os._exit(code)  # taking the modules down one by one would cost a twentieth of a quick verb
    gc.freeze()  # nor is any garbage looked for on the way out
    return code


def _said(text: str) -> bool:
    """Whether standard output took a text; why it did not is for the command line to say."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, AttributeError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
