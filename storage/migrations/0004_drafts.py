from collections.abc import Mapping
from typing import Any

import orjson
from tortoise import fields, migrations
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations import operations as ops

from storage.migrating import Together

OF_TALK = {"_guided": "guided", "_asked": "asked", "_wrong": "wrong", "_mistakes": "mistakes"}
OF_NOTES = {"_late": "late", "_same_platform": "same_platform"}


def moved(form: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What lay in one bag apart: the answers, the state of the dialogue, the notes."""
    answers = {name: value for name, value in form.items() if not name.startswith("_")}
    empty: dict[str, Any] = {"guided": False, "asked": [], "wrong": {}, "mistakes": {}}
    talk = empty | {new: form[old] for old, new in OF_TALK.items() if old in form}
    notes = {new: form[old] for old, new in OF_NOTES.items() if old in form}
    return answers, talk, notes


async def move(_: Any, editor: Any) -> None:
    """Drafts that may be gone on with; a submitted one leaves its words to the version it became."""
    client: BaseDBAsyncClient = editor.client
    one, two, three, four = ("$1", "$2", "$3", "$4") if client.capabilities.dialect == "postgres" else "????"
    sql = f"UPDATE drafts SET form = {one}, talk = {two}, notes = {three} WHERE id = {four}"
    for row in await client.execute_query_dict("SELECT id, form FROM drafts WHERE state <> 'submitted'"):
        parts = [
            orjson.dumps(part, option=orjson.OPT_SORT_KEYS).decode()
            for part in moved(orjson.loads(row["form"]))
        ]
        await client.execute_query(sql, [*parts, row["id"]])
    await client.execute_query("UPDATE drafts SET form = '{}' WHERE state = 'submitted'")


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0003_named_steps")]

    initial = False

    operations = [
        Together(
            ops.AddField(model_name="Draft", name="talk", field=fields.TextField(null=True, unique=False)),
            ops.AddField(model_name="Draft", name="notes", field=fields.TextField(null=True, unique=False)),
            ops.AddField(
                model_name="Version", name="draft", field=fields.BigIntField(null=True, unique=True)
            ),
        ),
        ops.RunPython(move, ops.RunPython.noop),
    ]
