"""The schema of duties, and who was reminded of them.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Duty(Model):
    """What somebody owes by when, next_at finds the reminder that is due, by index."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=12)
    person = fields.CharField(max_length=40, default="")
    article = fields.CharField(max_length=40)
    request = fields.BigIntField(null=True, db_index=True)
    draft = fields.BigIntField(null=True, db_index=True)
    step = fields.CharField(max_length=20, db_default="")
    version = fields.SmallIntField(default=0)
    since_at = fields.BigIntField()
    due_at = fields.BigIntField(null=True)
    next_at = fields.BigIntField(null=True, db_index=True)
    rung = fields.SmallIntField(default=0)
    medium = fields.CharField(max_length=20, null=True)
    detail = fields.TextField(null=True)
    open = fields.BooleanField(default=True)

    class Meta:
        table = "duties"
        # At most one open duty of a name: Tortoise has no partial index on SQLite, a migration makes it.
        # Tortoise makes no index of a column that a migration adds with db_index: this one is real
        indexes = (Index(fields=("medium", "kind")),)


class Snooze(Model):
    """Somebody asked not to be reminded of a duty until then."""

    id = fields.BigIntField(primary_key=True)
    duty = fields.BigIntField()
    person = fields.CharField(max_length=40)
    until_at = fields.BigIntField()

    class Meta:
        table = "snoozes"
        unique_together = (("duty", "person"),)


class Told(Model):
    """Who was reminded of a duty, at which rung, so that nobody is twice."""

    id = fields.BigIntField(primary_key=True)
    duty = fields.BigIntField()
    person = fields.CharField(max_length=40)
    rung = fields.SmallIntField()
    at = fields.BigIntField()

    class Meta:
        table = "told"
        unique_together = (("duty", "person", "rung"),)
