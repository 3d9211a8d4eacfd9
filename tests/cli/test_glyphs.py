"""A document that cannot show its letters is said before it is locked for ever."""

import pytest

from clepsydra.exchange import glyphs


@pytest.fixture
def bare(cli, monkeypatch):
    """A home with work in Chinese on a computer without fonts."""
    monkeypatch.setattr(glyphs, "font_of", lambda char: None)
    cli.ok("add", "brel", "yesterday 9:00", "+1h", "契約書")
    return cli


def test_the_issue_waits_for_a_yes(bare):
    refused = bare("statement", "issue", "brel", "--to", "yesterday")
    assert refused.code == 1
    assert "約 (U+7D04)" in refused.err
    assert "--yes" in refused.err
    assert bare.ok("statement", "list", "--json").json["statements"] == []
    bare.ok("statement", "issue", "brel", "--to", "yesterday", "--yes")


def test_nothing_is_asked_where_all_is_shown(cli):
    cli.ok("add", "brel", "yesterday 9:00", "+1h", "Réunion Дубль")
    cli.ok("statement", "issue", "brel", "--to", "yesterday")
