"""A proxy may be for some processes only."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0007_duties")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Proxy",
            name="scope",
            field=fields.CharField(max_length=60, default="", db_default=""),
        ),
    ]
