"""A few pictures of everything at once, to be looked at when Textual or a widget changes."""

import pytest

from tests.tui.gallery import Gallery


@pytest.mark.parametrize(("theme", "size"), [("clepsydra", (80, 24)), ("clepsydra", (120, 40)), ("paper", (120, 40))])
def test_the_gallery_looks_as_it_did(snap_compare, theme, size):
    assert snap_compare(Gallery(theme, rows=500), terminal_size=size)
