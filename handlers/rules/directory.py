"""A platform's list of members against the people on the books: what follows, and what does not.

The directory updates people who were imported; it invents nobody, and a field that the platform
keeps from the app says nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from handlers.rules.roll import Books, Change, Department, Member, Remarks, Roll, Standing, bound, key
from storage.records import Person, Platform

TITLE_LIMIT = 60


def compare(
    roll: Roll, books: Books, today: date, vanished: Collection[str] = (), *, narrowed: bool = False
) -> tuple[tuple[Change, ...], Remarks]:
    """What is new of whom; `vanished` and `narrowed` are what `absence.remember` says."""
    changes, remarks = _Comparison(roll, books, today).carry_out(vanished)
    return changes, replace(remarks, narrowed=narrowed)


class _Comparison:
    """One reading on its way through the books."""

    def __init__(self, roll: Roll, books: Books, today: date) -> None:
        self.roll, self.books, self.today = roll, books, today
        self.bound = bound(books.people.values(), roll.platform)
        self.homes = dict(_homes(roll.departments.values(), books))
        self.strangers = 0
        self.departments: set[str] = set()
        self.noted: defaultdict[str, set[str]] = defaultdict(set)

    def carry_out(self, vanished: Collection[str]) -> tuple[tuple[Change, ...], Remarks]:
        found = [change for member in self.roll.members if (change := self._member(member))]
        found += [change for account in vanished if (change := self._vanished(account))]
        self._note("hidden", map(self._serving, self.roll.hidden))
        gone = {change.person for change in found if change.left}
        lost = (person for account in self.roll.unknown if (person := self._serving(account)))
        self._note("unknown", (person for person in lost if person.id not in gone))
        return tuple(found), self._remarks()

    def _remarks(self) -> Remarks:
        return Remarks(
            strangers=self.strangers,
            departments=tuple(sorted(self.departments)),
            conflicts=self._noted("conflicts"),
            disabled=self._noted("disabled"),
            still_listed=self._noted("still_listed"),
            hidden=self._noted("hidden"),
            unknown=self._noted("unknown"),
        )

    def _noted(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.noted[name]))

    def _note(self, name: str, people: Iterable[Person | None]) -> None:
        self.noted[name] |= {person.id for person in people if person}

    def _serving(self, account: str) -> Person | None:
        person = self.bound.get(key(self.roll.platform, account))
        return person if person and not _has_left(person, self.today) else None

    def _member(self, member: Member) -> Change | None:
        person = self._person(member)
        if person is None:
            self.strangers += member.standing is not Standing.LEFT
            return None
        # What another source says is for that source to take back: an account is often closed late.
        is_back = _has_left(person, self.today) and member.standing is Standing.ACTIVE
        if _has_left(person, self.today) and not (is_back and person.id in self.books.left_here):
            self._note("still_listed", [person] if is_back else [])
            return None
        if member.standing is Standing.LEFT:
            return Change(person.id, left=True) if self._owner(member) is person else None
        if member.standing is Standing.DISABLED:
            self._note("disabled", [person])
        change = Change(
            person.id,
            self._account(member, person),
            self._unit(member, person),
            self._title(member, person),
            back=is_back,
        )
        return change if change != Change(person.id) else None

    def _owner(self, member: Member) -> Person | None:
        """To whom one of the member's ids is bound."""
        ids = (key(self.roll.platform, account) for account in (member.account, *member.others))
        return next((self.bound[id_] for id_ in ids if id_ in self.bound), None)

    def _person(self, member: Member) -> Person | None:
        """By 工号 in Feishu; WeCom's members may write theirs themselves, so there by account alone."""
        if self.roll.platform is Platform.FEISHU and member.staff_no in self.books.people:
            return self.books.people[member.staff_no]
        return self._owner(member)

    def _account(self, member: Member, person: Person) -> str | None:
        owner = self._owner(member)
        if owner is None:
            return member.account
        if owner is not person:
            self._note("conflicts", [person])
        return None

    def _unit(self, member: Member, person: Person) -> str | None:
        """The unit of the member's department; one above the person's own unit is only less exact."""
        if member.department not in self.roll.departments:
            return None
        home = self.homes.get(member.department)
        if home is None:
            self.departments.add(self.roll.departments[member.department].name)
            return None
        return None if home in _upwards(person.unit, self.books) else home

    def _title(self, member: Member, person: Person) -> str | None:
        title = member.title.strip()[:TITLE_LIMIT]
        return title if title and title != person.title else None

    def _vanished(self, account: str) -> Change | None:
        person = self._serving(account)
        is_elsewhere = person is not None and len(person.accounts()) > 1
        return Change(person.id, left=True) if person and not is_elsewhere else None


def _has_left(person: Person, today: date) -> bool:
    return person.left_on is not None and person.left_on <= today


def _homes(departments: Collection[Department], books: Books) -> Iterator[tuple[str, str]]:
    """Departments that are units: of the same code, or of a name that only one of each has."""
    names: dict[str, list[str]] = {}
    for unit in books.units.values():
        names.setdefault(unit.name, []).append(unit.code)
    listed = [department.name for department in departments]
    for department in departments:
        called = names.get(department.name, []) if listed.count(department.name) == 1 else []
        if department.code in books.units:
            yield department.id, _successor(department.code, books)
        elif len(called) == 1:
            yield department.id, _successor(called[0], books)


def _successor(code: str, books: Books) -> str:
    for _ in range(len(books.merged)):
        code = books.merged.get(code, code)
    return code


def _upwards(code: str, books: Books) -> list[str]:
    """The unit and those above it."""
    found: list[str] = []
    code = _successor(code, books)
    while code in books.units and code not in found:
        found.append(code)
        code = _successor(books.units[code].parent, books)
    return found
