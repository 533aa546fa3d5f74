"""What a platform says of its members and departments, and what is kept of it: values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storage.records import Person, Platform, Unit


class Standing(StrEnum):
    """How a platform says a member stands."""

    ACTIVE = "active"
    DISABLED = "disabled"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Department:
    """`code` is the school's own id of it, where the platform keeps one."""

    id: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody a platform lists; empty fields are those it did not tell.

    `account` is what letters are addressed to, `others` are further ids of the same member;
    `department` is the main one.
    """

    account: str
    others: tuple[str, ...] = ()
    staff_no: str = ""
    department: str = ""
    title: str = ""
    standing: Standing = Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class Roll:
    """One reading of a directory.

    `unknown` are accounts on the books that the platform does not know, `hidden` those it does not
    show to this app. Where `whole` is False the reading broke off: nothing follows from an absence; `broken`
    is what the platform answered then.
    """

    platform: Platform
    departments: Mapping[str, Department] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    unknown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    whole: bool = True
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """The people and units on the books; `merged` leads from a unit that is no more to its successor.

    `left_here` are those of whom nothing but this platform's directory said that they left.
    """

    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    merged: Mapping[str, str] = field(default_factory=dict)
    left_here: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What is new of one person; None is as it was. `back`: who had left is listed again."""

    person: str
    account: str | None = None
    unit: str | None = None
    title: str | None = None
    left: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a person has to look at, 工号 each but for `departments` (names) and `strangers` (a number).

    `conflicts`: the account is bound to somebody else; `unknown`: the platform does not know the
    account, but nothing says that its holder left; `narrowed`: too many vanished together for that.
    """

    strangers: int = 0
    departments: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    still_listed: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a member was when listed last, and how many readings have missed them since."""

    department: str
    misses: int = 0


Memory = Mapping[str, Seen]


def key(platform: Platform, account: str) -> str:
    """An account as it is compared: WeCom's userids ignore case."""
    return account.lower() if platform is Platform.WECOM else account


def account_of(person: Person, platform: Platform) -> str:
    return person.wecom if platform is Platform.WECOM else person.feishu


def bound(people: Collection[Person], platform: Platform) -> dict[str, Person]:
    """Who is bound to which account."""
    return {key(platform, a): person for person in people if (a := account_of(person, platform))}
