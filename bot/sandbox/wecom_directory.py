"""The played WeCom's directory: departments and members as an app of one's own may read them."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.directory import Enrolled, NoAnswer, PlayedDirectory

NO_SUCH_USER, NOT_SHOWN, NO_SUCH_DEPARTMENT = 60111, 60011, 60003
ACTIVE, DISABLED, LEFT = 1, 2, 5
Query = Mapping[str, str]


class WecomContacts:
    """Answers from a directory, whose accounts are userids in lower case; errors are `NoAnswer`."""

    def __init__(self, directory: PlayedDirectory, spelt: Mapping[str, str]) -> None:
        """`spelt` are the userids as they are written, by lower case."""
        self.directory, self._spelt = directory, spelt

    def user(self, query: Query) -> dict[str, Any]:
        member = self.directory.members.get(query.get("userid", "").lower())
        if member is None:
            raise NoAnswer(NO_SUCH_USER)
        if member.hidden:
            raise NoAnswer(NOT_SHOWN)
        told = {"name": member.name, "position": member.title, "department": [int(member.department)]}
        status = LEFT if member.left else DISABLED if member.disabled else ACTIVE
        return {
            "userid": self._id(member),
            **told,
            "main_department": int(member.department),
            "status": status,
        }

    def users(self, query: Query) -> dict[str, Any]:
        id_ = query.get("department_id", "")
        if id_ != self.directory.root and id_ not in self.directory.sections:
            raise NoAnswer(NO_SUCH_DEPARTMENT)
        listed = self.directory.listed(id_)
        return {
            "userlist": [
                {"userid": self._id(member), "name": member.name, "department": [int(member.department)]}
                for member in listed
            ]
        }

    def departments(self, _: Query) -> dict[str, Any]:
        """With their names (department/list)."""
        root = {"id": int(self.directory.root), "name": "虚构大学", "parentid": 0, "order": 100000000}
        rest = [
            {"id": int(s.id), "name": s.name, "parentid": int(s.parent), "order": 100000000}
            for s in self.directory.sections.values()
        ]
        return {"department": [root, *rest]}

    def department_ids(self, query: Query) -> dict[str, Any]:
        """Without (department/simplelist)."""
        rows = self.departments(query)["department"]
        return {"department_id": [{k: v for k, v in row.items() if k != "name"} for row in rows]}

    def _id(self, member: Enrolled) -> str:
        return self._spelt.get(member.account, member.account)
