"""A fresh desk for each test, and somebody who watches for its calls."""

from collections.abc import Iterator

import pytest

from tests.ledger.call_watcher import Watcher
from tests.ledger.workbench import Desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk.at()
    yield desk
    desk.ledger.db.close()


@pytest.fixture
def watcher(desk: Desk) -> Watcher:
    return Watcher(desk)
