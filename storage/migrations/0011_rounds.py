"""摸底: rounds, and the return of each unit (Article 11)."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0010_supplied")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Round",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=60)),
                ("starts_on", fields.CharField(max_length=10)),
                ("due_on", fields.CharField(max_length=10)),
                ("opened_by", fields.CharField(max_length=40)),
                ("opened_at", fields.BigIntField()),
            ],
            options={"table": "rounds", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoundUnit",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("round", fields.BigIntField()),
                ("unit", fields.CharField(max_length=40)),
                ("request", fields.BigIntField(null=True)),
            ],
            options={
                "table": "round_units",
                "app": "quanmei",
                "unique_together": (("round", "unit"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
