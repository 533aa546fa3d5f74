"""值班: who takes the urgent steps of a unit at nights and on days off."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0008_scopes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="OnCall",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("unit", fields.CharField(max_length=40, db_index=True)),
                ("person", fields.CharField(max_length=40)),
                ("starts_at", fields.BigIntField()),
                ("ends_at", fields.BigIntField()),
                ("cancelled_at", fields.BigIntField(null=True)),
            ],
            options={"table": "on_call", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
