"""The schema of the ledger: media, what changed of them, what they published, and their units' changes.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Medium(Model):
    """A line of the ledger, filed_here_at is when this system put it on the books."""

    no = fields.CharField(max_length=20, primary_key=True)
    name = fields.CharField(max_length=60, db_index=True)
    platform_type = fields.CharField(max_length=30)
    account = fields.CharField(max_length=100, default="")
    unit = fields.CharField(max_length=40, db_index=True)
    operator = fields.CharField(max_length=40)
    admins = fields.TextField()
    filed_on = fields.CharField(max_length=10, default="")
    filed_here_at = fields.BigIntField(null=True)
    state = fields.CharField(max_length=10)

    class Meta:
        table = "media"
        unique_together = (("platform_type", "name"),)


class PostMedium(Model):
    """Which media a post is for, published_at once the receipt is in."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField()
    medium = fields.CharField(max_length=20)
    published_at = fields.BigIntField(null=True)

    class Meta:
        table = "post_media"
        unique_together = (("request", "medium"),)
        indexes = (Index(fields=("medium", "published_at")),)


class MediumChange(Model):
    """What changed of a medium, from which day, recorded_at is empty until the centre recorded it."""

    id = fields.BigIntField(primary_key=True)
    medium = fields.CharField(max_length=20)
    item = fields.CharField(max_length=20)
    before = fields.TextField()
    after = fields.TextField()
    effective_on = fields.CharField(max_length=10)
    entered_at = fields.BigIntField()
    recorded_at = fields.BigIntField(null=True)
    request = fields.BigIntField(null=True, db_index=True)
    source = fields.CharField(max_length=12)

    class Meta:
        table = "media_changes"
        indexes = (Index(fields=("medium", "effective_on")), Index(fields=("recorded_at",)))


class UnitChange(Model):
    """A unit renamed, merged into another or split, from a day on."""

    id = fields.BigIntField(primary_key=True)
    unit = fields.CharField(max_length=40, db_index=True)
    kind = fields.CharField(max_length=10)
    before = fields.CharField(max_length=100)
    after = fields.CharField(max_length=100)
    effective_on = fields.CharField(max_length=10)
    entered_at = fields.BigIntField()

    class Meta:
        table = "unit_changes"


class Round(Model):
    """One inventory of the media, or one account of a year."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=60)
    starts_on = fields.CharField(max_length=10)
    due_on = fields.CharField(max_length=10)
    opened_by = fields.CharField(max_length=40)
    opened_at = fields.BigIntField()
    kind = fields.CharField(max_length=4, db_default="MD")

    class Meta:
        table = "rounds"


class RoundUnit(Model):
    """One unit of a round, request is its return once it was opened."""

    id = fields.BigIntField(primary_key=True)
    round = fields.BigIntField()
    unit = fields.CharField(max_length=40)
    request = fields.BigIntField(null=True)

    class Meta:
        table = "round_units"
        unique_together = (("round", "unit"),)
