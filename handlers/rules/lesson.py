"""A closed case as warning education tells it: clause, kind of subject, severity and measures, and nobody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.rules.clauses import CLAUSES
from handlers.rules.hearing import in_force, upheld
from storage.vocabulary import MEASURES, SEVERITIES

SUBJECTS = ("师生个人", "单位负责人", "单位")
LONGEST = 100
"""Characters of 引用案例 (form F13)."""

_ABOUT = dict(CLAUSES.values())


def lesson(form: Mapping[str, Any], outcome: Mapping[str, Any], at: datetime) -> str:
    """2026 年，师生个人，第十四条（三）发布授权，情节一般，提醒; empty for what is no lesson: not upheld, or
    still open to appeal. Only words of the forms' own lists are told, nothing that somebody wrote."""
    until = outcome.get("appeal_until")
    if not upheld(form) or not outcome.get("closed_on"):
        return ""
    if until and datetime.fromisoformat(until) > at:
        return ""
    stands = in_force(form)
    clauses = "、".join(f"{one}{_ABOUT[one]}" for one in form.get("clause") or () if one in _ABOUT)
    subject = str(form.get("subject", ""))
    severity = str(stands.get("severity", ""))
    told = [
        f"{str(outcome['closed_on'])[:4]} 年",
        subject if subject in SUBJECTS else "",
        clauses,
        f"情节{severity}" if severity in SEVERITIES else "",
        "、".join(one for one in MEASURES if one in (stands.get("measures") or ())),
    ]
    said = "，".join(filter(None, told))
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
