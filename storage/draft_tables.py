"""The schema of drafts and the files that go with them.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Draft(Model):
    """A form being filled in: answers, the state of the dialogue, and what ledger and calendar say."""

    id = fields.BigIntField(primary_key=True)
    person = fields.CharField(max_length=40)
    kind = fields.CharField(max_length=4)
    platform = fields.CharField(max_length=10)
    form = fields.TextField()
    asking = fields.CharField(max_length=40, default="")
    revises = fields.BigIntField(null=True)
    state = fields.CharField(max_length=10)
    rev = fields.IntField(default=0)
    talk = fields.TextField(null=True)
    notes = fields.TextField(null=True)
    updated_at = fields.BigIntField()

    class Meta:
        table = "drafts"
        indexes = (Index(fields=("person", "state")), Index(fields=("revises", "state")))


class Upload(Model):
    id = fields.BigIntField(primary_key=True)
    draft = fields.BigIntField(db_index=True)
    name = fields.CharField(max_length=255)
    kind = fields.CharField(max_length=10)
    state = fields.CharField(max_length=10)
    sha256 = fields.CharField(max_length=64, default="")
    size = fields.BigIntField(default=0)
    media_type = fields.CharField(max_length=100, default="")

    class Meta:
        table = "uploads"


class Blob(Model):
    """The content of a file, under its SHA-256: kept once however often it was sent."""

    sha256 = fields.CharField(max_length=64, primary_key=True)
    content = fields.BinaryField()
    size = fields.BigIntField()
    at = fields.BigIntField()

    class Meta:
        table = "blobs"
