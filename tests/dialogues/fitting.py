"""Texts fit their columns, asked after each dialogue: SQLite takes any length, PostgreSQL does not."""

from tortoise import fields
from tortoise.models import Model

from storage import db, ledger_tables, tables

MODELS = [
    found
    for module in (tables, ledger_tables)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Model) and found is not Model
]


def _widest() -> str:
    rooms = [
        (model._meta.db_table, name, field.max_length)
        for model in MODELS
        for name, field in model._meta.fields_map.items()
        if isinstance(field, fields.CharField)
    ]
    return " UNION ALL ".join(
        f"SELECT '{table}.{name}' AS place, max(length({name})) AS n FROM {table}"
        f" HAVING max(length({name})) > {room}"
        for table, name, room in rooms
    )


_WIDEST = _widest()


async def faults() -> list[str]:
    """Columns that hold more than PostgreSQL lets them."""
    return [] if db.is_postgres() else [row["place"] for row in await db.rows(_WIDEST)]
