"""The school's own list of words, of which hints are given (Articles 8, 9)."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0016_campaigns")]

    initial = False

    operations = [
        ops.CreateModel(
            name="HouseWord",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("word", fields.CharField(unique=True, max_length=40)),
                ("advice", fields.CharField(default="", max_length=60)),
                ("why", fields.CharField(default="", max_length=100)),
            ],
            options={"table": "house_words", "app": "quanmei", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
