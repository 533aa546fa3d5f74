"""Words removed for good where they may be secret; numbers, hashes and what was done stay."""

from collections.abc import Mapping
from typing import Any

from storage import db, holds
from storage.holds import Row
from storage.records import Request
from storage.rows import dump, load, marks

GONE = "（内容已删除）"
"""What stands where the words were."""


async def drafts_of(request: int) -> list[int]:
    """Every draft that became a version of this request, or was begun to become one."""
    linked = "SELECT draft FROM versions WHERE request = ? AND draft IS NOT NULL"
    found = await db.rows(f"SELECT id FROM drafts WHERE revises = ? OR id IN ({linked})", request, request)
    return sorted({row["id"] for row in found} | set(await _unlinked(request)))


async def _unlinked(request: int) -> list[int]:
    """Drafts submitted before versions named theirs: the applicant's, with files of this request."""
    hashes = sorted(_hashes(await forms(request)))
    if not hashes:
        return []
    sql = (
        "SELECT DISTINCT d.id FROM drafts d JOIN requests r ON r.applicant = d.person AND r.kind = d.kind"
        " JOIN uploads u ON u.draft = d.id WHERE r.id = ? AND d.state = 'submitted'"
        f" AND u.sha256 IN ({marks(len(hashes))}) AND d.id NOT IN"
        " (SELECT draft FROM versions WHERE draft IS NOT NULL)"
    )
    return [row["id"] for row in await db.rows(sql, request, *hashes)]


async def forms(request: int) -> list[Mapping[str, Any]]:
    """What each version said."""
    found = await db.rows("SELECT form FROM versions WHERE request = ? ORDER BY version", request)
    return [load(row["form"]) for row in found]


def _hashes(said: list[Mapping[str, Any]]) -> set[str]:
    return {str(file["sha256"]) for form in said for file in form.get("files") or ()}


async def wipe(request: Request) -> None:
    """A request's title, the text of all its versions, and its files that nothing else has."""
    holds.must(Row.REQUEST, request.id)
    hashes = _hashes(await forms(request.id))
    sql = "UPDATE requests SET form = '{}', facts = '{}', outcome = '{}', title = ? WHERE id = ?"
    await db.run(sql, GONE, request.id)
    await db.run("UPDATE versions SET form = '{}', facts = '{}' WHERE request = ?", request.id)
    await db.run("DELETE FROM prompts WHERE number = ?", request.number)
    sql = (
        "DELETE FROM blobs WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM uploads WHERE sha256 = ?)"
        " AND NOT EXISTS (SELECT 1 FROM versions WHERE form LIKE ?)"
    )
    for digest in sorted(hashes):
        await db.run(sql, digest, digest, f"%{digest}%")


async def blank_letter(letter: str, args: Mapping[str, Any]) -> None:
    """A letter remembers no more than this."""
    await db.run("UPDATE letters SET args = ? WHERE id = ?", dump(args), letter)
