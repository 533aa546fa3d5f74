"""Orders that stop media (Article 15): each stands in the ledger's history until it is lifted by its name."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import db, ledger
from storage.records import MediumChange
from storage.rows import marks

ITEM = "order"
"""What an order is called in the history: `after` names the request that gave it, `before` one lifted."""

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def standing(numbers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By 备案号 the numbers of the requests by whose order a medium is stopped, oldest first; media that no
    order stops are left out."""
    if not numbers:
        return {}
    sql = (
        f"SELECT medium, before, after FROM media_changes WHERE medium IN ({marks(len(numbers))})"
        " AND item = ? ORDER BY id"
    )
    found: dict[str, list[str]] = {}
    for row in await db.rows(sql, *numbers, ITEM):
        orders = found.setdefault(row["medium"], [])
        if row["after"] and row["after"] not in orders:
            orders.append(row["after"])
        if row["before"] in orders:
            orders.remove(row["before"])
    return {no: tuple(orders) for no, orders in found.items() if orders}


async def give(no: str, order: str, request: int | None, at: datetime) -> None:
    """A medium is stopped by order of that request."""
    await ledger.enter([_entry(no, "", order, request, at)])


async def lift(no: str, order: str, request: int | None, at: datetime) -> None:
    """That order stops the medium no more; `request` lifted it."""
    await ledger.enter([_entry(no, order, "", request, at)])


def _entry(no: str, before: str, after: str, request: int | None, at: datetime) -> MediumChange:
    day = at.astimezone(SHANGHAI).date()
    return MediumChange(no, ITEM, before, after, day, at, recorded_at=at, request=request, source=ITEM)
