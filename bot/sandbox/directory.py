"""The directory of a played platform: a few departments and members, changed as people join and leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


class NoAnswer(Exception):
    """The platform's directory refuses, with one of its codes."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(slots=True)
class Enrolled:
    """A member: `left` and still known to the platform as such; `hidden` is outside the app's scope."""

    account: str
    name: str
    department: str
    staff_no: str = ""
    title: str = ""
    left: bool = False
    disabled: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Section:
    """A department; `code` is the school's own id of it."""

    id: str
    name: str
    parent: str
    code: str = ""


@dataclass(slots=True)
class PlayedDirectory:
    """`members` by account; `root` is the id of the department that everybody is below."""

    root: str
    members: dict[str, Enrolled]
    sections: dict[str, Section] = field(default_factory=dict)

    @classmethod
    def of(cls, root: str, people: Mapping[str, str]) -> "PlayedDirectory":
        """Everybody directly below the root."""
        return cls(root, {account: Enrolled(account, name, root) for account, name in people.items()})

    def found(self, units: Mapping[str, str]) -> None:
        """A department for each unit (name by code) directly below the root; its id is the code."""
        for code, name in units.items():
            self.section(code, name)

    def place(self, account: str, staff_no: str, unit: str) -> None:
        """Put a member where the books have them."""
        if account and unit in self.sections:
            member = self.members[account]
            member.staff_no, member.department = staff_no, unit

    def section(self, id_: str, name: str, parent: str = "", code: str = "") -> None:
        """Found or rename a department."""
        self.sections[id_] = Section(id_, name, parent or self.root, code)

    def below(self, id_: str) -> Iterator[Section]:
        """All departments below one, at any depth."""
        for section in self.sections.values():
            if section.parent == id_:
                yield section
                yield from self.below(section.id)

    def listed(self, department: str) -> list[Enrolled]:
        """Direct members that are shown."""
        return [m for m in self.members.values() if m.department == department and self.is_listed(m)]

    def is_listed(self, member: Enrolled) -> bool:
        return not (member.left or member.hidden)
