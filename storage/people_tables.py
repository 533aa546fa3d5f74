"""The schema of the directory: units, people, their posts and roles, who stands in and whose turn it is.

As in `tables`: instants are UTC milliseconds, and no docstring of a model holds a semicolon.
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
