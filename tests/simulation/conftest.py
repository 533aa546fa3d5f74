"""One stage for all stories of a test process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.play import Stage, stage


@pytest.fixture(scope="session")
def there(_sqlite_migrated: Path) -> Iterator[Stage]:
    with stage(_sqlite_migrated) as found:
        yield found
