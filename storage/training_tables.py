"""The schema of trainings: who was there, and the code by which people sign in. As in `tables`: instants are
UTC milliseconds, and no docstring of a model holds a semicolon."""

from tortoise import fields
from tortoise.models import Model


class Attendance(Model):
    """Somebody was at a training, answers are the letters chosen in its quiz so far."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField()
    person = fields.CharField(max_length=40, db_index=True)
    unit = fields.CharField(max_length=40)
    at = fields.BigIntField()
    entered_by = fields.CharField(max_length=40, db_default="")
    answers = fields.CharField(max_length=10, db_default="")

    class Meta:
        table = "attendances"
        unique_together = (("request", "person"),)


class SigningCode(Model):
    """What is shown in the meeting, until then."""

    id = fields.BigIntField(primary_key=True)
    request = fields.BigIntField(unique=True)
    code = fields.CharField(max_length=6)
    until_at = fields.BigIntField()

    class Meta:
        table = "signing_codes"
