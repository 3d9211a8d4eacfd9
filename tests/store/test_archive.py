"""Documents keep their bytes: staged before the log commits, named after, never replaced by others."""

from pathlib import Path

import pytest

from clepsydra.store.archive import Archive, digest


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "documents")


def test_a_staged_document_takes_its_name_when_it_is_kept(archive: Archive):
    archive.stage("2026-0001", ".pdf", b"bytes")
    assert archive.read("2026-0001", ".pdf") is None
    archive.keep("2026-0001", ".pdf", digest(b"bytes"))
    assert archive.read("2026-0001", ".pdf") == b"bytes"
    assert [path.name for path in archive.folder.rglob("*.*")] == ["2026-0001.pdf"]


def test_a_kill_after_the_commit_is_mended_at_the_first_reading(archive: Archive):
    archive.stage("2026-0001", ".pdf", b"bytes")
    assert archive.read("2026-0001", ".pdf", digest(b"bytes")) == b"bytes"


def test_nothing_is_replaced_by_other_bytes(archive: Archive):
    archive.add("2026-0001", ".pdf", b"first")
    archive.stage("2026-0001", ".pdf", b"second")
    archive.keep("2026-0001", ".pdf", digest(b"second"))
    assert archive.read("2026-0001", ".pdf") == b"first"
    with pytest.raises(FileExistsError):
        archive.add("2026-0001", ".pdf", b"second")


def test_what_was_not_issued_after_all_leaves_nothing(archive: Archive):
    archive.stage("2026-0001", ".pdf", b"bytes")
    archive.drop("2026-0001", ".pdf", b"bytes")
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []


def test_no_two_numbers_share_a_file(archive: Archive):
    numbers = ["2026-0001", "2026/0001", "F2026+0001", "2026_0001", "É-2026-0001", ".2026-0001"]
    paths = {archive.path(number, ".pdf") for number in numbers}
    assert len(paths) == len(numbers)
    assert {path.parent.parent for path in paths} == {archive.folder}
    assert not any(path.name.startswith(".") for path in paths)
