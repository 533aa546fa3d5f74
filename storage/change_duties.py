"""What is owed for a medium's changes, and which filing has answered it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage import db
from storage.promises import DutyKind
from storage.rows import load, marks


async def answered(media: Sequence[str], request: int, covers: Callable[[Mapping[str, Any]], bool]) -> None:
    """Close what is owed for changes of these media, as far as the filing `covers` the duty's detail.

    The next tick finds them (`next_at` 0) and repaints their cards.
    """
    if not media:
        return
    sql = f'SELECT id, detail FROM duties WHERE medium IN ({marks(len(media))}) AND kind = ? AND "open" = ?'
    for row in await db.rows(sql, *media, DutyKind.CHANGE.value, True):
        if covers(load(row["detail"]) if row["detail"] else {}):
            close = 'UPDATE duties SET "open" = ?, next_at = 0, request = ? WHERE id = ?'
            await db.run(close, False, request, row["id"])


async def owed_again(request: int, at: datetime) -> None:
    """The filing is taken back: what it answered is owed as before, and looked at from `at` on."""
    sql = 'UPDATE duties SET "open" = ?, next_at = ?, request = NULL WHERE request = ? AND kind = ?'
    await db.run(sql, True, db.to_ms(at), request, DutyKind.CHANGE.value)
