"""The schema of the outbox, and what a person's next line is taken for.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Letter(Model):
    """A letter, and the card it became: codes are WeCom's one-time rights to repaint it, a closed card
    says something that stays true and is never repainted again, what it showed of a request is that
    request's step and version when it left."""

    id = fields.CharField(max_length=32, primary_key=True)
    once = fields.CharField(max_length=120, null=True, unique=True)
    kind = fields.CharField(max_length=8)
    platform = fields.CharField(max_length=10)
    person = fields.CharField(max_length=40)
    account = fields.CharField(max_length=120)
    template = fields.CharField(max_length=30)
    args = fields.TextField()
    lane = fields.CharField(max_length=10)
    request = fields.BigIntField(null=True)
    target = fields.CharField(max_length=32, default="")
    urgent = fields.SmallIntField(default=0)
    state = fields.CharField(max_length=8)
    attempts = fields.IntField(default=0)
    created_at = fields.BigIntField()
    next_at = fields.BigIntField()
    sent_at = fields.BigIntField(null=True)
    message_id = fields.CharField(max_length=120, default="")
    response_codes = fields.CharField(max_length=1000, default="")
    closed = fields.SmallIntField(default=0)
    error = fields.CharField(max_length=200, default="")
    shown_step = fields.CharField(max_length=20, null=True)
    shown_version = fields.SmallIntField(null=True)
    read_at = fields.BigIntField(null=True)

    class Meta:
        table = "letters"
        indexes = (
            Index(fields=("state", "next_at")),
            Index(fields=("person", "platform", "state")),
            Index(fields=("request", "kind", "state")),
            Index(fields=("person", "created_at")),
        )


class Prompt(Model):
    """What a next plain line of a person is taken for."""

    person = fields.CharField(max_length=40, primary_key=True)
    act = fields.CharField(max_length=12)
    number = fields.CharField(max_length=20)
    step = fields.CharField(max_length=20, db_default="")
    version = fields.SmallIntField()
    expires_at = fields.BigIntField()

    class Meta:
        table = "prompts"
