"""Who may use the app in WeCom: its visible scope, as the app itself may read it (pages 90227, 90200)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.platforms.wecom_api import Api


@dataclass(frozen=True, slots=True)
class Scope:
    """Members by lower-case userid; `closed` where an administrator has disabled the app."""

    members: frozenset[str]
    closed: bool = False

    def lacks(self, accounts: Iterable[str]) -> list[str]:
        """Those of the accounts that cannot be reached."""
        return [account for account in accounts if account.lower() not in self.members]


async def visible(api: Api, agent_id: int) -> Scope:
    """Raises `Passing` or `Permanent`."""
    agent = await api.get("agent/get", agentid=str(agent_id))
    members = {user["userid"] for user in agent.get("allow_userinfos", {}).get("user", ())}
    parties = set(agent.get("allow_partys", {}).get("partyid", ()))
    for tag in agent.get("allow_tags", {}).get("tagid", ()):
        tagged = await api.get("tag/get", tagid=str(tag))
        members |= {user["userid"] for user in tagged.get("userlist", ())}
        parties |= set(tagged.get("partylist", ()))
    for department in await _with_children(api, parties):
        listed = await api.get("user/simplelist", department_id=str(department))
        members |= {user["userid"] for user in listed.get("userlist", ())}
    return Scope(frozenset(str(member).lower() for member in members), bool(agent.get("close")))


async def _with_children(api: Api, parties: Iterable[int]) -> set[int]:
    """user/simplelist does not go down by itself."""
    found = set(parties)
    for party in parties:
        below = await api.get("department/simplelist", id=str(party))
        found |= {department["id"] for department in below.get("department_id", ())}
    return found
