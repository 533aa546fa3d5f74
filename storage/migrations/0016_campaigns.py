"""调动: what each medium answered, and silence (Article 5(1))."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0015_accounts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Call",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("request", fields.BigIntField()),
                ("medium", fields.CharField(max_length=20)),
                ("asked_at", fields.BigIntField(null=True)),
                ("received_by", fields.CharField(db_default="", max_length=40)),
                ("received_at", fields.BigIntField(null=True)),
                ("answer", fields.CharField(db_default="", max_length=10)),
                ("said", fields.TextField(db_default="", unique=False)),
                ("answered_by", fields.CharField(db_default="", max_length=40)),
                ("answered_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "calls",
                "app": "quanmei",
                "unique_together": (("request", "medium"),),
                "indexes": [Index(fields=["asked_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Silence",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("request", fields.BigIntField(unique=True)),
                ("number", fields.CharField(max_length=20)),
                ("starts_at", fields.BigIntField()),
                ("ends_at", fields.BigIntField()),
                ("media", fields.TextField(unique=False)),
                ("spared", fields.TextField(unique=False)),
                ("begun_at", fields.BigIntField(null=True)),
                ("over_at", fields.BigIntField(null=True)),
            ],
            options={"table": "silences", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
