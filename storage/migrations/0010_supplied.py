"""What steps supply makes further versions of one chain: a request knows with which its chain began."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


async def carry_over(_: Any, editor: Any) -> None:
    """Until now every version began its chain anew."""
    await editor.client.execute_query("UPDATE requests SET base = version")


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0009_on_call")]

    initial = False

    operations = [
        ops.AddField("Request", "base", fields.SmallIntField(db_default=1)),
        ops.RunPython(carry_over),
    ]
