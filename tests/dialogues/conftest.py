"""The world of every dialogue, on SQLite and on PostgreSQL; an error in the log fails the test."""

import logging
from collections.abc import AsyncIterator

import pytest
import structlog

from tests.world import World, university


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    errors: list[str] = []

    def catch(_: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if method in ("error", "exception", "critical"):
            errors.append(str(event))
        raise structlog.DropEvent

    structlog.configure(
        processors=[structlog.processors.format_exc_info, catch], cache_logger_on_first_use=False
    )
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    async with university(database_url) as world:
        world.errors = errors
        yield world
    assert errors == []
