"""A database that cannot be opened is one error of ours, whatever lies in its place."""

from pathlib import Path

import pytest

from storage import db


@pytest.mark.parametrize("content", [b"not a database" * 100, None])
async def test_a_file_that_is_no_database_is_one_error(tmp_path: Path, content: bytes | None) -> None:
    place = tmp_path / "x.db"
    if content is None:
        place.mkdir()
    else:
        place.write_bytes(content)

    with pytest.raises(db.DatabaseError):
        async with db.opened(f"sqlite://{place}"):
            pass
