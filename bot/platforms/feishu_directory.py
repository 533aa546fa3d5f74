"""Feishu's directory (contact v3): departments and members as the app's contact range shows them.

Fields whose scope the app lacks are simply missing, so nothing follows from a missing field.
"""

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any
from urllib.parse import quote

import structlog

from bot.platforms.base import Passing, Permanent
from bot.platforms.feishu_api import Api
from bot.platforms.feishu_json import dig, items, text
from bot.platforms.feishu_pace import Pace
from handlers.rules.roll import Department, Member, Roll, Standing
from storage.records import Platform

log = structlog.get_logger()

CONTACT = "/open-apis/contact/v3"
ROOT = "0"
PAGE_SIZE = "50"
KIND = {"department_id_type": "open_department_id"}
NOT_SHOWN = frozenset({41050, 40004, 40014})
NOT_KNOWN = frozenset({41012})


class FeishuDirectory:
    """Reads the directory through the app's own token and pace."""

    def __init__(self, api: Api, pace: Pace) -> None:
        self._api, self._pace = api, pace

    async def read(self, accounts: Collection[str]) -> Roll:
        """Everybody the app may see; each of `accounts` that is not among them is asked for singly.

        Where it breaks off, what was seen until then, marked as not whole.
        """
        departments: dict[str, Department] = {}
        members: dict[str, Member] = {}
        try:
            async for department in self._departments():
                departments[department.id] = department
            for id_ in (ROOT, *departments):
                async for member in self._members(id_):
                    members[member.account] = member
            listed = {id_ for member in members.values() for id_ in (member.account, *member.others)}
            single = [await self.look(account) for account in sorted(set(accounts) - listed)]
        except (Passing, Permanent) as broken:
            log.warning("feishu.directory_broke_off", why=str(broken), members=len(members))
            return Roll(
                Platform.FEISHU, departments, tuple(members.values()), whole=False, broken=str(broken)
            )
        for roll in single:
            departments |= roll.departments
            members |= {member.account: member for member in roll.members}
        return Roll(
            Platform.FEISHU,
            departments,
            tuple(members.values()),
            frozenset[str]().union(*(roll.unknown for roll in single)),
            frozenset[str]().union(*(roll.hidden for roll in single)),
        )

    async def look(self, account: str) -> Roll:
        """One account (open_id or user_id) with its department; raises `Passing` or `Permanent`."""
        kind = "open_id" if account.startswith("ou_") else "user_id"
        try:
            answer = await self._get(f"/users/{quote(account, safe='')}", {"user_id_type": kind})
        except Permanent as refused:
            if refused.code in NOT_KNOWN:
                return Roll(Platform.FEISHU, unknown=frozenset({account}), whole=False)
            if refused.code in NOT_SHOWN:
                return Roll(Platform.FEISHU, hidden=frozenset({account}), whole=False)
            raise
        member = _member(dig(answer, "data", "user"))
        departments = await self._department(member.department) if member.department else {}
        return Roll(Platform.FEISHU, departments, (member,), whole=False)

    async def _department(self, id_: str) -> dict[str, Department]:
        """One department; none where the app may not see it."""
        try:
            answer = await self._get(f"/departments/{quote(id_, safe='')}")
        except Permanent as refused:
            if refused.code in NOT_SHOWN:
                return {}
            raise
        found = _department(dig(answer, "data", "department"))
        return {found.id: found}

    async def _departments(self) -> AsyncIterator[Department]:
        """All departments; where the app may not see all of them, those of its contact range."""
        try:
            async for item in self._children(ROOT):
                yield _department(item)
        except Permanent as refused:
            if refused.code not in NOT_SHOWN:
                raise
            async for id_ in self._range():
                for department in (await self._department(id_)).values():
                    yield department
                async for item in self._children(id_):
                    yield _department(item)

    def _children(self, id_: str) -> AsyncIterator[Any]:
        return self._pages(f"/departments/{quote(id_, safe='')}/children", {"fetch_child": "true"})

    def _range(self) -> AsyncIterator[str]:
        return self._pages("/scopes", {}, "department_ids")

    async def _members(self, department: str) -> AsyncIterator[Member]:
        """The direct members of a department; none where the app may not see it."""
        params = {"department_id": department, "user_id_type": "open_id"}
        try:
            async for item in self._pages("/users/find_by_department", params):
                if text(item, "open_id"):
                    yield _member(item)
        except Permanent as refused:
            if refused.code not in NOT_SHOWN:
                raise

    async def _pages(self, path: str, params: Mapping[str, str], name: str = "items") -> AsyncIterator[Any]:
        page: dict[str, str] = {}
        while True:
            answer = await self._get(path, {**params, "page_size": PAGE_SIZE, **page})
            for item in items(answer, "data", name):
                yield item
            token = text(answer, "data", "page_token")
            if not dig(answer, "data", "has_more") or not token or token == page.get("page_token"):
                return
            page = {"page_token": token}

    async def _get(self, path: str, params: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        await self._pace.wait()
        return await self._api.call("GET", CONTACT + path, None, {**KIND, **(params or {})})


def _department(node: object) -> Department:
    return Department(text(node, "open_department_id"), text(node, "name"), text(node, "department_id"))


def _member(node: object) -> Member:
    return Member(
        account=text(node, "open_id"),
        others=tuple(filter(None, (text(node, "user_id"),))),
        staff_no=text(node, "employee_no"),
        department=_main_department(node),
        title=text(node, "job_title"),
        standing=_standing(dig(node, "status")),
    )


def _main_department(node: object) -> str:
    """The one marked as primary, else the only one."""
    primary = [
        text(order, "department_id")
        for order in items(node, "orders")
        if dig(order, "is_primary_dept") is True
    ]
    all_ = [id_ for id_ in items(node, "department_ids") if isinstance(id_, str)]
    return primary[0] if primary else all_[0] if len(all_) == 1 else ""


def _standing(status: object) -> Standing:
    """A status the app may not see is no status."""
    if dig(status, "is_resigned") is True:
        return Standing.LEFT
    is_off = any(dig(status, name) is True for name in ("is_frozen", "is_exited"))
    return Standing.DISABLED if is_off else Standing.ACTIVE
