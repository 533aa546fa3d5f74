"""What ladders are made of: one reminder, and who hears it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder: the operator or decider is told at `at`, the others get a copy."""

    index: int
    at: datetime
    copy_center: bool = False
    copy_first_responsible: bool = False


class Hears(StrEnum):
    """Who is told of a duty: whoever can act, and whoever a later rung is for."""

    HOLDERS = "holders"
    APPLICANT = "applicant"
    DOER = "doer"
    RESPONSIBLE = "responsible"
    CENTRE = "centre"
    STEWARDS = "stewards"
    CONCERNED = "concerned"
    ASKED = "asked"
    KEEPER = "keeper"
