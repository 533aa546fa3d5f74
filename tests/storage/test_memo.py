"""What is read of the books is read once, and by everybody anew as soon as anybody has written them."""

import ast
import re
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from handlers import workyear
from storage import db, memo, opening, people, tables, units
from storage.records import Role

STORAGE = Path(__file__).parents[2] / "storage"
WRITES = re.compile(rf"(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(?:{'|'.join(sorted(memo.BOOKS))})\b")
READS = re.compile(r"(?:FROM|JOIN)\s+([a-z_]+)\b")
OF_THE_QUERY_ITSELF = {"up"}


def functions() -> Iterator[tuple[str, ast.AsyncFunctionDef, str]]:
    for path in sorted(STORAGE.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.AsyncFunctionDef):
                yield path.stem, node, ast.get_source_segment(text, node) or ""


def texts(node: ast.AST) -> Iterator[str]:
    """Its strings; of one that is put together, how it begins."""
    inner = {
        id(part) for joined in ast.walk(node) if isinstance(joined, ast.JoinedStr) for part in joined.values
    }
    for found in ast.walk(node):
        match found:
            case ast.JoinedStr(values=[ast.Constant(value=str() as begun), *_]):
                yield begun
            case ast.Constant(value=str() as whole) if id(found) not in inner:
                yield whole


def test_every_statement_that_writes_the_books_is_known_for_it() -> None:
    written = [text for _, node, _ in functions() for text in texts(node) if WRITES.search(text)]
    assert len(written) > 20
    assert [text for text in written if not memo.writes_books(text)] == []
    for table in memo.BOOKS:
        assert memo.writes_books(f'UPDATE "{table}" SET name = ?')
    assert not memo.writes_books("UPDATE requests SET unit = ?")
    assert not memo.writes_books("SELECT * FROM people FOR UPDATE")


def test_what_is_kept_is_of_the_books_alone() -> None:
    kept = [
        source
        for _, node, source in functions()
        if "@db.kept" in [f"@{ast.unparse(d)}" for d in node.decorator_list]
    ]
    assert len(kept) >= 8
    for source in kept:
        assert set(READS.findall(source)) <= memo.BOOKS | OF_THE_QUERY_ITSELF, source
    assert set(READS.findall(people._UP)) <= memo.BOOKS | OF_THE_QUERY_ITSELF


async def test_an_event_reads_once_and_again_what_it_has_written(university_url: str) -> None:
    async with opening.opened(university_url), db.transaction():
        with memo.event():
            before = await people.units_upwards("2110")
            assert await people.units_upwards("2110") is before
            await units.rename("2110", "机电办公室")
            assert (await people.units_upwards("2110"))[0].name == "机电办公室"
        with memo.event():
            assert await workyear.current() is await workyear.current()
            assert (await people.units_upwards("2110"))[0].name == "机电办公室"


async def _name() -> str:
    with memo.event():
        unit = await people.unit("2110")
    assert unit is not None
    return unit.name


async def test_it_stays_known_until_somebody_writes(university_url: str) -> None:
    async with opening.opened(university_url):
        async with db.transaction():
            await units.rename("2110", "机电办公室")
        async with db.reading():
            first = await people.all_units()
        async with db.reading():
            assert await people.all_units() is first
        await tables.Unit.filter(code="2110").update(name="机电学院办公室")
        assert await _name() == "机电学院办公室"


async def _renamed_and_undone(within: AbstractAsyncContextManager[None]) -> None:
    async with within:
        await units.rename("2110", "别的")
        assert await _name() == "别的"
        raise RuntimeError("undone")


async def test_what_was_undone_is_not_known(university_url: str) -> None:
    async with opening.opened(university_url):
        async with db.transaction():
            await units.rename("2110", "机电办公室")
        with pytest.raises(RuntimeError, match="undone"):
            await _renamed_and_undone(db.transaction())
        assert await _name() == "机电办公室"
        async with db.transaction():
            with pytest.raises(RuntimeError, match="undone"):
                await _renamed_and_undone(db.savepoint())
            assert await _name() == "机电办公室"


async def test_what_another_process_writes_is_known_at_once(university_url: str) -> None:
    """On either database: a second engine stands for the other replica, or for an import."""
    async with opening.opened(university_url):
        async with db.transaction():
            await units.rename("2110", "机电办公室")
        with memo.event():
            reviewers = await people.with_role(Role.SECRECY_REVIEWER)
        assert reviewers
        other = opening.engine_for(university_url)
        await other.open()
        async with other.begun() as session:
            await session.run("DELETE FROM person_roles WHERE role = '保密审查人'")
        await other.close()
        with memo.event():
            assert await people.with_role(Role.SECRECY_REVIEWER) == ()
