"""A fresh desk for each test."""

from collections.abc import Iterator

import pytest

from tests.ledger.desk import Desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk.at()
    yield desk
    desk.ledger.db.close()
