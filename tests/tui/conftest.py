"""The sample home, for the screens that want years of work to show."""

import shutil

import pytest

from clepsydra.ledger import demo
from clepsydra.settings.home import Home
from tests.tui.sample_app import AFTERNOON


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample home, made once for the tests of a module; none of them writes to it."""
    home = Home(tmp_path_factory.mktemp("made") / "home")
    demo.make_demo(home, AFTERNOON, "en")
    return home


@pytest.fixture
def home(made, tmp_path):
    """A copy of it for one test."""
    return Home(shutil.copytree(made.path, tmp_path / "home"))
