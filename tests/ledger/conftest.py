"""A fresh desk for each test, and somebody who watches for its calls."""

from collections.abc import Iterator

import pytest

from tests.ledger.desk import Desk
from tests.ledger.earshot import Watcher


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk.at()
    yield desk
    desk.ledger.db.close()


@pytest.fixture
def watcher(desk: Desk) -> Watcher:
    return Watcher(desk)
