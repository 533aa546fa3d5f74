"""An interpretation in one line, as lists and /条款 have it."""

from datetime import datetime

from cards.times import when
from storage import people
from storage.interpretations import Interpretation


async def told(one: Interpretation, at: datetime) -> str:
    """JS-2026-0001 第六条（三）1：要点（赵老师 签发，11月24日…）, for a list."""
    signer = await people.get(one.signed_by)
    by = signer.name if signer else one.signed_by
    return f"{one.number} {one.clause}：{one.brief}（{by} 签发，{when(one.at, at)}）"
