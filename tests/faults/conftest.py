"""Worlds in which things go wrong: what is logged as an error is kept, for the test to expect or not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import structlog

from storage import audit
from tests.faults.pair import Pair
from tests.world import World, university


@asynccontextmanager
async def troubled(url: str) -> AsyncIterator[World]:
    """A world whose error lines are collected in `world.errors`."""
    errors: list[str] = []

    def catch(_: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if method in ("error", "exception", "critical"):
            errors.append(str(event["event"]))
        raise structlog.DropEvent

    structlog.configure(processors=[catch], cache_logger_on_first_use=False)
    async with university(url) as world:
        world.errors = errors
        yield world


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.fixture
async def world(sqlite_university: str) -> AsyncIterator[World]:
    """A world on SQLite in which nothing may be logged as an error."""
    async with troubled(sqlite_university) as world:
        yield world
    assert world.errors == []


@pytest.fixture
async def any_world(university_url: str) -> AsyncIterator[World]:
    """The same on both databases, errors left to the test."""
    async with troubled(university_url) as world:
        yield world


@pytest.fixture
async def pair(postgres_university: str) -> AsyncIterator[Pair]:
    async with troubled(postgres_university) as world:
        found = Pair(world)
        found.machines[1].writer.start()
        yield found
        await found.machines[1].writer.stop()
        assert await audit.verify() is None
        assert world.errors == []
