"""A rectification on a card: the notice, the reply, what the centre found (form F10, Article 15)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cards import part, phrases, plain
from cards.card import Panel, Row
from cards.form import Field
from cards.form_rectify import NEXT_MEASURE, RECTIFY, REPLY, STOP
from cards.notice_number import notice_number
from cards.times import day
from cards.view import Face, View
from storage.records import Act, Request, State

KEY = "reply"
REPLYING = "rectify"
"""The step at which the unit replies."""
DUE = "due_on"
"""Of the form, and of what came of it where the centre gave another day."""


def about(view: View) -> str:
    """Whom a notice is about: its media, or the unit where it is about none."""
    return phrases.media(view) or view.unit


def due_on(request: Request) -> date:
    """The last day on which it is in time."""
    return date.fromisoformat(str(request.outcome.get(DUE) or request.form[DUE]))


def _notice(view: View) -> str:
    return notice_number(view.request.number) or "整改通知"


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    return f"“{about(view)}”{view.request.form.get('measure', '整改')}"


def opening(view: View) -> str:
    """The centre notifies; nobody applies for anything."""
    issuer = view.name(view.request.applicant)
    return f"全媒体中心（{issuer}）向{view.unit}发出{_notice(view)}：“{about(view)}”，{_measure(view)}"


def _measure(view: View) -> str:
    form = view.request.form
    at_once = "（即时生效）" if form.get("measure") == STOP else ""
    return f"{form.get('measure', '')}{at_once}"


def _said(view: View, field: Field, value: Any) -> str:
    if field.name == "host_unit":
        return view.unit_name(value)
    if field.name in (DUE, "done_on"):
        return day(due_on(view.request) if field.name == DUE else date.fromisoformat(value), view.now)
    return plain.answer(view, field, value)


def marks(view: View) -> list[Row]:
    """The notice's own number, and its last day."""
    return [Row("通知书", _notice(view)), Row("限期", day(due_on(view.request), view.now))]


def facts(view: View) -> list[Row]:
    """What whoever must act needs at a glance; by when they must stands there already."""
    said = {"host_unit", *((DUE,) if view.request.step == "rectify" else ())}
    form = {name: value for name, value in view.request.form.items() if name not in said}
    return [Row("通知书", _notice(view)), *plain.rows(RECTIFY, form, view, _said)]


def excerpt(view: View) -> str:
    """What is wrong and what is required; where the unit has replied, what it did."""
    form = view.request.form
    if (reply := form.get(KEY)) and view.request.step != REPLYING:
        return f"单位回复：{reply.get('done', '')}"
    return f"问题：{form.get('problem', '')} 要求：{form.get('requirement', '')}"


def details(view: View) -> list[Panel]:
    told = plain.changed(RECTIFY, view, _said)
    before = [Panel("与您上次办理时相比", tuple(told))] if told else []
    return [*before, *plain.panels(RECTIFY, view.request.form), *plain.supplied(view, KEY, REPLY, _said)]


def whole(view: View) -> str:
    lines = [f"通知书：{_notice(view)}", *plain.lines(RECTIFY, view.request.form, view, _said)]
    if reply := view.request.form.get(KEY):
        lines += [f"【{REPLY.title}】", *plain.lines(REPLY, reply, view, _said)]
    return "\n".join(lines)


def beside(view: View) -> list[tuple[str, Act]]:
    """收到 is one tap, as long as neither that nor a reply was given."""
    told = view.request.outcome.get("received") or view.request.form.get(KEY)
    return [] if told or view.added or view.request.step != REPLYING else [("收到", Act.RECEIVED)]


def passed(request: Request) -> str:
    """整改已通过, and that what was stopped runs again."""
    return "整改已通过，恢复运行" if request.form.get("measure") == STOP else "整改已通过"


def concluded(view: View) -> str:
    return f"{passed(view.request)}。满 30 天后由全媒体中心复查。"


def recorded(view: View) -> str:
    """Where it stands to whoever issued it."""
    looked = view.request.outcome.get("looked")
    return f"{concluded(view)}复查结果：{looked}。" if looked else concluded(view)


def proposed(request: Request) -> str:
    """The next measure after one that did not help, empty after the last."""
    return NEXT_MEASURE.get(str(request.form.get("measure")), "")


def escalated(request: Request, media: str) -> str:
    """What can be done after 升级: nothing begins by itself."""
    if not (measure := proposed(request)):
        return "已是最后一级措施。需要注销的，请发 /注销 办理。"
    whom = f"媒体：{media}" if media else f"单位：{request.form.get('host_unit', '')}"
    form: Mapping[str, Any] = request.form
    return (
        f"是否{measure}由您决定，系统不会自动发起。需要时请发：\n/整改\n{whom}\n"
        f"问题：{form.get('problem', '')}\n要求：{form.get('requirement', '')}\n"
        f"措施：{measure}\n依据：{request.number}"
    )


FACE: Face = Face(
    form=RECTIFY,
    wish=wish,
    opening=opening,
    facts=facts,
    marks=marks,
    excerpt=excerpt,
    changed=lambda view: plain.changed(RECTIFY, view, _said),
    details=details,
    whole=whole,
    reasons=(
        "证据不全，请补整改前后截图",
        "整改不到位，请继续整改",
        "原因没有说清，请补充",
        "防范措施不具体",
    ),
    concluded=concluded,
    recorded=recorded,
    unanswered="不会自动升级，由您决定；要升级请发：/不同意 {number} 理由",
    rejected="这次整改到此结束，下一步由全媒体中心另行决定。",
    again="这次整改已升级，下一步由全媒体中心另行决定（第十五条）。",
    ended="已通过",
    stages={State.IN_REVIEW: "整改中", State.REJECTED: "已升级"},
    applicants=(Act.URGE, Act.REVISE),
    beside=beside,
)

REPLY_FACE = part.face(REPLY, KEY, wish, concluded, say=_said)

preview = plain.preview(
    RECTIFY,
    lead="按“确认提交”即以您的名义发出通知。只写事实，不写定性结论；不得写入涉密内容（第八条）。",
    note="发给该单位第一责任人，媒体运营负责人同时抄送；责令停止运行的从提交时起停止（第十五条）。",
    title=lambda view: f"整改通知 {about(view)}",
    secrecy=False,
    say=_said,
)

preview_reply = plain.preview(
    REPLY,
    lead="按“确认提交”即由第一责任人确认：整改情况和材料属实（第十五条）。",
    note="提交后由全媒体中心验收。还可写：原因、防范措施。",
    title=lambda view: f"{_notice(view)}的回复",
    key=KEY,
    say=_said,
)
