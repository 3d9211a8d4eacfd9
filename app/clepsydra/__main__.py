"""The command `clepsydra`."""

import sys

from clepsydra import __version__


def main() -> int:
    """Answer `--version`; anything else is wrong usage (2)."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"clepsydra {__version__}\n")
        return 0
    sys.stderr.write("usage: clepsydra --version\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
