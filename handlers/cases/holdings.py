"""All that somebody holds: the steps that wait for them, and what is theirs in another way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cards.handing_over import Kept
from handlers.kinds.process import FILLINGS
from handlers.people import whose
from handlers.rules.permits import APPROVING
from storage import departures, drafts, duties, people, proxies, requests
from storage.duty_records import DutyKind
from storage.records import Person, Request, Role
from storage.steps import OWN, SeatState

MANY = 500
"""Open steps of one person that are listed at once."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """`steps` are those that wait for their own decision; `kept` what cannot be given with them."""

    steps: tuple[Request, ...]
    kept: tuple[Kept, ...]


async def of(person: Person, at: datetime) -> Holdings:
    """Everything that stands under somebody's name at this moment; what nobody can give is named too."""
    own, beside = await _steps(person.id, at)
    found = (
        Kept("请其会签或提意见的", beside, "由邀请的人 /减签 后另请他人。"),
        Kept("媒体", await _media(person.id), "运营负责人、管理员变更须发 /变更 备案（第六条（二））。"),
        Kept("待备案的变更", await _changes(person.id), "随上面的 /变更 一并备案。"),
        Kept("职务、角色", await _posts(person), "在单位表、人员表中修改（第五条（二））。"),
        Kept("代理", await _proxies(person.id, at), "代理不能转交，由委托人另设。"),
        Kept(
            "提交的申请",
            await _applied(person.id),
            "申请人不变；离职后由媒体运营负责人或单位第一责任人代办。",
        ),
        Kept("没提交的草稿", await _drafts(person.id), "草稿只属本人，由本人提交或放弃。"),
    )
    return Holdings(own, tuple(one for one in found if one.names))


async def _steps(person: str, at: datetime) -> tuple[tuple[Request, ...], tuple[str, ...]]:
    """Steps that somebody decides for themselves; numbers of those at which they are asked besides."""
    own = []
    for request in await requests.waiting_for(person, (), MANY):
        step = request.current
        if step and (await whose.owners(step, whose.applicant_of(request), at)).get(person) == "":
            own.append(request)
    seated = [request.number for request in await requests.naming(person) if _asked(request, person)]
    return tuple(own), tuple(seated)


def _asked(request: Request, person: str) -> bool:
    seats = request.current.seats if request.current else ()
    return any(s.person == person and s.state is SeatState.OPEN and s.how not in OWN for s in seats)


async def _media(person: str) -> tuple[str, ...]:
    return _named(f"{one.name}（{one.no}）" for one in await departures.media_of(person))


async def _changes(person: str) -> tuple[str, ...]:
    owed = [one for one in await duties.standing(DutyKind.CHANGE) if one.person == person]
    return _named(one.medium for one in owed)


async def _posts(person: Person) -> tuple[str, ...]:
    units = await people.all_units()
    posts = [f"{one.name}第一责任人" for one in units if one.first_responsible == person.id]
    posts += [f"{one.name}副职" for one in units if person.id in one.deputies]
    deciding = APPROVING | {Role.CLERK, Role.ADMIN, Role.AUDITOR}
    return _named([*posts, *sorted(role.value for role in person.roles & deciding)])


async def _proxies(person: str, at: datetime) -> tuple[str, ...]:
    by_them, for_others = await proxies.upcoming(person, at), await proxies.given_to(person, at)
    known = await people.several([*(p.delegate for p in by_them), *(p.principal for p in for_others)])
    return _named(
        [
            *(f"请 {known[one.delegate].name} 代理" for one in by_them if one.delegate in known),
            *(f"代 {known[one.principal].name}" for one in for_others if one.principal in known),
        ]
    )


async def _applied(person: str) -> tuple[str, ...]:
    return _named(f"{number} {title}" for number, title, _ in await departures.open_requests(person))


async def _drafts(person: str) -> tuple[str, ...]:
    """Only of which process: what is not submitted is nobody else's to read."""
    return _named(f"{FILLINGS[one.kind].form.command} 1 份" for one in await drafts.open_of(person))


def _named(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
