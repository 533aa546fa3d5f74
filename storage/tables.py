"""The schema, as Tortoise models. Instants are UTC milliseconds since 1970 in columns named `*_at`.

Tortoise writes the docstrings into the database as comments and cuts its SQL at semicolons: none
may stand in them. For each model it parses the file in which that stands, so they lie in several
(`ledger_tables.py` too): in one, they made a tenth of the start.
"""

from tortoise import fields
from tortoise.models import Model

from storage.draft_tables import Blob, Draft, Upload
from storage.duty_tables import Duty, Snooze, Told
from storage.letter_tables import Letter, Prompt
from storage.people_tables import Appointment, OnCall, Person, PersonRole, Proxy, Unit
from storage.request_tables import (
    Checkpoint,
    Decision,
    Holder,
    Interpretation,
    Request,
    Trail,
    TrailTree,
    Version,
)
from storage.training_tables import Attendance, SigningCode

__all__ = [
    "Appointment",
    "Attendance",
    "Blob",
    "CalendarDay",
    "Checkpoint",
    "Claim",
    "Counter",
    "Decision",
    "Draft",
    "Duty",
    "Holder",
    "HouseWord",
    "Interpretation",
    "Letter",
    "Mark",
    "OnCall",
    "Person",
    "PersonRole",
    "Prompt",
    "Proxy",
    "Request",
    "SigningCode",
    "Snooze",
    "Told",
    "Trail",
    "TrailTree",
    "Unit",
    "Upload",
    "Version",
]


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


class Mark(Model):
    """A date or cursor that a periodic job remembers: the last sync, the last digest."""

    name = fields.CharField(max_length=60, primary_key=True)
    value = fields.TextField()
    at = fields.BigIntField()

    class Meta:
        table = "marks"


class HouseWord(Model):
    """A word of the school's own list, what to write instead, and why."""

    id = fields.BigIntField(primary_key=True)
    word = fields.CharField(max_length=40, unique=True)
    advice = fields.CharField(max_length=60, default="")
    why = fields.CharField(max_length=100, default="")

    class Meta:
        table = "house_words"
