"""The command `clepsydra`."""

import sys

from clepsydra import __version__


def main() -> int:
    """Answer `--version` at once; leave everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"clepsydra {__version__}\n")
        return 0
    from clepsydra.cli.main import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
