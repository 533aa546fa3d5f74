"""Who may do what: each check answers None or a `Refusal` that says why, and under which article."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.rules.articles import ART_4, ART_5_1, ART_6_1, ART_6_3, ART_15
from storage.records import Identity, Medium, MediumState, Person, Request, Role, Unit, UnitKind
from storage.steps import SeatState

SHANGHAI = ZoneInfo("Asia/Shanghai")
OF_A_UNIT = frozenset({Role.SECRECY_REVIEWER, Role.FIRST_READER, Role.SECOND_READER, Role.LAST_READER})
"""Roles whose holders decide for their own unit only."""

APPROVING = OF_A_UNIT | {Role.CENTER_APPROVER, Role.PROPAGANDA_REVIEWER}
"""Roles whose holders decide."""

FOR_STAFF = APPROVING | {Role.CLERK, Role.ADMIN}
"""Roles that only 教职工 may hold: who decides, who acts for those who do, and who keeps the system."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, in words for the person who asked, and the article it rests on."""

    text: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.text.rstrip('。')}（{self.article}）。" if self.article else self.text


def in_service(person: Person, at: datetime) -> bool:
    """Whether the person is still there on that day (the leaving date is the first day away)."""
    return person.left_on is None or at.astimezone(SHANGHAI).date() < person.left_on


def serves(person: Person, at: datetime) -> bool:
    """Whether somebody may hold a post or a role that decides: 教职工, and in service."""
    return person.identity is Identity.STAFF and in_service(person, at)


def managing(upwards: Sequence[Unit]) -> str:
    """The unit that manages media: the nearest upwards that is not an inner office."""
    for unit in upwards:
        if unit.kind is not UnitKind.INNER:
            return unit.code
    return upwards[-1].code if upwards else ""


def managed_by(code: str, units: Mapping[str, Unit]) -> str:
    """The managing unit of a unit, where the whole tree is at hand."""
    upwards: list[Unit] = []
    while code in units and len(upwards) < len(units):
        upwards.append(units[code])
        code = units[code].parent
    return managing(upwards)


def may_register(person: Person, at: datetime) -> Refusal | None:
    """What is one's own is registered by staff and students, as long as they are there."""
    if in_service(person, at):
        return None
    return Refusal("您的离职信息已登记，不能再发起或办理审批。如有误，请联系本单位人事或系统管理员。")


def of_staff(text: str, article: str) -> Callable[[Person, datetime], Refusal | None]:
    """Requests of a kind are made by staff in service; `text` says so to others, and what they may do."""

    def may(person: Person, at: datetime) -> Refusal | None:
        if refusal := may_register(person, at):
            return refusal
        return None if person.identity is Identity.STAFF else Refusal(text, article)

    return may


may_publish = of_staff("发布审批由教职工发起。学生稿件请交本单位媒体的运营负责人提交。", ART_6_3)
may_file = of_staff("备案和变更由教职工发起，请交本单位媒体的运营负责人办理。", ART_4)


@dataclass(frozen=True, slots=True)
class Hold:
    """By whose word nothing goes out on a medium at a moment: `ordered` names the notices that stopped it,
    until they have passed; `silence` the silence it keeps, with its last day; `released` how what is stopped
    runs again."""

    ordered: str = ""
    silence: str = ""
    released: str = ""


FREE = Hold()


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps a post from going out, as a fact; `reviewed` where it may be decided meanwhile: a silence
    judges nothing, and ends on its day."""

    fact: Refusal
    reviewed: bool = False


def may_publish_on(medium: Medium, own_unit: str, its_unit: str, hold: Hold = FREE) -> Refusal | None:
    """Whether a unit may publish on this medium now: managing units compared, state and silence checked."""
    if own_unit != its_unit:
        return Refusal(f"“{medium.name}”不是本单位的媒体，请由其主办单位发起。", ART_4)
    if medium.state is MediumState.ACTIVE and hold.silence:
        return Refusal(f"{_silent(medium, hold)}，结束前不能发布；草稿会保留。", ART_5_1)
    if medium.state is MediumState.ACTIVE:
        return None
    if medium.state is MediumState.SUSPENDED:
        released = f"{hold.released}，" if hold.released else ""
        return Refusal(f"{_suspended(medium, hold)}，{released}恢复前不能发布。", ART_15)
    again = "重新 /备案" if medium.state is MediumState.DEREGISTERED else "先 /变更"
    return Refusal(f"“{medium.name}”目前是“{medium.state}”状态，不能发布。恢复使用请{again}。", ART_6_1)


def barred(medium: Medium, own_unit: str, its_unit: str, hold: Hold = FREE) -> Bar | None:
    """What keeps an open post of a unit from going out on this medium."""
    if may_publish_on(medium, own_unit, its_unit, hold) is None:
        return None
    if own_unit != its_unit:
        return Bar(Refusal(f"“{medium.name}”已改由其他单位主办", ART_4))
    if medium.state is MediumState.SUSPENDED:
        return Bar(Refusal(_suspended(medium, hold), ART_15))
    if medium.state is MediumState.ACTIVE:
        return Bar(Refusal(_silent(medium, hold), ART_5_1), reviewed=True)
    return Bar(Refusal(f"“{medium.name}”已{medium.state}", ART_6_1))


def _suspended(medium: Medium, hold: Hold) -> str:
    return f"“{medium.name}”已被{hold.ordered}责令停止运行"


def _silent(medium: Medium, hold: Hold) -> str:
    return f"“{medium.name}”正按 {hold.silence}"


def not_on_the_books(name: str, near: Sequence[str]) -> Refusal:
    hint = f"您是不是要找：{'、'.join(near)}？" if near else "发 /台账 可看本单位已备案的媒体。"
    text = f"台账里没有“{name}”。{hint}未备案的账号须先 /备案，个人账号不走发布审批。"
    return Refusal(text, ART_6_1)


def is_center(person: Person) -> bool:
    return Role.CENTER_APPROVER in person.roles and person.identity is Identity.STAFF


def is_auditor(person: Person) -> bool:
    return Role.AUDITOR in person.roles


def unfit_for(target: Person, request: Request, holder: Person, at: datetime) -> Refusal:
    """Why somebody cannot take a step over: that is for those of the unit who may decide such a step."""
    if not in_service(target, at):
        return Refusal(f"{target.name} 已离职，请换一位。")
    if target.id == request.applicant:
        return Refusal("不能转给申请人本人。", ART_6_3)
    if target.id == holder.id:
        return Refusal("已经在您这里了。")
    if target.id in {s.person for step in request.chain for s in step.seats if s.state is SeatState.DECIDED}:
        return Refusal(f"{target.name} 已办过这件的另一步，请换一位。", ART_6_3)
    return Refusal(f"{target.name} 不能办理这一步，只能转给本单位有相应职责的人。", ART_6_3)
