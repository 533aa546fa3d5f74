from collections.abc import Mapping

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

COLUMNS = {
    "name": "name",
    "account": "account",
    "operator": "operator",
    "admins": "admins",
    "host_unit": "unit",
    "platform_type": "platform_type",
    "state": "state",
}
"""Item of a change -> column of the ledger, as both were when this was written."""

STRANDS = (
    "SELECT c.medium, c.item, c.before, c.after, c.recorded_at FROM media_changes c WHERE EXISTS"
    " (SELECT 1 FROM media_changes w WHERE w.medium = c.medium AND w.item = c.item"
    " AND w.recorded_at IS NULL) ORDER BY c.effective_on, c.id"
)

Row = Mapping[str, str | int | None]


async def bring_back(_: object, editor: BaseSchemaEditor) -> None:
    """What nobody has recorded no longer stands in the ledger, but in its history alone.

    Only where the ledger says what was filed last: whatever was written over it since stays. A name
    comes back once it is free; where another has it by now, the medium keeps the one it was filed for.
    """
    strands: dict[tuple[str, str], list[Row]] = {}
    for row in await editor.client.execute_query_dict(STRANDS):
        if row["item"] in COLUMNS:
            strands.setdefault((row["medium"], row["item"]), []).append(row)
    media = {row["no"]: row for row in await editor.client.execute_query_dict("SELECT * FROM media")}
    wanted: dict[str, dict[str, str]] = {}
    for (no, item), rows in strands.items():
        if no in media and media[no][COLUMNS[item]] == rows[-1]["after"]:
            wanted.setdefault(no, {})[COLUMNS[item]] = _recorded(rows)
    await _write(editor, media, wanted)


def _recorded(rows: list[Row]) -> str:
    known = [row for row in rows if row["recorded_at"] is not None]
    return str(known[-1]["after"] if known else rows[0]["before"])


async def _write(
    editor: BaseSchemaEditor, media: dict[str, dict[str, str]], wanted: dict[str, dict[str, str]]
) -> None:
    """Names may have passed from one medium to another: whoever frees one goes first."""
    while wanted:
        taken = {(row["platform_type"], row["name"]): no for no, row in media.items()}
        free = [no for no, new in wanted.items() if taken.get(_named(media[no] | new), no) == no]
        no = (free or list(wanted))[0]
        new = wanted.pop(no)
        if no not in free:
            new = {column: text for column, text in new.items() if column not in ("name", "platform_type")}
        media[no] |= new
        await _update(editor, no, new)


def _named(row: Mapping[str, str]) -> tuple[str, str]:
    return row["platform_type"], row["name"]


async def _update(editor: BaseSchemaEditor, no: str, new: Mapping[str, str]) -> None:
    postgres = editor.client.capabilities.dialect == "postgres"
    for column, text in new.items():
        marks = ("$1", "$2") if postgres else ("?", "?")
        sql = f"UPDATE media SET {column} = {marks[0]} WHERE no = {marks[1]}"
        await editor.client.execute_query(sql, [text, no])


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0003_named_steps")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="MediumChange",
            index=Index(fields=["recorded_at"]),
        ),
        ops.RunPython(bring_back, ops.RunPython.noop),
    ]
