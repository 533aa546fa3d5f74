"""One order over the whole trail: what was written before has its place by age, and no salt.

Nothing is sealed anew: a hash that was told to somebody stays, and what does not fit goes on not fitting.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from storage.merkle import Frontier, leaf
from storage.migrating import Together

PAGE = 5000


def _record(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:  # somebody has written this; `audit verify` will say so
        return text.encode()


async def carry_over(_: Any, editor: Any) -> None:
    client = editor.client
    await client.execute_query(
        "UPDATE trail SET idx = n.idx FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS idx FROM trail) n"
        " WHERE n.id = trail.id"
    )
    tree, found = Frontier(), True
    while found:
        sql = f"SELECT hash FROM trail WHERE idx >= {tree.size} ORDER BY idx LIMIT {PAGE}"
        found = await client.execute_query_dict(sql)
        tree = tree.grown(leaf(_record(row["hash"])) for row in found)
    mark = "?" if client.capabilities.dialect == "sqlite" else "$1"
    await client.execute_query(
        f"INSERT INTO trail_tree (id, size, peaks) VALUES (1, {tree.size}, {mark})", [tree.packed()]
    )


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0013_interpretations")]

    initial = False

    operations = [
        Together(
            ops.AddField("Trail", "idx", fields.BigIntField(null=True, unique=True)),
            ops.AddField("Trail", "salt", fields.CharField(db_default="", max_length=32)),
        ),
        ops.CreateModel(
            name="TrailTree",
            fields=[
                ("id", fields.SmallIntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ("size", fields.BigIntField()),
                ("peaks", fields.BinaryField()),
            ],
            options={"table": "trail_tree", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunPython(carry_over),
    ]
