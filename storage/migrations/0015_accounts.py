"""督查: rounds of another kind, the accounts of years (Article 12)."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0014_one_order")]

    initial = False

    operations = [
        ops.AddField(model_name="Round", name="kind", field=fields.CharField(db_default="MD", max_length=4)),
    ]
