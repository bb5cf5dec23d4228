"""What tests of questions stand on: a reader of the sample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from legation.storage.database import Database
from legation.storage.reading import Reader


@pytest.fixture
def reader(sample_database: Database) -> Iterator[Reader]:
    """A reader of the sample."""
    with closing(sample_database.reader()) as opened:
        yield opened
