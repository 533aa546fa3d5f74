"""The schema of 调动: what each medium was asked for and answered, and when media keep silence.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Call(Model):
    """One medium of a campaign, asked_at is empty until its operators were told."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField()
    medium = fields.CharField(max_length=20)
    asked_at = fields.BigIntField(null=True)
    received_by = fields.CharField(max_length=40, db_default="")
    received_at = fields.BigIntField(null=True)
    answer = fields.CharField(max_length=10, db_default="")
    said = fields.TextField(db_default="")
    answered_by = fields.CharField(max_length=40, db_default="")
    answered_at = fields.BigIntField(null=True)

    class Meta:
        table = "calls"
        unique_together = (("request", "medium"),)
        indexes = (Index(fields=("asked_at",)),)


class Silence(Model):
    """From when to when nothing goes out, media is empty for the whole school, over_at once all was told."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField(unique=True)
    number = fields.CharField(max_length=20)
    starts_at = fields.BigIntField()
    ends_at = fields.BigIntField()
    media = fields.TextField()
    spared = fields.TextField()
    begun_at = fields.BigIntField(null=True)
    over_at = fields.BigIntField(null=True)

    class Meta:
        table = "silences"
