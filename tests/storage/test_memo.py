"""An event reads calendar, units and roles once, and whoever writes them makes it read them again."""

import ast
import re
from pathlib import Path

import pytest

from handlers import workyear
from storage import db, memo, opening, people, units

STORAGE = Path(__file__).parents[2] / "storage"
WRITES = re.compile(
    r"(INSERT INTO|UPDATE|DELETE FROM) (units|unit_changes|people|person_roles|calendar_days|media)\b"
)
UNSEEN = {"used_platform", "greeted"}
"""Writers of what no reading that is kept returns to a rule."""


def writers() -> list[tuple[str, str]]:
    """Functions that write what is kept, and their source."""
    found = []
    for path in sorted(STORAGE.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.AsyncFunctionDef) and node.name not in UNSEEN:
                source = ast.get_source_segment(text, node) or ""
                if WRITES.search(source):
                    found.append((f"{path.stem}.{node.name}", source))
    return found


@pytest.mark.parametrize(("name", "source"), writers(), ids=lambda value: value[:40])
def test_whoever_writes_what_is_kept_has_it_forgotten(name: str, source: str) -> None:
    assert "memo.forget()" in source, name


async def test_an_event_reads_once_and_the_next_one_again(university_url: str) -> None:
    async with opening.opened(university_url), db.transaction():
        with memo.event():
            before = await people.units_upwards("2110")
            await db.run("UPDATE units SET name = '机电办' WHERE code = '2110'")
            assert await people.units_upwards("2110") is before
            await units.rename("2110", "机电办公室")
            assert (await people.units_upwards("2110"))[0].name == "机电办公室"
        with memo.event():
            assert await workyear.current() is await workyear.current()
        assert (await people.units_upwards("2110"))[0].name == "机电办公室"
