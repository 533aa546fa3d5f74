from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0002_ledger_and_duties")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="Duty",
            index=Index(fields=["medium", "kind"]),
        ),
    ]
