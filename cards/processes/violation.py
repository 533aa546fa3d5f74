"""/违规 on a card: a lead is a question; what is alleged, what was answered, what was decided (form F10)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import phrases, plain
from cards.card import Panel, Row
from cards.form import Field
from cards.form_violation import DISPOSAL, PLEA, REVIEW, VIOLATION
from cards.times import deadline, when
from cards.view import CONCEALED, SYSTEM, Face, View
from storage.records import Act, State
from storage.vocabulary import UNFOUNDED

DISPOSED, REVIEWED = "disposal", "review"
"""Under which names a case keeps its decision and the review of it."""


def subject(view: View) -> str:
    """Whom or what it is about: “机电之声”、何老师, else the unit."""
    form, media = view.request.form, phrases.media(view)
    person = view.name(form["person"]) if form.get("person") else ""
    return "、".join(filter(None, (f"“{media}”" if media else "", person))) or view.unit


def _reporter(view: View) -> str:
    if not view.request.applicant:
        return SYSTEM
    return "有人" if phrases.asker(view).startswith(CONCEALED) else view.name(view.request.applicant)


def opening(view: View) -> str:
    """李老师反映“机电之声”（机电学院党委）的情况；这是线索，不是结论"""
    about = subject(view)
    about += f"（{view.unit}）" if about != view.unit else ""
    if (appeal := view.request.outcome.get("appeal")) and not view.request.form.get(REVIEWED):
        return f"{view.name(appeal['by'])}对{about}一案的处理决定申诉"
    verb = "记录到" if _reporter(view) == SYSTEM else "反映"
    lead = "" if view.request.outcome.get("hearing") else "；这是线索，不是结论"
    return f"{_reporter(view)}{verb}{about}的情况{lead}"


def _reporter_unit(view: View) -> str:
    """With the reporter's name, where that is told."""
    hidden = view.request.applicant in view.concealed or not view.request.applicant
    return "" if hidden else str(view.request.facts.get("reporter_unit", ""))


def facts(view: View) -> list[Row]:
    """What whoever decides needs at a glance."""
    form, known = view.request.form, view.request.facts
    rows = [
        Row("对象", f"{subject(view)}（{view.unit}）" if subject(view) != view.unit else view.unit),
        Row("条款", "、".join(form.get("clause", ()))),
        Row("反映人", phrases.asker(view)),
    ]
    if heard(view):
        return [*rows, Row("申辩", "；".join(heard(view)))]
    return [*rows, Row("近一年", f"{view.unit}已办结属实 {known.get('upheld', 0)} 件")]


def heard(view: View) -> list[str]:
    """Who was asked to answer, and whether they have."""
    kept = view.request.outcome.get("hearing") or {}
    said = {one["person"] for one in view.request.form.get("pleas", ())}
    return [f"{view.name(one)}{'已' if one in said else '未'}申辩" for one in kept.get("concerned", ())]


def say(view: View, field: Field, value: Any) -> str:
    """Media of a decision by name, where the case names them too."""
    if field.name != "on_media":
        return plain.answer(view, field, value)
    names = {medium.no: medium.name for medium in view.media}
    return "、".join(names.get(no, no) for no in value)


def evidence(form: Mapping[str, Any]) -> list[str]:
    """Each file with its hash."""
    return [f"{file['name']}（SHA-256 {file['sha256']}）" for file in form.get("files") or ()]


def told(view: View) -> list[str]:
    """What was reported, without who did."""
    return [
        *plain.lines(VIOLATION, {**view.request.form, "files": []}, view),
        *(f"证据文件：{line}" for line in evidence(view.request.form)),
        *(["系统记录：链接未见于该媒体已登记的发布审批"] if view.request.facts.get("unapproved") else []),
    ]


def parts(view: View) -> list[Panel]:
    """The case file in order: what was reported, who was heard, what was decided and reviewed."""
    form, outcome = view.request.form, view.request.outcome
    found = [Panel("反映的情况", tuple(told(view)))]
    if outcome.get("hearing"):
        ends = deadline(datetime.fromisoformat(outcome["hearing"]["ends"]), view.now)
        found.append(Panel("听取意见", (f"申辩期到 {ends}", *heard(view))))
    for plea in form.get("pleas", ()):
        lines = (*plain.lines(PLEA, {**plea, "files": []}, view), *evidence(plea))
        found.append(Panel(f"{view.name(plea['person'])} 的申辩", lines))
    for key, part in ((DISPOSED, DISPOSAL), (REVIEWED, REVIEW)):
        if key == REVIEWED and (appeal := outcome.get("appeal")):
            at = when(datetime.fromisoformat(appeal["at"]), view.now)
            lines = (f"{view.name(appeal['by'])} {at}：{appeal['reason']}",)
            found.append(Panel("申诉", lines))
        if form.get(key):
            found.append(Panel(f"{part.title}决定", tuple(plain.lines(part, form[key], view, say))))
    if opened := outcome.get("opened"):
        found.append(Panel("据此发出", tuple(opened)))
    return found


def details(view: View) -> list[Panel]:
    """The whole file, but to whoever reported it only what they said themselves."""
    own = view.reader == view.request.applicant
    return parts(view)[:1] if own and not view.acts else parts(view)


def whole(view: View) -> str:
    return "\n".join(line for panel in details(view) for line in (f"【{panel.title}】", *panel.lines))


def excerpt(view: View) -> str:
    """What is to be looked at now: the appeal, the last answer, else what was reported."""
    form, appeal = view.request.form, view.request.outcome.get("appeal")
    if appeal and not form.get(REVIEWED):
        return f"申诉：{appeal['reason']}"
    if pleas := form.get("pleas"):
        return f"{view.name(pleas[-1]['person'])} 申辩：{pleas[-1].get('plea') or '见材料'}"
    return f"事实：{form.get('facts', '')}"


def concluded(view: View) -> str:
    """To whoever decided; what found nothing, or was reviewed, can be appealed to no more."""
    if view.request.form.get(REVIEWED):
        return "复核结果已告知有关人员，为最终决定。"
    if view.request.form.get(DISPOSED, {}).get("finding") == UNFOUNDED:
        return "决定已告知有关人员；没有采取措施，也不计入记录。"
    return "决定已告知有关人员，并写明申诉的办法。"


def recorded(view: View) -> str:
    """To whoever reported it that it is done; to all others what was found."""
    if view.reader != view.request.applicant:
        finding = view.request.outcome.get("finding")
        return f"案件已办结，认定：{finding}。" if finding else "案件已办结，处理决定已撤销。"
    return "您反映的情况已办结，谢谢您的监督。处理情况只告知有关人员（第六条（三）2）。"


FACE: Face = Face(
    form=VIOLATION,
    wish=lambda _: "反映情况",
    facts=facts,
    excerpt=excerpt,
    changed=lambda _: (),
    details=details,
    whole=whole,
    reasons=("不属于本办法的情形", "事实不清，请补充后再反映", "已另案办理", "经核对与事实不符"),
    concluded=concluded,
    rejected="线索到此为止，不通知被反映的人，也不计入其单位的记录。",
    again="有新的事实请重新 /违规。",
    ended="已办结",
    recorded=recorded,
    opening=opening,
    applicants=(Act.URGE,),
    stages={State.IN_REVIEW: "办理中", State.REJECTED: "不立案"},
    clears=True,
    asker="反映人",
    asker_unit=_reporter_unit,
)

preview = plain.preview(
    VIOLATION,
    lead="按“确认提交”即声明：所反映的情况真实，内容不涉密（第八条）。",
    note="是否立案由全媒体中心决定；您的姓名和单位只有中心能看到。",
    title=lambda view: f"反映{subject(view)}的情况",
    path=False,
)
