"""The schema of requests: their versions and decisions, who may decide, and the trail.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Request(Model):
    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=20, unique=True)
    kind = fields.CharField(max_length=4)
    state = fields.CharField(max_length=20)
    applicant = fields.CharField(max_length=40)
    unit = fields.CharField(max_length=40)
    title = fields.CharField(max_length=120)
    form = fields.TextField()
    facts = fields.TextField(db_default="{}")
    outcome = fields.TextField(db_default="{}")
    digest = fields.CharField(max_length=64)
    chain = fields.TextField()
    step = fields.CharField(max_length=20, db_default="")
    version = fields.SmallIntField()
    base = fields.SmallIntField(db_default=1)
    urgency = fields.CharField(max_length=4)
    submitted_at = fields.BigIntField()
    step_since_at = fields.BigIntField()
    due_at = fields.BigIntField(null=True)
    trail_seq = fields.IntField(default=0)
    trail_hash = fields.CharField(max_length=64, default="")

    class Meta:
        table = "requests"
        indexes = (Index(fields=("applicant", "submitted_at")), Index(fields=("state", "unit")))


class Version(Model):
    """What each version of a request said: the text somebody passed can be shown next year, a draft
    becomes one version of one request."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField()
    version = fields.SmallIntField()
    form = fields.TextField()
    facts = fields.TextField(db_default="{}")
    digest = fields.CharField(max_length=64)
    scheme = fields.SmallIntField(db_default=1)
    chain = fields.TextField()
    at = fields.BigIntField()
    draft = fields.BigIntField(null=True, unique=True)

    class Meta:
        table = "versions"
        unique_together = (("request", "version"),)


class Holder(Model):
    """Who may decide the open step of a request, as it was when the step began."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField(db_index=True)
    person = fields.CharField(max_length=40, db_index=True)
    principal = fields.CharField(max_length=40, default="")

    class Meta:
        table = "holders"
        unique_together = (("request", "person"),)


class Decision(Model):
    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField()
    version = fields.SmallIntField()
    step = fields.CharField(max_length=20, db_default="")
    act = fields.CharField(max_length=12)
    actor = fields.CharField(max_length=40)
    principal = fields.CharField(max_length=40, default="")
    at = fields.BigIntField()
    digest = fields.CharField(max_length=64)
    reason = fields.TextField()
    platform = fields.CharField(max_length=10, default="")
    message = fields.CharField(max_length=120, default="")

    class Meta:
        table = "decisions"
        indexes = (Index(fields=("request",)),)


class Trail(Model):
    """Append-only, each entry of a matter carries the hash of the one before, `idx` is its place in the one
    order over all matters and has no gap."""

    id = fields.BigIntField(primary_key=True)
    idx = fields.BigIntField(null=True, unique=True)
    matter = fields.CharField(max_length=60)
    seq = fields.IntField()
    at = fields.BigIntField()
    actor = fields.CharField(max_length=40)
    act = fields.CharField(max_length=20)
    before = fields.CharField(max_length=60, default="")
    after = fields.CharField(max_length=60, default="")
    principal = fields.CharField(max_length=40, default="")
    platform = fields.CharField(max_length=10, default="")
    message = fields.CharField(max_length=120, default="")
    article = fields.CharField(max_length=60, default="")
    digest = fields.CharField(max_length=64, default="")
    note = fields.TextField()
    data = fields.TextField(db_default="")
    prev = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)
    salt = fields.CharField(max_length=32, db_default="")

    class Meta:
        table = "trail"
        unique_together = (("matter", "seq"),)


class TrailTree(Model):
    """One row: how many entries have their place, and the roots of the tree's perfect parts over them."""

    id = fields.SmallIntField(primary_key=True, generated=False)
    size = fields.BigIntField()
    peaks = fields.BinaryField()

    class Meta:
        table = "trail_tree"


class Checkpoint(Model):
    """A signed head of the trail, `posted_at` is when the first of its receivers had it."""

    size = fields.BigIntField(primary_key=True, generated=False)
    note = fields.TextField()
    at = fields.BigIntField()
    posted_at = fields.BigIntField(null=True)

    class Meta:
        table = "checkpoints"


class Interpretation(Model):
    """What the centre has signed about a clause, replaced is the number that took its place."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=20, unique=True)
    clause = fields.CharField(max_length=20)
    brief = fields.CharField(max_length=60)
    signed_by = fields.CharField(max_length=40)
    at = fields.BigIntField()
    draft = fields.SmallIntField(db_default=0)
    replaced = fields.CharField(max_length=20, db_default="")

    class Meta:
        table = "interpretations"
