"""培训: who was there, and the codes by which people sign in (Article 7)."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0018_checkpoints")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Attendance",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("request", fields.BigIntField()),
                ("person", fields.CharField(db_index=True, max_length=40)),
                ("unit", fields.CharField(max_length=40)),
                ("at", fields.BigIntField()),
                ("entered_by", fields.CharField(db_default="", max_length=40)),
                ("answers", fields.CharField(db_default="", max_length=10)),
            ],
            options={
                "table": "attendances",
                "app": "quanmei",
                "unique_together": (("request", "person"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SigningCode",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("request", fields.BigIntField(unique=True)),
                ("code", fields.CharField(max_length=6)),
                ("until_at", fields.BigIntField()),
            ],
            options={"table": "signing_codes", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
