from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

from storage.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0001_initial")]

    initial = False

    operations = [
        Together(
            ops.CreateModel(
                name="Mark",
                fields=[
                    ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60)),
                    ("value", fields.TextField(unique=False)),
                    ("at", fields.BigIntField()),
                ],
                options={
                    "table": "marks",
                    "app": "quanmei",
                    "pk_attr": "name",
                    "table_description": "A date or cursor that a periodic job remembers: the last sync, the last digest.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="MediumChange",
                fields=[
                    ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                    ("medium", fields.CharField(max_length=20)),
                    ("item", fields.CharField(max_length=20)),
                    ("before", fields.TextField(unique=False)),
                    ("after", fields.TextField(unique=False)),
                    ("effective_on", fields.CharField(max_length=10)),
                    ("entered_at", fields.BigIntField()),
                    ("recorded_at", fields.BigIntField(null=True)),
                    ("request", fields.BigIntField(null=True, db_index=True)),
                    ("source", fields.CharField(max_length=12)),
                ],
                options={
                    "table": "media_changes",
                    "app": "quanmei",
                    "indexes": [Index(fields=["medium", "effective_on"])],
                    "pk_attr": "id",
                    "table_description": "What changed of a medium, from which day, recorded_at is empty until the centre recorded it.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="Snooze",
                fields=[
                    ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                    ("duty", fields.BigIntField()),
                    ("person", fields.CharField(max_length=40)),
                    ("until_at", fields.BigIntField()),
                ],
                options={
                    "table": "snoozes",
                    "app": "quanmei",
                    "unique_together": (("duty", "person"),),
                    "pk_attr": "id",
                    "table_description": "Somebody asked not to be reminded of a duty until then.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="Told",
                fields=[
                    ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                    ("duty", fields.BigIntField()),
                    ("person", fields.CharField(max_length=40)),
                    ("rung", fields.SmallIntField()),
                    ("at", fields.BigIntField()),
                ],
                options={
                    "table": "told",
                    "app": "quanmei",
                    "unique_together": (("duty", "person", "rung"),),
                    "pk_attr": "id",
                    "table_description": "Who was reminded of a duty, at which rung, so that nobody is twice.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="UnitChange",
                fields=[
                    ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                    ("unit", fields.CharField(db_index=True, max_length=40)),
                    ("kind", fields.CharField(max_length=10)),
                    ("before", fields.CharField(max_length=100)),
                    ("after", fields.CharField(max_length=100)),
                    ("effective_on", fields.CharField(max_length=10)),
                    ("entered_at", fields.BigIntField()),
                ],
                options={
                    "table": "unit_changes",
                    "app": "quanmei",
                    "pk_attr": "id",
                    "table_description": "A unit renamed, merged into another or split, from a day on.",
                },
                bases=["Model"],
            ),
            ops.AddField(
                model_name="Duty",
                name="detail",
                field=fields.TextField(null=True, unique=False),
            ),
            ops.AddField(
                model_name="Duty",
                name="medium",
                field=fields.CharField(null=True, max_length=20),
            ),
            ops.AddIndex(
                model_name="Duty",
                index=Index(fields=["medium", "kind"]),
            ),
            ops.RemoveIndex(
                model_name="Request",
                name=None,
                fields=["unit", "state"],
            ),
            ops.AddIndex(
                model_name="Request",
                index=Index(fields=["state", "unit"]),
            ),
        )
    ]
