"""The schema, as Tortoise models. Instants are UTC milliseconds since 1970 in columns named `*_at`.

Tortoise writes the docstrings into the database as comments and cuts its SQL at semicolons: none
may stand in them.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Unit(Model):
    code = fields.CharField(max_length=40, primary_key=True)
    name = fields.CharField(max_length=100)
    kind = fields.CharField(max_length=20)
    parent = fields.CharField(max_length=40, default="")
    first_responsible = fields.CharField(max_length=40, default="")
    deputies = fields.TextField()

    class Meta:
        table = "units"


class Appointment(Model):
    """Who holds which post of a unit, and since when, until_at is empty while it lasts."""

    id = fields.BigIntField(primary_key=True)
    unit = fields.CharField(max_length=40)
    post = fields.CharField(max_length=20)
    person = fields.CharField(max_length=40)
    since_at = fields.BigIntField()
    until_at = fields.BigIntField(null=True)

    class Meta:
        table = "appointments"
        indexes = (Index(fields=("unit", "until_at")), Index(fields=("person", "until_at")))


class Person(Model):
    id = fields.CharField(max_length=40, primary_key=True)
    name = fields.CharField(max_length=60, db_index=True)
    unit = fields.CharField(max_length=40, db_index=True)
    identity = fields.CharField(max_length=10)
    title = fields.CharField(max_length=60, default="")
    roles = fields.CharField(max_length=200, default="")
    wecom = fields.CharField(max_length=64, default="")
    wecom_key = fields.CharField(max_length=64, null=True, unique=True)
    feishu = fields.CharField(max_length=64, null=True, unique=True)
    mobile = fields.CharField(max_length=30, default="")
    email = fields.CharField(max_length=100, default="")
    left_on = fields.CharField(max_length=10, default="")
    last_platform = fields.CharField(max_length=10, default="")
    greeted_at = fields.BigIntField(default=0)

    class Meta:
        table = "people"


class PersonRole(Model):
    id = fields.BigIntField(primary_key=True)
    person = fields.CharField(max_length=40)
    role = fields.CharField(max_length=20)

    class Meta:
        table = "person_roles"
        unique_together = (("person", "role"),)
        indexes = (Index(fields=("role",)),)


class CalendarDay(Model):
    day = fields.CharField(max_length=10, primary_key=True)
    is_workday = fields.BooleanField()
    name = fields.CharField(max_length=40, default="")
    source = fields.CharField(max_length=100, default="")
    status = fields.CharField(max_length=12)

    class Meta:
        table = "calendar_days"


class Claim(Model):
    """An event that has been handled: its key can never be claimed again."""

    key = fields.CharField(max_length=120, primary_key=True)
    at = fields.BigIntField(db_index=True)

    class Meta:
        table = "claims"


class Counter(Model):
    name = fields.CharField(max_length=20, primary_key=True)
    value = fields.BigIntField()

    class Meta:
        table = "counters"


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
    """Append-only, each entry of a matter carries the hash of the one before."""

    id = fields.BigIntField(primary_key=True)
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

    class Meta:
        table = "trail"
        unique_together = (("matter", "seq"),)


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

    class Meta:
        table = "letters"
        indexes = (
            Index(fields=("state", "next_at")),
            Index(fields=("person", "platform", "state")),
            Index(fields=("request", "kind", "state")),
            Index(fields=("person", "created_at")),
        )


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
        indexes = (Index(fields=("person", "state")),)


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


class Proxy(Model):
    id = fields.BigIntField(primary_key=True)
    principal = fields.CharField(max_length=40, db_index=True)
    delegate = fields.CharField(max_length=40, db_index=True)
    starts_at = fields.BigIntField()
    ends_at = fields.BigIntField()
    scope = fields.CharField(max_length=60, default="", db_default="")
    reason = fields.CharField(max_length=200, default="")
    cancelled_at = fields.BigIntField(null=True)

    class Meta:
        table = "proxies"


class OnCall(Model):
    """Whose turn it is to take the urgent steps of a unit outside working hours."""

    id = fields.BigIntField(primary_key=True)
    unit = fields.CharField(max_length=40, db_index=True)
    person = fields.CharField(max_length=40)
    starts_at = fields.BigIntField()
    ends_at = fields.BigIntField()
    cancelled_at = fields.BigIntField(null=True)

    class Meta:
        table = "on_call"


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


class Mark(Model):
    """A date or cursor that a periodic job remembers: the last sync, the last digest."""

    name = fields.CharField(max_length=60, primary_key=True)
    value = fields.TextField()
    at = fields.BigIntField()

    class Meta:
        table = "marks"
