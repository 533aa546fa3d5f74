from tortoise import fields, migrations
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from storage.migrating import Together
from storage.rows import load

ASKED = (
    "SELECT id, args FROM letters WHERE template = 'approval' AND kind = 'send' AND state = 'sent'"
    " AND request IN (SELECT id FROM requests WHERE state = 'in_review')"
)


async def remember_what_was_shown(_: StateApps, editor: BaseSchemaEditor) -> None:
    """Cards in chats that ask for a decision which still waits: they showed the step they were sent for."""
    client: BaseDBAsyncClient = editor.client
    mark = iter(("$1", "$2", "$3")) if client.capabilities.dialect == "postgres" else iter("???")
    step, version, letter = mark
    sql = f"UPDATE letters SET shown_step = {step}, shown_version = {version} WHERE id = {letter}"
    for row in await client.execute_query_dict(ASKED):
        args = load(row["args"])
        await client.execute_query(sql, [args["step"], args["version"], row["id"]])


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0005_ledger")]

    initial = False

    operations = [
        Together(
            ops.AddField(
                model_name="Letter",
                name="shown_step",
                field=fields.CharField(null=True, max_length=20),
            ),
            ops.AddField(
                model_name="Letter",
                name="shown_version",
                field=fields.SmallIntField(null=True),
            ),
            ops.RemoveIndex(model_name="Letter", name=None, fields=["account", "state"]),
            ops.AddIndex(model_name="Letter", index=Index(fields=["person", "platform", "state"])),
        ),
        ops.RunPython(remember_what_was_shown, ops.RunPython.noop),
    ]
