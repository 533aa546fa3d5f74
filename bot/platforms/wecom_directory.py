"""WeCom's directory (pages 90208, 90200, 90196): polled, since an app of one's own gets no events of it.

Names come for a whole department at once; only members who are on the books are asked for singly.
"""

from collections.abc import Collection, Mapping
from typing import Any

import structlog

from bot.platforms.base import Passing, Permanent
from bot.platforms.wecom_api import Api
from handlers.rules.roll import Department, Member, Roll, Standing
from storage.records import Platform

log = structlog.get_logger()

NOT_KNOWN = frozenset({60111, 40003, 46004})
NOT_SHOWN = frozenset({60011, 50002, 92000})
STANDINGS = {2: Standing.DISABLED, 5: Standing.LEFT}


class WecomDirectory:
    """Reads what the app's visible scope shows."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def read(self, accounts: Collection[str]) -> Roll:
        """Departments, members by name alone, and each of `accounts` in full.

        Where it breaks off, what was seen until then, marked as not whole.
        """
        departments: dict[str, Department] = {}
        members: dict[str, Member] = {}
        unknown, hidden = set[str](), set[str]()
        try:
            departments = await self._departments()
            for id_ in departments:
                members |= await self._listed(id_)
            for account in sorted(accounts):
                roll = await self._one(account)
                members |= {member.account.lower(): member for member in roll.members}
                unknown |= roll.unknown
                hidden |= roll.hidden
        except (Passing, Permanent) as broken:
            log.warning("wecom.directory_broke_off", why=str(broken), members=len(members))
            found = tuple(members.values())
            return Roll(Platform.WECOM, departments, found, whole=False, broken=str(broken))
        return Roll(
            Platform.WECOM, departments, tuple(members.values()), frozenset(unknown), frozenset(hidden)
        )

    async def look(self, account: str) -> Roll:
        """One account with the departments that are shown; raises `Passing` or `Permanent`."""
        found = await self._one(account)
        departments = await self._departments() if found.members else {}
        return Roll(Platform.WECOM, departments, found.members, found.unknown, found.hidden, whole=False)

    async def _departments(self) -> dict[str, Department]:
        answer = await self._api.get("department/list")
        rows = [row for row in answer.get("department") or () if isinstance(row, dict)]
        return {str(row["id"]): Department(str(row["id"]), str(row.get("name", ""))) for row in rows}

    async def _listed(self, department: str) -> dict[str, Member]:
        answer = await self._api.get("user/simplelist", department_id=department)
        ids = [str(row["userid"]) for row in answer.get("userlist") or () if isinstance(row, dict)]
        return {id_.lower(): Member(id_) for id_ in ids}

    async def _one(self, account: str) -> Roll:
        """In full; 60111 is said of the unknown and, now and then, of those outside the scope."""
        try:
            answer = await self._api.get("user/get", userid=account)
        except Permanent as refused:
            if refused.code in NOT_KNOWN:
                return Roll(Platform.WECOM, unknown=frozenset({account}), whole=False)
            if refused.code in NOT_SHOWN:
                return Roll(Platform.WECOM, hidden=frozenset({account}), whole=False)
            raise
        return Roll(Platform.WECOM, members=(_member(answer),), whole=False)


def _member(answer: Mapping[str, Any]) -> Member:
    return Member(
        account=str(answer.get("userid", "")),
        department=_main_department(answer),
        title=str(answer.get("position") or ""),
        standing=STANDINGS.get(answer.get("status", 1), Standing.ACTIVE),
    )


def _main_department(answer: Mapping[str, Any]) -> str:
    """The main one where it is shown, else the only one that is."""
    if main := answer.get("main_department"):
        return str(main)
    shown = answer.get("department") or []
    return str(shown[0]) if len(shown) == 1 else ""
