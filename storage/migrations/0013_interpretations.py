"""解释: what the centre has signed (Article 16)."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0012_read_at")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Interpretation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("number", fields.CharField(unique=True, max_length=20)),
                ("clause", fields.CharField(max_length=20)),
                ("brief", fields.CharField(max_length=60)),
                ("signed_by", fields.CharField(max_length=40)),
                ("at", fields.BigIntField()),
                ("draft", fields.SmallIntField(db_default=0)),
                ("replaced", fields.CharField(db_default="", max_length=20)),
            ],
            options={"table": "interpretations", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
