"""The played Feishu's contact API: departments, members and the app's range, a page at a time."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.sandbox.directory import Enrolled, NoAnswer, PlayedDirectory, Section

CONTACT = "/open-apis/contact/v3"
NO_SUCH_USER, NO_SUCH_DEPARTMENT, NOT_SHOWN, BAD_PAGE, BAD_TOKEN = 41012, 40004, 41050, 40011, 40012
LARGEST_PAGE = 50
Query = Mapping[str, str]
Ids = Callable[[str], Mapping[str, str]]


class FeishuContacts:
    """Answers from a directory; `ids` are the three ids of an account.

    `without` are the names of user fields for which the app has no scope.
    """

    def __init__(self, directory: PlayedDirectory, ids: Ids) -> None:
        self.directory, self._ids = directory, ids
        self.without: set[str] = set()
        self._routes: list[tuple[str, Callable[[Query, str], Mapping[str, Any]]]] = [
            ("/scopes", self._range),
            ("/users/find_by_department", self._members),
            ("/users/([^/]+)", self._user),
            ("/departments/([^/]+)/children", self._children),
            ("/departments/([^/]+)", self._department),
        ]

    def answer(self, path: str, query: Query) -> Mapping[str, Any]:
        """The `data` of an answer; raises `NoAnswer`."""
        for pattern, handler in self._routes:
            if match := re.fullmatch(CONTACT + pattern, path):
                return handler(query, match[1] if match.groups() else "")
        raise NoAnswer(404)

    def user(self, member: Enrolled) -> dict[str, Any]:
        """A member as the API and the events show them."""
        told = {
            **self._ids(member.account),
            "name": member.name,
            "employee_no": member.staff_no,
            "job_title": member.title,
            "department_ids": [member.department],
            "orders": [{"department_id": member.department, "is_primary_dept": True}],
            "status": {
                "is_frozen": member.disabled,
                "is_resigned": member.left,
                "is_activated": True,
                "is_exited": False,
                "is_unjoin": False,
            },
        }
        return {name: value for name, value in told.items() if name not in self.without}

    def _user(self, query: Query, id_: str) -> Mapping[str, Any]:
        kind = query.get("user_id_type", "open_id")
        found = [m for m in self.directory.members.values() if self._ids(m.account).get(kind) == id_]
        if not found:
            raise NoAnswer(NO_SUCH_USER)
        if found[0].hidden:
            raise NoAnswer(NOT_SHOWN)
        return {"user": self.user(found[0])}

    def _members(self, query: Query, _: str) -> Mapping[str, Any]:
        id_ = query.get("department_id", "")
        self._known(id_)
        return _page(query, [self.user(member) for member in self.directory.listed(id_)])

    def _children(self, query: Query, id_: str) -> Mapping[str, Any]:
        self._known(id_)
        below = list(self.directory.below(id_))
        if query.get("fetch_child") != "true":
            below = [section for section in below if section.parent == id_]
        return _page(query, [_section(section) for section in below])

    def _department(self, _: Query, id_: str) -> Mapping[str, Any]:
        self._known(id_)
        if id_ == self.directory.root:
            raise NoAnswer(NO_SUCH_DEPARTMENT)
        return {"department": _section(self.directory.sections[id_])}

    def _range(self, query: Query, _: str) -> Mapping[str, Any]:
        tops = [s.id for s in self.directory.sections.values() if s.parent == self.directory.root]
        paged = _page(query, tops)
        return {"department_ids": paged.pop("items", []), "user_ids": [], **paged}

    def _known(self, id_: str) -> None:
        if id_ != self.directory.root and id_ not in self.directory.sections:
            raise NoAnswer(NO_SUCH_DEPARTMENT)


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "open_department_id": section.id,
        "department_id": section.code or section.id,
        "parent_department_id": section.parent,
        "status": {"is_deleted": False},
    }


def _page(query: Query, everything: Sequence[Any]) -> dict[str, Any]:
    """One page; `items` is left out of an empty one, as the real answers do."""
    size = query.get("page_size", "10")
    if not size.isdigit() or not 1 <= int(size) <= LARGEST_PAGE:
        raise NoAnswer(BAD_PAGE)
    token = query.get("page_token", "0")
    if not token.isdigit():
        raise NoAnswer(BAD_TOKEN)
    start, end = int(token), int(token) + int(size)
    items = {"items": list(everything[start:end])} if everything[start:end] else {}
    more = {"has_more": True, "page_token": str(end)} if end < len(everything) else {"has_more": False}
    return items | more
