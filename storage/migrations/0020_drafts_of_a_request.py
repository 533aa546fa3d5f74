"""Drafts are found by the request that they revise or add to."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0019_trainings")]

    initial = False

    operations = [ops.AddIndex(model_name="Draft", index=Index(fields=["revises", "state"]))]
