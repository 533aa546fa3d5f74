"""A database that cannot be opened is one error of ours, whatever lies in its place."""

from pathlib import Path

import pytest

from storage import db, opening
from storage.tables import Mark


@pytest.mark.parametrize("content", [b"not a database" * 100, None])
async def test_a_file_that_is_no_database_is_one_error(tmp_path: Path, content: bytes | None) -> None:
    place = tmp_path / "x.db"
    if content is None:
        place.mkdir()
    else:
        place.write_bytes(content)

    with pytest.raises(db.DatabaseError):
        async with opening.opened(f"sqlite://{place}"):
            pass


async def test_a_database_in_memory_is_one_database() -> None:
    async with opening.opened("sqlite://:memory:"):
        await opening.migrate()
        async with db.transaction():
            await db.run("INSERT INTO marks (name, value, at) VALUES ('a', '', 0)")
        assert await Mark.all().count() == 1
        assert await opening.pending_migrations() == []


async def test_a_server_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(db.Unreachable):
        async with opening.opened(f"postgres://postgres@/nobody?host={tmp_path}"):
            pass


async def test_after_a_failure_to_open_another_database_can_be_opened(tmp_path: Path) -> None:
    with pytest.raises(db.DatabaseError):
        async with opening.opened(f"sqlite://{tmp_path}"):
            pass
    async with opening.opened(f"sqlite://{tmp_path / 'x.db'}"):
        assert await db.one("SELECT 1 AS one") == {"one": 1}
