"""What the wheel holds beside the package's own files: compiled translations, shipped settings and themes.

`make` calls this file too, as a command with the changed translations, to keep a checkout fresh.
"""

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = "app/clepsydra/language/locale/*/LC_MESSAGES/*.po"
SHIPPED = ("config", "themes")


def compile_catalogue(source: Path) -> None:
    """Write the .mo beside its .po; the name of the language is that of its folder."""
    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=source.parents[1].name)
    with source.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)


class ShippedFiles(BuildHookInterface[Any]):
    """Runs before every wheel, the editable one included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all translations; `artifacts` in pyproject.toml takes the results into the wheel.

        An editable wheel gets no copy of settings and themes: the checkout's own are read, always fresh.
        """
        root = Path(self.root)
        for source in sorted(root.glob(SOURCES)):
            compile_catalogue(source)
        if version == "standard":
            for name in SHIPPED:
                build_data["force_include"][str(root / name)] = f"clepsydra/_shipped/{name}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
