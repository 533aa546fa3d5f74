"""Every short sentence about a request that a person reads, so that two cards never differ in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cards import deciders, delivery
from cards.form import ASSET_FIELDS, PUBLISH
from cards.halting import STOPPED
from cards.times import brief, deadline, when
from cards.view import Face, View
from storage.records import Act, Decision, Request, State, UnitKind, Urgency
from storage.steps import READERS, How, Seat, SeatState, Step, StepRole, Verb

STATES: Mapping[State, str] = {
    State.IN_REVIEW: "审批中",
    State.RETURNED: "已退回",
    State.REJECTED: "未通过",
    State.WITHDRAWN: "已撤回",
    State.AWAITING_PUBLISH: "可发布",
    State.PUBLISHED: "已发布",
    State.RECORDED: "已备案",
    State.STOPPED: "已停止",
    State.PAUSED: "已暂停",
    State.VOIDED: "已作废",
}
_DONE: Mapping[Act, str] = {
    Act.APPROVE: "同意",
    Act.ESCALATE: "同意并报中心",
    Act.RETURN: "退回",
    Act.REJECT: "不同意",
    Act.TRANSFER: "转办",
    Act.SUPPLY: "填报",
}
_GIVEN: Mapping[How, str] = {
    How.TRANSFER: "转办", How.ASSIGNED: "改派", How.HANDED: "交接", How.ADDED: "加签"
}  # fmt: skip
_CALLED: Mapping[Verb, Mapping[Act, str]] = {
    Verb.EXAMINE: {Act.APPROVE: "审查通过", Act.REJECT: "不宜公开"},
    Verb.RECORD: {Act.APPROVE: "备案"},
    Verb.VERIFY: {Act.APPROVE: "属实", Act.REJECT: "不属实"},
    Verb.CLOSE: {Act.SUPPLY: "结案"},
    Verb.ACCEPT_CASE: {Act.APPROVE: "立案", Act.REJECT: "不立案"},
    Verb.DISPOSE: {Act.SUPPLY: "处理"},
    Verb.REVIEW_AGAIN: {Act.SUPPLY: "复核"},
    Verb.RECTIFY: {Act.SUPPLY: "回复整改", Act.REJECT: "升级"},
    Verb.INSPECT: {Act.APPROVE: "通过", Act.RETURN: "继续整改", Act.REJECT: "升级"},
    Verb.PROVE: {Act.SUPPLY: "上传证明"},
    Verb.INTERPRET: {Act.SUPPLY: "发布解释", Act.REJECT: "不作解释"},
    Verb.CONFIRM: {Act.SUPPLY: "确认四权"},
    Verb.REPORT: {Act.APPROVE: "确认上报"},
    Verb.SPEAK: {Act.SUPPLY: "提意见"},
    Verb.SETTLE: {Act.SUPPLY: "定稿"},
}
"""What acts are called at steps that do not approve, where it is not the usual word."""

WORDS: Mapping[str, Act] = {
    word: what for called in _CALLED.values() for what, word in called.items() if what is not Act.SUPPLY
}
"""The decision that such a word is, at the steps that call it so."""

_ANYWHERE = "通过"
"""A word of 验收 in which people agree to anything."""


def shows(view: View) -> tuple[str, int] | None:
    """What a card that shows the matter lets its reader decide on: the step that waits, and the version."""
    return (view.request.step, view.request.version) if view.request.current else None


def wish(view: View) -> str:
    """李老师（机电学院党委）申请在“机电之声”发布"""
    if view.face.opening:
        return view.face.opening(view)
    return f"{view.name(view.request.applicant)}（{view.unit}）申请{view.face.wish(view)}"


def heading(state: str, request: Request) -> str:
    """待审批 FB-2026-0001 学院更名."""
    return f"{state} {request.number} {request.title}"


def edition(request: Request) -> str:
    """第 2 版，补充 1 次: what steps supplied is no new version to whoever submitted it."""
    more = request.version - request.base
    return f"第 {request.base} 版" + (f"，补充 {more} 次" if more else "")


def pressing(state: str, request: Request) -> str:
    """特急 待审批 FB-2026-0001 学院更名: as `heading`, where somebody must act and has to hurry."""
    return heading(hurried(state, request), request)


def hurried(state: str, request: Request) -> str:
    """特急 待审批."""
    return state if request.urgency is Urgency.NORMAL else f"{request.urgency} {state}"


def standing(state: State, face: Face) -> str:
    """A state in the word of its process: a topic that has passed is not filed, it is 审查通过."""
    ended = {State.RECORDED: face.ended} if face.ended else {}
    return {**STATES, **face.stages, **ended}[state]


def state(view: View) -> str:
    """Where a request stands, in a word: a post that has passed does not go out on a stopped medium, and what
    was granted for a time is granted no more afterwards."""
    passed = view.request.state is State.AWAITING_PUBLISH
    if passed and view.obstacle:
        return STOPPED
    lapsed = view.face.lapsed(view) if view.request.state is State.RECORDED else ""
    return lapsed or standing(view.request.state, view.face)


def asked(step: Step) -> str:
    """What a waiting step is called: 待审查, 待审批, 待备案."""
    return f"待{step.verb}"


def asker(view: View) -> str:
    """Who asked, with their unit."""
    name = view.name(view.request.applicant)
    unit = view.face.asker_unit(view) if view.face.asker_unit else view.unit
    return f"{name}（{unit}）" if unit else name


def act(act: Act, step: Step | None) -> str:
    """What an act is called at a step, on its button and in the record."""
    return (_CALLED.get(step.verb, {}) if step else {}).get(act, _DONE[act])


def calls(step: Step | None, word: str) -> bool:
    """Whether a decision is called that at a step; what is no word of any step's own fits each."""
    return word in (*_DONE.values(), _ANYWHERE) or word not in WORDS or word == act(WORDS[word], step)


def done(what: Act, step: Step | None) -> str:
    """An act that was carried out, as it follows 已: 同意, 审查通过, 定为“不宜公开”, 定为“属实”."""
    word = act(what, step)
    if what is Act.RETURN and word != _DONE[Act.RETURN]:
        return f"要求{word}"
    finds = (what is Act.REJECT and word.startswith("不")) or (step and step.verb is Verb.VERIFY)
    return f"定为“{word}”" if finds else word


_REVIEWS = (StepRole.SECRECY_REVIEWER, *READERS)
"""Steps that are called by what is done there."""


def role(step: Step) -> str:
    """The step as people call it: 保密审查, 出版社初审, 第一责任人, 全媒体中心."""
    return "保密审查" if step.role is StepRole.SECRECY_REVIEWER else step.role.value


def task(step: Step) -> str:
    """Who does what at a step: 保密审查, 第一责任人审批, 全媒体中心备案."""
    return role(step) if step.role in _REVIEWS else f"{role(step)}{step.verb}"


def names_of(step: Step) -> tuple[str, ...]:
    """What people may call a step: 第一责任人, 第一责任人审批; of the press 初审 is enough."""
    return (role(step), task(step), role(step).removeprefix(UnitKind.PRESS))


def please(view: View, step: Step) -> str:
    """What is asked of whoever holds a step: 请您…… 审批, 审查, 上传证明, 确认上报."""
    if view.acts == (Act.SUPPLY,) or step.verb is Verb.REPORT:
        return act(view.acts[0], step)
    if step.verb is Verb.ACCEPT_CASE:
        return "决定是否立案"
    return "审查" if step.role is StepRole.SECRECY_REVIEWER else step.verb.value


def names(view: View, people: Iterable[str], limit: int = 3) -> str:
    """王书记、孙老师 等 5 人."""
    listed = [view.name(person) for person in people]
    shown = "、".join(listed[:limit])
    return f"{shown} 等 {len(listed)} 人" if len(listed) > limit else shown


def delivered(view: View) -> list[str]:
    """Of each whom it waits for, where their card is: 王书记，飞书已送达 11月23日（周一）09:00，还没有看"""
    told = {person: delivery.told(view.delivered, person, view.now) for person in view.holders}
    return [f"{view.name(person)}，{where}" for person, where in told.items() if where]


def holders(view: View) -> str:
    """Who has to decide now, proxies named with whom they stand in for, the added (加签) apart."""
    return waited(view)


def waited(view: View, role: str = "") -> str:
    """王书记（第一责任人）；加签：何老师、周老师"""
    added = _added(view)
    own = [
        f"{view.name(person)}（代{view.name(principal)}）" if principal else view.name(person)
        for person, principal in view.holders.items()
        if person not in added
    ]
    mine = _few(own) + (f"（{role}）" if role else "") if own else ""
    others = _few([view.name(person) for person in added])
    if not others:
        return mine
    return f"{mine}；加签：{others}" if mine else f"加签的 {others}"


def _added(view: View) -> list[str]:
    """Whose turn it is by 加签."""
    step = view.request.current
    there = [s.person for s in step.seats if s.group and s.state is SeatState.OPEN] if step else []
    return [person for person in view.holders if person in there]


def _few(listed: Sequence[str]) -> str:
    return "、".join(listed[:3]) + (f" 等 {len(listed)} 人" if len(listed) > 3 else "")


def decider(view: View, decision: Decision) -> str:
    """Who decided, for whom, and who gave it to them: 吴副书记 代 王书记, 吴副书记（王书记 转办）."""
    return deciders.author(view, decision) + given(view, view.seat_of(decision))


def given(view: View, seat: Seat | None) -> str:
    """How somebody came to their place, where another gave it to them: （王书记 转办）."""
    word = _GIVEN.get(seat.how) if seat and seat.by else None
    return f"（{view.name(seat.by)} {word}）" if seat and word else ""


def decided(view: View, decision: Decision) -> str:
    """孙老师 审查通过 · 11月23日（周一）10:02 · 意见：…"""
    who = decider(view, decision)
    if not view.present(decision.version):
        who = f"第 {decision.version} 版 {who}"
    text = f"{who} {act(decision.act, view.decided_step(decision))} · {when(decision.at, view.now)}"
    return f"{text} · {decision.reason}" if decision.reason else text


def due(view: View) -> str:
    """11月24日（周二）16:00前, 暂定 where a day is not yet official; empty where nothing is due."""
    if view.request.due_at is None:
        return ""
    late = "，已超时" if view.request.due_at <= view.now else ""
    return deadline(view.request.due_at, view.now, provisional=view.provisional) + "前" + late


def due_briefly(view: View) -> str:
    """11月24日 16:00前, for a line that has room for little more; once that is over the day is enough."""
    due = view.request.due_at
    return briefly(due, view.now, provisional=view.provisional) if due else ""


def briefly(due: datetime, now: datetime, *, provisional: bool = False) -> str:
    """11月24日 16:00前, or 已超时（11月24日）."""
    until = brief(due, now)
    if due <= now:
        return f"已超时（{until.partition(' ')[0]}）"
    return f"{until}前（暂定）" if provisional else f"{until}前"


def finish(view: View) -> str:
    """By when everything is decided if each step is in time; empty where the present one is late already."""
    due = view.request.due_at
    if view.finish is None or due is None or due <= view.now:
        return ""
    return deadline(view.finish, view.now, provisional=view.provisional) + "前"


def silence(view: View) -> str:
    """What happens if nobody acts."""
    if view.halted:
        return "恢复前不再提醒，不会自动通过。"
    if view.reminder is None:
        return "不处理不会自动通过。"
    copied = _copied(view.request.current) if view.reminder_copies_center else ""
    usual = "不填不会自动办结" if view.acts == (Act.SUPPLY,) else "不处理不会自动通过"
    nothing = view.face.silence.get(view.request.step, usual)
    return f"{nothing}；{when(view.reminder, view.now)} 再次提醒{copied}。"


def _copied(step: Step | None) -> str:
    """Who is told too that a step lies: its unit's head and the centre, where it is not their own."""
    if step is None or step.role is StepRole.MEDIA_CENTER:
        return ""
    head = "第一责任人和" if step.role in _REVIEWS else ""
    return f"，并抄送{head}全媒体中心"


def basis(step: Step) -> str:
    """第六条（三）1，必要时：涉及重大事项决策."""
    if not step.because:
        return f"依据{step.article}"
    return f"依据{step.article}，报中心原因：{'；'.join(step.because)}"


def rests(view: View, step: Step) -> str:
    """依据第六条（三）1，另见解释 JS-2026-0001: the basis of a step, with the newest interpretation of it."""
    number = next((one for clause, one in view.interpreted if step.article.startswith(clause)), "")
    return basis(step) + (f"，另见解释 {number}" if number else "")


def media(view: View) -> str:
    """The media meant, or the name under which one is to be filed."""
    return "、".join(medium.name for medium in view.media) or str(view.request.form.get("account_name", ""))


def moment(form: Mapping[str, Any], now: datetime) -> str:
    """When the post should go out; a midnight names both days: 11月24日（周二）00:00（11月23日 24:00）."""
    if not (text := form.get("planned_at")):
        return PUBLISH.field("planned_at").default
    at = datetime.fromisoformat(text)
    return f"{when(at, now)}（{ending}）" if (ending := brief(at, now)).endswith("24:00") else when(at, now)


def topics(form: Mapping[str, Any]) -> str:
    return "、".join(form.get("involves") or ()) or "无"


def source(form: Mapping[str, Any]) -> str:
    kind = str(form.get("source_kind") or PUBLISH.field("source_kind").default)
    return f"{kind}（{form['source_name']}）" if form.get("source_name") else kind


def assets(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """文字 -> 原创 and so on, for all five kinds of Article 9."""
    given = form.get("copyright") or {}
    return [
        (field.title.removesuffix("版权"), given.get(field.name.removeprefix("copyright_"), "不涉及"))
        for field in ASSET_FIELDS
    ]


def assets_line(form: Mapping[str, Any]) -> str:
    """文字原创、图片已授权，其余不涉及."""
    named = [f"{what}{answer}" for what, answer in assets(form) if answer != "不涉及"]
    rest = "其余不涉及" if len(named) < len(ASSET_FIELDS) else ""
    return "，".join(filter(None, ("、".join(named), rest)))


def urgency(request_urgency: str, reason: str = "") -> str:
    if request_urgency == Urgency.NORMAL:
        return "普通"
    return f"{request_urgency}：{reason}" if reason else request_urgency


def files(form: Mapping[str, Any]) -> list[str]:
    """报价单.pdf（12 KB）"""
    return [f"{file['name']}（{size(file['size'])}）" for file in form.get("files") or ()]


def size(count: int) -> str:
    if count < 1024:
        return f"{count} 字节"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def excerpt(text: str, limit: int) -> str:
    """The beginning of a text on one line, `…` where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def following(chain: Sequence[Step], name: str) -> list[Step]:
    """The steps after that one which somebody has to decide."""
    return decided_by_people(chain[[step.name for step in chain].index(name) + 1 :])


def decided_by_people(chain: Sequence[Step]) -> list[Step]:
    """The steps that no rule passes."""
    return [step for step in chain if not step.passed_by_rule]


def beyond(chain: Sequence[Step], name: str) -> str:
    """全媒体中心审批：涉及重大事项决策, what follows that step and why; empty where nothing does."""
    return "、".join(
        task(step) + (f"：{'；'.join(step.because)}" if step.because else "")
        for step in following(chain, name)
    )


def path(chain: Sequence[Step]) -> str:
    """保密审查 → 第一责任人 → 全媒体中心: who will be asked, in order."""
    people = decided_by_people(chain)
    named = ("出版社三审" if one.role in READERS else _passing(one) for one in people)
    return " → ".join(dict.fromkeys(named))


def _passing(step: Step) -> str:
    return task(step) if step.role is StepRole.APPLICANT else role(step)
