"""What is valid until a day: how it is said, and the reminders before it ends."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cards.card import Button, Card, Row, Style, Tone
from cards.duties import Owed
from cards.times import SHANGHAI
from cards.view import View
from storage.records import Act


def until(form: Mapping[str, Any], today: date) -> str:
    """有效至 2026-12-31, the last day included; 已过期 afterwards."""
    last = str(form.get("until", ""))
    return f"已过期（{last}）" if last and date.fromisoformat(last) < today else f"有效至 {last}"


def over(form: Mapping[str, Any], at: datetime) -> bool:
    """Whether its last day is past."""
    last = str(form.get("until", ""))
    return bool(last) and date.fromisoformat(last) < at.astimezone(SHANGHAI).date()


def card(owed: Owed, view: View, *, days: int, copy: bool) -> Card:
    """The reminder 30 and 7 days before the last day, for who put it on record and then for the unit."""
    request = view.request
    whose = f"{view.name(request.applicant)} 登记的" if copy else ""
    place = (request.number, request.step, request.version)
    correct = (Button("更正", Act.REVISE, *place, Style.PRIMARY),) if request.register and not copy else ()
    left = f"还有 {days} 天到期" if days >= 0 else "已到期"
    return Card(
        title=f"将到期 {request.number} {request.title}",
        tone=Tone.WAITING,
        tag=owed.tag,
        lead=f"{whose}“{request.form.get('title', '')}”{left}，{request.form.get('until', '')} 当天仍有效"
        f"（{view.face.form.article}）。",
        rows=(Row("登记", view.unit),),
        note=view.face.again,
        buttons=(*correct, Button("查看", "view", request.number)),
        closed="" if owed.open else "已了结",
    )
