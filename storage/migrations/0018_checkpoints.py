"""Checkpoints of the trail, and when each was on somebody's screen."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0017_house_words")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", fields.BigIntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ("note", fields.TextField()),
                ("at", fields.BigIntField()),
                ("posted_at", fields.BigIntField(null=True)),
            ],
            options={"table": "checkpoints", "app": "quanmei", "pk_attr": "size"},
            bases=["Model"],
        ),
    ]
