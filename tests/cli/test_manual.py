"""The manual page: every command and key of the tables, laid out by `man` without a complaint."""

import shutil
import subprocess

import pytest

from clepsydra.cli.help import all_commands
from clepsydra.tui.keys.table import ACTIONS, ScreenName


@pytest.mark.parametrize("language", ["en", "fr"])
def test_all_of_it_is_on_the_page(cli, language):
    page = cli.ok("man", "--language", language).out.replace("\\-", "-")
    for command in all_commands():
        assert f"\n.SS {command.name}" in page
    assert page.count("\n.TP\n") > 100 + sum(action.screen is ScreenName.MAIN for action in ACTIONS)
    if shutil.which("groff"):
        said = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-K", "utf8"], input=page, capture_output=True, text=True, check=False
        )
        assert not said.stderr
        assert "clepsydra" in said.stdout
