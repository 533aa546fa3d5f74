"""When a letter was read, as its platform says."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0011_rounds")]

    initial = False

    operations = [
        ops.AddField(model_name="Letter", name="read_at", field=fields.BigIntField(null=True)),
    ]
