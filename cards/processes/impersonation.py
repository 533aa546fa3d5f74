"""An account in somebody else's name, on a card: what the centre and the unit are shown (form F9)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cards import part, phrases, plain
from cards.card import Panel, Row
from cards.form_impersonation import CLOSED, COMPLAINT, CONFIRMED, FAKE, HARMS, IMPERSONATION, SCHOOL
from cards.times import day, when
from cards.view import Face, View
from storage.records import Act, State

CLOSING = "closing"
"""The step in which an upheld report waits for what the platform did."""

JOINED, SAYS, FILED, END = "joined", "confirmed", "complaint", "closed"
"""Keys of what is added to a report: further reports, what the unit says, the complaint, the end."""

UNIT_REPORTS = "unit_reports"
"""Of its facts: who speaks for the unit has reported it, and nobody else is asked whether it is theirs."""

_PARTS = ((SAYS, CONFIRMED), (FILED, COMPLAINT), (END, CLOSED))


def account(form: Mapping[str, Any]) -> str:
    """“哈工大表白墙”（微博）"""
    return f"“{form.get('fake_name', '')}”（{form.get('platform', '')}）"


def count(view: View) -> int:
    """How many people reported it."""
    return len({view.request.applicant, *view.told})


def opening(view: View) -> str:
    """What is said of which account; nothing is found until the centre has."""
    form = view.request.form
    if view.request.step == CLOSING:
        return f"{account(form)}以“{form.get('impersonated', '')}”名义开设，已核实冒用"
    known = view.request.applicant not in view.concealed and count(view) == 1
    who = view.name(view.request.applicant) if known else f"{count(view)} 人"
    return f"{who}上报：{account(form)}疑似冒用“{form.get('impersonated', '')}”名义"


def facts(view: View) -> list[Row]:
    """What is needed at a glance, reporters aside."""
    form = view.request.form
    known = f"，ID {form['account_id']}" if form.get("account_id") else ""
    rows = [
        Row("账号", f"{account(form)}{known}"),
        Row("被冒用", _whose(view)),
        *_did(view),
        Row("后果", _harm(form)),
    ]
    if form.get("target") != SCHOOL:
        rows.append(Row("单位确认", _said(view)))
    return [*rows, *_complaint(view)]


def _reports(form: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The first report, and those that joined it."""
    return [form, *(form.get(JOINED) or ())]


def _did(view: View) -> list[Row]:
    """What it did by all reports, until it is upheld: then WeCom's six rows are for what is done about it."""
    reports = _reports(view.request.form)
    did = [one for name in ("pattern", "behaviour") for form in reports for one in form.get(name) or ()]
    return [Row("行为", "、".join(dict.fromkeys(did)))] if view.request.step != CLOSING else []


def _harm(form: Mapping[str, Any]) -> str:
    """The gravest that anybody reported."""
    reports = _reports(form)
    said = [str(one.get("harm") or HARMS[0]) for one in reports]
    victims = max(int(one.get("victims") or 0) for one in reports)
    return max(said, key=HARMS.index) + (f"，{victims} 人受害" if victims else "")


def _whose(view: View) -> str:
    form = view.request.form
    name, unit = str(form.get("impersonated") or ""), view.unit_name(str(form.get("unit") or ""))
    return f"{name}（{unit}）" if unit and unit != name else name


def _said(view: View) -> str:
    said = view.request.form.get(SAYS)
    if not said:
        return "由该单位上报，不另确认" if view.request.facts.get(UNIT_REPORTS) else "还没有确认"
    return "；".join(filter(None, (said["says"], phrases.excerpt(str(said.get("note") or ""), 40))))


def _complaint(view: View) -> list[Row]:
    filed = view.request.form.get(FILED)
    if not filed:
        return []
    return [Row("投诉", f"{filed['complaint_no']}，{day(date.fromisoformat(filed['filed_on']), view.now)}")]


def details(view: View) -> list[Panel]:
    """Everything that was reported, further reports, and what was added to them."""
    form = view.request.form
    own = plain.lines(IMPERSONATION, form, view)
    found = [Panel("上报内容", (*own, *_hashes(form)))]
    found += [Panel(_by(view, one), tuple(_further(view, one))) for one in form.get(JOINED) or ()]
    return [*found, *(panel for key, part in _PARTS for panel in plain.supplied(view, key, part))]


def _by(view: View, one: Mapping[str, Any]) -> str:
    return f"{view.name(str(one['by']))} {when(datetime.fromisoformat(one['at']), view.now)}再报"


def _further(view: View, one: Mapping[str, Any]) -> Sequence[str]:
    return [*plain.lines(IMPERSONATION, one, view), *_hashes(one)]


def _hashes(form: Mapping[str, Any]) -> list[str]:
    """What each picture was when it came."""
    return [f"{file['name']} 的 SHA-256：{file['sha256']}" for file in form.get("files") or ()]


def whole(view: View) -> str:
    """Everything as text."""
    return "\n".join(line for panel in details(view) for line in (f"【{panel.title}】", *panel.lines))


def excerpt(view: View) -> str:
    """The beginning of what was written; once it is upheld, how the statement is had."""
    if view.request.step == CLOSING:
        note = "" if view.request.form.get(FILED) else "投诉后请按“平台投诉”记下编号；"
        return f"{note}声明草稿见 /声明 {view.request.number}。"
    return plain.first_text(IMPERSONATION)(view)


def changed(view: View) -> Sequence[str]:
    """What came since this reader decided."""
    if view.before is None:
        return []
    parts = [(SAYS, "单位已确认"), (FILED, "已记平台投诉")]
    new = [word for key, word in parts if view.request.form.get(key) != view.before.get(key)]
    more = len(view.request.form.get(JOINED) or ()) - len(view.before.get(JOINED) or ())
    return [*new, *([f"又有 {more} 份上报"] if more > 0 else [])]


def concluded(view: View) -> str:
    """How it ended."""
    return f"结果：{(view.request.form.get(END) or {}).get('result', '')}。"


FACE: Face = Face(
    form=IMPERSONATION,
    wish=lambda view: f"核实{account(view.request.form)}",
    facts=facts,
    excerpt=excerpt,
    changed=changed,
    details=details,
    whole=whole,
    reasons=("系官方或已授权账号", "证据不足以认定", "账号已更名或注销", "与本校无关"),
    concluded=concluded,
    rejected="核实到此结束，已告知上报人和有关单位。",
    again="如有新的证据，请重新 /冒用。",
    ended="已结案",
    stages={State.IN_REVIEW: "办理中", State.REJECTED: "不属实"},
    recorded=concluded,
    opening=opening,
    asker="上报人",
    asker_unit=lambda _: "",
    applicants=(Act.URGE,),
)


CONFIRMED_FACE, COMPLAINT_FACE, CLOSED_FACE = (
    part.face(form, key, FACE.wish, concluded, opening=opening) for key, form in _PARTS
)

preview = plain.preview(
    IMPERSONATION,
    lead="按“确认提交”即声明：所报属实。直接报全媒体中心核实，您的姓名只有中心看得到。",
    note="同一账号已有人上报的，您的材料会并入（第十一条）。",
    title=lambda view: f"上报 {view.request.title}",
    secrecy=False,
)
preview_confirmed = plain.preview(
    CONFIRMED,
    lead="按“确认提交”即代表本单位作出说明。",
    note=f"供全媒体中心核实时参考；“{FAKE}”以外的请写明情况（第十一条）。",
    title=lambda view: f"{view.request.number} 单位确认",
    key=SAYS,
    secrecy=False,
)
preview_complaint = plain.preview(
    COMPLAINT,
    lead="提交后记入案卷。",
    note="平台有七天答复；快到期和逾期时提醒结案（第十一条）。",
    title=lambda view: f"{view.request.number} 平台投诉",
    key=FILED,
    secrecy=False,
)
preview_closed = plain.preview(
    CLOSED,
    lead="提交后结案，并告知上报人和有关单位。",
    note="案卷长期保存（第十一条）。",
    title=lambda view: f"{view.request.number} 结案",
    key=END,
    secrecy=False,
)
