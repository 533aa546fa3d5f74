"""The world of every dialogue, on SQLite and on PostgreSQL; an error in the log fails the test, and so does
a state that nobody owes anything for."""

import logging
from collections.abc import AsyncIterator

import pytest
import structlog

from handlers import audit
from storage import audit as trails
from storage import db
from storage.rows import load
from tests.dialogues import fitting, owing, replaying
from tests.world import World, university


@pytest.fixture
async def world(university_url: str) -> AsyncIterator[World]:
    errors: list[str] = []

    def catch(_: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if method in ("error", "exception", "critical"):
            errors.append(str(event))
        raise structlog.DropEvent

    structlog.configure(
        processors=[structlog.processors.format_exc_info, catch], cache_logger_on_first_use=False
    )
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    async with university(university_url) as world:
        world.errors = errors
        yield world
        assert await owing.faults() == []
        assert await replaying.faults() == []
        assert await trails.verify() is None
        assert await audit.verify() is None
        assert await bagged() == []
        assert await fitting.faults() == []
    assert errors == []


async def bagged() -> list[str]:
    """Names in forms that are no answers."""
    found = [
        row
        for table in ("drafts", "requests", "versions")
        for row in await db.rows(f"SELECT form FROM {table}")
    ]
    return [name for row in found for name in load(row["form"]) if name.startswith("_")]
