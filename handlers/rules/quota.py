"""How often somebody who is not on the books may ask: to check an account, not to copy a ledger."""

from collections.abc import Sequence
from datetime import datetime, timedelta

AT_ONCE, SOON = 5, timedelta(minutes=10)
A_DAY, DAY = 20, timedelta(days=1)


def remembered(asked: Sequence[datetime], at: datetime) -> list[datetime]:
    """Those times that still count."""
    return [one for one in asked if at - one < DAY]


def too_often(asked: Sequence[datetime], at: datetime) -> str:
    """Why not now, and when again; empty where one more is allowed."""
    if len(remembered(asked, at)) >= A_DAY:
        return f"没有登记的账号每天最多查 {A_DAY} 次，请明天再查。急需核实请联系全媒体中心。"
    if len([one for one in asked if at - one < SOON]) >= AT_ONCE:
        return f"查得太快了，没有登记的账号每 {SOON.seconds // 60} 分钟最多查 {AT_ONCE} 次，请稍后再查。"
    return ""
